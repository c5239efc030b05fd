"""Rebuild: the read models made anew from the log, beside the live ones, then put in their place.

Works while the writer and readers run: the new tables catch up with the log, and the last events and
the exchange of tables are one transaction. Runs no extractor and no matcher.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, inspect, text

from services.clock import Clock
from services.store.event_log import rows
from services.store.event_log.database import Database
from services.store.projections.all import create_tables, drop_tables
from services.store.projections.schema import ReadTables, read_tables
from services.store.read_models import (
    Progress,
    apply_tail,
    checkpoint,
    hash_rows,
    no_progress,
    replay,
    within,
)

_SHADOW: Final = re.compile(r"^checkpoints(_[0-9a-z]+)$")
TAIL_MAX: Final = 2_000
"""Events left for the transaction that exchanges the tables: under 4 s of lock at 500 a second."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did: events replayed, time taken, and the hash of all rows at a position."""

    events: int
    seconds: float
    position: int
    rows_hash: str

    @property
    def events_per_second(self) -> float:
        return self.events / max(self.seconds, 1e-9)


def rebuild(database: Database, clock: Clock, name: str, progress: Progress = no_progress) -> Rebuilt:
    """Make the read models anew and put them in the place of the live ones.

    `name` (lower-case letters and digits, never used before) tells the new tables from the live ones
    meanwhile. Left-overs of a rebuild that was killed are removed. Raises Corruption for a damaged
    log; the live read models are then as they were.
    """
    started = clock.monotonic()
    shadow = read_tables(f"_{name}")
    with database.write() as connection:
        for leftover in _leftovers(connection):
            drop_tables(connection, leftover)
        create_tables(connection, shadow)
    _catch_up(database, shadow, progress)
    position = _exchange(database, shadow)
    seconds = clock.monotonic() - started
    with database.read() as connection:
        tables = read_tables()
        return Rebuilt(position, seconds, checkpoint(connection, tables), hash_rows(connection, tables))


def _catch_up(database: Database, shadow: ReadTables, progress: Progress) -> None:
    """Replay until little is left; the writer may add events meanwhile."""
    position = 0
    while True:
        position = replay(within(database, shadow), after=position, progress=progress)
        with database.read() as connection:
            if rows.read_head(connection).position - position <= TAIL_MAX:
                return


def _exchange(database: Database, shadow: ReadTables) -> int:
    """In one transaction: the events still missing, then new tables for old. The position reached."""
    live = read_tables()
    with database.write() as connection:
        position = apply_tail(connection, shadow)
        drop_tables(connection, live)
        for name, table in shadow.by_name.items():
            connection.execute(text(f"ALTER TABLE {table.name} RENAME TO {name}"))
    return position


def _leftovers(connection: Connection) -> Iterator[ReadTables]:
    for table in inspect(connection).get_table_names():
        if found := _SHADOW.match(table):
            yield read_tables(found[1])
