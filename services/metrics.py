"""Prometheus metrics of delivery, the same names in every service.

A registry is made per process by its composition root; nothing is registered at import. May import: the
standard library, prometheus_client, `services.backlog`.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from services.backlog import StreamBacklog

SECONDS_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""From one millisecond to the longest time limit."""


class DeliveryMetrics:
    """Counters of entries handled by a worker, and gauges of how far groups are behind."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.handled = Counter(
            "wirefold_entries_handled_total",
            "Entries answered, by stream, group and outcome (done, failed, dead, late).",
            ["stream", "group", "outcome"],
            registry=registry,
        )
        self.redelivered = Counter(
            "wirefold_entries_redelivered_total",
            "Entries taken over after a delivery that nobody answered.",
            ["stream", "group"],
            registry=registry,
        )
        self.batch_seconds = Histogram(
            "wirefold_batch_seconds",
            "Time to handle one batch.",
            ["stream", "group"],
            buckets=SECONDS_BUCKETS,
            registry=registry,
        )
        self.held = Gauge(
            "wirefold_batch_held",
            "1 while a batch is held because everything would fail now.",
            ["group"],
            registry=registry,
        )
        self.trimmed = Counter(
            "wirefold_entries_trimmed_total",
            "Entries removed that every group had acknowledged.",
            ["stream"],
            registry=registry,
        )


class BacklogMetrics:
    """Gauges of streams: lag and pending per group, length, dead letters."""

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ["stream", "group"]
        self.lag = Gauge("wirefold_group_lag", "Entries not yet read by a group.", labels, registry=registry)
        self.pending = Gauge(
            "wirefold_group_pending", "Entries read by a group and not answered.", labels, registry=registry
        )
        self.length = Gauge("wirefold_stream_length", "Entries in a stream.", ["stream"], registry=registry)
        self.dead = Gauge("wirefold_dead_letters", "Dead letters of a stream.", ["stream"], registry=registry)

    def show(self, backlog: StreamBacklog, dead: int) -> None:
        """Set the gauges of one stream."""
        self.length.labels(backlog.stream).set(backlog.length)
        self.dead.labels(backlog.stream).set(dead)
        for group in backlog.groups:
            self.pending.labels(backlog.stream, group.group).set(group.pending)
            if group.lag is not None:
                self.lag.labels(backlog.stream, group.group).set(group.lag)
