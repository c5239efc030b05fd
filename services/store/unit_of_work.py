"""The unit of work: one batch of messages, decided one after the other and stored in one transaction.

Within it each decision sees what the ones before it did: events get their positions at once, the
states evolve, the match index learns of them. Nothing is on disk before `commit`, which writes the
events, the texts, the read models and their checkpoint together, or none of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction
from services.clock import Clock
from services.store import events
from services.store.event_log import rows
from services.store.event_log.entry import Head, LogEntry, sequence, without_repeats
from services.store.event_log.sql import SqlEventLog
from services.store.index_feed import feed
from services.store.matching.index import MatchIndex
from services.store.ports import NewEvent, RecordedEvent
from services.store.projector import Projector
from services.store.texts import write_texts
from services.store.working_set import WorkingSet


@dataclass(slots=True)
class UnitOfWork:
    """Events recorded so far on top of `base`. `reading` is a connection that sees the log at `base`."""

    log: SqlEventLog
    projector: Projector
    index: MatchIndex
    clock: Clock
    base: Head
    reading: Connection
    head: Head = field(init=False)
    recorded: list[RecordedEvent] = field(default_factory=list)
    _entries: list[LogEntry] = field(default_factory=list)
    _versions: dict[str, int] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)
    _known: dict[str, bool] = field(default_factory=dict)
    _texts: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.head = self.base

    @property
    def facts(self) -> WorkingSet:
        return self.projector.working

    def expect(self, facts: Iterable[tuple[str, str]]) -> None:
        """Look up in one go what the log holds of facts to come: (event id, article id) of each."""
        wanted = list(facts)
        known = rows.known_ids(self.reading, [event_id for event_id, _ in wanted])
        self._known.update((event_id, event_id in known) for event_id, _ in wanted)
        streams = {events.article_stream(article_id): article_id for _, article_id in wanted}
        missing = [stream for stream in streams if stream not in self._versions]
        self._versions.update(rows.stream_versions(self.reading, missing))
        self.facts.note_absent(
            articles=[streams[stream] for stream in missing if not self._versions[stream]],
            extractions=[
                event_id for event_id, _ in wanted if event_id not in known and event_id not in self._ids
            ],
        )

    def record(
        self,
        decided: Sequence[NewEvent],
        *,
        article: RawArticle | None = None,
        extraction: ArticleExtraction | None = None,
    ) -> list[RecordedEvent]:
        """Give events their positions and let states, rows and index follow; the events recorded.

        Events whose id is known are left out. Hand in the article or extraction that they tell of,
        so that it need not be parsed again; an article's text is kept with it.
        """
        fresh = without_repeats(decided, self._known_among(decided))
        made = self._sequence(fresh)
        for event in made:
            self.projector.apply(event, article=article, extraction=extraction)
            feed(self.index, event, self.facts)
        if article is not None and made:
            self._texts.append((article.content_hash, article.text))
        self.recorded.extend(made)
        return made

    def stream(self, stream: str) -> list[RecordedEvent]:
        """All events of a stream, those of this unit included."""
        stored = [self.log.as_event(entry) for entry in rows.read_stream(self.reading, stream)]
        return [*stored, *(event for event in self.recorded if event.stream == stream)]

    def write(self, connection: Connection) -> None:
        """Write everything inside the caller's transaction. LeaseLost, VersionConflict as the log says."""
        self.log.write(connection, self._entries, self.base)
        write_texts(connection, self._texts)
        self.projector.flush(connection, self.base.position, self.head.position)

    def _sequence(self, fresh: Sequence[NewEvent]) -> list[RecordedEvent]:
        for event in fresh:
            if event.stream not in self._versions:
                self._versions[event.stream] = self._version(event)
        entries = sequence(self.head, fresh, self._versions, self.clock.now())
        for entry in entries:
            self._versions[entry.stream] = entry.version
            self._ids.add(entry.event_id)
        if entries:
            self.head = Head.after(entries[-1])
        self._entries.extend(entries)
        return [self.log.as_event(entry) for entry in entries]

    def _version(self, event: NewEvent) -> int:
        """A stream's version so far; incidents carry theirs."""
        if event.type in events.INCIDENT_TYPES:
            incident = self.facts.incident(event.data["incident_id"])
            return 0 if incident is None else incident.version
        return rows.stream_version(self.reading, event.stream)

    def _known_among(self, decided: Sequence[NewEvent]) -> set[str]:
        """Which ids are known. What follows from an event that is new cannot be in the log before it."""
        own = {event.event_id for event in decided if self._known.get(event.event_id) is False}
        unseen = [
            event.event_id
            for event in decided
            if event.event_id not in own
            and event.event_id not in self._known
            and event.causation_id not in own
        ]
        held = rows.known_ids(self.reading, unseen) if unseen else set()
        ids = (event.event_id for event in decided)
        return {one for one in ids if one in self._ids or one in held or self._known.get(one)}
