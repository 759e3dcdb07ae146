"""`python -m bench.verification_cost`: a verified turn beside the same one, let in unverified."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from statistics import median
from time import process_time
from unittest.mock import patch

import app
from bench.turn_cost import MODEL, Webhook
from skill.simulator.chat import build_device
from skill.verification.envelope import Json

GOAL = 1.25
ROUNDS, TURNS_A_ROUND = 41, 10
TYPICAL = ("how long left", 60.0)  # broken into a hold: a question, and the hold goes on

Call = Callable[[], object]


class OpenDoor:
    """Reads the body as any webhook has to, and checks nothing."""

    def __init__(self, *_: object) -> None:
        pass

    def verify(self, _headers: Iterable[tuple[str, str]], body: bytes) -> Json:
        """Return the envelope."""
        envelope: Json = json.loads(body)
        return envelope


def main() -> None:
    """Print the CPU time of both, and their ratio."""
    verified = _turn()
    with _open_door():
        unverified = _turn()
    costs = [(_milliseconds(verified), _milliseconds(unverified)) for _ in range(ROUNDS)]
    ours, bare = (median(figures) for figures in zip(*costs, strict=True))
    ratio = median(one / other for one, other in costs)
    print("CPU time of POST /alexa, signed and verified, beside the same turn let in unverified")
    print(f"verified {ours:.2f} ms, unverified {bare:.2f} ms, ratio {ratio:.2f} (goal: {GOAL} at most)")


def _turn() -> Call:
    """Return a call that posts a typical turn."""
    webhook = Webhook()
    device = build_device((webhook.post, webhook.authority.sign), webhook.clock, MODEL)
    device.open()
    device.say("yes")
    device.say(*TYPICAL)
    return partial(webhook.play, webhook.recorded[-1])


@contextmanager
def _open_door() -> Iterator[None]:
    with patch.object(app, "Verifier", OpenDoor):
        yield


def _milliseconds(call: Call) -> float:
    began = process_time()
    for _ in range(TURNS_A_ROUND):
        call()
    return 1000 * (process_time() - began) / TURNS_A_ROUND


if __name__ == "__main__":
    main()
