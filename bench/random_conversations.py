"""`python -m bench.random_conversations [COUNT [SEED]]`: random conversations, each held and checked."""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from random import SystemRandom

from hypothesis import HealthCheck, given, seed, settings

from tests.kept_promises import Findings, Room, hold
from tests.random_conversations import Conversation, conversations

CONVERSATIONS = 20_000
A_BATCH = 500
HIGHEST_SEED = 10**6


def batch(first: int, count: int) -> Findings:
    """Hold `count` conversations drawn from the seed `first`.

    Raises AssertionError with the lines of the shortest one in which something does not hold.
    """
    room = Room()
    found: list[Findings] = []

    @seed(first)
    @settings(max_examples=count, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(conversations())
    def promises_are_kept(conversation: Conversation) -> None:
        found.append(hold(conversation, room))

    promises_are_kept()
    return sum(found, Findings())


def batches(count: int) -> Iterator[int]:
    """Yield the sizes of the batches that make `count`."""
    for begun in range(0, count, A_BATCH):
        yield min(A_BATCH, count - begun)


def main(count: int = CONVERSATIONS, first: int | None = None) -> None:
    """Print what was held and checked; the first conversation that fails ends it."""
    first = SystemRandom().randrange(HIGHEST_SEED) if first is None else first
    print(f"{count} random conversations, seeds from {first}")
    sizes = list(batches(count))
    with ProcessPoolExecutor(os.cpu_count()) as processes:
        found = sum(processes.map(batch, range(first, first + len(sizes)), sizes), Findings())
    for name, figure in asdict(found).items():
        print(f"{name.replace('_', ' '):16}{round(figure, 3):10}")
    print("nearest: the largest error of a hold as a share of what is allowed; nothing failed")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
