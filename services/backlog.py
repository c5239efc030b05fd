"""How far a stream is behind, and the trimming of what nobody needs any more.

The first streams are trimmed strictly below what each of their groups has acknowledged, never by a
length that could drop an entry unread. May import: the standard library, redis, the plumbing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from redis import exceptions as redis_errors

from services.broker import Client, as_wirefold_error

EntryId = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GroupBacklog:
    """A group's standing: `lag` entries not yet read (None: the server can't say), `pending` unanswered."""

    group: str
    last_delivered: EntryId
    pending: int
    lag: int | None
    consumers: int


@dataclass(frozen=True, slots=True)
class StreamBacklog:
    """A stream's length and the standing of its groups; length 0 and no groups where it is missing."""

    stream: str
    length: int
    groups: tuple[GroupBacklog, ...]

    @property
    def behind(self) -> int:
        """Entries that the slowest group has not finished; the length where that is unknown."""
        if not self.groups or any(group.lag is None for group in self.groups):
            return self.length
        return max((group.lag or 0) + group.pending for group in self.groups)


async def stream_length(client: Client, stream: str) -> int:
    """Entries in a stream. Raises an error of our tree."""
    try:
        return int(await client.xlen(stream))
    except (redis_errors.RedisError, OSError) as error:
        raise as_wirefold_error(error) from error


async def read_backlog(client: Client, stream: str) -> StreamBacklog:
    """The backlog of one stream. Raises an error of our tree."""
    try:
        length = await client.xlen(stream)
        groups = await _read_groups(client, stream)
    except (redis_errors.RedisError, OSError) as error:
        raise as_wirefold_error(error) from error
    return StreamBacklog(stream, int(length), groups)


async def _read_groups(client: Client, stream: str) -> tuple[GroupBacklog, ...]:
    try:
        rows = await client.xinfo_groups(stream)
    except redis_errors.ResponseError as error:
        if "no such key" in str(error):
            return ()
        raise
    return tuple(_group(row) for row in rows)


def _group(row: Mapping[str, Any]) -> GroupBacklog:
    lag = row.get("lag")
    name = row["name"]
    return GroupBacklog(
        group=name.decode() if isinstance(name, bytes) else name,
        last_delivered=parse_entry_id(row["last-delivered-id"]),
        pending=int(row["pending"]),
        lag=None if lag is None else int(lag),
        consumers=int(row["consumers"]),
    )


async def trim_acknowledged(client: Client, stream: str, groups: Sequence[str]) -> int:
    """Remove entries below what every group has acknowledged; the number removed.

    `groups` are those that must exist: while one is missing nothing is trimmed, since it will be
    created at 0. Others that exist count too. Trims by whole nodes, so a few finished entries stay.
    """
    backlog = await read_backlog(client, stream)
    if set(groups) - {group.group for group in backlog.groups}:
        return 0
    try:
        floors = [await _floor(client, stream, group) for group in backlog.groups]
        minimum = format_entry_id(min(floors))
        return int(await client.xtrim(stream, minid=minimum, approximate=True))
    except (redis_errors.RedisError, OSError) as error:
        raise as_wirefold_error(error) from error


async def _floor(client: Client, stream: str, group: GroupBacklog) -> EntryId:
    """The lowest id that the group still needs: its first pending one, else the next to be read."""
    time_ms, counter = group.last_delivered
    after_last = (time_ms, counter + 1)
    if not group.pending:
        return after_last
    summary = await client.xpending(stream, group.group)
    lowest = summary["min"]
    return parse_entry_id(lowest) if lowest else after_last


def parse_entry_id(entry_id: bytes | str) -> EntryId:
    """An entry id as two numbers, which compare in the order of the stream."""
    text = entry_id.decode() if isinstance(entry_id, bytes) else entry_id
    time_ms, _, counter = text.partition("-")
    return int(time_ms), int(counter or 0)


def format_entry_id(entry_id: EntryId) -> str:
    """An entry id as the server writes it."""
    return f"{entry_id[0]}-{entry_id[1]}"
