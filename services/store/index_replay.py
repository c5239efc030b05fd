"""The match index made from the log: all of it, or the tail above a snapshot.

Decisions are in the events, so this only files reports; it never matches. May import: the pure core,
the event log's adapters.
"""

from typing import Protocol

from sqlalchemy import Connection

from services.store.event_log import rows
from services.store.event_log.entry import Head
from services.store.index_feed import feed
from services.store.matching.index import MatchIndex
from services.store.recorded_facts import RecordedFacts
from services.store.upcasters import upcast_event
from services.store.working_set import WorkingSet

_AT_ONCE = 500


class IndexSource(Protocol):
    """Where the match index comes from when a store starts or has to forget what failed."""

    def load(self, connection: Connection) -> tuple[MatchIndex, Head]:
        """An index, and the head of the log that it stands at."""
        ...


class WholeLog:
    """No snapshot: everything is replayed."""

    def load(self, _connection: Connection) -> tuple[MatchIndex, Head]:
        return MatchIndex(), Head()


def replay_index(connection: Connection, index: MatchIndex, after: int) -> None:
    """Feed the index with the log's events above a position.

    States are those of the time: they are folded up to each batch and evolve with its events.
    """
    recorded = RecordedFacts(connection, after, upcast_event)
    working = WorkingSet(recorded)
    while entries := rows.read_after(connection, recorded.position, _AT_ONCE):
        for entry in entries:
            event = entry.as_event(upcast_event)
            working.apply(event)
            feed(index, event, working)
        recorded.position = entries[-1].position
        working.settle()
