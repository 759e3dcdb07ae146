"""`python -m bench.store_size`: what a turn costs a store of 100,000 people, beside one of a few."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from skill.store import Attributes, Keys, Store, StoreSettings, envelope_of, keys_of, open_store, update

OTHERS = 100_000
PEOPLE = 20
ROUNDS = 41
PERSON = {"place": None, "progress": {"sessions": 12, "seconds": 5400, "days": list(range(20400, 20420))}}
RECORD: Attributes = {"shape": 1, "people": {"account": PERSON}}
INSERT = "INSERT INTO records (key, version, attributes, used_at) VALUES (?, 1, ?, ?)"

Do = Callable[[Store, int], object]


def main() -> None:
    """Print the cost of reading and of changing a record in both stores, and the ratio of large to small."""
    with TemporaryDirectory() as folder:
        small, large = (_store(Path(folder) / f"{others}.db", others) for others in (0, OTHERS))
        print(f"SQLite with {PEOPLE} people, and with {OTHERS} more; wall time, median of {ROUNDS} rounds")
        for name, do in (("get", _get), ("get and save", _change)):
            few, many = _milliseconds(small, large, do)
            print(f"{name:14}{few:8.2f} ms{many:8.2f} ms   ratio {many / few:.2f}")
        small.close()
        large.close()


def _store(file: Path, others: int) -> Store:
    settings = StoreSettings(f"sqlite:///{file}")
    keys, moment = keys_of(settings), datetime.now(UTC)
    store = open_store(settings, keys, lambda: moment)
    for person in range(PEOPLE):
        store.save_attributes(envelope_of(f"person {person}"), RECORD)
    _crowd(file, keys, others, int(moment.timestamp()))
    return store


def _crowd(file: Path, keys: Keys, others: int, used_at: int) -> None:
    """Add the records of others, all at once."""
    attributes = json.dumps(RECORD)
    rows = ((keys.hashed(f"other {other}"), attributes, used_at) for other in range(others))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany(INSERT, rows)


def _milliseconds(small: Store, large: Store, do: Do) -> tuple[float, float]:
    """Return the time for one person in each store, from rounds that take both in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for store, taken in zip((small, large), times, strict=True):
            began = perf_counter()
            for person in range(PEOPLE):
                do(store, person)
            taken.append(1000 * (perf_counter() - began) / PEOPLE)
    return median(times[0]), median(times[1])


def _get(store: Store, person: int) -> None:
    store.get_attributes(envelope_of(f"person {person}"))


def _change(store: Store, person: int) -> None:
    update(store, envelope_of(f"person {person}"), lambda record: {**record, "touched": True})


if __name__ == "__main__":
    main()
