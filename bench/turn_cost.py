"""`python -m bench.turn_cost`: what a warm turn costs beside a bare hello world, start-up time and memory."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils.predicate import is_request_type

from app import create_app
from skill.config import DEVELOPMENT_SKILL_ID, Config
from skill.simulator.authority import Authority
from skill.simulator.chat import build_device
from skill.simulator.clock import SimulatedClock
from skill.store import StoreSettings

PROJECT = Path(__file__).parent.parent
MODEL = PROJECT / "interaction_model" / "en-US.json"
CONVERSATION: tuple[tuple[str, float | None], ...] = (
    ("yes", None),
    ("how long left", 60),
    ("repeat that", 40),
    ("what are the mistakes", 50),
    ("next", 30),
)
ROUNDS, TURNS_A_ROUND = 15, 20

START_UP = f"""
import json, time
began = time.perf_counter()
from app import create_app
from skill.config import Config
app = create_app(Config({DEVELOPMENT_SKILL_ID!r}))
seconds = time.perf_counter() - began
with open("/proc/self/status") as status:
    kibibytes = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
print(json.dumps([seconds, kibibytes / 1024]))
"""

Call = Callable[[], object]


@dataclass(frozen=True)
class Recorded:
    """A signed request as the simulated Echo sent it, and when."""

    headers: Mapping[str, str]
    body: bytes
    moment: datetime


class Webhook:
    """The whole webhook in this process; plays recorded requests again at the moment of each."""

    def __init__(self, store: StoreSettings | None = None) -> None:
        self.clock = SimulatedClock()
        self.authority = Authority.create(self.clock.now())
        self.recorded: list[Recorded] = []
        self._moment = self.clock.now()
        self._client = create_app(
            Config(DEVELOPMENT_SKILL_ID, store=store or StoreSettings()),
            roots=[self.authority.root],
            fetch=lambda _url: self.authority.chain_pem,
            now=lambda: self._moment,
        ).test_client()

    def post(self, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        """Answer a request of the device, and record it."""
        self.recorded.append(Recorded(headers, body, self.clock.now()))
        return self.play(self.recorded[-1])

    def play(self, turn: Recorded) -> tuple[int, bytes]:
        """Answer a recorded request."""
        self._moment = turn.moment
        reply = self._client.post("/alexa", data=turn.body, headers=dict(turn.headers))
        assert reply.status_code == 200
        return reply.status_code, reply.data


def turns(store: StoreSettings | None = None) -> tuple[dict[str, Call], bytes]:
    """Return a call for each turn of a conversation, by what is said, and the body of its launch.

    People are remembered in `store`; by default in memory.
    """
    webhook = Webhook(store)
    device = build_device((webhook.post, webhook.authority.sign), webhook.clock, MODEL)
    device.open()
    for said, at in CONVERSATION:
        device.say(said, at)
    names = ["open", *(said for said, _ in CONVERSATION)]
    replays = [partial(webhook.play, turn) for turn in webhook.recorded]
    return dict(zip(names, replays, strict=True)), webhook.recorded[0].body


def hello_world(body: bytes) -> Call:
    """Return a call that answers a launch with the smallest skill the SDK can make, unverified."""
    builder = SkillBuilder()

    def greet(handler_input: Any) -> Any:  # noqa: ANN401 (the SDK is untyped)
        return handler_input.response_builder.speak("Hello, world.").response

    builder.request_handler(can_handle_func=is_request_type("LaunchRequest"))(greet)
    handler = builder.lambda_handler()
    return lambda: json.dumps(handler(json.loads(body), None))


def milliseconds(calls: Mapping[str, Call]) -> dict[str, float]:
    """Return the CPU time of each call, the median of rounds that take all calls in turn."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            began = process_time()
            for _ in range(TURNS_A_ROUND):
                call()
            times[name].append(1000 * (process_time() - began) / TURNS_A_ROUND)
    return {name: median(figures) for name, figures in times.items()}


def main() -> None:
    """Print the cost of each turn and what of it the store takes, the start-up time and the memory."""
    with TemporaryDirectory() as folder:
        ours, launch = turns(StoreSettings(f"sqlite:///{Path(folder) / 'coach.db'}"))
        cost = milliseconds({"bare hello world": hello_world(launch), **ours})
        without_file = milliseconds(turns()[0])
    bare = cost["bare hello world"]
    print("CPU time of a warm turn, signature and all, beside a bare ask-sdk hello world without any;")
    print("with SQLite in a file, as it comes, and how much of it is the file's")
    for name, figure in cost.items():
        of_the_file = f"{figure - without_file[name]:8.2f} ms" if name in without_file else ""
        print(f"{name:24}{figure:8.2f} ms{figure / bare:8.1f} x{of_the_file}")
    started = subprocess.run([sys.executable, "-c", START_UP], cwd=PROJECT, capture_output=True, check=True)  # noqa: S603 (own)
    seconds, mebibytes = json.loads(started.stdout)
    print(f"start-up {seconds:.2f} s, memory after it {mebibytes:.0f} MiB")


if __name__ == "__main__":
    main()
