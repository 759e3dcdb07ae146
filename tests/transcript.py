"""The chat in README.md; `python -m tests.transcript` holds it again and writes down what is heard."""

import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from math import inf
from pathlib import Path

from skill.content import load_content
from skill.simulator.script import parse_line
from skill.simulator.turn import Turn
from skill.simulator.voice import EchoVoice, Sound

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
VOICE = "1,0.5,0.5"  # starts and hears as late as skill/config.py assumes
WIDTH = 108  # characters in a line
SHORTEST_SHOWN = 1.0  # seconds of silence
PERSON, COACH = "You:   ", "Coach: "
NO_BREAK = "\N{NO-BREAK SPACE}"

_CHAT = re.compile(r"(?<=^```chat\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)


def transcript(readme: str) -> str:
    """Return the chat as README.md shows it."""
    found = _CHAT.search(readme)
    assert found, "README.md has no ```chat block"
    return found[0]


def lines(chat: str) -> list[str]:
    """Return what the person says in a chat, in the syntax of `python -m skill chat --json`."""
    return [row.removeprefix(PERSON) for row in chat.splitlines() if row.startswith(PERSON)]


def written(said: Sequence[str], turns: Sequence[Turn]) -> str:
    """Return a chat as README.md shows it: of each reply what is heard until the next line breaks in."""
    breaks = [parse_line(line).at for line in said[1:]]
    replies = (_heard(turn, at) for turn, at in zip(turns, [*breaks, None], strict=True))
    spoken = chain.from_iterable(zip((PERSON + line for line in said), replies, strict=True))
    return "".join(f"{paragraph}\n" for paragraph in spoken if paragraph)


@cache
def _pace() -> Callable[[str], float]:
    return load_content(ROOT / "content").narrator().pace


def _heard(turn: Turn, until: float | None) -> str:
    if turn.ssml is None:
        return ""
    sounds = replace(EchoVoice.parse(VOICE), pace=_pace()).sounds(turn.ssml)
    text = " ".join(_cut(sounds, inf if until is None else until))
    indent = " " * len(COACH)
    filled = textwrap.fill(COACH + text, WIDTH, subsequent_indent=indent, break_on_hyphens=False)
    return filled.replace(NO_BREAK, " ")


def _cut(sounds: Sequence[Sound], until: float) -> Iterator[str]:
    """Yield speech and silence up to `until` seconds; a sentence that is cut ends with an ellipsis."""
    for sound in sounds:
        heard = min(sound.seconds, until)
        if sound.text:
            yield sound.text if heard == sound.seconds else _words(sound.text, heard / sound.seconds)
        elif heard >= SHORTEST_SHOWN:
            yield f"· {heard:.0f} s ·".replace(" ", NO_BREAK)
        until -= heard
        if until <= 0:
            return


def _words(text: str, share: float) -> str:
    """Return the words that were said when `share` of `text` had sounded."""
    return f"{text[: int(len(text) * share)].rpartition(' ')[0]} …"


def main() -> None:
    """Hold the chat of README.md again through the command, and write down what is heard now."""
    readme = README.read_text(encoding="utf-8")
    said = lines(transcript(readme))
    command = [sys.executable, "-m", "skill", "chat", "--json", "--voice", VOICE]
    told = subprocess.run(  # noqa: S603 (the project's own command)
        command, input="\n".join(said), cwd=ROOT, capture_output=True, text=True, check=True
    )
    chat = written(said, [Turn(**json.loads(row)) for row in told.stdout.splitlines()])
    README.write_text(_CHAT.sub(lambda _: chat, readme, count=1), encoding="utf-8")


if __name__ == "__main__":
    main()
