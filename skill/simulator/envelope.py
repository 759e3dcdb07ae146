"""The JSON of a request as Alexa sends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from skill.simulator.understanding import Heard, SlotValue

Json = dict[str, object]

APPLICATION_ID = "amzn1.ask.skill.development"
STAMP = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Identity:
    """Who speaks to which skill through which Echo."""

    application_id: str = APPLICATION_ID
    user_id: str = "amzn1.ask.account.SIMULATED"
    device_id: str = "amzn1.ask.device.SIMULATED"
    locale: str = "en-US"
    person_id: str | None = None
    """Whose voice it is, where Alexa recognises it."""


@dataclass(frozen=True)
class Session:
    """What Alexa keeps between the turns of one conversation."""

    id: str
    is_new: bool = True
    attributes: Mapping[str, object] = field(default_factory=dict)

    def to_json(self, identity: Identity) -> Json:
        """Return the `session` object of a request."""
        return {
            "new": self.is_new,
            "sessionId": self.id,
            "application": {"applicationId": identity.application_id},
            "attributes": dict(self.attributes),
            "user": {"userId": identity.user_id},
        }


def envelope(identity: Identity, session: Session, request: Json) -> Json:
    """Return the whole request; `request` is its last part, stamped."""
    return {**event_envelope(identity, request), "session": session.to_json(identity)}


def event_envelope(identity: Identity, request: Json) -> Json:
    """Return the whole of a skill event, which belongs to no session."""
    return {"version": "1.0", "context": {"System": _system(identity)}, "request": request}


def stamped(request: Json, request_id: str, moment: datetime, locale: str) -> Json:
    """Return `request` with what every request carries; Alexa stamps whole seconds of UTC."""
    timestamp = moment.strftime(STAMP)
    return {**request, "requestId": request_id, "locale": locale, "timestamp": timestamp}


def launch_request() -> Json:
    """Return the request of "Alexa, open hip coach"."""
    return {"type": "LaunchRequest", "shouldLinkResultBeReturned": False}


def intent_request(heard: Heard) -> Json:
    """Return the request of something said."""
    slots = {name: _slot(name, value) for name, value in heard.slots.items()}
    intent: Json = {"name": heard.intent, "confirmationStatus": "NONE"}
    return {
        "type": "IntentRequest",
        "intent": {**intent, "slots": slots} if slots else intent,
        "dialogState": "STARTED",
    }


def session_ended_request(reason: str) -> Json:
    """Return the notice that a session closed; `reason` is one of Alexa's words."""
    return {"type": "SessionEndedRequest", "reason": reason}


def skill_disabled_event(moment: datetime) -> Json:
    """Return the event that somebody has disabled the skill at `moment`."""
    created = moment.strftime(STAMP)
    return {
        "type": "AlexaSkillEvent.SkillDisabled",
        "eventCreationTime": created,
        "eventPublishingTime": created,
    }


def _system(identity: Identity) -> Json:
    person: Json = {"person": {"personId": identity.person_id}} if identity.person_id else {}
    return {
        **person,
        "application": {"applicationId": identity.application_id},
        "user": {"userId": identity.user_id},
        "device": {"deviceId": identity.device_id, "supportedInterfaces": {}},
        "apiEndpoint": "https://api.amazonalexa.invalid",  # whoever answers there, nothing leaves the machine
        "apiAccessToken": "simulated",
    }


def _slot(name: str, value: SlotValue) -> Json:
    if not value.spoken:
        return {"name": name, "confirmationStatus": "NONE"}
    slot: Json = {"name": name, "value": value.spoken, "confirmationStatus": "NONE", "source": "USER"}
    if _is_amazons(value.spoken):
        return slot
    return {**slot, "resolutions": {"resolutionsPerAuthority": [_resolution(name, value)]}}


def _is_amazons(spoken: str) -> bool:
    """Return whether it is of one of Amazon's types, such as 45, 08:00 or MO: those are not resolved."""
    return spoken.isdecimal() or (spoken.isascii() and not spoken.islower())


def _resolution(name: str, value: SlotValue) -> Json:
    authority = f"amzn1.er-authority.echo-sdk.{APPLICATION_ID}.{name.upper()}"
    if value.id is None:
        return {"authority": authority, "status": {"code": "ER_SUCCESS_NO_MATCH"}}
    match = {"value": {"name": value.name, "id": value.id}}
    return {"authority": authority, "status": {"code": "ER_SUCCESS_MATCH"}, "values": [match]}
