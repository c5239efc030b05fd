"""Checking the whole chain: every entry follows from the one before it, none is missing."""

from collections.abc import Callable

from sqlalchemy import Connection

from services.store.event_log import rows
from services.store.event_log.entry import Head, LogEntry
from services.store.event_log.errors import LogDamaged

_AT_ONCE = 2000
"""Entries a read; 2,000 × 10 KB stay in memory at a time."""


def verify_chain(
    connection: Connection, after: Head | None = None, progress: Callable[[int], None] = lambda _n: None
) -> Head:
    """Check every entry above `after` (default: all) and return the head that the chain leads to.

    Raises LogDamaged with the first bad position. `progress` is called with the entries done.
    A log cut off at its end is whole in itself: compare the head with a checkpoint to see that.
    """
    head = after or Head()
    done = 0
    if head.position:
        _same(rows.read_after(connection, head.position - 1, 1), head)
    while entries := rows.read_after(connection, head.position, _AT_ONCE):
        for entry in entries:
            if head.recorded_at is not None and entry.recorded_at < head.recorded_at:
                raise LogDamaged(entry.position, "it was recorded before its predecessor")
            head = Head.after(entry)
        done += len(entries)
        progress(done)
    return head


def _same(entries: list[LogEntry], expected: Head) -> None:
    if not entries or Head.after(entries[0]) != expected:
        raise LogDamaged(expected.position, "the entry is not the one that was known there")
