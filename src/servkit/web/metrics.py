"""Figures of a server for Prometheus. Nothing in them tells of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from servkit.web.library import Library
    from servkit.web.sessions import Sessions

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The figures of one server."""

    def __init__(self, library: Library, sessions: Sessions) -> None:
        self._registry = CollectorRegistry()
        registry = self._registry
        self._requests = Counter(
            "servkit_requests", "Requests answered.", ("page", "method", "status"), registry=registry
        )
        self._seconds = Histogram(
            "servkit_request_seconds", "How long answers took.", ("page",), buckets=_SECONDS, registry=registry
        )
        self.failures = Counter("servkit_sign_in_failures", "Wrong names or passwords.", registry=registry)
        Gauge("servkit_sessions", "Open sessions.", registry=registry).set_function(lambda: len(sessions))
        fault = Gauge("servkit_book_fault", "1 while a broken edit keeps the last good book in use.", registry=registry)
        fault.set_function(lambda: float(library.fault is not None))

    def observe(self, page: str, method: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self._requests.labels(page, method, str(status)).inc()
        self._seconds.labels(page).observe(seconds)

    def text(self) -> bytes:
        """All figures, as Prometheus reads them."""
        return generate_latest(self._registry)
