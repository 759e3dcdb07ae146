"""What the operator is told: one line a request, few labels, and nothing of what was said."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families

from skill.telemetry.logs import evidence, formatter
from skill.telemetry.metrics import Metrics
from skill.telemetry.monitor import Kind, Monitor

INTENTS = frozenset({"FaqIntent"})


class Lines:
    """What is logged, as an operator reads it."""

    def __init__(self, *, is_terminal: bool = False) -> None:
        self._stream = io.StringIO()
        self.handler = logging.StreamHandler(self._stream)
        self.handler.setFormatter(formatter(is_terminal=is_terminal))

    def text(self) -> str:
        return self._stream.getvalue()

    def parsed(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text().splitlines()]


@pytest.fixture
def lines() -> Iterator[Lines]:
    found, root = Lines(), logging.getLogger()
    level = root.level
    root.addHandler(found.handler)
    root.setLevel(logging.INFO)
    yield found
    root.removeHandler(found.handler)
    root.setLevel(level)


@pytest.fixture
def monitor() -> Monitor:
    monitor = Monitor(Metrics(), INTENTS)
    monitor.begin()
    return monitor


def intent(name: object = "FaqIntent") -> dict[str, object]:
    return {"type": "IntentRequest", "requestId": "secret", "intent": {"name": name, "slots": {}}}


def test_an_answer_is_one_line(monitor: Monitor, lines: Lines) -> None:
    monitor.recognised(intent())
    monitor.answered(intent(), has_words=True, seconds=0.0123)
    (line,) = lines.parsed()
    told = {key: line[key] for key in ("event", "type", "intent", "outcome", "milliseconds")}
    assert told == {
        "event": "request",
        "type": "IntentRequest",
        "intent": "FaqIntent",
        "outcome": "answered",
        "milliseconds": 12.3,
    }
    assert "secret" not in lines.text()


def test_the_same_request_has_the_same_hash_on_all_its_lines_and_the_next_has_none(
    monitor: Monitor, lines: Lines
) -> None:
    monitor.recognised(intent())
    logging.getLogger("elsewhere").error("odd")
    monitor.answered(intent(), has_words=True, seconds=0)
    monitor.begin()
    monitor.refused("header", 0)
    odd, answered, refused = lines.parsed()
    assert odd["request"] == answered["request"]
    assert "request" not in refused


@pytest.mark.parametrize("request_id", [None, 5, {}, "\ud800"], ids=ascii)
def test_any_request_id_has_a_hash(monitor: Monitor, lines: Lines, request_id: object) -> None:
    monitor.recognised({"requestId": request_id})
    monitor.refused("body", 0)
    (line,) = lines.parsed()
    assert len(str(line["request"])) == 12


def test_only_named_fields_are_logged(lines: Lines) -> None:
    logging.getLogger("elsewhere").info("hello", extra={"userId": "secret", "reason": "url"})
    (line,) = lines.parsed()
    assert (line["reason"], "secret" in lines.text()) == ("url", False)


def test_an_exception_is_logged_without_its_message_in_one_line(lines: Lines) -> None:
    words = "x" * 3
    try:
        int(words)
    except ValueError:
        logging.getLogger("elsewhere").exception("odd")
    (line,) = lines.parsed()
    assert (line["event"], line["error"]) == ("odd", "ValueError")
    assert "int(words)" in str(line["frames"])
    assert words not in lines.text()


def test_in_a_terminal_a_line_is_for_people() -> None:
    lines = Lines(is_terminal=True)
    lines.handler.handle(logging.LogRecord("app", logging.INFO, "", 1, "hello", None, None))
    assert "hello" in lines.text()
    assert not lines.text().startswith("{")


def test_the_evidence_of_an_error_is_where_it_came_from() -> None:
    words = "x" * 3
    try:
        int(words)
    except ValueError as error:
        found = evidence(error)
    assert found["error"] == "ValueError"
    assert "int(words)" in str(found["frames"])
    assert words not in str(found["frames"])


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ({"type": "LaunchRequest"}, Kind("LaunchRequest", "")),
        ({"type": "AlexaSkillEvent.SkillDisabled"}, Kind("AlexaSkillEvent", "")),
        ({"type": "Alexa.Presentation.APL.UserEvent"}, Kind("Alexa.Presentation", "")),
        ({"type": "AlexaSkillEventMadeUp"}, Kind("other", "")),
        ({"type": "made up"}, Kind("other", "")),
        (intent(), Kind("IntentRequest", "FaqIntent")),
        (intent("made up"), Kind("IntentRequest", "other")),
        (intent({}), Kind("IntentRequest", "other")),
        ({"type": "IntentRequest", "intent": []}, Kind("IntentRequest", "other")),
    ],
    ids=str,
)
def test_there_are_few_labels_whatever_is_sent(request_: dict[str, object], expected: Kind) -> None:
    assert Kind.of(request_, INTENTS) == expected


def test_requests_refusals_errors_and_latencies_are_counted() -> None:
    metrics = Metrics()
    monitor = Monitor(metrics, INTENTS)
    monitor.begin()
    monitor.answered(intent(), has_words=True, seconds=0.02)
    monitor.answered({"type": "SessionEndedRequest"}, has_words=False, seconds=0.02)
    monitor.refused("url", 0)
    monitor.broke(ValueError(), 0)
    families = text_string_to_metric_families(metrics.page().decode())
    found = {
        (sample.name, *sample.labels.values()): sample.value for row in families for sample in row.samples
    }
    assert found["hip_coach_requests_total", "FaqIntent", "answered", "IntentRequest"] == 1
    assert found["hip_coach_requests_total", "", "silent", "SessionEndedRequest"] == 1
    assert found["hip_coach_refusals_total", "url"] == 1
    assert found["hip_coach_errors_total",] == 1
    assert found["hip_coach_request_seconds_bucket", "0.01", "IntentRequest"] == 0
    assert found["hip_coach_request_seconds_bucket", "0.025", "IntentRequest"] == 1
