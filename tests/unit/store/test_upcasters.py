"""Events of earlier versions are brought up to date when read; those of newer programs are refused."""

from typing import Any

import pytest

from services.errors import Corruption
from services.store import events
from services.store.upcasters import CURRENT, upcast_event


def moved_v1_to_v2(data: dict[str, Any]) -> dict[str, Any]:
    return {"to": data["target"]}


def test_an_old_event_goes_through_its_steps() -> None:
    steps = {("Moved", 1): moved_v1_to_v2, ("Moved", 2): lambda data: {**data, "pinned": False}}
    found = upcast_event("Moved", 1, {"target": "i1"}, current={"Moved": 3}, steps=steps)
    assert found == (3, {"to": "i1", "pinned": False})


def test_a_newer_version_of_an_event_is_refused() -> None:
    with pytest.raises(Corruption, match="newer"):
        upcast_event(events.REPORT_MOVED, CURRENT[events.REPORT_MOVED] + 1, {})


def test_an_unknown_type_of_event_is_refused() -> None:
    with pytest.raises(Corruption, match="newer"):
        upcast_event("IncidentCelebrated", 1, {})


def test_a_missing_step_is_named() -> None:
    with pytest.raises(Corruption, match="version 1 up to 2"):
        upcast_event("Moved", 1, {}, current={"Moved": 2}, steps={})


def test_every_event_that_the_store_makes_has_a_current_version() -> None:
    names = {value for name, value in vars(events).items() if name.isupper() and isinstance(value, str)}
    assert names - {events.STORE_STREAM} == set(CURRENT)
