"""Which handler answers which request: one visible, ordered tuple; the catch-all last."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from traceback import format_tb
from typing import Any

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_model import IntentRequest, LaunchRequest, Request, Response, Slot
from ask_sdk_model.events.skillevents import SkillDisabledRequest
from ask_sdk_model.services import ApiClient
from ask_sdk_model.slu.entityresolution import StatusCode
from ask_sdk_model.ui import AskForPermissionsConsentCard, Reprompt, SsmlOutputSpeech
from structlog.contextvars import bind_contextvars

from skill.alexa import Alexa
from skill.content import DEFAULT_ROUTINE
from skill.errors import CoachError, VerificationError
from skill.handlers import (
    again,
    farewell,
    guidance,
    launch,
    leaving_out,
    privacy,
    progress,
    questions,
    reminders,
    safety,
    settings,
    standard,
    status,
    topics,
)
from skill.handlers.coach import Coach, Coaches, Reply, SlotValue
from skill.handlers.turn import Answer, Turn
from skill.remembering import Memory
from skill.session import Asked, Caution, Session
from skill.ssml import render
from skill.timeline import Plan

Json = dict[str, Any]

NOTHING_TO_SAY: Json = {"version": "1.0", "response": {}}

log = logging.getLogger(__name__)


class Route(AbstractRequestHandler):
    """Answers the requests or intents with these names."""

    def __init__(self, coaches: Coaches, memory: Memory, names: tuple[str, ...], answer: Answer) -> None:
        self._coaches, self._memory, self._names, self._answer = coaches, memory, names, answer

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Return whether the request has one of the names."""
        return _name(handler_input) in self._names

    def handle(self, handler_input: HandlerInput) -> Response:
        """Answer from where the session is; after a serious pain, with the advice first."""
        envelope = handler_input.request_envelope
        turn = self._memory.recall(_turn(handler_input, self._coaches), envelope)
        reply = self._memory.answer(turn, _answer_for(turn, self._answer), envelope)
        return _respond(handler_input, reply, turn.coach)


class OtherIntent(Route):
    """Answers an intent that no other route knows, as one of a newer model."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Return whether it is an intent at all."""
        return _is_conversation(handler_input)


