"""What a contested-strike scenario needs of a record, as small questions over records and claims.

Pure; standard library only. `tools.quality.seeds` asks them of the seed articles,
`tools.quality.sample_checks` of the demo's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tools.quality.names import actor_keys, actor_value_keys, same_actor, words
from tools.quality.rows import Fold, Row, part, primary_of


@dataclass(frozen=True)
class Scenario:
    """One record under examination, within the fold that made it."""

    fold: Fold
    record: Row
    articles: Sequence[str]

    @property
    def claims(self) -> list[Row]:
        """The record's claims."""
        return list(self.record.get("claims", ()))

    def said(self, claimant: str, stance: str, about: str, *, article: str | None = None) -> list[Row]:
        """Claims of one claimant with one stance on one subject, in one article or any."""
        wanted = actor_keys(claimant)
        return [
            claim
            for claim in self.claims
            if (claim["stance"], claim["about"]) == (stance, about)
            and article in (None, claim["article_id"])
            and same_actor(actor_value_keys(claim.get("claimant")), wanted)
        ]

    def accuses(self, claimant: str, accused: str, *, article: str | None = None) -> bool:
        """Whether the claimant holds the accused responsible."""
        found = self.said(claimant, "attributes", "responsibility", article=article)
        return any(same_actor(actor_value_keys(claim.get("actor")), actor_keys(accused)) for claim in found)

    def denies(self, claimant: str, about: str, *, article: str | None = None) -> bool:
        """Whether the claimant denies something about the subject."""
        return bool(self.said(claimant, "denies", about, article=article))

    def counts(self, about: str) -> set[Any]:
        """Numbers that the record's claims give for a measure, range ends among them."""
        values = [claim.get("value") for claim in self.claims if claim["about"] == about]
        return {n for value in values for n in (value if isinstance(value, list) else [value])}


def main_scenario(fold: Fold, articles: Sequence[str]) -> Scenario:
    """The record that most of the articles' primary events are assigned to.

    A fold without any such record gives an empty one, of which every question is answered no.
    """
    assigned = [fold.assignments.get(a, {}).get("incident_id") for a in articles]
    known = [i for i in assigned if i in fold.incidents_by_id]
    best = max(sorted(set(known)), key=known.count, default=None)
    record: Row = fold.incidents_by_id[best] if best else {"id": None, "articles": []}
    return Scenario(fold, record, articles)


def figure(record: Row, field: str) -> tuple[Any, Any, Any]:
    """(low, best, high) of a measure."""
    value = record.get(field)
    return part(value, "low"), part(value, "best"), part(value, "high")


def is_type(row: Row | None, event_type: str, mode: str | None = None) -> bool:
    """Whether a record or event has the type, and the mode if one is asked for."""
    return row is not None and row.get("event_type") == event_type and mode in (None, row.get("event_mode"))


def all_report(scenario: Scenario) -> bool:
    """Whether the primary event of every article went to the record."""
    home = scenario.record["id"]
    return home is not None and all(
        scenario.fold.assignments.get(a, {}).get("incident_id") == home for a in scenario.articles
    )


def separate(scenario: Scenario, event_type: str, article: str) -> bool:
    """Whether an article has an event of the type that is not its primary and not the record's."""
    events = scenario.fold.extractions.get(article, {}).get("events", ())
    primary = primary_of(scenario.fold, article)
    incidents = scenario.fold.assignments.get(article, {}).get("incident_ids", ())
    typed = {i for i in incidents if is_type(scenario.fold.incidents_by_id.get(i), event_type)}
    return any(is_type(e, event_type) and e is not primary for e in events) and bool(
        typed - {scenario.record["id"]}
    )


def mentions(scenario: Scenario, *terms: str) -> bool:
    """Whether a figure, date or place of the record rests on a quote with one of the terms."""
    quotes = (
        span.get("quote") or ""
        for span in scenario.record.get("evidence", ())
        if span["field"].split(".")[0] in {"date", "place", "fatalities", "injured"}
    )
    found = {word for quote in quotes for word in words(quote)}
    return any(set(words(term)) <= found for term in terms)
