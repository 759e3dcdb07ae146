"""Turn: one thing the user said, where it found the session, and the replies it can be answered with."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from skill.content import DEFAULT_ROUTINE, Content
from skill.phrases import Line, Phrases
from skill.position import Clock, Position, going_on, locate
from skill.routine import Bout, Detail, Phase
from skill.session import Asked, Session
from skill.timeline import Entry, Narrator, Plan, Segment, block, blocks, bouts_of

LONGEST_IN_POSITION = 8.0  # seconds of talk that somebody can keep holding through


@dataclass(frozen=True)
class Coach:
    """What all turns share: the words, the voice they are planned for, and the clock."""

    content: Content
    narrator: Narrator
    clock: Clock

    def bouts(self, plan: Plan) -> tuple[Bout, ...]:
        """Return the bouts of a plan; none where its routine is not in the content any more."""
        routine = self.content.routine(plan.routine)
        return bouts_of(routine, self.content.exercises, plan) if routine else ()

    def detail(self, plan: Plan) -> Detail:
        """Return how much of a setup the plan's routine has spoken."""
        routine = self.content.routine(plan.routine)
        return routine.detail if routine else Detail.FULL

    def seconds_to_go(self, plan: Plan) -> float:
        """Return how long the routine plays from where `plan` begins."""
        bouts = self.bouts(plan)
        if plan.first >= len(bouts):
            return 0.0
        return sum(timeline.seconds for timeline in blocks(bouts, plan, self.detail(plan), self.narrator))


@dataclass(frozen=True)
class SlotValue:
    """What was said for a slot, and the id of the value it matched, if it matched one."""

    spoken: str
    id: str | None = None


@dataclass(frozen=True)
class Reply:
    """What the device plays, what it asks again after a silence, and the session; None closes it."""

    segments: tuple[Segment, ...]
    session: Session | None
    reprompt: tuple[Segment, ...] = ()