class SessionEnded(AbstractRequestHandler):
    """Keeps what a session came to that Alexa has closed; it is too late for words."""

    def __init__(self, coaches: Coaches, memory: Memory) -> None:
        self._coaches, self._memory = coaches, memory

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Return whether a session has ended."""
        return _name(handler_input) == "SessionEndedRequest"

    def handle(self, handler_input: HandlerInput) -> Response:
        """Save the place and what was done by then."""
        turn = _turn(handler_input, self._coaches)
        self._memory.answer(turn, Turn.leave, handler_input.request_envelope)
        return Response()


class SkillDisabled(AbstractRequestHandler):
    """Deletes all that is kept of an account that disables the skill; it may come late, or twice."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Return whether the skill was disabled; such an event has no session."""
        return isinstance(handler_input.request_envelope.request, SkillDisabledRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Delete the account's record; raises what the store raises: a failure is not acknowledged."""
        self._memory.store.delete_attributes(handler_input.request_envelope)
        return Response()


class NothingToSay(AbstractRequestHandler):
    """Answers everything that is not a question to the coach."""

    def can_handle(self, handler_input: HandlerInput) -> bool:  # noqa: ARG002 (the SDK's signature)
        """Return True."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:  # noqa: ARG002 (the SDK's signature)
        """Return the empty response."""
        return Response()


class KindWords(AbstractExceptionHandler):
    """Answers an exception with a sentence that keeps the session and the place."""

    def __init__(self, coaches: Coaches) -> None:
        self._coaches = coaches

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:  # noqa: ARG002
        """Return True, but for an event that has to be sent again."""
        return not isinstance(handler_input.request_envelope.request, SkillDisabledRequest)

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Log the error once, without what was said or by whom, and own up to it."""
        frames = format_tb(exception.__traceback__)  # not the message: it may quote the request
        bind_contextvars(outcome="failed")
        log.error("exception in a handler", extra={"error": type(exception).__name__, "frames": frames})
        if not _is_conversation(handler_input):
            return Response()
        turn = self._turn(handler_input)
        return _respond(handler_input, standard.failed(turn), turn.coach)

    def _turn(self, handler_input: HandlerInput) -> Turn:
        """Return the turn; where it is what failed, one at the very beginning."""
        try:
            return _turn(handler_input, self._coaches)
        except Exception:  # noqa: BLE001 (logged already; nothing may keep the kind words back)
            coach = _coach(handler_input, self._coaches)
            return Turn(coach, Session(), Plan(DEFAULT_ROUTINE), datetime.now(UTC))


def _is_conversation(handler_input: HandlerInput) -> bool:
    """Return whether somebody waits for words: a launch or an intent, in a session."""
    envelope = handler_input.request_envelope
    return envelope.session is not None and isinstance(envelope.request, IntentRequest | LaunchRequest)


def _name(handler_input: HandlerInput) -> str | None:
    """Return the intent's name, or the request's type; None outside a session."""
    envelope = handler_input.request_envelope
    if envelope.session is None or envelope.request is None:
        return None
    if isinstance(envelope.request, IntentRequest) and envelope.request.intent:
        return envelope.request.intent.name
    return envelope.request.object_type


def _coach(handler_input: HandlerInput, coaches: Coaches) -> Coach:
    """Return the coach of the request's locale."""
    request = handler_input.request_envelope.request
    return coaches.of(request.locale if request else None)


def _turn(handler_input: HandlerInput, coaches: Coaches) -> Turn:
    """Return the turn of a request inside a session; raises CoachError for any other."""
    envelope = handler_input.request_envelope
    request, alexas = envelope.request, envelope.session
    if request is None or request.timestamp is None or alexas is None:
        raise CoachError("a request without a session or a timestamp")
    session = Session.from_attributes(alexas.attributes)
    given = {"slots": _slots(request), "is_new": bool(alexas.new), "alexa": _alexa(handler_input)}
    coach = _coach(handler_input, coaches)
    return Turn.begin(coach, session, request.timestamp, **given)


def _alexa(handler_input: HandlerInput) -> Alexa:
    """Return Alexa's services as this request may use them; none where the skill has no way to them."""
    envelope = handler_input.request_envelope
    device = envelope.context and envelope.context.system and envelope.context.system.device
    try:
        clients = handler_input.service_client_factory
    except ValueError:  # the SDK's word for a skill without a client
        return Alexa()
    locale = envelope.request.locale if envelope.request else None
    return Alexa(clients, (device and device.device_id) or "", locale or "")


def _slots(request: Request) -> dict[str, SlotValue]:
    """Return the slots that were filled, each with the id of the value it matched."""
    intent = request.intent if isinstance(request, IntentRequest) else None
    slots = (intent.slots if intent else None) or {}
    return {name: SlotValue(slot.value, _matched(slot)) for name, slot in slots.items() if slot.value}


def _matched(slot: Slot) -> str | None:
    for authority in (slot.resolutions and slot.resolutions.resolutions_per_authority) or []:
        if (
            authority
            and authority.status
            and authority.status.code is StatusCode.ER_SUCCESS_MATCH
            and authority.values
        ):
            value = authority.values[0].value
            return value.id if value else None
    return None


def _respond(handler_input: HandlerInput, reply: Reply, coach: Coach) -> Response:
    pronunciations = coach.content.pronunciations
    attributes = reply.session.to_attributes() if reply.session else {}
    handler_input.attributes_manager.session_attributes = attributes
    return Response(
        output_speech=SsmlOutputSpeech(ssml=render(reply.segments, pronunciations)),
        reprompt=Reprompt(SsmlOutputSpeech(ssml=render(reply.reprompt, pronunciations)))
        if reply.session
        else None,
        card=AskForPermissionsConsentCard(list(reply.permissions)) if reply.permissions else None,
        should_end_session=reply.session is None,
    )


ROUTES: tuple[tuple[tuple[str, ...], Answer], ...] = (
    (("AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent"), farewell.stop),
    (("PainIntent",), safety.pain),
    (("LaunchRequest",), launch.welcome),
    (("StartRoutineIntent",), launch.start_routine),
    (("StartStretchIntent",), launch.start_stretch),
    (("AMAZON.StartOverIntent",), launch.start_over),
    (("AMAZON.PauseIntent",), guidance.pause),
    (("AMAZON.ResumeIntent",), guidance.go_on),
    (("ReadyIntent",), guidance.ready),
    (("DoneIntent",), guidance.done),
    (("AMAZON.NextIntent", "NextStretchIntent"), guidance.next_exercise),
    (("AMAZON.PreviousIntent",), guidance.previous_exercise),
    (("AMAZON.RepeatIntent", "RepeatCueIntent"), again.repeat_cue),
    (("RepeatHoldIntent",), again.repeat_hold),
    (("SwitchSideIntent",), again.switch_side),
    (("TimeLeftIntent",), status.time_left),
    (("StatusIntent",), status.status),
    (("ChangeHoldIntent",), settings.change_hold),
    (("LessTalkIntent",), settings.less_talk),
    (("MoreDetailIntent",), settings.more_detail),
    (("StartingSideIntent",), settings.starting_side),
    (("UsualRoutineIntent",), settings.usual_routine),
    (("SettingsIntent",), settings.tell_settings),
    (("ResetSettingsIntent",), settings.reset_settings),
    (("LeaveOutIntent",), leaving_out.leave_out),
    (("NeverIntent",), leaving_out.leave_out_for_good),
    (("BringBackIntent",), leaving_out.bring_back),
    (("ProgressIntent",), progress.progress),
    (("ForgetMeIntent",), privacy.forget_me),
    (("SetReminderIntent",), reminders.set_reminder),
    (("MyRemindersIntent",), reminders.list_reminders),
    (("CancelReminderIntent",), reminders.cancel),
    (("EasierIntent",), questions.easier),
    (("HarderIntent",), questions.harder),
    (("DescribeStretchIntent",), questions.describe),
    (("MistakesIntent",), questions.mistakes),
    (("WhyIntent",), questions.why),
    (("FeelIntent",), questions.feel),
    (("ListStretchesIntent",), questions.list_stretches),
    (("FaqIntent", "AskQuestionIntent"), topics.answer),
    (("TellMoreIntent",), topics.tell_more),
    (("ChooseIntent",), topics.choose),
    (("AMAZON.YesIntent",), standard.yes),
    (("AMAZON.NoIntent",), standard.no),
    (("AMAZON.HelpIntent",), standard.help_),
    (("AMAZON.FallbackIntent",), standard.not_understood),
)

# What sets the body in motion.
MOVES: frozenset[Answer] = frozenset(
    {
        launch.start_routine,
        launch.start_stretch,
        launch.start_over,
        guidance.go_on,
        standard.yes,
        guidance.ready,
        guidance.next_exercise,
        guidance.previous_exercise,
        again.repeat_hold,
        again.switch_side,
        questions.easier,
        questions.harder,
        questions.describe,
    }
)


# Only who asks for it in so many words goes on after a serious pain, and not before the advice came twice.
ASKS_TO_GO_ON: frozenset[Answer] = frozenset({guidance.go_on, launch.start_routine, launch.start_stretch})

# What these mean while a question in between waits; then they move nobody.
ABOUT_A_REMINDER: Mapping[Answer, Answer] = {
    standard.yes: reminders.agree,
    standard.no: reminders.decline,
    guidance.ready: reminders.repeat,
    again.repeat_cue: reminders.repeat,
    standard.not_understood: standard.put_again,
}
ABOUT_FORGETTING: Mapping[Answer, Answer] = {
    standard.yes: privacy.forget,
    standard.no: privacy.keep,
    guidance.ready: privacy.forget_me,
    again.repeat_cue: privacy.forget_me,
    standard.not_understood: standard.put_again,
}
ABOUT: Mapping[Asked | None, Mapping[Answer, Answer]] = {
    **dict.fromkeys(reminders.QUESTIONS, ABOUT_A_REMINDER),
    Asked.FORGET: ABOUT_FORGETTING,
}

NEEDS_A_START: frozenset[Answer] = frozenset(
    {guidance.done, guidance.previous_exercise, again.repeat_hold, again.switch_side}
)


def _answer_for(turn: Turn, answer: Answer) -> Answer:
    """Return what answers instead where safety, or the state of the session, comes first."""
    if answer in ABOUT.get(turn.asked, {}):
        return ABOUT[turn.asked][answer]
    if answer in MOVES and turn.is_lost:
        return launch.lost
    if answer in MOVES and turn.session.caution is not Caution.NONE:
        may_go_on = answer in ASKS_TO_GO_ON and turn.session.caution is Caution.HEARD
        return answer if may_go_on else safety.advise_again
    if answer in NEEDS_A_START and not turn.has_started:
        return launch.nothing_yet
    return answer


def skill_builder(coaches: Coaches, memory: Memory, services: ApiClient | None = None) -> CustomSkillBuilder:
    """Return the builder of the skill with all its handlers; the first that can handle a request answers it.

    `services` is the way to Alexa's services, which cannot be reached without it.
    """
    builder = CustomSkillBuilder(
        persistence_adapter=memory.store,
        api_client=services,  # type: ignore[arg-type]  # None is its default
    )
    for names, answer in ROUTES:
        builder.add_request_handler(Route(coaches, memory, names, answer))
    builder.add_request_handler(OtherIntent(coaches, memory, (), standard.not_understood))
    builder.add_request_handler(SessionEnded(coaches, memory))
    builder.add_request_handler(SkillDisabled(memory))
    builder.add_request_handler(NothingToSay())
    builder.add_exception_handler(KindWords(coaches))
    return builder


def answer_to(envelope: Mapping[str, Any], dispatch: Callable[[], Json]) -> Json:
    """Return what `dispatch` answers to a request, in its shortest form where nothing is said.

    Raises VerificationError where a type of request that the SDK knows does not fit what it knows of it.
    """
    try:
        answer = dispatch()
    except SerializationException as error:
        if envelope["request"]["type"] in Request.discriminator_value_class_map:
            raise VerificationError("body", "a request of wrong types") from error
        return NOTHING_TO_SAY
    return answer if answer["response"] else NOTHING_TO_SAY
