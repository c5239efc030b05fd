"""The evidence of a record: for each value the reports that say it, in their exact words. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from schemas.evidence import Evidence
from schemas.taxonomy import EvidenceKind
from services.store.facts import ReportFact
from services.store.fusion import Fused
from services.store.record_claims import ClaimBook

PER_FIELD_MAX: Final = 12
"""At most so many pieces of evidence a field in the record; each report keeps all of its own."""


def gather_evidence(live: Sequence[ReportFact], fused: Fused, book: ClaimBook) -> tuple[Evidence, ...]:
    """Evidence of the reports that agree with the record's values, stated before assumed."""
    found: dict[str, list[Evidence]] = {}
    for fact in live:
        for one in _agreeing(fact, fused, book):
            found.setdefault(one.field, []).append(one)
    return tuple(one for pieces in found.values() for one in _best(pieces))


def _agreeing(fact: ReportFact, fused: Fused, book: ClaimBook) -> Iterator[Evidence]:
    event = fact.event
    agrees = {
        "date": event.date == fused.date,
        "place": event.place is not None
        and fused.place is not None
        and event.place.country == fused.place.country,
        "event_type": event.event_type == fused.event_type,
        "fatalities": _within(event.fatalities.best, book.fatalities.low, book.fatalities.high),
        "injured": _within(event.injured.best, book.injured.low, book.injured.high),
    }
    for one in event.evidence:
        if agrees.get(one.field.split(".")[0], True):
            yield one


def _within(value: int | None, low: int | None, high: int | None) -> bool:
    return value is None or (low is not None and high is not None and low <= value <= high)


def _best(pieces: Sequence[Evidence]) -> Sequence[Evidence]:
    ordered = sorted(pieces, key=lambda one: one.kind is EvidenceKind.ASSUMED)
    return ordered[:PER_FIELD_MAX]
