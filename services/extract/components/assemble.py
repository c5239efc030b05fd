"""Assembly: one frame and its ranked values become one ExtractedEvent. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from schemas.evidence import Evidence
from schemas.extraction import (
    Alternatives,
    CountOption,
    DateOption,
    DateRange,
    ExtractedEvent,
    Figure,
    Place,
    PlaceOption,
)
from schemas.taxonomy import EvidenceKind, Stage, acled_sub_event
from services.extract.components.claims import EventClaims
from services.extract.components.counts import CountTables
from services.extract.components.evidence import of_candidates, of_type, of_value, stated
from services.extract.model import Document, Frame, Ranked, Span, Trigger

_OPTIONS_MAX: Final = 5
"""Rows of a probability table that an event carries."""
_P_MIN: Final = 0.01


@dataclass(frozen=True, slots=True)
class Values:
    """All that the rankers say of one frame."""

    dates: Sequence[Ranked[DateRange]] = ()
    places: Sequence[Ranked[Place]] = ()
    counts: CountTables | None = None
    claims: EventClaims | None = None


def assemble(doc: Document, frame: Frame, values: Values) -> ExtractedEvent:
    """The event that a frame tells of, every value with its evidence and probability."""
    return ExtractedEvent(
        event_type=frame.event_type,
        event_mode=frame.event_mode,
        sub_event=acled_sub_event(frame.event_type, frame.event_mode),
        relation=frame.relation,
        stage=frame.stage,
        salience=frame.salience,
        date=values.dates[0].value if values.dates else None,
        place=values.places[0].value if values.places else None,
        evidence=tuple(_evidence(doc, frame, values)),
        confidence=_confidence(values),
        alternatives=_alternatives(values),
        reason=frame.reason,
        **_counted(frame, values.counts),
        **_claimed(values.claims),
    )


def _counted(frame: Frame, counts: CountTables | None) -> dict[str, Any]:
    """Figures and victims; a number that nothing in the article supports is no figure."""
    if counts is None:
        return {}
    killed = counts.killed_support or (counts.killed.best == 1 and _death(frame) is not None)
    return {
        "fatalities": counts.killed if killed else Figure(qualifier=counts.killed.qualifier),
        "injured": counts.injured if counts.injured_support else Figure(qualifier=counts.injured.qualifier),
        "victims": counts.victims,
    }


_DEATHS: Final = frozenset(
    (
        *(
            "died",
            "dead",
            "death",
            "dies",
            "killed",
            "kills",
            "killing",
            "was killed",
            "fatally shot",
            "shot dead",
        ),
        *(
            "shot and killed",
            "shot to death",
            "shooting death",
            "homicide",
            "murder",
            "murdered",
            "slaying",
            "slain",
        ),
    )
)
"""Triggers that tell of one death where no number is said."""


def _death(frame: Frame) -> Trigger | None:
    """The word that tells of a death, where only that is said."""
    told = (t for t in frame.triggers if t.rule in _DEATHS and t.stage is Stage.HAPPENED)
    return next(told, None)


def _claimed(found: EventClaims | None) -> dict[str, Any]:
    if found is None:
        return {}
    weapon = found.weapon.value if found.weapon is not None else None
    return {"claims": found.claims, "perpetrators": found.perpetrators, "weapon": weapon}


def _evidence(doc: Document, frame: Frame, values: Values) -> Iterator[Evidence]:
    yield from of_type(doc, frame)
    if values.dates:
        yield from of_value(doc, "date", values.dates[0])
    if values.places:
        yield from of_value(doc, "place", values.places[0])
    if values.counts is not None:
        yield from of_candidates(doc, "fatalities", values.counts.killed_support)
        if values.counts.killed.best == 1 and not values.counts.killed_support and (death := _death(frame)):
            yield stated(doc, "fatalities", death.span, EvidenceKind.DERIVED, "a death told without a number")
        yield from of_candidates(doc, "injured", values.counts.injured_support)
    if values.claims is not None:
        yield from _of_claims(doc, values.claims)


def _of_claims(doc: Document, found: EventClaims) -> Iterator[Evidence]:
    if found.weapon is not None:
        yield stated(doc, "weapon", found.weapon.span)
    for quote in (perpetrator.evidence for perpetrator in found.perpetrators):
        if quote is not None:
            yield stated(doc, "perpetrators", Span(quote.start, quote.end, quote.in_))


def _confidence(values: Values) -> dict[str, float]:
    tables: dict[str, Sequence[Ranked[Any]]] = {"date": values.dates, "place": values.places}
    if values.counts is not None:
        tables |= {"fatalities": values.counts.killed_table, "injured": values.counts.injured_table}
    return {name: round(table[0].p, 4) for name, table in tables.items() if table}


def _alternatives(values: Values) -> Alternatives:
    counts = values.counts
    return Alternatives(
        date=tuple(DateOption(value=r.value, p=_p(r)) for r in _rows(values.dates)),
        place=tuple(PlaceOption(value=r.value, p=_p(r)) for r in _rows(values.places)),
        fatalities=_count_options(() if counts is None else counts.killed_table),
        injured=_count_options(() if counts is None else counts.injured_table),
    )


def _count_options(table: Sequence[Ranked[int | None]]) -> tuple[CountOption, ...]:
    return tuple(CountOption(value=row.value, p=_p(row)) for row in _rows(table))


def _rows(table: Sequence[Ranked[Any]]) -> Sequence[Ranked[Any]]:
    return [row for row in table[:_OPTIONS_MAX] if row.p >= _P_MIN]


def _p(row: Ranked[Any]) -> float:
    return round(min(1.0, max(0.0, row.p)), 4)
