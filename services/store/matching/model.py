"""The values that matching takes and gives: a report as the matcher sees it, and what it decides.

Scores are log-odds that two reports (or a report and an incident) tell of the same incident: 0 is
the threshold, a score is the sum of its features' contributions. Pure; may be imported by the decider,
the record and the services' apps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from schemas.extraction import ExtractedEvent, Sketch

ReportKey = tuple[str, int]
"""A report: article id and the index of the event within the article's extraction."""


@dataclass(frozen=True, slots=True)
class ReportView:
    """One event of one article, with what the matcher compares beside it.

    `sketch` describes the whole article, so it speaks for its primary event only. `published` is the
    day of publication where it is known; `reported_at` orders reports (received where not published).
    `source` is the outlet's name, `domain` its site.
    """

    article_id: str
    event_index: int
    event: ExtractedEvent
    sketch: Sketch | None
    published: date | None
    reported_at: datetime
    source: str | None
    domain: str | None
    title: str | None
    is_primary: bool

    @property
    def key(self) -> ReportKey:
        return (self.article_id, self.event_index)


class Feature(NamedTuple):
    """One reason for or against: what was compared, its value, and its share of the score."""

    name: str
    value: float
    contribution: float


class Rival(NamedTuple):
    """An incident that was a candidate and did not get the report, with its score."""

    incident_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a report belongs. `incident_id` None opens a new incident.

    `score` and `features` are those of the best candidate, also when it was refused (empty without
    candidates). `near` are refused candidates just below the threshold, for later review; `bridges`
    are further incidents that the report fits too, well above it: each is a reason to look whether
    the two incidents are one. `copy_of` is the article whose text this one repeats.
    """

    incident_id: str | None
    score: float
    features: tuple[Feature, ...]
    near: tuple[Rival, ...]
    bridges: tuple[Rival, ...]
    copy_of: str | None
    weights: str

    def as_reason(self) -> dict[str, Any]:
        """The decision as the event's JSON-ready `reason`, numbers rounded to four digits."""
        return {
            "score": round(self.score, 4),
            "weights": self.weights,
            "features": [_rounded(feature) for feature in self.features],
            "near": [{"incident_id": r.incident_id, "score": round(r.score, 4)} for r in self.near],
            "bridges": [{"incident_id": r.incident_id, "score": round(r.score, 4)} for r in self.bridges],
        }


def _rounded(feature: Feature) -> Mapping[str, Any]:
    return {
        "name": feature.name,
        "value": round(feature.value, 4),
        "contribution": round(feature.contribution, 4),
    }


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """Two incidents that look like one: `from_id` would go into `into_id` (the older one)."""

    from_id: str
    into_id: str
    score: float
    features: tuple[Feature, ...]
    weights: str


@dataclass(frozen=True, slots=True)
class SplitProposal:
    """An incident that looks like two: `moving` (the smaller side) would leave, `staying` keeps the id."""

    incident_id: str
    moving: tuple[ReportKey, ...]
    staying: tuple[ReportKey, ...]
    score: float
    features: tuple[Feature, ...]
    weights: str
