"""Pure: routine, phrases and plan become bouts, blocks and timed segments; knows no session and no files."""

from skill.timeline.blocks import LONGEST_BLOCK, LONGEST_BREAK, block, blocks, changes_place, plan_at
from skill.timeline.bouts import bouts_of, moved, starting_with
from skill.timeline.plan import Choice, Entry, Plan
from skill.timeline.segments import Narrator, Segment, Timeline, start_times
from skill.timeline.work import last_cue

__all__ = [
    "LONGEST_BLOCK",
    "LONGEST_BREAK",
    "Choice",
    "Entry",
    "Narrator",
    "Plan",
    "Segment",
    "Timeline",
    "block",
    "blocks",
    "bouts_of",
    "changes_place",
    "last_cue",
    "moved",
    "plan_at",
    "start_times",
    "starting_with",
]
