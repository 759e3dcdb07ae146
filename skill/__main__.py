"""python -m skill: talk to the coach, see a routine's timetable, check what authors wrote."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

import click
from pydantic import TypeAdapter

from skill.config import DEVELOPMENT_SKILL_ID, Config
from skill.content import DEFAULT_LOCALE, Content, load_content, load_contents
from skill.data import data
from skill.errors import BrokenContentError, CoachError, ContentError
from skill.interaction_model import build_models, stale
from skill.learning import finder_of
from skill.preferences import LONGEST_WISH, Preferences
from skill.preview import as_table, rows_of
from skill.publishing import Endpoint, Links, load_publication, manifest, web_page, write_package
from skill.routine import Detail, Side
from skill.simulator.alexa_api import SimulatedAlexa
from skill.simulator.authority import Authority
from skill.simulator.chat import build_device, run_json
from skill.simulator.clock import START, Clock, SimulatedClock, WallClock, parse_start
from skill.simulator.connection import Post, Sign
from skill.simulator.envelope import Identity
from skill.simulator.remote import post_to
from skill.simulator.terminal import run_interactive
from skill.simulator.understanding import Understanding
from skill.simulator.understanding.model import load_model
from skill.simulator.understanding.report import closest_pairs
from skill.simulator.voice import EchoVoice
from skill.store import StoreSettings

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
MODELS = ROOT / "interaction_model"
PUBLISHING = ROOT / "publishing"
PAIRS = 30  # shown in a report
T = TypeVar("T")


@click.group()
def main() -> None:
    """Talk to the coach, see a routine's timetable, check what authors wrote."""


@main.command()
@click.option("--json", "is_json", is_flag=True, help="Lines in, one JSON object a line out, simulated time.")
@click.option("--url", help="Talk to a development server that runs already.")
@click.option("--fast", is_flag=True, help="Skip the pauses.")
@click.option("--speak", is_flag=True, help="Speak with espeak-ng, where it is installed.")
@click.option("--start", default=START.isoformat(), show_default=True, help="The simulated time, ISO 8601.")
@click.option("--voice", default="1,0,0,0", show_default=True, help="RATE,DELAY,LAG,JITTER of the Echo.")
@click.option("--locale", default=DEFAULT_LOCALE, show_default=True)
@click.option("--store", help="Where to remember, as in DATABASE_URL; else in memory, until the end.")
def chat(  # noqa: PLR0913 (one argument an option)
    *,
    is_json: bool,
    url: str | None,
    fast: bool,
    speak: bool,
    start: str,
    voice: str,
    locale: str,
    store: str | None,
) -> None:
    """Talk to the coach as on an Echo."""
    config = _config(store)
    clock = _clock(url, start, is_real=not (is_json or fast))
    connection = _remote(config, url) if url else _in_process(clock, config)
    pace = _content(locale).narrator().pace
    echo_voice = replace(_parsed(EchoVoice.parse, voice, "--voice"), pace=pace)
    device = build_device(connection, clock, _model(locale), echo_voice, Identity(locale=locale))
    if is_json:
        sys.exit(run_json(device, sys.stdin, sys.stdout, sys.stderr))
    sys.exit(run_interactive(device, fast=fast, speaks=locale if speak else None))


@main.command()
@click.argument("routine")
@click.option("--hold", type=click.IntRange(1, LONGEST_WISH), help="Another hold length, in seconds.")
@click.option("--detail", type=click.Choice([level.value for level in Detail]), help="How much is said.")
@click.option(
    "--side", type=click.Choice([Side.RIGHT.value, Side.LEFT.value]), help="The side to begin with."
)
@click.option("--locale", default=DEFAULT_LOCALE, show_default=True)
@click.option("--json", "is_json", is_flag=True, help="One JSON array of segments.")
def preview(*, routine: str, locale: str, is_json: bool, **preferred: object) -> None:
    """Show the timetable of ROUTINE: every word, every silence, when it comes and what for."""
    content = _content(locale)
    if content.routine(routine) is None:
        known = ", ".join([*content.routines, *content.exercises])
        raise click.BadParameter(f"{routine!r} is none of {known}", param_hint="ROUTINE")
    liked = TypeAdapter(Preferences).validate_python(preferred)
    rows = rows_of(content, content.narrator(_config().words_per_minute), routine, liked)
    if is_json:
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(as_table(rows)).lstrip("\n"))


@main.command()
@click.argument("question")
@click.option("--locale", default=DEFAULT_LOCALE, show_default=True)
def ask(*, question: str, locale: str) -> None:
    """Show which entry answers QUESTION, how sure that is, the runners-up and the answer."""
    content = _content(locale)
    finder = finder_of(content.ways, CONTENT, content.locale.language)
    topics, found = content.topics, finder.find(question)
    click.echo(f"{found.certainty}; the coach's business: {found.business:.2f}")
    for name, score in found.ranked:
        click.echo(f"{score:6.2f}  {name}: {topics[name].answer or '(not known)'}")


@main.command()
@click.option("--answers", "is_answers", is_flag=True, help="Only how people ask: all that a server needs.")
def learn(*, is_answers: bool) -> None:
    """Learn how people ask and talk, where that has changed: a start then takes no time."""
    for content in load_contents(CONTENT).values():
        finder_of(content.ways, CONTENT, content.locale.language)
    for path in sorted([] if is_answers else MODELS.glob("*.json")):
        Understanding.load(path)


