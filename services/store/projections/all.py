"""All projections, in the order in which they see a change, and the making of their tables."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, text

from services.store.projections.articles import ArticlesProjection
from services.store.projections.change import Projection
from services.store.projections.claims import ClaimsProjection
from services.store.projections.commands import CommandsProjection
from services.store.projections.extractions import ExtractionsProjection
from services.store.projections.incidents import IncidentsProjection
from services.store.projections.policies import PoliciesProjection
from services.store.projections.reports import ReportsProjection
from services.store.projections.schema import SEARCH, ReadTables
from services.store.projections.search import SearchProjection
from services.store.projections.updates import UpdatesProjection

PROJECTIONS: Final[Sequence[Projection]] = (
    ArticlesProjection(),
    ExtractionsProjection(),
    IncidentsProjection(),
    SearchProjection(),
    ReportsProjection(),
    ClaimsProjection(),
    UpdatesProjection(),
    PoliciesProjection(),
    CommandsProjection(),
)


def create_tables(connection: Connection, tables: ReadTables) -> None:
    """Make a set of tables that does not exist yet, with every checkpoint at 0."""
    for name, table in tables.by_name.items():
        if name == SEARCH and connection.dialect.name == "sqlite":
            connection.execute(text(_search_ddl(table.name)))
        else:
            table.create(connection)
    rows = [{"projection": p.name, "version": p.version, "position": 0} for p in PROJECTIONS]
    connection.execute(tables["checkpoints"].insert(), rows)


def drop_tables(connection: Connection, tables: ReadTables) -> None:
    """Remove a set of tables, whichever of them exist."""
    for table in tables.by_name.values():
        table.drop(connection, checkfirst=True)


def has_tables(connection: Connection, tables: ReadTables) -> bool:
    """Whether the whole set exists."""
    return all(connection.dialect.has_table(connection, table.name) for table in tables.by_name.values())


def _search_ddl(name: str) -> str:
    columns = "headline, places, actors, titles"
    return f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, tokenize='unicode61 remove_diacritics 2')"
