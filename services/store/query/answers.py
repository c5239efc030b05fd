"""What each path answers, as plain values: synchronous, run off the event loop by `app`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from schemas.incident import IncidentRecord
from services.store.facts import ReportFact
from services.store.incident import Incident
from services.store.query.cursor import Cursor, parse_cursor
from services.store.query.errors import Unknown
from services.store.query.explain import check_field, explain
from services.store.query.filters import FILTER_PARAMETERS, parse_filters, parse_sort
from services.store.query.parameters import AsKnown, parse_as_known, parse_limit, refuse_unknown
from services.store.query.ports import LoggedUpdate, ReadModels
from services.store.record import RecordContext, build_record, published_by

AS_KNOWN: Final = ("as_of", "as_recorded", "figure_policy")
LIST_PARAMETERS: Final = (*FILTER_PARAMETERS, "sort", "limit", "after")
HISTORY_PARAMETERS: Final = ("limit", "after")


@dataclass(frozen=True, slots=True)
class Moved:
    """The incident lives on under another id."""

    survivor: str


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers requests from the read models. All methods may raise `ReadRefused`."""

    models: ReadModels
    figure_policy: str
    page_items_max: int

    def list_incidents(self, given: Mapping[str, str]) -> dict[str, Any]:
        """A page of compact records, the cursor of the next page, and the position it shows."""
        refuse_unknown(given, LIST_PARAMETERS)
        filters, sort = parse_filters(given), parse_sort(given.get("sort"))
        limit = parse_limit(given, self.page_items_max)
        after = parse_cursor(given["after"], self.models.log_id).key if "after" in given else None
        head = self.models.head()
        found = self.models.page(filters, sort, after, limit + 1)
        more = len(found) > limit
        last = found[limit - 1] if more else None
        following = last and str(Cursor(self.models.log_id, head, (last.sort_value, last.incident_id)))
        return {
            "items": [dict(one.incident) for one in found[:limit]],
            "next": following,
            "position": f"{self.models.log_id}:{head}",
        }

    def incident(self, incident_id: str, given: Mapping[str, str]) -> IncidentRecord | Moved:
        """The record, live or as it was known; Moved for an id that was merged away since."""
        refuse_unknown(given, AS_KNOWN)
        known = parse_as_known(given, self.models.log_id)
        if known.live:
            survivor = self._survivor(incident_id)
            if survivor != incident_id:
                return Moved(survivor)
            record = self.models.record(incident_id)
            if record is None:
                raise Unknown(f"no incident {incident_id}")
            return record
        return self._as_known(incident_id, known)[0]

    def history(self, incident_id: str, given: Mapping[str, str]) -> dict[str, Any] | Moved:
        """What changed, when and why, oldest first."""
        refuse_unknown(given, HISTORY_PARAMETERS)
        survivor = self._survivor(incident_id)
        limit = parse_limit(given, self.page_items_max)
        after = parse_cursor(given["after"], self.models.log_id).position if "after" in given else 0
        found = self.models.updates(after, limit + 1, incident_id)
        if not found and survivor != incident_id:
            return Moved(survivor)
        items = [_change(one) for one in found[:limit]]
        more = len(found) > limit
        return {
            "incident_id": incident_id,
            "items": items,
            "next": f"{self.models.log_id}:{items[-1]['position']}" if more else None,
        }

    def explain(self, incident_id: str, given: Mapping[str, str]) -> dict[str, Any] | Moved:
        """Which claims counted, which did not and why; how each report was matched."""
        refuse_unknown(given, (*AS_KNOWN, "field"))
        field = given.get("field")
        check_field(field)
        known = parse_as_known(given, self.models.log_id)
        survivor = self._survivor(incident_id)
        if known.live and survivor != incident_id:
            return Moved(survivor)
        record, state, facts = self._as_known(incident_id, known)
        decisions = [one for one in self.models.decisions(incident_id) if one["position"] <= state.position]
        return explain(record, state, facts, decisions, field)

    def article(self, article_id: str, given: Mapping[str, str]) -> Mapping[str, Any]:
        """The article as posted, its extractions and the incidents it reports."""
        refuse_unknown(given, ())
        found = self.models.article(article_id)
        if found is None:
            raise Unknown(f"no article {article_id}")
        return found

    def stats(self, given: Mapping[str, str]) -> Mapping[str, Any]:
        refuse_unknown(given, ())
        return {**self.models.stats(), "log_id": self.models.log_id, "position": self.models.head()}

    def whole(self, update: LoggedUpdate) -> LoggedUpdate:
        """An update that carries the whole record as it was at its position (`?full=1`)."""
        if update.update.get("incident") is None:
            return update
        record = self._as_known(update.incident_id, AsKnown(position=update.position))[0]
        full = {**update.update, "incident": record.as_json()}
        return LoggedUpdate(update.position, update.incident_id, full)

    def _survivor(self, incident_id: str) -> str:
        survivor = self.models.resolve(incident_id)
        if survivor is None:
            raise Unknown(f"no incident {incident_id}")
        return survivor

    def _as_known(
        self, incident_id: str, known: AsKnown
    ) -> tuple[IncidentRecord, Incident, list[ReportFact]]:
        position = known.position
        if known.recorded_by is not None:
            position = self.models.position_at(known.recorded_by)
        state = self.models.state(incident_id, position)
        if state is None:
            raise Unknown(f"no incident {incident_id}" + (" by then" if position is not None else ""))
        facts = list(self.models.facts(state))
        if known.published_by is not None:
            facts = published_by(facts, known.published_by)
            if not facts:
                raise Unknown(f"no report of incident {incident_id} was published by then")
        context = RecordContext(known.figure_policy or self.figure_policy)
        return build_record(state, facts, context), state, facts


def _change(update: LoggedUpdate) -> dict[str, Any]:
    """One row of a history: the update without the record it led to."""
    shown = {name: value for name, value in update.update.items() if name not in ("incident", "link")}
    incident = update.update.get("incident")
    return {**shown, "headline": incident["headline"] if incident else None}
