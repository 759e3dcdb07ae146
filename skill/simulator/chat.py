"""Talking to the coach through a simulated Echo: building the device, and lines in, JSON out."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from skill.simulator.alexa_api import HOME
from skill.simulator.clock import Clock
from skill.simulator.connection import Connection, Post, Sign
from skill.simulator.device import Device
from skill.simulator.ear import ModelEar
from skill.simulator.envelope import Identity
from skill.simulator.reply import ReplyError
from skill.simulator.script import LineError, parse_line, perform
from skill.simulator.voice import EchoVoice


def build_device(
    connection: tuple[Post, Sign],
    clock: Clock,
    model: Path,
    voice: EchoVoice | None = None,
    identity: Identity | None = None,
) -> Device:
    """Return an Echo that understands what the interaction `model` (a JSON file) says."""

    def today() -> date:
        return clock.now().astimezone(ZoneInfo(HOME)).date()

    return Device(Connection(*connection), ModelEar.load(model, today), clock, voice, identity)


def run_json(device: Device, lines_in: Iterable[str], out: TextIO, err: TextIO) -> int:
    """Answer each line that is not blank with one JSON object; returns the exit code.

    0 at the end of the input, 2 for a malformed line, 1 where the skill answers what no Echo would play.
    """
    try:
        for text in lines_in:
            if text.strip():
                turn = perform(parse_line(text), device)
                print(json.dumps(turn.to_json(), ensure_ascii=False), file=out, flush=True)
    except LineError as problem:
        print(problem, file=err)
        return 2
    except ReplyError as problem:
        print(problem, file=err)
        return 1
    return 0
