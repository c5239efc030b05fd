"""The read models' tables: what a reader may query, and nothing that the log does not hold.

All can be deleted: `rebuild` makes them anew from the log. Column names are the same on SQLite and
PostgreSQL. A set of tables has a suffix while it is being built beside the live one, which has none;
index names carry the suffix they were made with, since they are never renamed.

JSON columns hold canonical JSON text (sorted keys, UTF-8). Times are UTC texts that sort as they follow
(`event_log.timestamps`), days are `YYYY-MM-DD`. `position` is the log position of the last change.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Boolean, Column, Float, Index, Integer, MetaData, Table, Text

from services.store.event_log.schema import Position

SEARCH: Final = "incident_search"
CHECKPOINTS: Final = "checkpoints"


@dataclass(frozen=True, slots=True)
class ReadTables:
    """One whole set of read-model tables, under one suffix ("" is the live one)."""

    suffix: str
    metadata: MetaData
    by_name: dict[str, Table]

    def __getitem__(self, name: str) -> Table:
        return self.by_name[name]

    @property
    def hashed(self) -> list[Table]:
        """The tables that hold what the log says, in the order of the canonical hash."""
        return [self.by_name[name] for name in sorted(self.by_name) if name != CHECKPOINTS]


def read_tables(suffix: str = "") -> ReadTables:
    """The tables under a suffix. Nothing is created in a database by this."""
    metadata = MetaData()
    made = [make(metadata, suffix) for make in _TABLES]
    return ReadTables(suffix, metadata, {table.name.removesuffix(suffix): table for table in made})


def _articles(metadata: MetaData, suffix: str) -> Table:
    """An article as it stands: which version is current (`content_hash`), all of them (`versions`)."""
    return Table(
        f"articles{suffix}",
        metadata,
        Column("article_id", Text, primary_key=True),
        Column("content_hash", Text, nullable=False),
        Column("versions", Text, nullable=False),
        Column("retracted", Boolean, nullable=False),
        Column("source", Text),
        Column("domain", Text),
        Column("title", Text),
        Column("url", Text),
        Column("language", Text),
        Column("published_at", Text),
        Column("received_at", Text, nullable=False),
        Column("position", Position, nullable=False),
        Index(f"ix_articles_position{suffix}", "position"),
    )


def _article_versions(metadata: MetaData, suffix: str) -> Table:
    """Every version of an article that was accepted, without its text (`texts` holds that)."""
    return Table(
        f"article_versions{suffix}",
        metadata,
        Column("article_id", Text, primary_key=True),
        Column("content_hash", Text, primary_key=True),
        Column("article", Text, nullable=False),
        Column("position", Position, nullable=False),
    )


def _extractions(metadata: MetaData, suffix: str) -> Table:
    """What extractors said, by the id of the log's event, which holds the whole of it."""
    return Table(
        f"extractions{suffix}",
        metadata,
        Column("extraction_id", Text, primary_key=True),
        Column("article_id", Text, nullable=False),
        Column("content_hash", Text, nullable=False),
        Column("extractor", Text, nullable=False),
        Column("events", Integer, nullable=False),
        Column("primary_event", Integer),
        Column("position", Position, nullable=False),
        Index(f"ix_extractions_article_id{suffix}", "article_id"),
    )


def _failures(metadata: MetaData, suffix: str) -> Table:
    """Article versions that an extractor gave up on."""
    return Table(
        f"failures{suffix}",
        metadata,
        Column("article_id", Text, primary_key=True),
        Column("content_hash", Text, primary_key=True),
        Column("extractor", Text, primary_key=True),
        Column("error", Text, nullable=False),
        Column("detail", Text, nullable=False),
        Column("deliveries", Integer, nullable=False),
        Column("position", Position, nullable=False),
    )


def _incidents(metadata: MetaData, suffix: str) -> Table:
    """An incident: its folded `state`, its `record` as readers get it, and what lists filter by.

    `opened_position` numbers incidents for `incident_search`. `living` is false once it was merged
    away. `published_*` are the first and last report's times, `date_*` the days of the incident.
    """
    return Table(
        f"incidents{suffix}",
        metadata,
        Column("incident_id", Text, primary_key=True),
        Column("opened_position", Position, nullable=False, unique=True),
        Column("position", Position, nullable=False),
        Column("version", Integer, nullable=False),
        Column("updated_at", Text, nullable=False),
        Column("living", Boolean, nullable=False),
        Column("hidden", Boolean, nullable=False),
        Column("headline", Text, nullable=False),
        Column("event_type", Text),
        Column("event_mode", Text),
        Column("country", Text),
        Column("admin1", Text),
        Column("place", Text),
        Column("latitude", Float),
        Column("longitude", Float),
        Column("date_start", Text),
        Column("date_end", Text),
        Column("fatalities_low", Integer),
        Column("fatalities_best", Integer),
        Column("fatalities_high", Integer),
        Column("grade", Text, nullable=False),
        Column("articles", Integer, nullable=False),
        Column("first_reported_at", Text),
        Column("last_reported_at", Text),
        Column("state", Text, nullable=False),
        Column("record", Text, nullable=False),
        Index(f"ix_incidents_position{suffix}", "position"),
        Index(f"ix_incidents_date{suffix}", "date_start", "opened_position"),
        Index(f"ix_incidents_last_reported{suffix}", "last_reported_at", "opened_position"),
        Index(f"ix_incidents_fatalities{suffix}", "fatalities_best", "opened_position"),
        Index(f"ix_incidents_country{suffix}", "country", "date_start"),
        Index(f"ix_incidents_type{suffix}", "event_type", "date_start"),
        Index(f"ix_incidents_point{suffix}", "latitude", "longitude"),
    )


