"""The decider: from a message and what is known, the domain events that follow. Pure.

Judges and never applies: whoever calls it appends the events, evolves the aggregates and feeds the
match index, so that the next decision sees them. Deciding twice yields the same event ids.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction, ExtractedEvent, ExtractionFailure
from schemas.taxonomy import Relation
from services.errors import Transient
from services.store import events
from services.store.facts import Facts, ReportFact
from services.store.identity import incident_id
from services.store.incident import ReportRef
from services.store.index_feed import view
from services.store.matching.index import MatchIndex
from services.store.matching.match import match
from services.store.matching.model import Decision
from services.store.matching.weights import Weights
from services.store.ports import NewEvent
from services.store.second_look import second_look

ATTACHING: Final = frozenset({Relation.MAIN, Relation.OTHER, Relation.RETALIATION})
"""Relations that make a report of their own; background and cumulative mentions never do."""


class ArticleUnknown(Transient):
    """Raised when an extraction arrives before the article it speaks of."""


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides by one set of versioned matching weights."""

    weights: Weights

    def decide_article(self, article: RawArticle) -> list[NewEvent]:
        """An accepted article is a fact; its id makes a repeat change nothing."""
        return [events.article_recorded(article)]

    def decide_failure(self, failure: ExtractionFailure, now: datetime) -> list[NewEvent]:
        return [events.extraction_failed(failure, now)]

    def decide_extraction(
        self, extraction: ArticleExtraction, facts: Facts, index: MatchIndex, now: datetime
    ) -> list[NewEvent]:
        """The fact itself, a place for each of its reports, and the end of those they replace.

        Raises ArticleUnknown if the article version is not recorded yet. A repeat of a known
        extraction yields nothing; one of an outdated version is recorded and places nothing.
        """
        article = facts.article_version(extraction.article_id, extraction.content_hash)
        state = facts.article(extraction.article_id)
        if article is None or state is None:
            raise ArticleUnknown(f"article {extraction.article_id} is not recorded yet")
        fact = events.events_extracted(extraction, now)
        if facts.extraction(fact.event_id) is not None:
            return []
        if state.content_hash != extraction.content_hash or state.retracted:
            return [fact]
        earlier = list(_current_reports(facts, extraction.article_id))
        placement = _Placement(self.weights, facts, index, now, earlier)
        placed = placement.place(extraction, article, fact.event_id)
        return [fact, *placed, *placement.supersede()]

    def look_again(self, placed: NewEvent, facts: Facts, index: MatchIndex, now: datetime) -> list[NewEvent]:
        """What follows once a placement is recorded: the machine's merges and splits."""
        return second_look(placed, facts, index, self.weights, now)


class _Placement:
    """One extraction being placed: which incidents its reports took, which reports they replace."""

    def __init__(
        self,
        weights: Weights,
        facts: Facts,
        index: MatchIndex,
        now: datetime,
        earlier: Sequence[tuple[str, ReportRef]],
    ) -> None:
        self._weights = weights
        self._facts = facts
        self._index = index
        self._now = now
        self._earlier = earlier
        self._taken: list[str] = []

    def place(self, extraction: ArticleExtraction, article: RawArticle, extraction_id: str) -> list[NewEvent]:
        placed = []
        for number in _order(extraction):
            ref = ReportRef(article.id, extraction.content_hash, extraction_id, number)
            fact = ReportFact(
                ref=ref,
                article=article,
                event=extraction.events[number],
                sketch=extraction.sketch,
                extractor=extraction.extractor,
                is_primary=number == extraction.primary,
            )
            placed.append(self._place_one(fact, str(extraction.extractor)))
        return placed

    def supersede(self) -> list[NewEvent]:
        """The reports that an earlier version or extractor made of this article, now replaced."""
        return [
            events.report_event(
                events.REPORT_SUPERSEDED,
                home,
                ref,
                occurred_at=self._now,
                reason={"code": "new_version"},
            )
            for home, ref in self._earlier
        ]

    def _place_one(self, fact: ReportFact, extractor: str) -> NewEvent:
        decision = match(view(fact), self._index, self._weights, exclude=self._taken)
        target = decision.incident_id and self._facts.resolve(decision.incident_id)
        opens = target is None
        home = target or incident_id(
            fact.ref.article_id, fact.ref.event_index, self._opening_key(fact, extractor)
        )
        self._taken.append(home)
        return events.report_event(
            events.INCIDENT_OPENED if opens else events.REPORT_MERGED,
            home,
            fact.ref,
            occurred_at=self._now,
            reason=self._reason(decision),
            copy_of=decision.copy_of,
        )

    def _opening_key(self, fact: ReportFact, extractor: str) -> str:
        """The extractor's name, and the version of the article where an earlier one opened the id."""
        plain = incident_id(fact.ref.article_id, fact.ref.event_index, extractor)
        taken = plain in self._taken or self._facts.incident(plain) is not None
        return f"{extractor}/{fact.ref.content_hash}" if taken else extractor

    def _reason(self, decision: Decision) -> Mapping[str, Any]:
        return {"code": "new_version" if self._earlier else "new_report", **decision.as_reason()}


def _order(extraction: ArticleExtraction) -> Iterator[int]:
    """Indexes of the events that become reports: the primary first, whatever its relation."""
    if extraction.primary is not None:
        yield extraction.primary
    for number, event in enumerate(extraction.events):
        if number != extraction.primary and attaches(event):
            yield number


def attaches(event: ExtractedEvent) -> bool:
    """Whether an event that is not its article's primary one makes a report of its own."""
    return event.relation in ATTACHING and event.event_type is not None


def _current_reports(facts: Facts, article_id: str) -> Iterator[tuple[str, ReportRef]]:
    for home in facts.incidents_of(article_id):
        incident = facts.incident(home)
        if incident is None:
            continue
        for report in incident.current():
            if report.ref.article_id == article_id:
                yield home, report.ref
