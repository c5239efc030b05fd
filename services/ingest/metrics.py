"""Prometheus metrics of ingest."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from services.metrics import SECONDS_BUCKETS


class IngestMetrics:
    """Requests by status, articles by what became of them, time, and what is at hand."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.requests = Counter(
            "wirefold_ingest_requests_total", "Requests answered, by status.", ["status"], registry=registry
        )
        self.articles = Counter(
            "wirefold_ingest_articles_total",
            "Articles by what became of them: accepted, known, refused.",
            ["outcome"],
            registry=registry,
        )
        self.seconds = Histogram(
            "wirefold_ingest_request_seconds",
            "Time to answer a request.",
            buckets=SECONDS_BUCKETS,
            registry=registry,
        )
        self.bytes = Counter("wirefold_ingest_bytes_total", "Bytes of bodies, decoded.", registry=registry)
        self.in_flight = Gauge(
            "wirefold_ingest_requests_in_flight", "Requests being answered.", registry=registry
        )