@main.command()
@click.option("--check", "is_check", is_flag=True, help="Only say what differs; exit 1 where something does.")
@click.option("--report", "is_report", is_flag=True, help="Only show where two intents are alike.")
@click.option("--locale", default=DEFAULT_LOCALE, show_default=True, help="The locale of the report.")
def model(*, is_check: bool, is_report: bool, locale: str) -> None:
    """Write the interaction models, from their sources and the names in content/."""
    if is_report:
        click.echo("\n".join(map(str, islice(closest_pairs(load_model(_model(locale))), PAIRS))))
        for sentence, intent, likest in Understanding.load(_model(locale)).strays():
            click.echo(f"{sentence} ({intent}) is more like {likest}")
        return
    models = _models(load_contents(CONTENT))
    if is_check:
        _refuse(stale(MODELS, models))
        return
    for path, text in models.items():
        path.write_text(text, encoding="utf-8")


@main.command()
def check() -> None:
    """Check content/, interaction_model/ and publishing/, and say what is wrong and where."""
    contents = load_contents(CONTENT)
    _refuse(stale(MODELS, _models(contents)))
    load_publication(PUBLISHING, MODELS)
    content = contents[DEFAULT_LOCALE]
    click.echo(
        f"{len(content.exercises)} exercises, {len(content.routines)} routines, "
        f"{len(contents)} locales: all is well."
    )


def _models(contents: Mapping[str, Content]) -> dict[Path, str]:
    def content_of(locale: str) -> Content:
        if locale not in contents:
            name = f"{MODELS.name}/{locale}.yaml"
            raise ContentError(name, 1, "file", f"has no {CONTENT.name}/locales/{locale}.yaml beside it")
        return contents[locale]

    return build_models(MODELS, content_of)


def _refuse(problems: Iterable[ContentError]) -> None:
    """Raise BrokenContentError if there are problems."""
    if found := list(problems):
        raise BrokenContentError(found)


@main.command()
@click.option("--url", required=True, help="The webhook, https://host/alexa, or a Lambda function's ARN.")
@click.option("--privacy-url", help="The page with your privacy policy; the store wants one.")
@click.option("--terms-url", help="The page with your terms of use.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default="dist", show_default=True)
def package(*, url: str, privacy_url: str | None, terms_url: str | None, out: Path) -> None:
    """Write what `ask deploy` takes, for all locales: manifest, models and icons."""
    endpoint = _parsed(Endpoint.parse, url, "--url")
    privacy = _parsed(web_page, privacy_url, "--privacy-url") if privacy_url else None
    terms = _parsed(web_page, terms_url, "--terms-url") if terms_url else None
    publication = load_publication(PUBLISHING, MODELS)
    skill = manifest(publication, endpoint, Links(privacy, terms))
    write_package(out, publication, skill, PUBLISHING / "images")
    click.echo(f"{out}: {', '.join(publication.locales)}. Next: ask deploy, from there.")
    if privacy is None:
        click.echo("Good for your own Echo; to publish it, add --privacy-url.", err=True)


main.add_command(data)


def _config(store: str | None = None) -> Config:
    """Return the settings, as in development: the simulator needs no skill id, and remembers in memory."""
    own = {"COACH_ENV": "development", "HOST": "127.0.0.1"}
    config = Config.from_env({**os.environ, **own, "DATABASE_URL": store or "", "DYNAMODB_TABLE": ""})
    return config if store else replace(config, store=StoreSettings())


def _clock(url: str | None, start: str, *, is_real: bool) -> Clock:
    if url or is_real:
        return WallClock()
    return SimulatedClock(_parsed(parse_start, start, "--start"))


def _content(locale: str) -> Content:
    if not (CONTENT / "locales" / f"{locale}.yaml").is_file():
        raise _unknown(locale, CONTENT / "locales", ".yaml")
    return load_content(CONTENT, locale)


def _model(locale: str) -> Path:
    path = MODELS / f"{locale}.json"
    if not path.is_file():
        raise _unknown(locale, MODELS, ".json")
    return path


def _unknown(locale: str, folder: Path, ending: str) -> click.BadParameter:
    known = ", ".join(sorted(file.stem for file in folder.glob(f"*{ending}")))
    return click.BadParameter(f"{locale!r} is none of {known}", param_hint="--locale")


def _parsed(parse: Callable[[str], T], text: str, option: str) -> T:
    try:
        return parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from error


def _in_process(clock: Clock, config: Config) -> tuple[Post, Sign]:
    """Return the way to a webhook in this process, with an authority of its own, on the device's clock."""
    from app import create_app  # noqa: PLC0415 (the one way up: preview and check need no web framework)

    authority = Authority.create(clock.now())
    config = replace(config, skill_id=DEVELOPMENT_SKILL_ID)
    app = create_app(
        config,
        roots=[authority.root],
        fetch=lambda _url: authority.chain_pem,
        now=clock.now,
        services=SimulatedAlexa(clock.now),
    )
    client = app.test_client()

    def post(headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        answer = client.post("/alexa", data=body, headers=dict(headers))
        return answer.status_code, answer.data

    return post, authority.sign


def _remote(config: Config, url: str) -> tuple[Post, Sign]:
    return post_to(url), Authority.load(config.dev_directory).sign


if __name__ == "__main__":
    try:
        main(prog_name="python -m skill")
    except CoachError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
