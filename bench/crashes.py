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
    people, stored = found[-1].people, found[-1].stored
    acknowledged = sum(person.acknowledged for person in people)
    print(f"the server and its workers killed {KILLS} times in the middle of sessions, on one SQLite file")
    print(
        f"sessions acknowledged {acknowledged}, stored {sum(progress.sessions for progress in stored)}, "
        f"begun {sum(person.begun for person in people)}"
    )
    print(f"kills that lost nothing and left a sound file: {harmless} of {KILLS}")


if __name__ == "__main__":
    main()
