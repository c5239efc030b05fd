"""The working set: facts and states as of the last event applied, before and after they are stored.

Reads through to stored facts, remembers what it read, and holds what events changed until it is
stored; so a decision sees all that was decided before it in the same batch. Pure.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction
from services.store import events
from services.store.article_history import evolve_article
from services.store.facts import ArticleState, Facts
from services.store.incident import Incident, evolve
from services.store.ports import RecordedEvent
from services.store.stored_values import article_from, extraction_from

STATES_MAX: Final = 20_000
"""Articles and incidents remembered between batches: about 2 KB each."""
EXTRACTIONS_MAX: Final = 2_000
"""Extractions remembered between batches: up to 100 KB each as Python objects."""

K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Values by key (None: known to be absent), forgetting the least recently used when told to."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: dict[K, V | None] = {}

    def get(self, key: K, read: Callable[[], V | None]) -> V | None:
        """The value remembered, else the one read."""
        value = self._values.pop(key) if key in self._values else read()
        self._values[key] = value
        return value

    def peek(self, key: K) -> V | None:
        """The value if it is remembered; nothing is read."""
        return self._values.get(key)

    def put(self, key: K, value: V | None) -> None:
        self._values.pop(key, None)
        self._values[key] = value

    def trim(self) -> None:
        """Forget the least recently used values above the limit."""
        for key in list(self._values)[: max(0, len(self._values) - self._limit)]:
            del self._values[key]

    def clear(self) -> None:
        self._values.clear()


@dataclass(frozen=True, slots=True)
class Effect:
    """What one event did to the states: of its article, or of its incident before and after."""

    event: RecordedEvent
    article: ArticleState | None = None
    before: Incident | None = None
    after: Incident | None = None


class WorkingSet:
    """The port `Facts` as of the last event applied. `base` must hold all that was stored.

    After the changes are stored call `settle` (may forget), after a failure `clear` (forgets all).
    """

    def __init__(
        self, base: Facts, *, states_max: int = STATES_MAX, extractions_max: int = EXTRACTIONS_MAX
    ) -> None:
        self.base = base
        self._articles: Remembered[str, ArticleState] = Remembered(states_max)
        self._versions: Remembered[tuple[str, str], RawArticle] = Remembered(states_max)
        self._extractions: Remembered[str, ArticleExtraction] = Remembered(extractions_max)
        self._incidents: Remembered[str, Incident] = Remembered(states_max)
        self._homes: Remembered[str, tuple[str, ...]] = Remembered(states_max)

    def article(self, article_id: str) -> ArticleState | None:
        return self._articles.get(article_id, lambda: self.base.article(article_id))

    def article_version(self, article_id: str, content_hash: str) -> RawArticle | None:
        key = (article_id, content_hash)
        return self._versions.get(key, lambda: self.base.article_version(*key))

    def remembered_version(self, article_id: str, content_hash: str) -> RawArticle | None:
        """The same, only if it is at hand."""
        return self._versions.peek((article_id, content_hash))

    def extraction(self, extraction_id: str) -> ArticleExtraction | None:
        return self._extractions.get(extraction_id, lambda: self.base.extraction(extraction_id))

    def incident(self, incident_id: str) -> Incident | None:
        return self._incidents.get(incident_id, lambda: self.base.incident(incident_id))

    def resolve(self, incident_id: str) -> str | None:
        incident = self.incident(incident_id)
        while incident is not None and incident.merged_into is not None:
            incident = self.incident(incident.merged_into)
        return None if incident is None else incident.id

    def incidents_of(self, article_id: str) -> Sequence[str]:
        return self._homes.get(article_id, lambda: tuple(self.base.incidents_of(article_id))) or ()

    def apply(
        self,
        event: RecordedEvent,
        *,
        article: RawArticle | None = None,
        extraction: ArticleExtraction | None = None,
    ) -> Effect:
        """Evolve the states by one event. Hand in what it records where it is at hand already parsed."""
        if event.type in events.INCIDENT_TYPES:
            return self._apply_to_incident(event)
        if event.type == events.ARTICLE_RECORDED:
            made = article_from(event.data) if article is None else article.model_copy(update={"text": ""})
            self._versions.put((made.id, made.content_hash), made)
        elif event.type == events.EVENTS_EXTRACTED:
            said = extraction_from(event.data) if extraction is None else extraction
            self._extractions.put(event.event_id, said.model_copy(update={"duration_ms": None}))
        return self._apply_to_article(event)

    def note_absent(self, *, articles: Iterable[str] = (), extractions: Iterable[str] = ()) -> None:
        """Spare look-ups: these are known not to be in the log yet."""
        for article_id in articles:
            self._articles.put(article_id, None)
            self._homes.put(article_id, ())
        for extraction_id in extractions:
            self._extractions.put(extraction_id, None)

    def settle(self) -> None:
        """All changes are stored: forget what was not used lately."""
        for remembered in self._all():
            remembered.trim()

    def clear(self) -> None:
        """Forget everything: what was not stored never happened."""
        for remembered in self._all():
            remembered.clear()

    def _apply_to_article(self, event: RecordedEvent) -> Effect:
        if not event.stream.startswith("article-"):
            return Effect(event)
        article_id = event.stream.removeprefix("article-")
        before = self.article(article_id)
        after = evolve_article(before, event)
        if after is not None:
            self._articles.put(article_id, after)
        if before is None:
            self._homes.put(article_id, ())
        return Effect(event, article=after)

    def _apply_to_incident(self, event: RecordedEvent) -> Effect:
        incident_id = event.data["incident_id"]
        before = self.incident(incident_id)
        after = evolve(before, event)
        self._rehome(before, after)
        self._incidents.put(incident_id, after)
        return Effect(event, before=before, after=after)

    def _rehome(self, before: Incident | None, after: Incident) -> None:
        old, new = _articles_of(before), _articles_of(after)
        for article_id in old ^ new:
            homes = set(self.incidents_of(article_id)) - {after.id}
            if article_id in new:
                homes.add(after.id)
            self._homes.put(article_id, tuple(sorted(homes)))

    def _all(self) -> tuple[Remembered[Any, Any], ...]:
        return (self._articles, self._versions, self._extractions, self._incidents, self._homes)


def _articles_of(incident: Incident | None) -> set[str]:
    """Articles that an incident is a living home of."""
    if incident is None or incident.merged_into is not None:
        return set()
    return {report.ref.article_id for report in incident.reports}
