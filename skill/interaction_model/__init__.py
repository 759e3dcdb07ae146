"""What people say, written compactly, becomes the interaction models that Alexa takes."""

from skill.interaction_model.files import build_models, stale
from skill.interaction_model.source import Listening, Moments, Source, read_listening

__all__ = ["Listening", "Moments", "Source", "build_models", "read_listening", "stale"]
