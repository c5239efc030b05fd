"""Hand-made outputs of a fold, for tests of scorers: small, and valid by the shape that a fold writes."""

from typing import Any

from tools.quality.rows import Fold, Row, make_fold

TEXT = "Six people were killed on Monday in Arborville, police said. The militia denied any part."


def an_event(**fields: Any) -> Row:
    """An event of the type that fields do not change: a shooting, happened, main."""
    blank = {"low": None, "best": None, "high": None, "qualifier": None}
    event: dict[str, Any] = {
        "event_type": "ASSAULT", "event_mode": "firearms", "relation": "main", "stage": "happened",
        "date": None, "place": None, "fatalities": blank, "injured": blank, "perpetrators": [],
        "victims": [], "weapon": None, "claims": [], "evidence": [],
    }  # fmt: skip
    return {**event, **fields}


def on(start: str, end: str | None = None) -> Row:
    """A date of one day, or of a span."""
    return {"start": start, "end": end or start, "precision": 1 if end in (None, start) else 2}


def at(name: str | None, admin1: str | None = None, country: str | None = None, **more: Any) -> Row:
    """A place."""
    unknown = {"latitude": None, "longitude": None, "precision": 1}
    return {"name": name, "admin1": admin1, "country": country, **unknown, **more}


def count(best: int | None, low: int | None = None, high: int | None = None) -> Row:
    """A figure; bounds are the best value where not given."""
    return {"low": best if low is None else low, "best": best, "high": best if high is None else high}


def a_claim(article: str, claimant: str | None, stance: str, about: str, **fields: Any) -> Row:
    """A claim by a named claimant, or by the outlet where the name is None."""
    speaker = {"name": claimant or "Outlet", "kind": "unknown" if claimant else "outlet", "country": None}
    claim: dict[str, Any] = {
        "article_id": article, "claimant": speaker, "stance": stance, "about": about, "value": None,
        "qualifier": None, "actor": None, "said_at": None, "superseded_by": None,
        "evidence": {"in": "text", "start": 0, "end": 3, "quote": TEXT[:3]},
    }  # fmt: skip
    return {**claim, **fields}


def an_actor(name: str, kind: str = "unknown", country: str | None = None) -> Row:
    """An actor."""
    return {"name": name, "kind": kind, "country": country}


def a_fold(events: dict[str, list[Row]], incidents: dict[str, list[str]], **records: Row) -> Fold:
    """A fold: events by article (the first is primary), articles by incident, more fields by incident."""
    extractions = [
        {"article_id": article, "events": found, "primary": 0 if found else None}
        for article, found in events.items()
    ]
    rows = [
        {"id": i, "articles": articles, "claims": [], **records.get(i, {})}
        for i, articles in incidents.items()
    ]
    assignments = [_assignment(article, incidents) for article in events]
    return make_fold(extractions, rows, assignments)


def _assignment(article: str, incidents: dict[str, list[str]]) -> Row:
    own = [incident for incident, articles in incidents.items() if article in articles]
    return {"article_id": article, "incident_id": own[0] if own else None, "incident_ids": own}


def value_of(scores: list[Any], name: str) -> float:
    """The value of one figure by name."""
    return float(next(score.value for score in scores if score.name == name))
