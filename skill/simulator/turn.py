"""What came of one line of a conversation."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from skill.simulator.envelope import Json


@dataclass(frozen=True)
class Turn:
    """One line of a conversation and what came of it; times in seconds."""

    said: str
    at: float
    request: str | None = None
    intent: str | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0
    text: str = ""
    ssml: str | None = None
    reprompt: str | None = None
    open: bool = False

    def to_json(self) -> Json:
        """Return all keys, times to the millisecond."""
        return asdict(self) | {"at": round(self.at, 3), "seconds": round(self.seconds, 3)}
