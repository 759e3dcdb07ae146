"""Puts the skill together from its parts; the webhook and AWS Lambda serve the same one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_model.services import ApiClient

from skill.config import Config
from skill.content import Content, load_content
from skill.dispatch import skill_builder
from skill.embedding import embed
from skill.faq import Finder, Ways
from skill.handlers.coach import Coach
from skill.pace import Voice
from skill.position import Clock as EchoClock
from skill.remembering import Memory
from skill.store import Guard, guarded, keys_of, open_store
from skill.timeline import Narrator

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
MODELS = ROOT / "interaction_model"


@dataclass(frozen=True)
class Assembly:
    """The skill's builder, and what its host watches over."""

    builder: CustomSkillBuilder
    content: Content
    store: Guard


def assemble(
    config: Config,
    now: Callable[[], datetime],
    store: AbstractPersistenceAdapter | None,
    services: ApiClient,
) -> Assembly:
    """Put the skill together; `store` is the one of the settings where it is None.

    Raises ConfigError or ContentError where the skill cannot run as it is set up.
    """
    coach = _coach(config)
    keys = keys_of(config.store)
    guard = guarded(store or open_store(config.store, keys, now), config.store.keep_days, now)
    return Assembly(skill_builder(coach, Memory(guard, keys.hashed), services), coach.content, guard)


def _coach(config: Config) -> Coach:
    content = load_content(CONTENT)
    narrator = Narrator(content.phrases, Voice(config.words_per_minute).seconds)
    finder = _finder(tuple(topic.ways for topic in content.topics.values()))
    return Coach(content, narrator, EchoClock(config.start_delay, config.barge_in_lag), finder)


@lru_cache(maxsize=1)
def _finder(entries: tuple[Ways, ...]) -> Finder:
    """Return what finds answers, learnt once a process and before the first question."""
    finder = Finder(entries, embed)
    finder.learn()
    return finder
