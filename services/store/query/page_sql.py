"""The statement behind a page of incidents: filters, order and keyset paging in SQL. Pure."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Text, and_, column, func, literal, or_, select, table, text

from services.store.event_log.timestamps import to_text
from services.store.projections.schema import ReadTables
from services.store.query.filters import Box, Filters, Sort

_SORT_COLUMN: Final = {
    "updated": "position",
    "date": "date_start",
    "fatalities": "fatalities_best",
    "articles": "articles",
}


def sort_column(sort: Sort) -> str:
    """The column of `incidents` that an order goes by."""
    return _SORT_COLUMN[sort.key]


def page_statement(
    tables: ReadTables,
    filters: Filters,
    sort: Sort,
    after: tuple[Any, str] | None,
    limit: int,
    dialect: str,
) -> Select[Any]:
    """Living incidents that pass, in order, after the given (sort value, id); unknown values last."""
    incidents = tables["incidents"]
    compact = tables["updates"]
    order = incidents.c[sort_column(sort)]
    statement = (
        select(incidents.c.incident_id, order, compact.c.incident)
        .join(compact, compact.c.position == incidents.c.position)
        .where(incidents.c.living, *_conditions(tables, filters, dialect))
    )
    if after is not None:
        statement = statement.where(_beyond(order, incidents.c.incident_id, after, sort))
    direction = order.desc() if sort.descending else order.asc()
    return statement.order_by(order.is_(None), direction, incidents.c.incident_id).limit(limit)


def _beyond(
    order: ColumnElement[Any], identity: ColumnElement[Any], after: tuple[Any, str], sort: Sort
) -> ColumnElement[bool]:
    value, last_id = after
    if value is None:
        return and_(order.is_(None), identity > last_id)
    further = order < value if sort.descending else order > value
    return or_(further, and_(order == value, identity > last_id), order.is_(None))


def _conditions(tables: ReadTables, filters: Filters, dialect: str) -> list[ColumnElement[bool]]:
    incidents = tables["incidents"].c
    found: list[ColumnElement[bool]] = []
    if not filters.hidden:
        found.append(~incidents.hidden)
    equal = {
        "event_type": filters.event_type,
        "event_mode": filters.event_mode,
        "country": filters.country,
        "grade": filters.grade,
    }
    found += [incidents[name] == str(value) for name, value in equal.items() if value is not None]
    if filters.first_day is not None:
        found.append(incidents.date_end >= filters.first_day.isoformat())
    if filters.last_day is not None:
        found.append(incidents.date_start <= filters.last_day.isoformat())
    if filters.min_fatalities is not None:
        found.append(incidents.fatalities_best >= filters.min_fatalities)
    if filters.updated_since is not None:
        found.append(incidents.updated_at >= to_text(filters.updated_since))
    if filters.box is not None:
        found.append(_inside(incidents, filters.box))
    if filters.search is not None:
        found.append(_matches(tables, filters.search, dialect))
    return found


def _inside(incidents: Any, box: Box) -> ColumnElement[bool]:
    east_west = (
        incidents.longitude.between(box.west, box.east)
        if box.west <= box.east
        else or_(incidents.longitude >= box.west, incidents.longitude <= box.east)
    )
    return and_(incidents.latitude.between(box.south, box.north), east_west)


def _matches(tables: ReadTables, search: str, dialect: str) -> ColumnElement[bool]:
    """Every word must occur in headline, places, actors or titles; the last one may be a beginning."""
    index = tables["incident_search"]
    number = tables["incidents"].c.opened_position
    if dialect == "sqlite":
        words = table(index.name, column("rowid"))
        matching = select(words.c.rowid).where(text(f"{index.name} MATCH :words")).params(words=_fts(search))
        return number.in_(matching)
    whole = func.concat_ws(
        literal(" ", Text), index.c.headline, index.c.places, index.c.actors, index.c.titles
    )
    every = [func.lower(whole).contains(word, autoescape=True) for word in search.lower().split()]
    return number.in_(select(index.c.rowid).where(*every))


def _fts(search: str) -> str:
    """An FTS5 query of quoted words, so that no character of a user is an operator."""
    words = ['"' + word.replace('"', '""') + '"' for word in search.split()]
    return " ".join(words) + "*"
