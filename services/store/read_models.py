"""The read models as a whole: made, brought up to date with the log, and compared by a hash.

The replay here is the only way from the log to rows besides the writer's own batches, and both go
through the projector. It runs no extractor and no matcher: decisions are in the events.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Final, TypeAlias

import orjson
from sqlalchemy import Connection, select

from services.errors import Corruption, Refused
from services.store.event_log import rows
from services.store.event_log.database import Database
from services.store.projections.all import PROJECTIONS, create_tables, drop_tables, has_tables
from services.store.projections.rows import read_checkpoints
from services.store.projections.schema import ReadTables, read_tables
from services.store.projector import Projector
from services.store.sql_facts import SqlFacts
from services.store.upcasters import upcast_event
from services.store.working_set import WorkingSet

EVENTS_AT_ONCE: Final = 500
"""Events a transaction of a replay: at 10 KB each 5 MB in memory."""

Progress = Callable[[int], None]
"""Called with the position reached."""


class StaleReadModels(Refused):
    """Raised when the read models were made by other rules than this program's: rebuild them."""


def no_progress(_position: int) -> None:
    """Nobody is watching."""


Reading: TypeAlias = AbstractContextManager[tuple[Connection, Connection]]
"""Yields a connection to the log and one to the read models, which may be the same."""


@dataclass(frozen=True, slots=True)
class Side:
    """A replay's ends: how log and rows are read, and how rows are written."""

    reading: Callable[[], Reading]
    writing: Callable[[], AbstractContextManager[Connection]]
    tables: ReadTables


def within(database: Database, tables: ReadTables) -> Side:
    """A replay from a log to tables of the same database, a transaction a batch."""

    @contextmanager
    def reading() -> Iterator[tuple[Connection, Connection]]:
        with database.read() as connection:
            yield connection, connection

    return Side(reading, database.write, tables)


def apply_tail(connection: Connection, tables: ReadTables) -> int:
    """Replay what the tables have not seen yet, inside the caller's transaction; the position reached."""
    side = Side(lambda: nullcontext((connection, connection)), lambda: nullcontext(connection), tables)
    return replay(side, after=checkpoint(connection, tables))


def bring_up_to_date(database: Database) -> None:
    """Make the live read models if they are missing, and replay what they have not seen yet.

    Raises StaleReadModels where a projection's version is not this program's, and Corruption where
    they stand above the log's end (its tail was cut off).
    """
    tables = read_tables()
    with database.write() as connection:
        if not has_tables(connection, tables):
            drop_tables(connection, tables)
            create_tables(connection, tables)
        position = checkpoint(connection, tables)
        head = rows.read_head(connection).position
    if position > head:
        raise Corruption(f"the log ends at position {head}, but its read models stand at {position}")
    replay(within(database, tables), after=position)


def checkpoint(connection: Connection, tables: ReadTables) -> int:
    """The position at which all projections stand; StaleReadModels if one is of another version."""
    found = read_checkpoints(connection, tables)
    wanted = {projection.name: projection.version for projection in PROJECTIONS}
    if {name: version for name, (version, _) in found.items()} != wanted:
        raise StaleReadModels("the read models were made by another version: run `wirefold rebuild`")
    positions = {position for _, position in found.values()}
    if len(positions) != 1:
        raise StaleReadModels("the projections stand at different positions: run `wirefold rebuild`")
    return positions.pop()


def policies_in_force(connection: Connection, tables: ReadTables) -> dict[str, str]:
    """The named rules in force, the latest of each kind."""
    table = tables["policies"]
    found: dict[str, str] = {}
    for text in connection.scalars(select(table.c.versions).order_by(table.c.position)):
        found.update(orjson.loads(text))
    return found


def replay(side: Side, *, after: int, progress: Progress = no_progress) -> int:
    """Apply the log's events above a position to the tables, to the log's end; the position reached."""
    projector: Projector | None = None
    position = after
    while True:
        with side.reading() as (log, views):
            entries = rows.read_after(log, position, EVENTS_AT_ONCE)
            projector = _over(log, views, side.tables, projector)
            for entry in entries:
                projector.apply(entry.as_event(upcast_event))
        if not entries:
            return position
        with side.writing() as connection:
            projector.flush(connection, position, entries[-1].position)
        projector.settle()
        position = entries[-1].position
        progress(position)


def _over(log: Connection, views: Connection, tables: ReadTables, projector: Projector | None) -> Projector:
    """The projector, reading through these connections from now on; made at the first call."""
    facts = SqlFacts(log, tables, upcast=upcast_event, views=views)
    if projector is None:
        projector = Projector(WorkingSet(facts), tables, policies=policies_in_force(views, tables))
    projector.working.base, projector.read_document = facts, facts.document
    return projector


def hash_rows(connection: Connection, tables: ReadTables) -> str:
    """SHA-256 over all rows of all read models, in the order and encoding that FORMAT.md states.

    Checkpoints are left out.
    """
    digest = hashlib.sha256()
    for name, table_digest in hash_tables(connection, tables).items():
        digest.update(f"{name} {table_digest}\n".encode())
    return digest.hexdigest()


def hash_tables(connection: Connection, tables: ReadTables) -> Mapping[str, str]:
    """The same by table: the hash over each table's rows."""
    return {
        table.name.removesuffix(tables.suffix): _hash_table(connection, tables, index)
        for index, table in enumerate(tables.hashed)
    }


def _hash_table(connection: Connection, tables: ReadTables, index: int) -> str:
    table = tables.hashed[index]
    digest = hashlib.sha256()
    query = select(*table.c).order_by(*table.primary_key)
    for row in connection.execution_options(yield_per=1000).execute(query):
        digest.update(orjson.dumps(list(row)) + b"\n")
    return digest.hexdigest()
