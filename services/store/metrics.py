"""Prometheus metrics of the store's writer. A registry is handed in; nothing is registered at import."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from services.metrics import SECONDS_BUCKETS
from services.store.ports import RecordedEvent


class StoreMetrics:
    """What the writer counts."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.events = Counter(
            "wirefold_events_recorded_total", "Domain events recorded, by type.", ["type"], registry=registry
        )
        self.commit_seconds = Histogram(
            "wirefold_store_batch_seconds",
            "Time to decide and commit one batch.",
            buckets=SECONDS_BUCKETS,
            registry=registry,
        )
        self.end_to_end_seconds = Histogram(
            "wirefold_end_to_end_seconds",
            "From accepting an article to having what it says in the read models.",
            buckets=SECONDS_BUCKETS,
            registry=registry,
        )
        self.head = Gauge("wirefold_log_position", "Last position of the event log.", registry=registry)
        self.relayed = Gauge(
            "wirefold_relay_position", "Last position published to incident.merged.", registry=registry
        )
        self.incidents = Gauge("wirefold_incidents", "Incidents in the match index.", registry=registry)
        self.waiting = Gauge(
            "wirefold_extractions_waiting", "Extractions that came before their article.", registry=registry
        )
        self.database_bytes = Gauge(
            "wirefold_database_bytes", "Size of the database file.", registry=registry
        )

    def note(self, recorded: Iterable[RecordedEvent]) -> None:
        """Count events."""
        for event in recorded:
            self.events.labels(event.type).inc()
