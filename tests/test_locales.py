"""A language and a country are added as files; each locale has its own coach."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from skill.content import Content, Locale, load_content, load_contents
from skill.errors import BrokenContentError
from skill.handlers.coach import Coach, Coaches
from skill.learning import finder_of
from skill.pace import PLAIN, Voice
from skill.phrases import Line, reworded
from skill.position import Clock
from skill.preview import rows_of

CONTENT = Path(__file__).parent.parent / "content"
CONTENTS = load_contents(CONTENT)
FRENCH = "language: fr\nwords_per_minute: 180\ntime_zone: Europe/Paris\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the content, with English in the place of French, and without a pace of its own."""
    directory = Path(shutil.copytree(CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns(".learnt")))
    shutil.copytree(directory / "en", directory / "fr")
    (directory / "fr" / "pace.yaml").unlink()
    for locale in {*CONTENTS} - {"en-US", "en-GB"}:
        (directory / "locales" / f"{locale}.yaml").unlink()
    change(directory / "fr" / "speech.yaml", "language: en", "language: fr")
    (directory / "locales" / "fr-FR.yaml").write_text(FRENCH, encoding="utf-8")
    return directory


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(directory: Path) -> list[str]:
    with pytest.raises(BrokenContentError) as caught:
        load_contents(directory)
    return str(caught.value).splitlines()


def coach(content: Content) -> Coach:
    return Coach(
        content, content.narrator(), Clock(), finder_of(content.ways, CONTENT, content.locale.language)
    )


def test_a_language_is_added_by_files_alone(copy: Path) -> None:
    french = load_contents(copy)["fr-FR"]
    assert french.locale == Locale("fr-FR", "fr", 180, "Europe/Paris")
    assert french.phrases.counted(21, "second") == "vingt et un seconds"
    assert french.phrases.number(3) == "Trois."
    holds = [row for row in rows_of(french, french.narrator(), "short") if row["phase"] == "hold"]
    assert sum(row["seconds"] for row in holds) == pytest.approx(2 * 30 + 2 * 20)


def test_a_language_without_a_pace_of_its_own_has_an_average_one(copy: Path) -> None:
    french = load_content(copy, "fr-FR")
    assert french.costs == PLAIN
    assert french.narrator().pace("Respire") == Voice(180, "fr", PLAIN).seconds("Respire")
    assert french.narrator(360).pace("Respire") == pytest.approx(french.narrator().pace("Respire") / 2)


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("exercises/twist.yaml", "least: 20", "least: 19", "hold.least: is 19, and 20 in content/en/"),
        ("exercises/twist.yaml", "place: mat", "place: bed", "place: is bed, and mat in content/en/"),
        (
            "exercises/twist.yaml",
            "optional: [block]",
            "optional: [block, mat]",
            "optional: is ['block', 'mat'], and ",
        ),
        ("exercises/twist.yaml", "sets: 2", "sets: 1", "alone.sets: is 1, and 2 in"),
        (
            "routines/daily.yaml",
            "sets: 2",
            "sets: 1",
            "doses.0.sets: is 1, and 2 in content/en/",
        ),
        ("faq.yaml", "  refusal: true\n", "", "refusal: is nothing, and True in content/en/faq.yaml"),
        ("faq.yaml", "  safety: true\n", "", "safety: is nothing, and True in content/en/faq.yaml"),
        (
            "faq.yaml",
            "  refusal: true\n",
            "  refusal: true\n  more: Plus.\n",
            "more: is a text, and nothing in",
        ),
        ("speech.yaml", "language: fr", "language: it", "language: has to be fr, as the folder's name"),
    ],
)
def test_languages_differ_in_words_alone(copy: Path, file: str, old: str, new: str, problem: str) -> None:
    change(copy / "fr" / file, old, new)
    assert any(found.startswith(f"content/fr/{file}:") and problem in found for found in problems(copy))


def test_a_file_that_only_one_language_has_is_named(copy: Path) -> None:
    routines = copy / "fr" / "routines"
    (routines / "short.yaml").rename(routines / "court.yaml")
    assert problems(copy) == [
        "content/fr/routines/court.yaml:1: file: is there in no other language than fr",
        "content/fr/routines/short.yaml:1: file: is missing; see content/en/routines/short.yaml",
    ]


def test_a_topic_that_only_one_language_has_is_named(copy: Path) -> None:
    change(copy / "fr" / "faq.yaml", "\npsoas:", "\nmuscle:")
    (copy / "fr" / "asks" / "psoas.txt").rename(copy / "fr" / "asks" / "muscle.txt")
    missing, unknown = problems(copy)
    assert missing.endswith(": psoas: is missing; see content/en/faq.yaml")
    assert unknown.endswith(": muscle: is not in content/en/faq.yaml")


def test_a_mistake_in_a_language_is_named_once_for_all_its_locales(copy: Path) -> None:
    change(copy / "en" / "speech.yaml", "{minutes:minute}", "{minutes:minuet}")
    assert len(problems(copy)) == 1


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Europe/London", "Europe/Londres", "time_zone: value error, is no time zone; write it like Europe/"),
        ("words_per_minute: ", "words_per_minute: 9", "words_per_minute: input should be less than or equal"),
        ("physical therapy:", "fysical therapy:", "words.fysical therapy: is nowhere said in content/en"),
        ("language: en", "language: xx", "content/xx/"),
    ],
)
def test_a_mistake_in_a_locale_is_named(copy: Path, old: str, new: str, problem: str) -> None:
    change(copy / "locales" / "en-GB.yaml", old, new)
    assert any(problem in found for found in problems(copy))


def test_a_country_says_its_own_words_and_understands_those_of_the_others() -> None:
    american, british = CONTENTS["en-US"], CONTENTS["en-GB"]
    assert "physical therapy" in american.topics["surgery"].answer
    assert "physiotherapy" in british.topics["surgery"].answer
    assert "physiotherapy" in british.phrases.line(Line.PAIN_SERIOUS_AGAIN)
    heard = [[topic.asks for topic in content.topics.values()] for content in (american, british)]
    assert heard[0] == heard[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Center the hips, center.", "Centre the hips, centre."),
        ("The centerpiece stays.", "The centerpiece stays."),
        ("See a physical therapist.", "See a physio."),
    ],
)
def test_whole_words_are_replaced_and_keep_their_capital(text: str, said: str) -> None:
    assert reworded(text, {"center": "centre", "physical": "fit", "physical therapist": "physio"}) == said


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        ("en-GB", "en-GB"),
        ("fr-FR", "fr-FR"),
        ("fr-CA", "fr-FR"),
        ("en-ZA", "en-US"),
        ("ja-JP", "en-US"),
        ("nonsense", "en-US"),
        ("", "en-US"),
        (None, "en-US"),
    ],
)
def test_a_locale_has_its_coach_or_one_of_its_language(asked: str | None, answers: str) -> None:
    american = coach(CONTENTS["en-US"])
    french = Locale("fr-FR", "fr", 160, "Europe/Paris")
    coaches = {
        "en-US": american,
        "en-GB": coach(CONTENTS["en-GB"]),
        "fr-FR": replace(american, content=replace(american.content, locale=french)),
    }
    assert Coaches(coaches).of(asked).content.locale.name == answers
