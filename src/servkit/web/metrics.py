"""Figures of a server for Prometheus. Nothing in them tells of a customer."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client import Metric

    from servkit.web.library import Library
    from servkit.web.sessions import Sessions

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
#: How many seconds an answer may take to be counted in each bucket; more is in the last one.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class _Answered(NamedTuple):
    page: str
    method: str
    status: str


class Metrics:
    """The figures of one server. The library that writes them is loaded when somebody reads them."""

    def __init__(self, library: Library, sessions: Sessions) -> None:
        self._library, self._sessions = library, sessions
        self._lock = Lock()
        self._answers: Counter[_Answered] = Counter()
        self._buckets: dict[str, list[int]] = {}
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._failures = 0

    def observe(self, page: str, method: str, status: int, seconds: float) -> None:
        """Count an answer."""
        with self._lock:
            self._answers[_Answered(page, method, str(status))] += 1
            self._buckets.setdefault(page, [0] * (len(_SECONDS) + 1))[bisect_left(_SECONDS, seconds)] += 1
            self._seconds[page] += seconds

    def count_failure(self) -> None:
        """Count a wrong name or password."""
        with self._lock:
            self._failures += 1

    def text(self) -> bytes:
        """All figures, as Prometheus reads them."""
        from prometheus_client import CollectorRegistry, generate_latest

        registry = CollectorRegistry()
        registry.register(self)
        return generate_latest(registry)

    def collect(self) -> Iterator[Metric]:
        """All figures, for the registry."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

        with self._lock:
            answers, buckets = dict(self._answers), {page: list(counts) for page, counts in self._buckets.items()}
            seconds, failures = dict(self._seconds), self._failures
        requests = CounterMetricFamily("servkit_requests", "Requests answered.", labels=_Answered._fields)
        for labels, count in answers.items():
            requests.add_metric(labels, count)
        yield requests
        took = HistogramMetricFamily("servkit_request_seconds", "How long answers took.", labels=["page"])
        for page, counts in buckets.items():
            sums = [sum(counts[: place + 1]) for place in range(len(counts))]
            bounds = [*map(str, _SECONDS), "+Inf"]
            took.add_metric([page], list(zip(bounds, sums, strict=True)), seconds[page])
        yield took
        yield CounterMetricFamily("servkit_sign_in_failures", "Wrong names or passwords.", value=failures)
        yield GaugeMetricFamily("servkit_sessions", "Open sessions.", value=len(self._sessions))
        fault = "1 while a broken edit keeps the last good book in use."
        yield GaugeMetricFamily("servkit_book_fault", fault, value=float(self._library.fault is not None))
