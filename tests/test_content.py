"""Every mistake an author can make is named with its file, its line and its key."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from skill.content import Content, load_content
from skill.errors import BrokenContentError
from skill.routine import Detail, Dose

CONTENT = Path(__file__).parent.parent / "content"


@dataclass(frozen=True)
class Slip:
    """One of content_slips.yaml."""

    file: str
    old: str
    new: str
    problem: str
    at: str = ""


def slips() -> list[Slip]:
    files = yaml.safe_load((Path(__file__).parent / "content_slips.yaml").read_text(encoding="utf-8"))
    return [Slip(file, **slip) for file, found in files.items() for slip in found]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns(".learnt")))


def problems(directory: Path) -> list[str]:
    with pytest.raises(BrokenContentError) as caught:
        load_content(directory)
    return str(caught.value).splitlines()


def content(directory: Path = CONTENT) -> Content:
    return load_content(directory)


@pytest.mark.parametrize("slip", slips(), ids=lambda slip: f"{slip.file} {slip.problem[:40]}")
def test_a_slip_is_named_by_file_line_and_key(slip: Slip, copy: Path) -> None:
    path = copy / slip.file
    text = path.read_text(encoding="utf-8")
    assert slip.old in text
    path.write_text(text.replace(slip.old, slip.new, 1), encoding="utf-8")
    found = problems(copy)
    (problem,) = [problem for problem in found if slip.problem in problem]
    file, line, _ = problem.split(":", 2)
    assert file == f"content/{slip.file}"
    assert (slip.at or slip.new) in path.read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_all_mistakes_are_named_at_once_in_the_order_of_files_and_lines(copy: Path) -> None:
    made = {"kind: hold": "kind: hodl", "most: 30": "most: many", "  topic: psoas": "  # psoas"}
    for path in (copy / "en" / "faq.yaml", copy / "en" / "exercises" / "twist.yaml"):
        text = path.read_text(encoding="utf-8")
        for old, new in made.items():
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
    found = problems(copy)
    assert [problem.split(": ")[1] for problem in found] == ["kind", "hold.most", "psoas.topic"]


@pytest.mark.parametrize(
    ("missing", "problem"),
    [
        ("en/speech.yaml", "content/en/speech.yaml:1: file: "),
        ("en/faq.yaml", "content/en/faq.yaml:1: file: "),
        ("en/exercises", "content/en/exercises:1: file: has no .yaml file"),
        ("en/routines/daily.yaml", "content/en/routines/daily.yaml:1: file: is missing: the coach starts"),
        ("locales", "content/locales:1: file: has no .yaml file"),
        ("locales/en-US.yaml", "content/locales/en-US.yaml:1: file: is missing: it gives the language"),
    ],
)
def test_what_is_missing_is_named(missing: str, problem: str, copy: Path) -> None:
    path = copy / missing
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    assert any(found.startswith(problem) for found in problems(copy))


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        ("psoas.txt", None, "content/en/faq.yaml:5: psoas: has no ways of asking: asks/psoas.txt is missing"),
        ("psoas.txt", "what is it\n", "content/en/asks/psoas.txt:1: ask: there are 1 ways of asking; 20 is"),
        ("yoga.txt", "may i do yoga\n", "content/en/asks/yoga.txt:1: ask: belongs to no topic"),
        ("yoga.md", "may i do yoga\n", "content/en/asks/yoga.md:1: file: is not read"),
    ],
)
def test_ways_of_asking_belong_to_a_topic_and_there_are_enough(
    file: str, text: str | None, problem: str, copy: Path
) -> None:
    path = copy / "en" / "asks" / file
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")
    assert any(found.startswith(problem) for found in problems(copy))


def test_a_way_of_asking_for_two_topics_is_named_with_both_places(copy: Path) -> None:
    first, second = copy / "en" / "asks" / "often.txt", copy / "en" / "asks" / "psoas.txt"
    ask = first.read_text(encoding="utf-8").splitlines()[2]
    second.write_text(f"{second.read_text(encoding='utf-8')}\n{ask}\n", encoding="utf-8")
    (found,) = problems(copy)
    assert found.startswith("content/en/asks/psoas.txt:")
    assert found.endswith(f"{ask!r} is there already, as content/en/asks/often.txt:3")


def test_a_topic_is_found_by_an_id_that_it_took_over() -> None:
    taken_over = content().topic("does")
    assert taken_over is not None
    assert taken_over == content().topic("psoas")
    assert content().topic("weather") is None


def test_a_routine_with_the_name_of_an_exercise_is_refused(copy: Path) -> None:
    routines = copy / "en" / "routines"
    (routines / "full.yaml").rename(routines / "twist.yaml")
    assert any("has the name of the exercise twist" in found for found in problems(copy))


def test_a_new_exercise_and_a_routine_need_no_python(copy: Path) -> None:
    twist = (copy / "en" / "exercises" / "twist.yaml").read_text(encoding="utf-8")
    names = twist[twist.index("also_called:") : twist.index("kind:")]
    turn = twist.replace(names, "").replace("name: kneeling twist", "name: seated turn")
    (copy / "en" / "exercises" / "turn.yaml").write_text(turn, encoding="utf-8")
    (copy / "en" / "routines" / "desk.yaml").write_text(
        "name: desk routine\norder: set\ndetail: full\ndoses: [{exercise: turn, sets: 1, seconds: 20}]\n",
        encoding="utf-8",
    )
    routine = content(copy).routine("desk")
    assert routine is not None
    assert routine.doses == (Dose(1, seconds=20, exercise="turn"),)


def test_an_exercise_can_be_a_routine_of_its_own() -> None:
    alone = content().routine("kneeling")
    assert alone is not None
    assert (alone.name, alone.detail) == ("kneeling stretch", Detail.FULL)
    assert alone.doses == (Dose(2, seconds=30, exercise="kneeling"),)
    assert content().routine("yoga") is None


def test_a_line_with_one_wording_may_stand_without_a_list() -> None:
    assert content().phrases.lines
    assert all(isinstance(variants, tuple) for variants in content().phrases.lines.values())
