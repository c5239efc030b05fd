"""Views: which candidates an event may choose from, and how far its own words outweigh the ranker."""

from datetime import date

from schemas.extraction import DateRange
from schemas.taxonomy import EventType, Relation, Stage
from services.extract.components.views import has_casualties, own_candidates, settled_dates
from services.extract.model import Candidate, Frame, Ranked, Span


def frame(
    relation: Relation = Relation.MAIN,
    *,
    kind: EventType | None = EventType.ASSAULT,
    sentences: tuple[int, ...] = (0, 1),
    told: DateRange | None = None,
) -> Frame:
    return Frame(
        index=0, event_type=kind, event_mode=None, stage=Stage.HAPPENED, relation=relation, salience=1.0,
        triggers=(), sentences=sentences, core=sentences, told=told,
    )  # fmt: skip


def day(number: int) -> DateRange:
    return DateRange(start=date(2020, 3, number), end=date(2020, 3, number), precision=1)


FEBRUARY = DateRange(start=date(2020, 2, 1), end=date(2020, 2, 29), precision=4)


def test_a_political_act_kills_nobody() -> None:
    """Sanctions have no casualties; an event of no known type may."""
    assert not has_casualties(frame(kind=EventType.SANCTION))
    assert has_casualties(frame(kind=None))


def test_a_lesser_event_chooses_from_its_own_sentences_only() -> None:
    """The main event chooses from the whole article."""
    candidates = [Candidate(day(n), Span(n, n + 1), n, "weekday") for n in (1, 5)]
    assert list(own_candidates(candidates, frame(Relation.OTHER))) == candidates[:1]
    assert list(own_candidates(candidates, frame())) == candidates


def test_a_month_told_beside_the_event_outweighs_the_day_of_the_talk() -> None:
    """A strike of "last month", reported on a Tuesday, was not on that Tuesday."""
    table = (Ranked(day(17), 0.7, ()), Ranked(FEBRUARY, 0.1, ()))
    settled = settled_dates(table, frame(told=FEBRUARY))
    assert settled[0].value == FEBRUARY
    assert sum(row.p for row in settled) <= 1.0
    assert settled_dates(table, frame(told=None)) == table


def test_the_ranker_decides_among_days_of_the_main_event() -> None:
    """A day told beside one mention does not override the table of the main event."""
    table = (Ranked(day(17), 0.7, ()), Ranked(day(12), 0.2, ()))
    assert settled_dates(table, frame(told=day(12))) == table
    assert settled_dates(table, frame(Relation.OTHER, told=day(12)))[0].value == day(12)
