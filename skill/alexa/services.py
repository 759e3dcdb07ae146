"""What one request may ask of Alexa's services, in the coach's words."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ask_sdk_model.services import ServiceClientFactory, ServiceException
from ask_sdk_model.services.reminder_management import (
    AlertInfo,
    PushNotification,
    PushNotificationStatus,
    Recurrence,
    ReminderRequest,
    SpokenInfo,
    SpokenText,
    Status,
    Trigger,
    TriggerType,
)

from skill.errors import AlexaError, Refusal
from skill.reminders import Reminder

# ask-sdk-model 1.82 looks for this class in a module that it does not have, so it could read no reminder.
AlertInfo.deserialized_types = {"spoken_info": f"{SpokenInfo.__module__}.{SpokenInfo.__name__}"}

REMINDERS_PERMISSION = "alexa::alerts:reminders:skill:readwrite"

NOT_FOUND = 404
REFUSALS = {401: Refusal.NO_PERMISSION, 403: Refusal.NO_PERMISSION, 429: Refusal.BUSY}
# Codes in the body of an error that say more than its status; matched by their beginning.
CODES = {"MAX_": Refusal.TOO_MANY, "DEVICE_NOT_SUPPORTED": Refusal.UNSUPPORTED}


log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Alert:
    """A reminder that is set; `reminder` is None where the coach would have set no such one."""

    token: str
    reminder: Reminder | None


@dataclass(frozen=True)
class Alexa:
    """Alexa's services for one request; nothing is asked before it is needed.

    Without `clients` they count as unreachable. Every call raises AlexaError where it is refused.
    """

    clients: ServiceClientFactory | None = None
    device_id: str = ""
    locale: str = ""

    def time_zone(self) -> str | None:
        """Return the IANA name of the device's time zone; None where it cannot be found out."""
        try:
            with _refusals():
                name = self._clients.get_ups_service().get_system_time_zone(self.device_id)
                return ZoneInfo(str(name)).key
        except AlexaError:
            return None

    def alerts(self) -> tuple[Alert, ...]:
        """Return the reminders that are set."""
        with _refusals():
            answer: Any = self._clients.get_reminder_management_service().get_reminders()
            return tuple(
                Alert(row.alert_token, _reminder(row.trigger))
                for row in answer.alerts or ()
                if row.status is Status.ON
            )

    def remind(self, reminder: Reminder, text: str, now: datetime) -> None:
        """Set `reminder`, at which Alexa says `text`."""
        recurrence = (
            Recurrence(start_date_time=_local(reminder.due), recurrence_rules=[reminder.rule])
            if reminder.rule
            else None
        )
        trigger = Trigger(
            object_type=TriggerType.SCHEDULED_ABSOLUTE,
            scheduled_time=_local(reminder.due),
            time_zone_id=reminder.zone.key,
            recurrence=recurrence,
        )
        request = ReminderRequest(
            request_time=_local(now.astimezone(reminder.zone)),
            trigger=trigger,
            alert_info=AlertInfo(SpokenInfo([SpokenText(locale=self.locale, text=text)])),
            push_notification=PushNotification(PushNotificationStatus.ENABLED),
        )
        with _refusals():
            self._clients.get_reminder_management_service().create_reminder(request)

    def cancel(self, alert: Alert) -> None:
        """Take a reminder away; one that is gone already is no error."""
        with _refusals(unless=NOT_FOUND):
            self._clients.get_reminder_management_service().delete_reminder(alert.token)

    @property
    def _clients(self) -> ServiceClientFactory:
        if self.clients is None:
            raise AlexaError(Refusal.UNREACHABLE)
        return self.clients


@contextmanager
def _refusals(unless: int | None = None) -> Iterator[None]:
    """Turn what the SDK raises into AlexaError, without what it quotes: addresses, ids, bodies."""
    try:
        yield
    except ServiceException as error:
        if error.status_code != unless:
            refusal = _refusal(error)
            log.info("a service of Alexa's refused", extra={"reason": str(refusal)})
            raise AlexaError(refusal) from None
    except Exception as error:  # noqa: BLE001 (an answer that is no answer fails in the SDK in many ways)
        log.warning("a service of Alexa's answered badly", extra={"error": type(error).__name__})
        raise AlexaError(Refusal.UNREACHABLE) from None


def _refusal(error: ServiceException) -> Refusal:
    code = str(getattr(error.body, "code", ""))
    told = (refusal for beginning, refusal in CODES.items() if code.startswith(beginning))
    return next(told, REFUSALS.get(error.status_code, Refusal.UNREACHABLE))


def _local(moment: datetime) -> datetime:
    """Return the time on the wall; the API takes no offset."""
    return moment.replace(tzinfo=None, microsecond=0)


def _reminder(trigger: Any) -> Reminder | None:  # noqa: ANN401 (the SDK's model, whose fields may all be absent)
    if trigger is None or trigger.scheduled_time is None or not trigger.time_zone_id:
        return None
    zone, moment = ZoneInfo(trigger.time_zone_id), trigger.scheduled_time
    rules = (trigger.recurrence and trigger.recurrence.recurrence_rules) or []
    if not rules:
        return Reminder(zone, moment.date(), moment.time())
    return Reminder.from_rule(rules[0], zone, moment.date()) if len(rules) == 1 else None
