"""The aggregate: folded from its stream, refusing what cannot follow."""

from datetime import timedelta
from typing import Any

import pytest

from services.errors import Corruption
from services.store.incident import Membership, evolve, fold
from services.store.ports import RecordedEvent
from tests.unit.store.make import DAY, article, event, fact

REF = fact(article(1), event(5)).ref
OTHER = fact(article(2), event(5)).ref


def recorded(kind: str, position: int, **data: Any) -> RecordedEvent:
    moment = DAY + timedelta(minutes=position)
    data = {"incident_id": "i1", **data}
    return RecordedEvent(
        position, position, moment, f"e{position}", "incident-i1", kind, 1, moment, None, None, data
    )


def member(ref: Any, since: int = 2) -> dict[str, Any]:
    return Membership(ref, "current", None, since).as_dict()


OPENED = recorded("IncidentOpened", 1, report=REF.as_dict())
MERGED = recorded("ReportMerged", 2, report=OTHER.as_dict(), copy_of="a1")


def test_an_incident_holds_its_reports_in_order_of_arrival() -> None:
    state = fold([OPENED, MERGED])
    assert state is not None
    assert [report.ref for report in state.reports] == [REF, OTHER]
    assert state.reports[1].copy_of == "a1"
    assert (state.version, state.position) == (2, 2)


def test_a_superseded_report_stays_but_does_not_count() -> None:
    state = fold([OPENED, MERGED, recorded("ReportSuperseded", 3, report=REF.as_dict())])
    assert state is not None
    assert len(state.reports) == 2
    assert [report.ref for report in state.current()] == [OTHER]


def test_a_report_that_moves_away_leaves() -> None:
    state = fold([OPENED, MERGED, recorded("ReportMoved", 3, members=[member(OTHER)], to="i2")])
    assert state is not None
    assert [report.ref for report in state.reports] == [REF]


def test_a_change_before_the_opening_is_corruption() -> None:
    with pytest.raises(Corruption, match="position 2"):
        evolve(None, MERGED)


def test_opening_twice_is_corruption() -> None:
    with pytest.raises(Corruption, match="twice"):
        fold([OPENED, OPENED])


def test_an_unknown_event_is_corruption_not_ignored() -> None:
    with pytest.raises(Corruption, match="Surprise"):
        fold([OPENED, recorded("Surprise", 2)])