@dataclass(frozen=True)
class Turn:
    """What a handler knows.

    `session.plan` is the place to go on from, whatever was played before counted. `position` is where a
    block that still plays was broken into; None while the coach waits for an answer.
    """

    coach: Coach
    session: Session
    plan: Plan
    now: datetime
    position: Position | None = None
    is_new: bool = False
    slots: Mapping[str, SlotValue] = field(default_factory=dict)

    @classmethod
    def begin(
        cls,
        coach: Coach,
        session: Session,
        now: datetime,
        slots: Mapping[str, SlotValue] | None = None,
        *,
        is_new: bool = False,
    ) -> "Turn":
        """Find out where `session` is at `now`; one whose place the content does not have begins anew."""
        plan = session.plan
        bouts = coach.bouts(plan) if plan else ()
        if plan is None or not bouts or not 0 <= plan.first <= len(bouts):
            session, plan = Session(), Plan(DEFAULT_ROUTINE)
        turn = cls(coach, session, plan, now, None, is_new, slots or {})
        return turn._settled() if session.began else turn

    def _settled(self) -> "Turn":
        """Count what the playing block has done; a block that has come to its end waits for an answer."""
        assert self.session.began is not None  # noqa: S101 (asked by the caller)
        bouts = self.coach.bouts(self.plan)
        if self.plan.first >= len(bouts):
            return self
        timeline = block(bouts, self.plan, self.coach.detail(self.plan), self.coach.narrator)
        elapsed = self.coach.clock.elapsed(self.session.began, self.now)
        position = locate(timeline, self.plan, elapsed)
        plan = going_on(bouts, self.plan, position)
        if not position.has_ended:
            return replace(self, plan=plan, position=position)
        asked = Asked.READY if plan.first < len(bouts) else Asked.ANYTHING_ELSE
        return replace(self, plan=plan, session=replace(self.session, began=None, asked=asked))

    @property
    def phrases(self) -> Phrases:
        """The generic lines."""
        return self.coach.content.phrases

    @property
    def bouts(self) -> tuple[Bout, ...]:
        """The bouts of the session's plan."""
        return self.coach.bouts(self.plan)

    @property
    def asked(self) -> Asked | None:
        """The question that waits for an answer; None while a block plays."""
        return None if self.position else self.session.asked

    @property
    def has_started(self) -> bool:
        """Whether a routine has been begun."""
        return self.asked not in (Asked.BEGIN, Asked.CHOICE)

    @property
    def bout(self) -> Bout | None:
        """The bout in progress, or the next one; None when the routine is finished."""
        if self.position:
            return self.position.bout
        return next(iter(self.bouts[self.plan.first :]), None)

    def say(self, line: Line, **values: object) -> str:
        """Return a line; its wording changes from one request to the next."""
        return self.phrases.line(line, int(self.now.timestamp()), **values)

    def brief(self, *sentences: str) -> str:
        """Return as many of the sentences as somebody can keep holding through, the first at least."""
        said = sentences[0]
        for sentence in sentences[1:]:
            if self.coach.narrator.pace(f"{said} {sentence}") <= LONGEST_IN_POSITION:
                said = f"{said} {sentence}"
        return said

    def play(self, plan: Plan, lead: str = "") -> Reply:
        """Play the block that `plan` begins, after `lead`; where no bout is left, ask what else."""
        bouts = self.coach.bouts(plan)
        if plan.first >= len(bouts):
            return self.finish(plan, lead)
        narrator = self.coach.narrator
        plan = replace(plan, lead=round(narrator.pace(lead), 2))
        timeline = block(bouts, plan, self.coach.detail(plan), narrator, lead or None)
        asked = Asked.READY if timeline.following else Asked.ANYTHING_ELSE
        session = Session(plan=plan, began=self.now, asked=asked)
        return Reply(timeline.segments, session, self._reprompt(asked))

    def go_on(self, lead: str) -> Reply:
        """Answer in place: `lead`, then the hold with the seconds that were left.

        A long answer lets the person ease out first. While the coach waits, it asks its question again.
        """
        if self.position is None:
            return self.ask(lead)
        if self.position.is_working and self.coach.narrator.pace(lead) > LONGEST_IN_POSITION:
            return self.play(self.from_rest(), f"{self.say(Line.EASE_OUT)} {lead}")
        return self.play(self.plan, lead)

    def from_rest(self) -> Plan:
        """Return the plan for somebody who has left the position and needs time to get back into it."""
        left = self.plan.entry in (Entry.ON, Entry.NOW)
        return replace(self.plan, entry=Entry.AGAIN) if left else self.plan

    def finish(self, plan: Plan, lead: str = "") -> Reply:
        """Say what was done, at the end of a routine that was cut short, and ask what else."""
        minutes = self.phrases.minutes(plan.worked)
        line = Line.FINISHED_EARLY if plan.done else Line.FINISHED_ALREADY
        done = self.say(line, exercises=len(plan.done), minutes=minutes)
        plan = replace(plan, first=len(self.coach.bouts(plan)), held=0.0, entry=Entry.USUAL, lead=0.0)
        return self.ask(f"{lead} {done}".strip(), Asked.ANYTHING_ELSE, plan=plan)

    def ask(
        self,
        text: str,
        asked: Asked | None = None,
        *,
        plan: Plan | None = None,
        must_hear_advice: bool | None = None,
    ) -> Reply:
        """Say `text`, put a question and wait; the place is kept."""
        asked = asked or self.session.asked
        if must_hear_advice is None:
            must_hear_advice = self.session.must_hear_advice
        session = Session(plan=plan or self.plan, asked=asked, must_hear_advice=must_hear_advice)
        said = f"{text} {self.say(PROMPTS[asked])}".strip()
        return Reply((self._spoken(said),), session, self._reprompt(asked))

    def wait(self, text: str, seconds: float) -> Reply:
        """Say `text`, stay silent so that the whole reply takes `seconds`, and ask whether to resume."""
        said, question = self._spoken(text), self._spoken(self.say(PROMPTS[Asked.PAUSED]))
        silence = Segment(seconds - said.seconds - question.seconds, Phase.REST)
        session = Session(plan=self.plan, asked=Asked.PAUSED)
        return Reply((said, silence, question), session, self._reprompt(Asked.PAUSED))

    def close(self, text: str) -> Reply:
        """Say `text` and end the session."""
        return Reply((self._spoken(text),), None)

    def _spoken(self, text: str) -> Segment:
        return self.coach.narrator.say(text, Phase.ANSWER)

    def _reprompt(self, asked: Asked) -> tuple[Segment, ...]:
        question = self._spoken(self.say(PROMPTS[asked]))
        if not PATIENCE[asked]:
            return (question,)
        wait = self._spoken(self.say(Line.REPROMPT_WAIT))
        return (wait, Segment(PATIENCE[asked], Phase.REST), question)


PROMPTS = {asked: Line(f"prompt_{asked}") for asked in Asked}

# Seconds of silence in the reprompt, before the question is put once more.
PATIENCE = {
    Asked.BEGIN: 10.0,
    Asked.CHOICE: 10.0,
    Asked.READY: 45.0,
    Asked.ANYTHING_ELSE: 5.0,
    Asked.PAUSED: 80.0,
    Asked.START_OVER: 0.0,
    Asked.HURT: 30.0,
    Asked.PINCHED: 45.0,
    Asked.ACHED: 45.0,
}
