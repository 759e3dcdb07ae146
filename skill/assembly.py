"""Puts the skill together from its parts; the webhook and AWS Lambda serve the same one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_model.services import ApiClient

from skill.config import Config
from skill.content import Content, load_contents
from skill.dispatch import skill_builder
from skill.faq import Finder, Ways
from skill.handlers.coach import Coach, Coaches
from skill.learning import finder_of
from skill.position import Clock as EchoClock
from skill.remembering import Memory
from skill.store import Guard, guarded, keys_of, open_store

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
MODELS = ROOT / "interaction_model"


@dataclass(frozen=True)
class Assembly:
    """The skill's builder, and what its host watches over."""

    builder: CustomSkillBuilder
    contents: Mapping[str, Content]
    """By locale."""
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
    contents = load_contents(CONTENT)
    keys = keys_of(config.store)
    guard = guarded(store or open_store(config.store, keys, now), config.store.keep_days, now)
    builder = skill_builder(_coaches(config, contents), Memory(guard, keys.hashed), services)
    return Assembly(builder, contents, guard)


def _coaches(config: Config, contents: Mapping[str, Content]) -> Coaches:
    """Return a coach for each locale; those of one language find answers with the same finder."""
    clock = EchoClock(config.start_delay, config.barge_in_lag)
    teachers = {content.locale.language: content for content in reversed(list(contents.values()))}
    finders = {language: _finder(content.ways, language) for language, content in teachers.items()}
    coaches = {
        name: Coach(
            content, content.narrator(config.words_per_minute), clock, finders[content.locale.language]
        )
        for name, content in contents.items()
    }
    return Coaches(coaches)


@lru_cache(maxsize=8)  # languages
def _finder(entries: tuple[Ways, ...], language: str) -> Finder:
    """Return what finds answers, once a process and before the first question."""
    return finder_of(entries, CONTENT, language)
