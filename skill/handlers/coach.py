"""Coach and Reply: what all turns share, and what comes of one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from skill.content import DEFAULT_LOCALE, DEFAULT_ROUTINE, Content
from skill.faq import Finder
from skill.position import Clock
from skill.preferences import Preferences
from skill.routine import Bout, Detail
from skill.session import Session
from skill.timeline import Narrator, Plan, Segment, Timeline, block, blocks, bouts_of


@dataclass(frozen=True)
class Coach:
    """What all turns share: the words, the voice they are planned for, and the clock."""

    content: Content
    narrator: Narrator
    clock: Clock
    finder: Finder

    def bouts(self, plan: Plan) -> tuple[Bout, ...]:
        """Return the bouts of a plan; none where its routine is not in the content any more."""
        routine = self.content.routine(plan.routine)
        return bouts_of(routine, self.content.exercises, plan) if routine else ()

    def timeline(self, plan: Plan, lead: str | None = None) -> Timeline:
        """Return the block that `plan` begins; silence stands for a `lead` that is not known any more."""
        return block(self.bouts(plan), plan, self.detail(plan), self.narrator, lead)

    def seconds_to_go(self, plan: Plan) -> float:
        """Return how long the routine plays from where `plan` begins."""
        bouts = self.bouts(plan)
        if plan.first >= len(bouts):
            return 0.0
        return sum(timeline.seconds for timeline in blocks(bouts, plan, self.detail(plan), self.narrator))

    def detail(self, plan: Plan) -> Detail:
        """Return how much is spoken in a plan."""
        routine = self.content.routine(plan.routine)
        return plan.detail_in(routine) if routine else Detail.FULL

    def usual(self, preferences: Preferences) -> Plan:
        """Return the plan of somebody's usual routine; of the default one where nothing is left of that."""
        plan = preferences.plan(preferences.routine or DEFAULT_ROUTINE)
        return plan if self.bouts(plan) else preferences.plan(DEFAULT_ROUTINE)


@dataclass(frozen=True)
class Coaches:
    """The coach of each locale; the default locale has one."""

    by_locale: Mapping[str, Coach]

    def of(self, locale: str | None) -> Coach:
        """Return the coach of a locale, else one that speaks its language, else the default locale's."""
        language = (locale or DEFAULT_LOCALE).partition("-")[0]
        alike = (coach for coach in self.by_locale.values() if coach.content.locale.language == language)
        return self.by_locale.get(locale or "") or next(alike, self.by_locale[DEFAULT_LOCALE])


@dataclass(frozen=True)
class SlotValue:
    """What was said for a slot, and the id of the value it matched, if it matched one."""

    spoken: str
    id: str | None = None


@dataclass(frozen=True)
class Reply:
    """What the device plays, what it asks again after a silence, and the session; None closes it.

    `ended` is the session as it was when it closed. `forgets` says that all that is kept shall be deleted.
    """

    segments: tuple[Segment, ...]
    session: Session | None
    reprompt: tuple[Segment, ...] = ()
    permissions: tuple[str, ...] = ()
    """What the person is asked for on a card in the Alexa app."""
    ended: Session | None = None
    forgets: bool = False

    @property
    def after(self) -> Session:
        """The session as this reply leaves it, closed or not."""
        return self.session or self.ended or Session()

    def with_session(self, session: Session) -> "Reply":
        """Return this reply with another session, as open or closed as before."""
        return replace(self, session=session) if self.session else replace(self, ended=session)
