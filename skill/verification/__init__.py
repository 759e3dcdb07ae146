"""Is this request from Alexa? The raw bytes first, then what they say."""

from skill.verification.verifier import Verifier

__all__ = ["Verifier"]
