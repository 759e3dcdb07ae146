"""Pure: a question in somebody's own words finds its entry, or none."""

from skill.faq.finder import Certainty, Embed, Finder, Found, Ways, with_openings_lost
from skill.faq.learning import learn
from skill.faq.pieces import words_of

__all__ = ["Certainty", "Embed", "Finder", "Found", "Ways", "learn", "with_openings_lost", "words_of"]
