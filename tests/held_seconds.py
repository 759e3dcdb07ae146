"""How long holds really lasted, heard with the device's ears and reckoned without `skill/position.py`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from skill.content import Content
from skill.routine import Bout, Kind, Phase
from skill.session import Session
from skill.simulator.voice import Sound
from skill.timeline import Narrator, Plan, Segment, Timeline, block, bouts_of

ROUNDING = 1.0  # seconds: Alexa's stamps are whole ones
A_BREAK_IN = 1.0  # seconds: start-up delay and barge-in lag are only assumed
OTHER_VOICE = 0.1  # of the speech: a voice is that much faster or slower than planned


@dataclass(frozen=True)
class Heard:
    """A segment of a reply and when it sounds, in seconds from the reply's first sound."""

    segment: Segment
    begins: float
    ends: float

    def until(self, cut: float) -> float:
        """Return the seconds of it that sound before `cut`."""
        return max(0.0, min(self.ends, cut) - self.begins)

    @property
    def is_speech(self) -> bool:
        return not _is_silent(self.segment)

    def is_hold_of(self, bout: Bout) -> bool:
        mine = self.segment.bout is not None and self.segment.bout.index == bout.index
        return mine and self.segment.phase is Phase.HOLD


def as_heard(timeline: Timeline, sounds: Sequence[Sound]) -> tuple[Heard, ...]:
    """Return the segments of a rebuilt block with the times at which the device plays them.

    Raises AssertionError where the rebuilt block is not what was sent; its lead is not known.
    """
    audible = [row for row in timeline.segments if not _is_silent(row) or round(row.seconds * 1000)]
    runs = [list(run) for _, run in groupby(audible, key=_is_silent)]
    assert len(runs) == len(sounds), f"sent {sounds}, rebuilt {runs}"
    return tuple(_placed(runs, sounds))


def _is_silent(segment: Segment) -> bool:
    return segment.say is None and segment.phase is not Phase.ANSWER


def _placed(runs: Sequence[Sequence[Segment]], sounds: Sequence[Sound]) -> Iterator[Heard]:
    now = 0.0
    for run, sound in zip(runs, sounds, strict=True):
        said = " ".join(" ".join(row.say for row in run if row.say).split())
        assert sound.text.endswith(said), f"sent {sound.text!r}, rebuilt {said!r}"
        pace = sound.seconds / sum(row.seconds for row in run)
        for row in run:
            yield Heard(row, now, now + row.seconds * pace)
            now += row.seconds * pace


@dataclass
class Account:
    """One hold: what was promised, what was held, and what may excuse a difference; all in seconds.

    `speech` counts what was said in the hold; where it was broken into, also what the reply had said
    `before` the hold, because the coach does not know how fast the voice got there.
    """

    bout: Bout
    is_known: bool = True
    held: float = 0
    speech: float = 0
    breaks: int = 0
    before: float = 0
    has_run_out: bool = False

    def __str__(self) -> str:
        bout = self.bout
        return (
            f"{bout.exercise.id} {bout.side} {bout.set}: {self.held:.2f} s of {bout.amount} held, "
            f"{self.breaks} break-ins, {self.speech:.2f} s of speech, {self.allowance:.2f} s allowed"
        )

    @property
    def error(self) -> float:
        return self.held - self.bout.amount

    @property
    def allowance(self) -> float:
        return ROUNDING + A_BREAK_IN * self.breaks + OTHER_VOICE * self.speech

    @property
    def may_change(self) -> bool:
        """Whether another hold may still be asked for: for all the coach knows, it has not begun."""
        return self.held <= self.allowance

    def add(self, rows: Sequence[Heard], cut: float) -> None:
        """Add a reply that sounded until `cut`, in seconds from its first sound."""
        mine = [row for row in rows if row.is_hold_of(self.bout)]
        self.held += sum(row.until(cut) for row in mine)
        self.speech += sum(row.until(cut) for row in mine if row.is_speech)
        end = min(cut, mine[0].begins)
        self.before = sum(row.until(end) for row in rows if row.is_speech)
        self.has_run_out = mine[-1].ends <= cut
        if not self.has_run_out:
            self.break_in()

    def break_in(self) -> None:
        """Excuse what the coach cannot know of the moment at which it was broken into."""
        self.breaks += 1
        self.speech += self.before
        self.has_run_out = False


@dataclass
class Ledger:
    """The holds of one conversation; checks each when it is over, and each pair of sides.

    `open` holds by bout index what has begun and is not over; `pairs` the first side of a pair.
    """

    content: Content
    narrator: Narrator
    open: dict[int, Account] = field(default_factory=dict)
    pairs: dict[tuple[str, int], Account] = field(default_factory=dict)
    over: list[Account] = field(default_factory=list)
    equal_pairs: int = 0
    playing: tuple[Heard, ...] = ()

    def send(self, session: Session, sounds: Sequence[Sound]) -> None:
        """Take note of a reply; without a block it has nothing to hold."""
        self.playing = ()
        if session.plan and session.began:
            routine = self.content.routine(session.plan.routine)
            assert routine is not None
            detail = session.plan.detail_in(routine)
            rebuilt = block(self._bouts(session.plan), session.plan, detail, self.narrator)
            self.playing = as_heard(rebuilt, sounds)

    def hear(self, cut: float) -> None:
        """Add what sounded of the reply before the `cut`, in seconds from its first sound."""
        begun = dict.fromkeys(row.segment.bout for row in self.playing if row.begins <= cut)
        for bout in begun:
            if bout and bout.exercise.kind is Kind.HOLD:
                account = self.open.setdefault(bout.index, Account(bout))
                if account.may_change:
                    account.bout = bout
                account.add(self.playing, cut)
        self.playing = ()

    def go_on(self, plan: Plan) -> None:
        """Check the holds that the coach takes to be over; what is at or after `plan` goes on."""
        for index in sorted(self.open):
            if index < plan.first:
                self._settle(self.open.pop(index))
        for account in self.open.values():
            if account.has_run_out:  # it was over, and is taken up again
                account.break_in()
        self._take_up(plan, is_known=True)

    def leave(self, plan: Plan | None) -> None:
        """Check the holds that ran to their release; forget the others and all pairs."""
        for account in self.open.values():
            if account.has_run_out:
                self._settle(account)
        self.open.clear()
        self.pairs.clear()
        if plan:
            self._take_up(plan, is_known=False)

    def _take_up(self, plan: Plan, *, is_known: bool) -> None:
        bouts = self._bouts(plan)
        if plan.held and bouts[plan.first].exercise.kind is Kind.HOLD:
            self.open.setdefault(plan.first, Account(bouts[plan.first], is_known, breaks=1))

    def _settle(self, account: Account) -> None:
        if not account.is_known:
            return
        self.over.append(account)
        assert abs(account.error) <= account.allowance, str(account)
        bout = account.bout
        other = self.pairs.setdefault((bout.exercise.id, bout.set), account)
        if other.bout.side is not bout.side:
            self.equal_pairs += 1
            assert_equal(account, other)

    def _bouts(self, plan: Plan) -> tuple[Bout, ...]:
        routine = self.content.routine(plan.routine)
        return bouts_of(routine, self.content.exercises, plan) if routine else ()


def assert_equal(one: Account, other: Account) -> None:
    """Raise AssertionError where two sides were promised or held differently."""
    assert one.bout.amount == other.bout.amount, f"{one}; {other}"
    assert abs(one.held - other.held) <= one.allowance + other.allowance - ROUNDING, f"{one}; {other}"
