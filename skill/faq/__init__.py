"""Pure: a question in somebody's own words finds its entry, or none."""

from skill.faq.finder import Certainty, Embed, Finder, Found, Ways

__all__ = ["Certainty", "Embed", "Finder", "Found", "Ways"]
