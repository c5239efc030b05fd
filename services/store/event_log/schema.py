"""The log's tables. `FORMAT.md` describes their columns; Core only, the same on SQLite and PostgreSQL."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

LOG_TABLES: Final = MetaData()

Position: Final = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits on both; SQLite's row id needs the type name INTEGER."""

log: Final = Table(
    "log",
    LOG_TABLES,
    Column("log_id", Text, primary_key=True),
    Column("format_version", Integer, nullable=False),
    Column("created_at", Text, nullable=False),
)

events: Final = Table(
    "events",
    LOG_TABLES,
    Column("position", Position, primary_key=True, autoincrement=False),
    Column("event_id", Text, nullable=False, unique=True),
    Column("stream", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("occurred_at", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("correlation_id", Text),
    Column("causation_id", Text),
    Column("data", Text, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
    UniqueConstraint("stream", "version"),
    Index("ix_events_correlation_id", "correlation_id", "position"),
)

texts: Final = Table(
    "texts",
    LOG_TABLES,
    Column("content_hash", Text, primary_key=True),
    Column("encoding", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("body", LargeBinary),
)
"""Article texts by content hash, outside the chain; a null body was taken down."""

lease: Final = Table(
    "lease",
    LOG_TABLES,
    Column("name", Text, primary_key=True),
    Column("token", Position, nullable=False),
    Column("holder", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
)
"""Who may write: the token rises with every change of hands."""
