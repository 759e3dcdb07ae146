"""Change: what a session adds to what is kept of a person, whatever else was saved meanwhile."""

from dataclasses import dataclass, field, fields, replace
from datetime import date

from skill.memory.place import Place
from skill.memory.progress import Practice, Tally, practised
from skill.memory.record import Person
from skill.preferences import Preferences


@dataclass(frozen=True)
class Change:
    """What was done on `day`; `place` where it moved (None: it is gone); preferences before and after.

    `tally` is what the session has come to, `counted` how much of it is known to be saved.
    """

    day: date
    tally: Tally = field(default_factory=Tally)
    counted: Tally = field(default_factory=Tally)
    has_moved: bool = False
    place: Place | None = None
    before: Preferences = field(default_factory=Preferences)
    after: Preferences = field(default_factory=Preferences)

    def of(self, session: str) -> "Change":
        """Return this change as one of that session."""
        return replace(self, tally=replace(self.tally, session=session))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to save."""
        has_practised = self.tally.since(self.counted) != Practice()
        return not has_practised and not self.has_moved and self.before == self.after

    def applied(self, person: Person) -> Person:
        """Return `person` with this change; what another device saved meanwhile stays.

        The record knows best what it counts of this session: a save may have outlived its turn, and Alexa
        may send again what she got no answer to.
        """
        counted = person.counted if person.counted.session == self.tally.session else self.counted
        return replace(
            person,
            place=self.place if self.has_moved else person.place,
            preferences=merged(person.preferences, self.before, self.after),
            progress=practised(person.progress, self.day, self.tally.since(counted)),
            counted=self.tally.including(counted),
        )


def merged(stored: Preferences, before: Preferences, after: Preferences) -> Preferences:
    """Return `stored` with what changed from `before` to `after`; `without` exercise by exercise."""
    names = [row.name for row in fields(Preferences) if row.name != "without"]
    changed = {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}
    kept = [name for name in stored.without if name in after.without or name not in before.without]
    added = [name for name in after.without if name not in before.without]
    return replace(stored, **changed, without=tuple(dict.fromkeys([*kept, *added])))
