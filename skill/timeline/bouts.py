"""A routine laid out as its bouts, in the order in which they are done."""

from collections.abc import Mapping, Sequence
from itertools import product

from skill.routine import Bout, Exercise, Routine, Side
from skill.timeline.plan import Plan


def bouts_of(routine: Routine, exercises: Mapping[str, Exercise], plan: Plan) -> tuple[Bout, ...]:
    """Return the bouts of `routine` as `plan` has them: what is left out, and which holds were chosen.

    A chosen hold applies from the next pair of sides on, so that left and right stay equal.
    """
    bouts: list[Bout] = []
    for dose in plan.doses(routine):
        exercise, start = exercises[dose.exercise], len(bouts)
        for side, number in _sides_and_sets(exercise, dose.sets, routine.order):
            pair = next((bout.index for bout in bouts[start:] if bout.set == number), len(bouts))
            amount = plan.amount(dose, exercise, pair)
            bouts.append(Bout(len(bouts), exercise, side, number, dose.sets, pair, amount))
    return tuple(bouts)


def moved(index: int, old: Sequence[Bout], new: Sequence[Bout]) -> int:
    """Return where bout `index` of `old` is in `new`, or the next one after it that is there at all."""
    places = {(bout.exercise.id, bout.side, bout.set): bout.index for bout in new}
    keys = ((bout.exercise.id, bout.side, bout.set) for bout in old[index:])
    return next((places[key] for key in keys if key in places), len(new))


def _sides_and_sets(exercise: Exercise, sets: int, order: str) -> list[tuple[Side, int]]:
    sides = (Side.BOTH,) if exercise.sides == "both" else (Side.RIGHT, Side.LEFT)
    numbers = range(1, sets + 1)
    if order == "side":
        return list(product(sides, numbers))
    return [(side, number) for number in numbers for side in sides]
