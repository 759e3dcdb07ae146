"""Pure: what outlives a session; a place, preferences and progress of each person of an account."""

from skill.memory.change import Change
from skill.memory.place import Place
from skill.memory.progress import Practice, Progress, practised
from skill.memory.record import ANYBODY, NewerRecordError, Person, Record
from skill.memory.remembered import Lapse, Remembered

__all__ = [
    "ANYBODY",
    "Change",
    "Lapse",
    "NewerRecordError",
    "Person",
    "Place",
    "Practice",
    "Progress",
    "Record",
    "Remembered",
    "practised",
]
