"""What the HTTP readers need of the database, as a port."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from schemas.incident import IncidentRecord
from services.store.facts import ReportFact
from services.store.incident import Incident
from services.store.query.filters import Filters, Sort


@dataclass(frozen=True, slots=True)
class ListedIncident:
    """One item of a list: the compact record, and the value it was sorted by."""

    incident_id: str
    sort_value: Any
    incident: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LoggedUpdate:
    """One change of one incident at one position: `update` is the JSON of an `IncidentUpdate`."""

    position: int
    incident_id: str
    update: Mapping[str, Any]


class ReadModels(Protocol):
    """Read access to the log and the read models; every call sees one consistent state.

    All methods are synchronous and may block on the disk: call them off the event loop.
    """

    @property
    def log_id(self) -> str: ...

    def head(self) -> int:
        """The last position whose changes the read models show."""
        ...

    def page(
        self, filters: Filters, sort: Sort, after: tuple[Any, str] | None, limit: int
    ) -> Sequence[ListedIncident]:
        """Incidents in the order asked for, after a (sort value, incident id) if given."""
        ...

    def resolve(self, incident_id: str) -> str | None:
        """The id under which an incident lives on, itself included; None for an unknown id."""
        ...

    def record(self, incident_id: str) -> IncidentRecord | None: ...

    def state(self, incident_id: str, position: int | None = None) -> Incident | None:
        """The aggregate now, or as it was at a position; None if it was not open then."""
        ...

    def facts(self, state: Incident) -> Sequence[ReportFact]: ...

    def position_at(self, moment: datetime) -> int:
        """The last position recorded by a moment; 0 before the first."""
        ...

    def updates(self, after: int, limit: int, incident_id: str | None = None) -> Sequence[LoggedUpdate]: ...

    def decisions(self, incident_id: str) -> Sequence[Mapping[str, Any]]:
        """Every change of an incident with its logged reason (features, weights, near misses)."""
        ...

    def article(self, article_id: str, *, with_text: bool = True) -> Mapping[str, Any] | None: ...

    def stats(self) -> Mapping[str, Any]: ...
