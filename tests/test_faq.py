"""Which entry a question finds: on a small made-up set, and on the ways of asking of the content itself."""

from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.content import load_content
from skill.embedding import embed
from skill.faq import Certainty, Finder, Ways
from skill.faq.likeness import Likeness, words_of
from tests.fake_meaning import MEANINGS, fake_embed

ENTRIES = (
    Ways("often", ("how often should i water them", "how many times a week do they drink", "watering often")),
    Ways("light", ("how much light do they need", "is the window sunny enough", "sun or shade")),
    Ways("soil", ("which soil is best", "can i use sand", "what earth do they grow in")),
    Ways("cars", ("how do i wash my car", "which car is fastest", "motor oil"), is_business=False),
    Ways("songs", ("play me a song", "sing something", "music please"), is_business=False),
)
SAMPLE_STEP = 7  # every seventh way of asking
LEAST_OWN = 0.95

WORDS = st.lists(st.sampled_from([*chain(*MEANINGS), "how", "is", "the", "zebra", "!"]), max_size=8).map(
    " ".join
)
TEXTS = st.one_of(st.text(max_size=60), WORDS)


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(ENTRIES, fake_embed)


@pytest.fixture(scope="module")
def coach_finder() -> Finder:
    content = load_content(Path(__file__).parent.parent / "content")
    return Finder(tuple(topic.ways for topic in content.topics.values()), embed)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("how many times should I water my plants?", "often"),
        ("are they thirsty", "often"),  # by its meaning alone: no word of it is in the entry
        ("is it too dark for them", "light"),
        ("will mud do", "soil"),
        ("which engine oil for my car", "cars"),
    ],
)
def test_a_question_finds_its_entry_by_its_words_or_by_what_they_mean(
    finder: Finder, question: str, entry: str
) -> None:
    found = finder.find(question)
    assert (found.best, found.certainty) == (entry, Certainty.SURE)


def test_a_question_between_two_entries_is_unsure_of_just_these(finder: Finder) -> None:
    found = finder.find("should i water them or which soil")
    assert found.certainty is Certainty.UNSURE
    assert {name for name, _ in found.ranked[:2]} == {"often", "soil"}


@pytest.mark.parametrize("question", ["", "?!", "xylophone zebra quartz", "123"])
def test_a_question_with_nothing_in_common_finds_none(finder: Finder, question: str) -> None:
    assert finder.find(question).certainty is Certainty.NONE


def test_what_is_none_of_its_business_never_finds_a_businesslike_entry(finder: Finder) -> None:
    found = finder.find("which motor oil does my car need")
    assert found.business < 0
    assert {name for name, _ in found.ranked} == {"cars", "songs"}


def test_two_entries_that_are_its_business_are_offered_where_nothing_answers(finder: Finder) -> None:
    for question in ("xylophone", "which motor oil", "water or soil"):
        offers = finder.find(question).offers
        assert len({*offers}) == 2
        assert not {*offers} & {"cars", "songs"}


@given(question=TEXTS)
def test_any_text_at_all_is_ranked_by_finite_falling_scores_of_known_entries(
    finder: Finder, question: str
) -> None:
    found = finder.find(question)
    scores = [score for _, score in found.ranked]
    assert np.isfinite([*scores, found.business]).all()
    assert scores == sorted(scores, reverse=True)
    assert {name for name, _ in found.ranked} <= {entry.id for entry in ENTRIES}


@given(question=TEXTS)
def test_the_same_question_always_finds_the_same(finder: Finder, question: str) -> None:
    assert finder.find(question) == finder.find(question) == Finder(ENTRIES, fake_embed).find(question)


@given(question=WORDS)
def test_case_and_punctuation_change_nothing(finder: Finder, question: str) -> None:
    assert finder.find(f" {question.upper()} ?!") == finder.find(question)


@given(st.lists(WORDS, min_size=1, max_size=6), TEXTS)
def test_likeness_lies_between_nought_and_one_and_is_one_for_the_same_words(
    texts: list[str], text: str
) -> None:
    rows = Likeness.of(texts).to(text)
    assert rows.shape == (len(texts),)
    assert ((rows >= 0) & (rows <= 1 + 1e-5)).all()
    same = Likeness.of(texts).to(texts[0])[0]
    assert same == pytest.approx(1 if words_of(texts[0]) else 0, abs=1e-5)


def test_what_the_content_lists_as_a_way_of_asking_finds_its_own_entry(coach_finder: Finder) -> None:
    """Or is asked back with it among the two."""
    asked = [(entry.id, ask) for entry in coach_finder.entries for ask in entry.asks][::SAMPLE_STEP]
    lost = [(wanted, ask) for wanted, ask in asked if not is_found(coach_finder, ask, wanted)]
    assert len(asked) > 300
    assert len(lost) <= (1 - LEAST_OWN) * len(asked), lost


def is_found(finder: Finder, ask: str, wanted: str) -> bool:
    found = finder.find(ask)
    candidates = 2 if found.certainty is Certainty.UNSURE else 1
    return found.certainty is not Certainty.NONE and wanted in dict(found.ranked[:candidates])
