"""Verify: the chain of the log is whole, and the live read models equal a rebuild. Changes nothing.

All of it is one snapshot of the database, so a writer may go on meanwhile.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Table, select

from services.errors import Corruption
from services.store.event_log.database import Database
from services.store.event_log.verify import verify_chain
from services.store.projections.all import create_tables
from services.store.projections.schema import ReadTables, read_tables
from services.store.read_models import Progress, Side, checkpoint, hash_rows, hash_tables, no_progress, replay


class ReadModelsDiffer(Corruption):
    """Raised when the live read models are not what the log says; `position` is the first that differs."""

    def __init__(self, table: str, position: int | None) -> None:
        where = "" if position is None else f", first at position {position}"
        super().__init__(f"read model {table} differs from a rebuild{where}: run `wirefold rebuild`")
        self.table = table
        self.position = position


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found whole: so many events, and read models of this hash."""

    events: int
    rows_hash: str


def verify(database: Database, progress: Progress = no_progress) -> Verified:
    """Check the chain, then the live read models against a rebuild in a temporary file.

    Raises LogDamaged or ReadModelsDiffer with the first bad position, and Corruption where the read
    models stand above the log's end.
    """
    with database.read() as live, TemporaryDirectory(prefix="wirefold-verify-") as folder:
        head = verify_chain(live)
        tables = read_tables()
        position = checkpoint(live, tables)
        if position != head.position:
            raise Corruption(f"the log ends at {head.position}, its read models stand at {position}")
        scratch = Database(str(Path(folder) / "rebuilt.db"), durable=False)
        try:
            _rebuild_into(scratch, live, progress)
            with scratch.read() as rebuilt:
                _compare(live, rebuilt, tables)
        finally:
            scratch.close()
        return Verified(head.position, hash_rows(live, tables))


def _rebuild_into(scratch: Database, live: Connection, progress: Progress) -> None:
    tables = read_tables()
    with scratch.write() as connection:
        create_tables(connection, tables)

    @contextmanager
    def reading() -> Iterator[tuple[Connection, Connection]]:
        with scratch.read() as views:
            yield live, views

    replay(Side(reading, scratch.write, tables), after=0, progress=progress)


def _compare(live: Connection, rebuilt: Connection, tables: ReadTables) -> None:
    expected = hash_tables(rebuilt, tables)
    found = hash_tables(live, tables)
    differing = [name for name in expected if expected[name] != found[name]]
    if differing:
        firsts = [(name, _first_difference(live, rebuilt, tables[name])) for name in differing]
        raise ReadModelsDiffer(*min(firsts, key=lambda one: (one[1] is None, one[1] or 0)))


def _first_difference(live: Connection, rebuilt: Connection, table: Table) -> int | None:
    """The lowest position of a row that only one side has; None for a table without positions."""
    name = next((one for one in ("position", "rowid") if one in table.c), None)
    if name is None:
        return None
    ours, theirs = _by_key(live, table), _by_key(rebuilt, table)
    differing = [
        row[name]
        for key in ours.keys() | theirs.keys()
        if ours.get(key) != theirs.get(key)
        for row in (ours.get(key), theirs.get(key))
        if row is not None
    ]
    return min(differing, default=None)


def _by_key(connection: Connection, table: Table) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    keys = [column.name for column in table.primary_key]
    rows = connection.execute(select(*table.c)).mappings()
    return {tuple(row[name] for name in keys): dict(row) for row in rows}
