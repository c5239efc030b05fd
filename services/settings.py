"""Every setting of wirefold: its name, unit, default, limit and reason.

Lives here: one frozen pydantic-settings model, read from variables with the prefix `WIREFOLD_`.
Composition roots read it once and hand values on; nothing else looks at the environment. May import:
the standard library, pydantic and `services.streams`. Names end in their unit; `_max` is a limit.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, NonNegativeInt, PositiveInt, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.streams import Streams

PREFIX = "WIREFOLD_"
MIB = 1024 * 1024

Port = Annotated[int, Field(ge=0, le=65535)]


class LogFormat(StrEnum):
    """How log lines look: for people, for machines, or by where they go."""

    AUTO = "auto"
    CONSOLE = "console"
    JSON = "json"


class Durability(StrEnum):
    """What the server must promise before an article is accepted, strongest first."""

    ALWAYS = "always"
    EVERYSEC = "everysec"
    NONE = "none"


class Settings(BaseSettings):
    """All settings; each can be given as `WIREFOLD_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    # ── where things are ──
    data_dir: Path = Field(
        default=Path(".wirefold"), description="Folder of the log, the read models and the embedded server."
    )
    database_url: str | None = Field(
        default=None,
        description="SQLAlchemy URL of the event log; unset: SQLite in `data_dir`.",
    )
    redis_url: SecretStr | None = Field(
        default=None,
        description="URL of Redis or Valkey (redis://, rediss://, unix://); unset: the embedded server.",
    )
    stream_prefix: str = Field(
        default="{wf}:",
        pattern=r"^[^\s{}]*\{[^\s{}]+\}[^\s{}]*$",
        description="Prefix of all keys; its hash tag keeps one atomic step in one slot of a cluster.",
    )

    # ── logs ──
    log_format: LogFormat = Field(
        default=LogFormat.AUTO, description="auto: console on a terminal, JSON elsewhere."
    )
    log_level: str = Field(
        default="info",
        pattern=r"^(debug|info|warning|error|critical)$",
        description="Lines below this level are not written.",
    )

    # ── embedded server ──
    embedded_port: NonNegativeInt = Field(
        default=0,
        le=65535,
        description="Loopback port of the embedded server; 0: a UNIX socket in `data_dir`.",
    )
    embedded_fsync: Durability = Field(
        default=Durability.ALWAYS,
        description="appendfsync of the embedded server; `none` leaves it to the operating system.",
    )
    embedded_start_max_ms: PositiveInt = Field(
        default=60_000,
        description="How long the embedded server may take to load its data (1.9 s for 200,000 entries).",
    )
    embedded_stop_max_ms: PositiveInt = Field(
        default=20_000, description="How long it may take to stop before it is killed."
    )

    # ── broker ──
    durability: Durability = Field(
        default=Durability.ALWAYS,
        description="Least durability of the server; a weaker one is refused at the start.",
    )
    redis_timeout_ms: PositiveInt = Field(
        default=5_000, description="Limit of one command; must exceed `poll_ms`."
    )
    redis_backoff_min_ms: PositiveInt = Field(default=50, description="First pause after a failed try.")
    redis_backoff_max_ms: PositiveInt = Field(default=2_000, description="Longest pause between tries.")
    redis_connections_max: PositiveInt = Field(default=32, description="Connections of one process.")
    redis_memory_max_mib: PositiveInt = Field(
        default=4_096, description="Ingest answers 503 while the server holds more than this."
    )

    # ── delivery ──
    read_batch_max: PositiveInt = Field(
        default=100, le=10_000, description="Entries of one read; 500 to 1,000 gain little and add latency."
    )
    poll_ms: PositiveInt = Field(default=1_000, description="How long an idle read waits for an entry.")
    min_idle_ms: PositiveInt = Field(
        default=15_000,
        description="A delivery unanswered for this long is taken over; workers renew theirs meanwhile.",
    )
    reclaim_interval_ms: PositiveInt = Field(
        default=2_000, description="Pause between two looks for abandoned entries."
    )
    deliveries_max: PositiveInt = Field(
        default=5, description="Tries of one entry before it goes to the dead letters."
    )
    settle_batch_max: PositiveInt = Field(
        default=25, description="Results kept back before they are written and acknowledged together."
    )
    settle_delay_max_ms: PositiveInt = Field(
        default=50, description="Longest time a result is kept back for that."
    )
    stop_grace_max_ms: PositiveInt = Field(
        default=15_000, description="How long a stopping worker may finish the batch at hand."
    )
    trim_interval_ms: PositiveInt = Field(
        default=5_000, description="Pause between two trims of what every group has acknowledged."
    )

    # ── limits of streams ──
    article_raw_length_max: PositiveInt = Field(
        default=100_000, description="Articles waiting in `article.raw` before ingest answers 429."
    )
    event_extracted_length_max: PositiveInt = Field(
        default=100_000, description="Extractions waiting for the store before extract workers pause."
    )
    incident_merged_length_max: PositiveInt = Field(
        default=100_000, description="Updates kept in `incident.merged`; older ones come from the log."
    )
    store_command_length_max: PositiveInt = Field(
        default=10_000, description="Commands waiting for the store before readers answer 503."
    )
    dead_letters_max: PositiveInt = Field(
        default=10_000, description="Dead letters of one stream before ingest answers 503."
    )
    error_bytes_max: PositiveInt = Field(
        default=8_192, description="Bytes of a traceback that a dead letter keeps."
    )

    # ── ingest ──
    ingest_host: str = Field(default="127.0.0.1", description="Address ingest listens on.")
    ingest_port: Port = Field(default=8080, description="Port ingest listens on; 0: any free one.")
    body_bytes_max: PositiveInt = Field(default=16 * MIB, description="Bytes of a request body as sent.")
    decompressed_bytes_max: PositiveInt = Field(
        default=64 * MIB, description="Bytes of a request body after gzip or zstd."
    )
    decompressed_ratio_max: PositiveInt = Field(
        default=100,
        description="Decompressed bytes per byte sent, beyond the first MiB (news text: 3 to 10).",
    )
    batch_items_max: PositiveInt = Field(default=1_000, description="Articles of one request.")
    article_bytes_max: PositiveInt = Field(
        default=MIB, description="UTF-8 bytes of one article's text (a long report has 50,000)."
    )
    title_chars_max: PositiveInt = Field(
        default=2_000, description="Characters of title, byline and other short fields."
    )
    url_chars_max: PositiveInt = Field(default=4_000, description="Characters of a URL.")
    published_year_min: PositiveInt = Field(
        default=1900, description="Earliest believable year of publication."
    )
    published_ahead_max_h: PositiveInt = Field(
        default=48, description="How far publication may lie ahead of now: clocks and time zones differ."
    )
    request_time_max_ms: PositiveInt = Field(
        default=30_000, description="How long a client may take to send its body."
    )
    requests_in_flight_max: PositiveInt = Field(
        default=512, description="Requests handled at once; more are answered 503."
    )
    write_batch_max: PositiveInt = Field(
        default=256, description="Articles of concurrent requests written in one call."
    )
    write_batch_bytes_max: PositiveInt = Field(default=4 * MIB, description="Bytes of such a call.")
    write_queue_max: PositiveInt = Field(
        default=10_000, description="Articles waiting to be written before requests get 503."
    )
    dedup_ttl_ms: PositiveInt = Field(
        default=3 * 86_400_000,
        description="How long an accepted article is known (answer 200); the log never takes it twice.",
    )
    idempotency_ttl_ms: PositiveInt = Field(
        default=86_400_000, description="How long the answer to an Idempotency-Key is kept."
    )
    idempotency_running_max_ms: PositiveInt = Field(
        default=60_000, description="After this a request that never finished may be sent again."
    )
    retry_after_s: PositiveInt = Field(default=2, description="Retry-After of 429 and 503.")
    load_check_interval_ms: PositiveInt = Field(
        default=500, description="Pause between two looks at how far the pipeline is behind."
    )
    html_time_max_ms: PositiveInt = Field(default=10_000, description="Limit for reading one HTML page.")
    html_memory_max_mib: PositiveInt = Field(default=1_024, description="Address space for the same.")

    # ── extract ──
    extractor: str = Field(
        default="rules", description="Name in the entry point group `wirefold.extractors`."
    )
    extract_time_max_ms: PositiveInt = Field(default=10_000, description="Limit for one article.")
    extract_start_max_ms: PositiveInt = Field(
        default=60_000, description="Limit for loading the extractor and its resources."
    )
    extract_memory_max_mib: PositiveInt = Field(
        default=2_048, description="Address space of the process that extracts."
    )
    extract_host: str = Field(default="127.0.0.1", description="Address of the worker's health and metrics.")
    extract_health_port: Port | None = Field(
        default=None, description="Port of the worker's health and metrics; unset: none."
    )

    # ── store and queries ──
    figure_policy: str = Field(
        default="latest-by-claimant/1", description="Name and version of the rule that fuses figures."
    )
    store_host: str = Field(default="127.0.0.1", description="Address of the store's health and metrics.")
    store_health_port: Port | None = Field(
        default=None, description="Port of the store's health and metrics; unset: none."
    )
    lease_ttl_ms: PositiveInt = Field(
        default=10_000, description="A store that does not renew its lease for this long is replaced."
    )
    start_check_max: PositiveInt = Field(
        default=200_000,
        description="Entries at the log's end whose checksums a starting store checks (100,000 take 5 s).",
    )
    snapshot_events_min: PositiveInt = Field(
        default=20_000, description="Events after which the match index is kept anew, for a quick start."
    )
    extractions_waiting_max: PositiveInt = Field(
        default=2_000, description="Extractions held that came before their article."
    )
    relay_interval_ms: PositiveInt = Field(
        default=1_000, description="Longest pause between two looks of the relay at the log."
    )
    relay_batch_max: PositiveInt = Field(default=200, description="Updates published in one call.")
    query_host: str = Field(default="127.0.0.1", description="Address of the HTTP readers.")
    query_port: Port = Field(default=8081, description="Port of the HTTP readers; 0: any free one.")
    page_items_max: PositiveInt = Field(default=500, description="Items of one page of a list.")
    subscriber_buffer_max: PositiveInt = Field(
        default=200, description="Updates waiting for one SSE subscriber before it is dropped."
    )
    subscribers_max: PositiveInt = Field(default=1_000, description="SSE subscribers of one process.")
    heartbeat_ms: PositiveInt = Field(
        default=15_000, description="Pause between heartbeats of an idle SSE stream."
    )
    command_time_max_ms: PositiveInt = Field(
        default=10_000, description="How long a reader waits for the store's answer to a command."
    )

    @property
    def log_database(self) -> str:
        """URL or path of the database that holds the event log and the read models."""
        return self.database_url or str(self.data_dir / "wirefold.sqlite3")

    @property
    def streams(self) -> Streams:
        return Streams(self.stream_prefix)
