"""Rows waiting to be written: the last word per primary key, flushed in one go inside a transaction."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Insert, Table, and_, bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite

from services.errors import Corruption
from services.store.projections.change import Put, RowChange
from services.store.projections.schema import SEARCH, ReadTables

Key = tuple[Any, ...]
_PREFIX: Final = "key_"


class RowBuffer:
    """Collects row changes. A later one of the same key replaces an earlier one."""

    def __init__(self, tables: ReadTables) -> None:
        self._tables = tables
        self._keys = {name: [c.name for c in table.primary_key] for name, table in tables.by_name.items()}
        self._waiting: dict[str, dict[Key, Mapping[str, Any] | None]] = {}

    def add(self, changes: Iterable[RowChange]) -> None:
        for change in changes:
            values = change.values if isinstance(change, Put) else change.key
            key = tuple(values[name] for name in self._keys[change.table])
            waiting = self._waiting.setdefault(change.table, {})
            waiting[key] = change.values if isinstance(change, Put) else None

    def clear(self) -> None:
        self._waiting.clear()

    def flush(self, connection: Connection) -> None:
        """Write everything inside the caller's transaction, then forget it."""
        for name, waiting in self._waiting.items():
            table = self._tables[name]
            gone = [self._named(name, key) for key, values in waiting.items() if values is None]
            kept = [dict(values) for values in waiting.values() if values is not None]
            if gone:
                connection.execute(delete(table).where(_is_key(table)), gone)
            if kept:
                connection.execute(_upsert(connection, name, table), kept)
        self._waiting.clear()

    def _named(self, name: str, key: Key) -> dict[str, Any]:
        return {f"{_PREFIX}{column}": value for column, value in zip(self._keys[name], key, strict=True)}


def _is_key(table: Table) -> ColumnElement[bool]:
    return and_(*(column == bindparam(f"{_PREFIX}{column.name}") for column in table.primary_key))


def _upsert(connection: Connection, name: str, table: Table) -> Insert:
    """An insert that replaces the row of the same key. FTS5 knows REPLACE but no ON CONFLICT."""
    if connection.dialect.name == "sqlite" and name == SEARCH:
        return sqlite.insert(table).prefix_with("OR REPLACE")
    statement: sqlite.Insert | postgresql.Insert = (
        sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
    )
    keys = [column.name for column in table.primary_key]
    others = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=others)


def read_checkpoints(connection: Connection, tables: ReadTables) -> dict[str, tuple[int, int]]:
    """(version, position) by projection."""
    table = tables["checkpoints"]
    return {row.projection: (row.version, row.position) for row in connection.execute(table.select())}


def raise_checkpoints(connection: Connection, tables: ReadTables, base: int, position: int) -> None:
    """Move all checkpoints from one position to a higher one. Corruption if they stand elsewhere."""
    assert position >= base, "a checkpoint only rises"
    table = tables["checkpoints"]
    moved = connection.execute(
        table.update().where(table.c.position == base).values(position=position)
    ).rowcount
    strays = connection.execute(table.select().where(table.c.position != position)).first()
    if strays is not None or not moved:
        raise Corruption(f"the read models do not stand at position {base}: rebuild them")
