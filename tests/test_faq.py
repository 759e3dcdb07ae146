"""Which entry a question finds: on a small made-up set, and on the ways of asking of the content itself."""

from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.content import load_content
from skill.faq import Certainty, Finder, Ways, learn, with_openings_lost
from skill.faq.pieces import Vocabulary, phrases_of, runs_of
from skill.learning import finder_of
from tests.fake_meaning import MEANINGS, fake_embed

FOLDER = Path(__file__).parent.parent / "content"
CONTENT = load_content(FOLDER)
WAYS = [topic.ways for topic in CONTENT.topics.values()]
ENTRIES = (
    Ways(
        "often",
        (
            *("how often should i water them", "how many times a week do they drink", "watering often"),
            *("are they thirsty every day", "how often do they drink", "water them how many times a week"),
        ),
    ),
    Ways(
        "light",
        (
            *("how much light do they need", "is the window sunny enough", "sun or shade"),
            *("is this window too dark", "do they need the sun", "how much sun or light"),
        ),
    ),
    Ways(
        "soil",
        (
            *("which soil is best", "can i use sand", "what earth do they grow in"),
            *("is sand the best soil", "can i use mud", "which earth or sand"),
        ),
    ),
    Ways(
        "cars",
        (
            *("how do i wash my car", "which car is fastest", "motor oil"),
            *("which oil for the engine", "is my car the fastest", "how do i change the oil"),
        ),
        is_business=False,
    ),
    Ways(
        "songs",
        (
            *("play me a song", "sing something", "music please"),
            *("sing me a song please", "play something", "play music"),
        ),
        is_business=False,
    ),
)
SAMPLE_STEP = 7  # every seventh way of asking
LEAST_OWN = 0.95

WORDS = st.lists(st.sampled_from([*chain(*MEANINGS), "how", "is", "the", "zebra", "!"]), max_size=8).map(
    " ".join
)
TEXTS = st.one_of(st.text(max_size=60), WORDS)


@pytest.fixture(scope="module")
def finder() -> Finder:
    return learn(ENTRIES, fake_embed)


@pytest.fixture(scope="module")
def coach_finder() -> Finder:
    return finder_of(CONTENT.ways, FOLDER, CONTENT.locale.language)


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


@pytest.mark.parametrize("question", ["", "?!", "qqqq zzzz", "123"])
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


def test_a_question_is_learnt_without_the_words_that_alexa_may_keep_as_well() -> None:
    often = Ways("often", ("how often should i water them", "watering often", "how often please"))
    (learnt,) = with_openings_lost([often])
    assert learnt.asks == (*often.asks, "should i water them")


def test_what_is_left_of_a_question_is_not_learnt_where_it_may_be_about_two_entries() -> None:
    entries = (
        Ways("often", ("how often should i water them", "when again should i do it")),
        Ways("light", ("how much should i water them", "should i do it")),
    )
    assert with_openings_lost(entries) == entries


def test_learning_twice_gives_the_same(finder: Finder) -> None:
    again = learn(ENTRIES, fake_embed)
    assert (again.weights == finder.weights).all()


@pytest.mark.parametrize("locale", ["en-US", "es-ES", "de-DE"])
def test_every_name_of_a_topic_of_safety_is_found_by_its_words(locale: str) -> None:
    content = load_content(FOLDER, locale)
    safety = [topic for topic in content.topics.values() if topic.safety]
    assert safety
    for topic in safety:
        for name in (topic.topic, *topic.also_called):
            assert content.named(f"{name}?") == topic


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
    assert finder.find(question) == finder.find(question)


@given(question=WORDS)
def test_case_and_punctuation_change_nothing(finder: Finder, question: str) -> None:
    assert finder.find(f" {question.upper()} ?!") == finder.find(question)


@given(st.lists(TEXTS, max_size=8), TEXTS)
def test_a_text_takes_the_places_of_pieces_met_twice_and_weighs_one_at_most(
    texts: list[str], text: str
) -> None:
    for kind in (phrases_of, runs_of):
        vocabulary = Vocabulary.of(map(kind, texts))
        places, weights = vocabulary.row(kind(text))
        met = [sum(piece in kind(other) for other in texts) for piece in {*kind(text)}]
        assert len(places) == len({*places}) == sum(count > 1 for count in met)
        assert ((places >= 0) & (places < len(vocabulary.hashes))).all()
        assert (weights > 0).all()
        assert weights @ weights <= 1 + 1e-5


def test_rare_words_weigh_more_and_unknown_ones_take_from_the_rest() -> None:
    vocabulary = Vocabulary.of([["the", "hip"], ["the", "hip"], ["the"], ["the"]])
    (_, both), (_, rare), (_, with_unknown) = (
        vocabulary.row(said) for said in (["the", "hip"], ["hip"], ["hip", "zebra"])
    )
    assert both.max() > 2 * both.min()
    assert rare == pytest.approx([1])
    assert with_unknown < rare


def test_what_the_content_lists_as_a_way_of_asking_finds_its_own_entry(coach_finder: Finder) -> None:
    """Or is asked back with it among the two."""
    asked = [(entry.id, ask) for entry in WAYS for ask in entry.asks][::SAMPLE_STEP]
    lost = [(wanted, ask) for wanted, ask in asked if not is_found(coach_finder, ask, wanted)]
    assert len(asked) > 300
    assert len(lost) <= (1 - LEAST_OWN) * len(asked), lost


def is_found(finder: Finder, ask: str, wanted: str) -> bool:
    found = finder.find(ask)
    candidates = 2 if found.certainty is Certainty.UNSURE else 1
    return found.certainty is not Certainty.NONE and wanted in dict(found.ranked[:candidates])
