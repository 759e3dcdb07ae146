"""`python -m bench.store_size`: what a turn costs with 100,000 people in the store, beside one of a few."""

import secrets
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.turn_cost import MODEL, Webhook
from skill.simulator.chat import build_device
from skill.simulator.envelope import Identity
from skill.store import Store, StoreSettings, envelope_of, keys_of, open_store, update

OTHERS = 100_000
PEOPLE = 20
ROUNDS = 41
COPY = "INSERT INTO records SELECT ?, version, attributes, used_at FROM records WHERE key = ?"

Call = Callable[[], object]
Calls = Mapping[str, Sequence[Call]]


def main() -> None:
    """Print what turns, and the store alone, take with few people and with many, and the ratio of the two."""
    with TemporaryDirectory() as folder:
        few, many = (_calls(Path(folder) / f"{others}.db", others) for others in (0, OTHERS))
        print(f"SQLite with {PEOPLE} people, and with {OTHERS} more; wall time, median of {ROUNDS} rounds")
        for name in few:
            small, large = _milliseconds(few[name], many[name])
            print(f"{name:24}{small:8.2f} ms{large:8.2f} ms   ratio {large / small:.2f}")


def _calls(file: Path, others: int) -> Calls:
    """Return the calls of each kind, one a person, on a store with so many others."""
    settings = StoreSettings(f"sqlite:///{file}")
    webhook = Webhook(settings)
    store = open_store(settings, keys_of(settings), webhook.clock.now)
    users = [f"amzn1.ask.account.{number}" for number in range(PEOPLE)]
    turns = [_turns(webhook, user) for user in users]
    _crowd(file, others)
    return {
        "launch turn": [launch for launch, _ in turns],
        "turn that starts a block": [start for _, start in turns],
        "get alone": [partial(store.get_attributes, envelope_of(user)) for user in users],
        "get and save alone": [partial(_change, store, user) for user in users],
    }


def _turns(webhook: Webhook, user: str) -> tuple[Call, Call]:
    """Return the launch, and the start of a routine, of somebody who has practised before."""
    identity = Identity(user_id=user)
    device = build_device((webhook.post, webhook.authority.sign), webhook.clock, MODEL, identity=identity)
    for said, at in (("open", None), ("yes", None), ("stop", 60), ("open", None), ("short routine", None)):
        device.open() if said == "open" else device.say(said, at)
    launch, start = webhook.recorded[-2:]
    return partial(webhook.play, launch), partial(webhook.play, start)


def _crowd(file: Path, others: int) -> None:
    """Add others, who have all done what one of the people did."""
    with closing(sqlite3.connect(file)) as connection, connection:
        (key,) = connection.execute("SELECT key FROM records LIMIT 1").fetchone()
        connection.executemany(COPY, ((secrets.token_hex(32), key) for _ in range(others)))


def _milliseconds(few: Sequence[Call], many: Sequence[Call]) -> tuple[float, float]:
    """Return the time of one call in each store, from rounds that take both in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for calls, taken in zip((few, many), times, strict=True):
            began = perf_counter()
            for call in calls:
                call()
            taken.append(1000 * (perf_counter() - began) / len(calls))
    return median(times[0]), median(times[1])


def _change(store: Store, user: str) -> None:
    update(store, envelope_of(user), lambda record: {**record, "touched": True})


if __name__ == "__main__":
    main()
