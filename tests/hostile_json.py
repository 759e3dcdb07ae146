"""Request envelopes that start sound and are then spoilt, as hypothesis strategies."""

import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from skill.dispatch import ROUTES
from skill.session import Asked, Caution
from skill.simulator.envelope import Identity, Session, envelope, intent_request, stamped
from skill.simulator.understanding import Heard, SlotValue
from skill.timeline.plan import Entry
from tests.server_process import SKILL_ID

IDENTITY = Identity(application_id=SKILL_ID)
TYPES = (
    "LaunchRequest", "SessionEndedRequest", "CanFulfillIntentRequest", "System.ExceptionEncountered",
    "AlexaSkillEvent.SkillDisabled", "Alexa.Presentation.APL.UserEvent", "Display.ElementSelected",
    "Connections.Response", "Something.New", "",
)  # fmt: skip
INTENTS = (*(name for names, _ in ROUTES for name in names if name != "LaunchRequest"), "IntentOfTomorrow")
SLOTS = ("routine", "stretch", "topic", "symptom", "body_part", "seconds", "change")
WORDS = (
    "daily", "kneeling", "twist", "pinch", "numb", "longer", "45", "-1", "999999999999", "?", "PT45S", "",
)  # fmt: skip
ROUTINES = ("daily", "short", "full", "kneeling", "bridges", "nowhere", "")

NUMBERS = st.sampled_from([0, 1, 2, 7, 30, 45.5, -1, 10**6, 2**63, 1e308, -1e308, 10**400])
JUNK: Sequence[Any] = (
    None, True, False, 0, -1, 0.5, 2**31, 2**63, 10**400, -1e308, float("inf"), float("nan"),
    "", " ", "\0", "\ud800", "\u202e", "🧘", "a" * 5000, "<speak>&</speak>", "%s%n{0}", "../../etc/passwd",
    "__proto__", "1", "2026-01-01T09:00:00Z", "0001-01-01T00:00:00+23:59", "P1Y", "amzn1.ask.skill.theirs",
    [], {}, [[]], [None], {"": {}}, {"value": 1}, {"code": "ER_SUCCESS_MATCH"},
)  # fmt: skip

_leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
_trees = st.recursive(
    _leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_JUNK = st.sampled_from(JUNK) | _trees

# Made once: hypothesis checks every strategy that is new to it.
_FEW, _COIN, _ANYWHERE = st.integers(0, 3), st.booleans(), st.integers(0, 2**16)


def _moments(now: datetime) -> st.SearchStrategy[str]:
    seconds = st.sampled_from([0, 0.4, 5, 61, 239, 3600, 86400 * 400, -30, -86400])
    return seconds.map(lambda ago: (now - timedelta(seconds=ago)).isoformat())


def _attributes(now: datetime) -> st.SearchStrategy[dict[str, Any]]:
    """Return sessions such as the skill itself writes, but for places that no routine has."""
    plan = st.fixed_dictionaries(
        {"routine": st.sampled_from(ROUTINES)},
        optional={
            "without": st.lists(st.sampled_from(ROUTINES), max_size=2),
            "choices": st.lists(st.fixed_dictionaries({"start": NUMBERS, "seconds": NUMBERS}), max_size=2),
            "first": NUMBERS,
            "held": NUMBERS,
            "entry": st.sampled_from([*Entry]),
            "lead": NUMBERS,
            "worked": NUMBERS,
        },
    )
    sound = {"version": st.just(1), "plan": plan}
    more = {
        "began": _moments(now),
        "asked": st.sampled_from([*Asked]),
        "caution": st.sampled_from([*Caution]),
    }
    return st.just({}) | st.fixed_dictionaries(sound, optional=more)


def _requests() -> st.SearchStrategy[dict[str, Any]]:
    words = st.sampled_from(WORDS)
    values = st.builds(SlotValue, spoken=words, id=st.none() | words)
    slots = st.dictionaries(st.sampled_from(SLOTS), values, max_size=2)
    intents = st.builds(Heard, intent=st.sampled_from(INTENTS), slots=slots).map(intent_request)
    return intents | st.sampled_from(TYPES).map(lambda kind: {"type": kind})


def _envelopes(now: datetime) -> st.SearchStrategy[dict[str, Any]]:
    sessions = st.builds(Session, id=st.just("session"), is_new=st.booleans(), attributes=_attributes(now))
    requests = _requests().map(lambda request: stamped(request, "request", now, IDENTITY.locale))
    return st.builds(envelope, st.just(IDENTITY), sessions, requests)


def _places(node: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 (JSON)
    """Yield every container within, with each of its keys or indexes."""
    keys: Any = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield node, key
        yield from _places(node[key])


@st.composite
def _spoilt(draw: st.DrawFn, sound: st.SearchStrategy[dict[str, Any]]) -> str:
    """Overwrite or take away up to three places, wherever they are."""
    spoilt = json.loads(json.dumps(draw(sound)))
    for _ in range(draw(_FEW)):
        places = list(_places(spoilt))
        container, key = places[draw(_ANYWHERE) % len(places)]
        if draw(_COIN):
            container[key] = deepcopy(draw(_JUNK))  # which may be spoilt in its turn
        else:
            del container[key]
    return json.dumps(spoilt)


def envelopes(now: datetime) -> st.SearchStrategy[str]:
    """Return the texts of envelopes, most of them spoilt."""
    return _spoilt(_envelopes(now))
