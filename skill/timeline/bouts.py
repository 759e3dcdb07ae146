"""A routine laid out as its bouts, in the order in which they are done."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from skill.routine import Bout, Exercise, OneSide, Routine, Side
from skill.timeline.plan import Entry, Plan


def bouts_of(routine: Routine, exercises: Mapping[str, Exercise], plan: Plan) -> tuple[Bout, ...]:
    """Return the bouts of `routine` as `plan` has them: what is left out, which holds and side were chosen.

    A chosen hold applies from the next pair of sides on, so that left and right stay equal.
    """
    bouts: list[Bout] = []
    for dose in plan.doses(routine):
        exercise, start = exercises[dose.exercise], len(bouts)
        sides = _sides(exercise, plan)
        for side, number in _sides_and_sets(sides, dose.sets, routine.order):
            pair = next((bout.index for bout in bouts[start:] if bout.set == number), len(bouts))
            amount = plan.amount(dose, exercise, pair)
            bouts.append(Bout(len(bouts), exercise, side, number, dose.sets, pair, amount))
    return tuple(bouts)


def moved(index: int, old: Sequence[Bout], new: Sequence[Bout]) -> int:
    """Return where bout `index` of `old` is in `new`, or the next one after it that is there at all."""
    places = {(bout.exercise.id, bout.side, bout.set): bout.index for bout in new}
    keys = ((bout.exercise.id, bout.side, bout.set) for bout in old[index:])
    return next((places[key] for key in keys if key in places), len(new))


def starting_with(side: OneSide, bouts: Sequence[Bout], plan: Plan) -> Plan:
    """Return `plan` with `side` first from the next exercise on; the one that has begun keeps its order."""
    current = bouts[plan.first].exercise if plan.first < len(bouts) else None
    worked_last = bouts[plan.last].exercise if plan.last is not None and plan.last < len(bouts) else None
    if current is None or _has_begun(bouts, plan):
        return replace(plan, side=side, unlike=_unlike(side, current or worked_last, plan))
    is_turned = current.sides == "each" and plan.first_side(current) is not side
    return replace(
        plan,
        side=side,
        unlike="" if worked_last == current else _unlike(side, worked_last, plan),
        entry=Entry.USUAL if is_turned else plan.entry,
        last=None if is_turned and worked_last == current else plan.last,
    )


def _has_begun(bouts: Sequence[Bout], plan: Plan) -> bool:
    """Return whether a part of the exercise to go on with is done."""
    bout = bouts[plan.first]
    is_later = bout.index > 0 and bouts[bout.index - 1].exercise == bout.exercise
    return is_later or plan.held > 0 or plan.entry is Entry.ON


def _unlike(side: Side, exercise: Exercise | None, plan: Plan) -> str:
    return exercise.id if exercise and plan.first_side(exercise) is not side else ""


def _sides(exercise: Exercise, plan: Plan) -> tuple[Side, ...]:
    first = plan.first_side(exercise)
    return (Side.BOTH,) if exercise.sides == "both" else (first, first.other)


def _sides_and_sets(sides: Sequence[Side], sets: int, order: str) -> list[tuple[Side, int]]:
    numbers = range(1, sets + 1)
    if order == "side":
        return list(product(sides, numbers))
    return [(side, number) for number in numbers for side in sides]
