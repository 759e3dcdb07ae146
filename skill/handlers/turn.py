"""Turn: one thing the user said, where it found the session, and the replies it can be answered with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from skill.alexa import Alexa
from skill.handlers.coach import Coach, Reply, SlotValue
from skill.memory import Lapse, Progress, Remembered
from skill.phrases import Line, Phrases
from skill.position import Position, going_on, locate
from skill.routine import Bout, Phase
from skill.session import Asked, Caution, Session
from skill.timeline import Entry, Plan, Segment, changes_place

LONGEST_WHILE_HOLDING = 8.0  # seconds of talk that somebody can keep holding through
NOT_YET = frozenset({Asked.BEGIN, Asked.CHOICE})
IN_BETWEEN = frozenset(
    {Asked.MEANT, Asked.REMINDER, Asked.REMINDER_TIME, Asked.CANCEL_REMINDERS, Asked.FORGET}
)


@dataclass(frozen=True)
class Turn:
    """What a handler knows.

    `plan` is the place to go on from, whatever was played before counted. `position` is where a block that
    still plays was broken into; None while the coach waits for an answer. `place` is where an earlier session
    of the last day was left; known only at the start of a session. `is_somebody_else` says that Alexa knows
    the voice, and that the session is another person's.
    """

    coach: Coach
    session: Session
    plan: Plan
    now: datetime
    position: Position | None = None
    is_new: bool = False
    is_lost: bool = False
    is_somebody_else: bool = False
    place: Plan | None = None
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    alexa: Alexa = field(default_factory=Alexa)

    @classmethod
    def begin(cls, coach: Coach, session: Session | None, now: datetime, **given: Any) -> "Turn":  # noqa: ANN401 (the other fields)
        """Find out where `session` is at `now`; one that cannot be read or has no place any more is lost."""
        plan = session.plan if session else None
        if session and plan and 0 <= plan.first <= len(coach.bouts(plan)) > 0:
            turn = cls(coach, session, plan, now, **given)
            return turn._settled(session.began) if session.began else turn
        kept = session or Session()
        careful = Session(caution=kept.caution, preferences=kept.preferences, remembered=kept.remembered)
        anew = coach.usual(careful.preferences)
        anew = replace(anew, done=plan.done, worked=plan.worked) if plan else anew
        return cls(coach, careful, anew, now, is_lost=session is None or plan is not None, **given)

    def _settled(self, began: datetime) -> "Turn":
        """Count what the playing block has done; a block that has come to its end waits for an answer."""
        if self.plan.first >= len(self.bouts):
            return self
        elapsed = self.coach.clock.elapsed(began, self.now)
        position = locate(self.coach.timeline(self.plan), self.plan, elapsed)
        plan = going_on(self.bouts, self.plan, position)
        if not position.has_ended:
            return replace(self, plan=plan, position=position)
        asked = Asked.READY if plan.first < len(self.bouts) else Asked.ANYTHING_ELSE
        return replace(self, plan=plan, session=replace(self.session, began=None, asked=asked))

    def remembering(self, remembered: Remembered) -> "Turn":
        """Return this turn with something else remembered."""
        return replace(self, session=replace(self.session, remembered=remembered))

    @property
    def phrases(self) -> Phrases:
        """The generic lines."""
        return self.coach.content.phrases

    @property
    def bouts(self) -> tuple[Bout, ...]:
        """The bouts of the plan."""
        return self.coach.bouts(self.plan)

    @property
    def asked(self) -> Asked | None:
        """The question that waits for an answer; None while a block plays."""
        return None if self.position else self.session.asked

    @property
    def waits_for(self) -> Asked | None:
        """The question beneath one that was put in between; None where a block was or is playing."""
        return self.session.asked_before if self.asked in IN_BETWEEN else self.asked

    @property
    def has_started(self) -> bool:
        """Whether a routine has been begun."""
        return self.waits_for not in NOT_YET or self.plan.first > 0

    @property
    def progress(self) -> Progress | None:
        """What the person has practised so far, this session included; None where nobody may know."""
        if self.is_somebody_else:
            return None
        return self.session.remembered.progress_at(self.now, self.plan)

    @property
    def today(self) -> date:
        """The day that it is for the person."""
        return self.session.remembered.day(self.now)

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to play."""
        return self.position is None and self.plan.first >= len(self.bouts)

    @property
    def bout(self) -> Bout | None:
        """The bout in progress, or the next one; None when the routine is finished."""
        if self.position:
            return self.position.bout
        return next(iter(self.bouts[self.plan.first :]), None)

    @property
    def is_holding_on(self) -> bool:
        """Whether the person holds or repeats, or goes on with that while the coach answers."""
        return self.position is not None and self.plan.entry is Entry.ON

    @property
    def has_begun_the_bout(self) -> bool:
        """Whether a part of the bout to go on with is done."""
        return self.is_holding_on or self.plan.held > 0

    def preferring(self, **changes: Any) -> "Turn":  # noqa: ANN401 (of the preferences)
        """Return this turn with other preferences; the plan is the caller's."""
        preferences = replace(self.session.preferences, **changes)
        return replace(self, session=replace(self.session, preferences=preferences))

    def say(self, line: Line, **values: object) -> str:
        """Return a line; its wording changes from one request to the next."""
        return self.phrases.line(line, int(self.now.timestamp()), **values)

    def brief(self, *sentences: str) -> str:
        """Return as many of the sentences as somebody can keep holding through, the first at least."""
        said = sentences[0]
        for sentence in sentences[1:]:
            if self.coach.narrator.pace(f"{said} {sentence}") <= LONGEST_WHILE_HOLDING:
                said = f"{said} {sentence}"
        return said

    def play(self, plan: Plan, lead: str = "") -> Reply:
        """Play the block that `plan` begins, after `lead`; where no bout is left, ask what else."""
        if plan.first >= len(self.coach.bouts(plan)):
            return self.finish(plan, lead)
        if self.waits_for is Asked.RESUME:  # whoever has just come back is not in position yet
            plan = replace(plan, entry=Entry.ANEW)
        lead = " ".join([*self._due(), lead]).strip()
        plan = replace(plan, lead=round(self.coach.narrator.pace(lead), 2))
        timeline = self.coach.timeline(plan, lead or None)
        asked = Asked.READY if timeline.following else Asked.ANYTHING_ELSE
        session = Session(
            plan=plan,
            began=self.now,
            asked=asked,
            has_heard_notice=True,
            preferences=self.session.preferences,
            remembered=self.told(),
        )
        return Reply(timeline.segments, session, self._reprompt(asked))

    def _due(self) -> list[str]:
        """Return what has to be heard before anything is played: the notice once, the caution after pain."""
        notice = [] if self.session.has_heard_notice else [self.say(Line.SHORT_SAFETY_NOTICE)]
        caution = [self.say(Line.PAIN_GOING_ON)] if self.session.caution is Caution.HEARD else []
        return [*notice, *caution, *self.lapse()]

    def lapse(self) -> list[str]:
        """Return that nothing can be remembered today, where the person does not know it yet."""
        is_due = self.session.remembered.lapse is Lapse.DUE
        return [self.say(Line.CANNOT_REMEMBER)] if is_due else []

    def told(self) -> Remembered:
        """Return what is remembered, once the person has heard of the lapse."""
        remembered = self.session.remembered
        return replace(remembered, lapse=Lapse.TOLD) if remembered.lapse is Lapse.DUE else remembered

    def go_to(self, plan: Plan, lead: str = "") -> Reply:
        """Play `plan` from elsewhere in the routine; where the place changes, wait until they are there."""
        there = next((bout.exercise for bout in self.coach.bouts(plan)[plan.first :]), None)
        here = self.coach.content.exercises.get(self.plan.where)
        if there is None or here is None or not changes_place(here, there):
            return self.play(plan, lead)
        move = self.say(Line.MOVE_OVER, place=self.phrases.thing(there.place), exercise=there.name)
        said = " ".join(filter(None, (*self._due(), self._release(), lead, move)))
        plan = replace(plan, where=there.id)
        changes = {"caution": Caution.NONE, "has_heard_notice": True, "remembered": self.told()}
        return self.ask(said, Asked.READY, plan=plan, **changes)

    def _release(self) -> str:
        """Return how to come out of the exercise, for who is in the middle of it."""
        if not (self.is_holding_on and self.bout):
            return ""
        return self.phrases.sided(self.bout.exercise.release[0], self.bout.side)

    def go_on(self, lead: str) -> Reply:
        """Answer in place: `lead`, then the hold with the seconds that were left.

        A long answer lets the person ease out first. While the coach waits, it asks its question again; one
        that was put in between is dropped.
        """
        if self.asked in IN_BETWEEN and self.waits_for is None:
            return self.play(self.from_rest(), lead)
        if self.position is None:
            return self.ask(lead, self.waits_for)
        if self.is_holding_on and self.coach.narrator.pace(lead) > LONGEST_WHILE_HOLDING:
            return self.play(self.from_rest(), f"{self.say(Line.EASE_OUT)} {lead}")
        return self.play(self.plan, lead)

    def answer(self, text: str) -> Reply:
        """Answer and go on; where somebody asked without opening the skill first, that is all."""
        return self.close(text) if self.is_new else self.go_on(text)

    def from_rest(self) -> Plan:
        """Return the plan for somebody who has let go and needs time to get back into position."""
        has_let_go = self.plan.entry in (Entry.ON, Entry.NOW)
        return replace(self.plan, entry=Entry.AGAIN) if has_let_go else self.plan

    def finish(self, plan: Plan, lead: str = "") -> Reply:
        """Say what was done, where nothing is left to play, and ask what else."""
        minutes = self.phrases.minutes(plan.worked)
        line = Line.FINISHED_EARLY if plan.done else Line.FINISHED_ALREADY
        said = f"{lead} {self.say(line, exercises=len(plan.done), minutes=minutes)}".strip()
        return self.ask(said, Asked.ANYTHING_ELSE, plan=plan.beginning_at(len(self.coach.bouts(plan))))

    def ask(self, text: str, asked: Asked | None = None, **changes: Any) -> Reply:  # noqa: ANN401 (of the session)
        """Say `text`, put a question and wait; the place is kept, `changes` are the session's."""
        asked = asked or self.session.asked
        kept = {"plan": self.plan, "began": None, "asked": asked}
        said = f"{text} {self.say(PROMPTS[asked])}".strip()
        return Reply((self._spoken(said),), replace(self.session, **(kept | changes)), self._reprompt(asked))

    def ask_between(self, text: str, asked: Asked, **changes: Any) -> Reply:  # noqa: ANN401 (of the session)
        """Put a question in between, for which a hold stops; `go_on` comes back to what was before."""
        ease_out = f"{self.say(Line.EASE_OUT)} " if self.is_holding_on else ""
        before = self.session.asked_before if self.asked is Asked.START_OVER else self.waits_for
        return self.ask(ease_out + text, asked, plan=self.from_rest(), asked_before=before, **changes)

    def wait(self, text: str, seconds: float) -> Reply:
        """Say `text`, stay silent so that the whole reply takes `seconds`, and ask whether to resume."""
        said, question = self._spoken(text), self._spoken(self.say(PROMPTS[Asked.PAUSED]))
        silence = Segment(seconds - said.seconds - question.seconds, Phase.REST)
        session = replace(self.session, plan=self.plan, began=None, asked=Asked.PAUSED)
        return Reply((said, silence, question), session, self._reprompt(Asked.PAUSED))

    def close(self, text: str) -> Reply:
        """Say `text` and end the session."""
        return replace(self.leave(), segments=(self._spoken(text),))

    def leave(self) -> Reply:
        """End the session without a word."""
        asked = self.asked or Asked.PAUSED
        return Reply((), None, ended=replace(self.session, plan=self.plan, began=None, asked=asked))

    def _spoken(self, text: str) -> Segment:
        return self.coach.narrator.say(text, Phase.ANSWER)

    def _reprompt(self, asked: Asked) -> tuple[Segment, ...]:
        question = self._spoken(self.say(PROMPTS[asked]))
        if not PATIENCE[asked]:
            return (question,)
        wait = self._spoken(self.say(Line.REPROMPT_WAIT))
        return (wait, Segment(PATIENCE[asked], Phase.REST), question)


Answer = Callable[[Turn], Reply]
"""A handler: what the coach replies to a turn."""

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
    Asked.MEANT: 0.0,
    Asked.REMINDER: 0.0,
    Asked.REMINDER_TIME: 0.0,
    Asked.CANCEL_REMINDERS: 0.0,
    Asked.RESUME: 10.0,
    Asked.FORGET: 0.0,
}
