"""Search: the words by which an incident is found; never an article's text."""

from collections.abc import Iterable

from schemas.extraction import Place
from schemas.incident import IncidentRecord
from services.store.facts import Facts
from services.store.projections.change import Change, Drop, Put, RowChange
from services.store.projections.schema import SEARCH


class SearchProjection:
    """Table `incident_search`, one row a living incident."""

    name = "search"
    version = 1

    def rows(self, change: Change, _facts: Facts) -> Iterable[RowChange]:
        after, record = change.effect.after, change.record
        if after is None or record is None:
            return
        if after.merged_into is not None:
            yield Drop(SEARCH, {"rowid": after.opened_position})
            return
        yield Put(
            SEARCH,
            {
                "rowid": after.opened_position,
                "headline": record.headline,
                "places": _lines(_places(record)),
                "actors": _lines(_actors(record)),
                "titles": _lines(report.title for report in record.reports),
            },
        )


def _lines(words: Iterable[str | None]) -> str:
    """Distinct words in order, a line each."""
    return "\n".join(dict.fromkeys(word for word in words if word))


def _places(record: IncidentRecord) -> Iterable[str | None]:
    for place in (record.place, *(report.place for report in record.reports)):
        yield from _names(place)


def _names(place: Place | None) -> Iterable[str | None]:
    if place is not None:
        yield from (place.name, place.admin1, place.country, place.facility, place.contained_in)


def _actors(record: IncidentRecord) -> Iterable[str | None]:
    yield from (perpetrator.name for perpetrator in record.perpetrators)
    yield from (one.actor.name for one in record.attributions)
    for victim in record.victims:
        yield from (victim.name, victim.group, victim.nationality)
    yield from (claim.claimant.name for claim in record.claims)