def _incident_search(metadata: MetaData, suffix: str) -> Table:
    """The words of an incident for full-text search; never an article's text.

    On SQLite an FTS5 table whose `rowid` is the incident's `opened_position`; elsewhere a plain one.
    """
    return Table(
        f"{SEARCH}{suffix}",
        metadata,
        Column("rowid", Position, primary_key=True, autoincrement=False),
        Column("headline", Text, nullable=False),
        Column("places", Text, nullable=False),
        Column("actors", Text, nullable=False),
        Column("titles", Text, nullable=False),
    )


def _reports(metadata: MetaData, suffix: str) -> Table:
    """Which report stands in which incident: the way from an article to its incidents."""
    return Table(
        f"reports{suffix}",
        metadata,
        Column("incident_id", Text, primary_key=True),
        Column("article_id", Text, primary_key=True),
        Column("content_hash", Text, primary_key=True),
        Column("extraction_id", Text, primary_key=True),
        Column("event_index", Integer, primary_key=True),
        Column("status", Text, nullable=False),
        Column("copy_of", Text),
        Column("position", Position, nullable=False),
        Index(f"ix_reports_article_id{suffix}", "article_id"),
    )


def _claims(metadata: MetaData, suffix: str) -> Table:
    """The claims of each incident's record, one by one."""
    return Table(
        f"claims{suffix}",
        metadata,
        Column("incident_id", Text, primary_key=True),
        Column("number", Integer, primary_key=True),
        Column("claim_id", Text),
        Column("article_id", Text, nullable=False),
        Column("claimant", Text, nullable=False),
        Column("claimant_kind", Text, nullable=False),
        Column("stance", Text, nullable=False),
        Column("about", Text, nullable=False),
        Column("actor", Text),
        Column("said_at", Text),
        Column("superseded_by", Text),
        Column("claim", Text, nullable=False),
        Index(f"ix_claims_claimant{suffix}", "claimant"),
    )


def _updates(metadata: MetaData, suffix: str) -> Table:
    """The timeline and outbox: one row a position that changed an incident.

    `changed` is JSON by field; `incident` the compact record after the change (null: it ended).
    """
    return Table(
        f"updates{suffix}",
        metadata,
        Column("position", Position, primary_key=True, autoincrement=False),
        Column("incident_id", Text, nullable=False),
        Column("recorded_at", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("article_id", Text),
        Column("changed", Text, nullable=False),
        Column("incident", Text),
        Column("merged_into", Text),
        Index(f"ix_updates_incident_id{suffix}", "incident_id", "position"),
    )


def _redirects(metadata: MetaData, suffix: str) -> Table:
    """Ids of incidents that were merged away, and where each went."""
    return Table(
        f"redirects{suffix}",
        metadata,
        Column("incident_id", Text, primary_key=True),
        Column("survivor_id", Text, nullable=False),
        Column("position", Position, nullable=False),
    )


def _policies(metadata: MetaData, suffix: str) -> Table:
    """The named rules in force from a position on."""
    return Table(
        f"policies{suffix}",
        metadata,
        Column("position", Position, primary_key=True, autoincrement=False),
        Column("versions", Text, nullable=False),
    )


def _commands(metadata: MetaData, suffix: str) -> Table:
    """What commands of people changed, by the id of their cause (the command's, or one under it)."""
    return Table(
        f"commands{suffix}",
        metadata,
        Column("cause", Text, primary_key=True),
        Column("position", Position, primary_key=True, autoincrement=False),
        Column("author", Text, nullable=False),
        Column("incident_id", Text),
        Column("article_id", Text),
    )


def _checkpoints(metadata: MetaData, suffix: str) -> Table:
    """How far each projection has read the log, and with which version of its own rules."""
    return Table(
        f"{CHECKPOINTS}{suffix}",
        metadata,
        Column("projection", Text, primary_key=True),
        Column("version", Integer, nullable=False),
        Column("position", Position, nullable=False),
    )


_TABLES: Final = (
    _articles,
    _article_versions,
    _extractions,
    _failures,
    _incidents,
    _incident_search,
    _reports,
    _claims,
    _updates,
    _redirects,
    _policies,
    _commands,
    _checkpoints,
)
