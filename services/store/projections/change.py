"""A change as the projections see it: one recorded event, and what it did to states and records. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from schemas.incident import IncidentRecord
from services.store.facts import Facts
from services.store.record_documents import Document
from services.store.working_set import Effect


@dataclass(frozen=True, slots=True)
class Change:
    """What one event did.

    For events of incidents: the `record` after it, the same as a JSON `document`, and the document before.
    """

    effect: Effect
    before: Document | None = None
    record: IncidentRecord | None = None
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """Write a row, whole; one of the same primary key is replaced."""

    table: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Drop:
    """Remove the row of a primary key, if there is one."""

    table: str
    key: Mapping[str, Any]


RowChange: TypeAlias = Put | Drop


class Projection(Protocol):
    """One read model. `version` rises whenever the rows it makes of the same log would differ."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> int: ...

    def rows(self, change: Change, facts: Facts) -> Iterable[RowChange]:
        """The rows that a change writes and removes; `facts` are as of the change."""
        ...
