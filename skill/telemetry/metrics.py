"""Counters and latencies for Prometheus; one page for all worker processes."""

from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

# Seconds; Alexa gives up on a reply after about eight.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 8.0)


class Metrics:
    """What is counted.

    `directory` is where the workers of one server share their figures, each in files of its own: the
    PROMETHEUS_MULTIPROC_DIR that was in the environment when prometheus_client was imported. Without it
    the figures are this process's.
    """

    def __init__(self, directory: Path | None = None) -> None:
        self._registry = CollectorRegistry()
        self._directory = directory
        registry = self._registry
        self.requests = Counter(
            "hip_coach_requests", "Alexa's requests", ["type", "intent", "outcome"], registry=registry
        )
        self.refusals = Counter("hip_coach_refusals", "Requests refused", ["reason"], registry=registry)
        self.errors = Counter("hip_coach_errors", "Exceptions while answering", registry=registry)
        self.seconds = Histogram(
            "hip_coach_request_seconds",
            "From the first look at a request of Alexa's to its reply",
            ["type"],
            buckets=BUCKETS,
            registry=registry,
        )

    def page(self) -> bytes:
        """Return the figures in Prometheus's text format."""
        if self._directory is None:
            return generate_latest(self._registry)
        shared = CollectorRegistry()
        MultiProcessCollector(shared, path=str(self._directory))  # type: ignore[no-untyped-call]
        return generate_latest(shared)
