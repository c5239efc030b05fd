"""Incidents: the record as readers get it, the columns that lists filter by, and the redirects."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from schemas.extraction import DateRange, Figure, Place
from schemas.incident import IncidentRecord
from services.store.event_log.timestamps import to_text
from services.store.facts import Facts
from services.store.incident import Incident
from services.store.projections.change import Change, Drop, Put, RowChange
from services.store.stored_values import incident_text, json_text


class IncidentsProjection:
    """Tables `incidents` and `redirects`."""

    name = "incidents"
    version = 1

    def rows(self, change: Change, _facts: Facts) -> Iterable[RowChange]:
        event, after, record = change.effect.event, change.effect.after, change.record
        if after is None or record is None or change.document is None:
            return
        row = _row(after, record, event.recorded_at)
        yield Put("incidents", {**row, "record": json_text(change.document)})
        yield from _redirect(change.effect.before, after)


def _redirect(before: Incident | None, after: Incident) -> Iterable[RowChange]:
    was = None if before is None else before.merged_into
    if after.merged_into is not None and after.merged_into != was:
        yield Put(
            "redirects",
            {
                "incident_id": after.id,
                "survivor_id": after.merged_into,
                "position": after.position,
            },
        )
    elif after.merged_into is None and was is not None:
        yield Drop("redirects", {"incident_id": after.id})


def _row(state: Incident, record: IncidentRecord, recorded_at: datetime) -> Mapping[str, Any]:
    return {
        "incident_id": state.id,
        "opened_position": state.opened_position,
        "position": state.position,
        "version": state.version,
        "updated_at": to_text(recorded_at),
        "living": state.merged_into is None,
        "hidden": record.hidden,
        "headline": record.headline,
        "event_type": None if record.event_type is None else record.event_type.value,
        "event_mode": record.event_mode,
        **_place(record.place),
        **_date(record.date),
        **_fatalities(record.fatalities),
        "grade": record.grade.value,
        "articles": record.sources.articles,
        "first_reported_at": _moment(record.first_reported_at),
        "last_reported_at": _moment(record.last_reported_at),
        "state": incident_text(state),
    }


def _place(place: Place | None) -> dict[str, Any]:
    found = place or Place(precision=7)
    return {
        "country": found.country,
        "admin1": found.admin1,
        "place": found.name,
        "latitude": found.latitude,
        "longitude": found.longitude,
    }


def _date(date: DateRange | None) -> dict[str, Any]:
    return {
        "date_start": None if date is None else date.start.isoformat(),
        "date_end": None if date is None else date.end.isoformat(),
    }


def _fatalities(figure: Figure) -> dict[str, Any]:
    return {
        "fatalities_low": figure.low,
        "fatalities_best": figure.best,
        "fatalities_high": figure.high,
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else to_text(moment)
