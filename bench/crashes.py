"""`python -m bench.crashes`: what is left of acknowledged sessions after a server was killed under load."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crashes import Crashes

KILLS = 50
SEED = 2026


def main() -> None:
    """Print how many of the acknowledged sessions were stored, and how often the file was sound."""
    with TemporaryDirectory() as folder:
        crashes = Crashes(Path(folder), SEED)
        found = [crashes.crash() for _ in range(KILLS)]
    harmless = sum(crash.is_harmless for crash in found)
    last = found[-1]
    print(f"gunicorn and its workers killed {KILLS} times under load, on one SQLite file")
    print(
        f"sessions acknowledged {sum(last.acknowledged)}, stored {sum(last.stored)}, begun {sum(last.begun)}"
    )
    print(f"kills that lost nothing and left a sound file: {harmless} of {KILLS}")


if __name__ == "__main__":
    main()
