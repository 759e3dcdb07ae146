"""What was learnt once is kept in a file, so that a start takes no time."""

import logging
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import BadZipFile

import numpy as np

from skill.embedding import embed
from skill.faq import Finder, Ways, learn
from skill.faq.pieces import Vocabulary

FOLDER = ".learnt"
LEARNER = ("embedding.py", "faq/learning.py", "faq/pieces.py")

log = logging.getLogger(__name__)


def finder_of(entries: Sequence[Ways], source: Path, name: str) -> Finder:
    """Return what finds `entries`, from the file of that name in the folder `.learnt` of `source`.

    Where that was not learnt from just these it is learnt now, in seconds or a minute, and kept if the folder
    can be written.
    """
    path, digest = source / FOLDER / f"{name}.npz", _digest(entries)
    return _read(path, digest) or _learn(entries, path, digest)


def _digest(entries: Iterable[Ways]) -> str:
    """Return what differs wherever something else would be learnt."""
    digest = sha256(f"{version('wordllama')} {version('scikit-learn')}".encode())
    for name in LEARNER:
        digest.update((Path(__file__).parent / name).read_bytes())
    for entry in entries:
        digest.update(repr(entry).encode())
    return digest.hexdigest()


def _learn(entries: Sequence[Ways], path: Path, digest: str) -> Finder:
    log.warning("%s: learning %d sentences, once", path.stem, sum(len(entry.asks) for entry in entries))
    finder = learn(entries, embed)
    try:
        _write(finder, path, digest)
    except OSError as error:
        log.warning("%s: cannot be kept, and is learnt at each start: %s", path, error)
    return finder


def _read(path: Path, digest: str) -> Finder | None:
    """Return what is in the file, or None where it is not there, of other entries, or of no use."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            if kept["digest"] != digest:
                return None
            vocabularies = tuple(
                Vocabulary(kept[f"hashes_{n}"], kept[f"rarity_{n}"], float(rarest))
                for n, rarest in enumerate(kept["rarest"])
            )
            ids = tuple(map(str, kept["ids"]))
            return Finder(ids, kept["is_business"], vocabularies, kept["weights"], embed)
    except FileNotFoundError:
        return None
    except (OSError, KeyError, ValueError, EOFError, TypeError, AttributeError, BadZipFile) as error:
        log.warning("%s: cannot be read, and is made anew: %s", path, error)
        return None


def _write(finder: Finder, path: Path, digest: str) -> None:
    """Write the whole file or none of it, however many processes do so at a time."""
    path.parent.mkdir(exist_ok=True)
    pieces = {
        f"{name}_{n}": getattr(vocabulary, name)
        for n, vocabulary in enumerate(finder.vocabularies)
        for name in ("hashes", "rarity")
    }
    kept = {
        "digest": np.array(digest),
        "ids": np.array(finder.ids),
        "is_business": finder.is_business,
        "rarest": np.array([vocabulary.rarest for vocabulary in finder.vocabularies]),
        "weights": finder.weights,
        **pieces,
    }
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        written = Path(part.name)
        try:
            np.savez(part, allow_pickle=False, **kept)
        except BaseException:
            written.unlink()
            raise
    written.chmod(0o644)  # a server may run as another user than the one who built its image
    written.replace(path)
