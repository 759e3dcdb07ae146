"""Files that several workers may want to make at the same time."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def make(path: Path, fill: Callable[[Path], object]) -> None:
    """Make a file for its owner alone, unless it is there; it is whole before it has its name.

    `fill` writes what is to be in it into the file that it is given. Raises OSError.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone_in(path.parent) as folder:
        if path.exists():
            return
        draft = path.with_name(f".{path.name}.new")
        draft.unlink(missing_ok=True)  # of somebody who was killed
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            fill(draft)
            os.fsync(file)
        finally:
            os.close(file)
        draft.rename(path)
        os.fsync(folder)


@contextmanager
def _alone_in(folder: Path) -> Iterator[int]:
    """Keep every other maker of files waiting; the lock goes with the process, however that ends."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
