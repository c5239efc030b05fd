"""Snapshots of the match index: a file beside the database, so that a start need not replay the log.

A snapshot says which log it belongs to, at which position, and with which checksum there; one that
does not fit, is damaged or was written by another version is left aside and the log is replayed. It
can be deleted at any time. May import: the matching core, the event log's adapters, zstandard.
"""

import hashlib
import os
from pathlib import Path
from typing import Any, Final

import orjson
import zstandard
from sqlalchemy import Connection

from services.errors import Refused
from services.logs import get_logger
from services.store.event_log import rows
from services.store.event_log.entry import Head
from services.store.event_log.errors import StorageUnavailable
from services.store.matching.index import MatchIndex

FORMAT: Final = 1
_LEVEL: Final = 1
"""zstd's fastest: the writer waits for it."""

_log = get_logger(__name__)


class UnusableSnapshot(Refused):
    """Raised when a snapshot does not belong to this log and program, or is damaged."""


def write_snapshot(path: Path, index: MatchIndex, head: Head, log_id: str) -> None:
    """Write the index as of a head, replacing the file in one step. Raises StorageUnavailable."""
    body = zstandard.ZstdCompressor(level=_LEVEL).compress(index.dump())
    header = {
        "format": FORMAT,
        "log_id": log_id,
        "position": head.position,
        "checksum": head.checksum.hex(),
        "recorded_at": head.recorded_at,
        "body_sha256": hashlib.sha256(body).hexdigest(),
    }
    try:
        _replace(path, orjson.dumps(header) + b"\n" + body)
    except OSError as error:
        raise StorageUnavailable(f"no snapshot at {path}: {error}") from error


def read_snapshot(path: Path, connection: Connection, log_id: str) -> tuple[MatchIndex, Head]:
    """The index and the head it stands at. Raises UnusableSnapshot."""
    header, body = _parts(path)
    if header.get("format") != FORMAT:
        raise UnusableSnapshot(f"it has format {header.get('format')}, not {FORMAT}")
    if header["log_id"] != log_id:
        raise UnusableSnapshot("it belongs to another log")
    if hashlib.sha256(body).hexdigest() != header["body_sha256"]:
        raise UnusableSnapshot("it is damaged")
    head = Head(header["position"], bytes.fromhex(header["checksum"]), header["recorded_at"])
    if head != _head_at(connection, head.position):
        raise UnusableSnapshot(f"the log has another entry at position {head.position}")
    return MatchIndex.load(zstandard.ZstdDecompressor().decompress(body)), head


class SnapshotFile:
    """Where a store takes its index from: the snapshot of a path if it fits, else the whole log."""

    def __init__(self, path: Path, log_id: str) -> None:
        self._path = path
        self._log_id = log_id

    def load(self, connection: Connection) -> tuple[MatchIndex, Head]:
        """An index, and the head of the log that it stands at."""
        if not self._path.exists():
            return MatchIndex(), Head()
        try:
            return read_snapshot(self._path, connection, self._log_id)
        except Refused as error:
            _log.warning("snapshot left aside, replaying the log", path=str(self._path), why=str(error))
            return MatchIndex(), Head()

    def save(self, index: MatchIndex, head: Head) -> None:
        """Write the index as of a head."""
        write_snapshot(self._path, index, head, self._log_id)


def _replace(path: Path, content: bytes) -> None:
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _parts(path: Path) -> tuple[dict[str, Any], bytes]:
    first, _, body = path.read_bytes().partition(b"\n")
    try:
        header = orjson.loads(first)
    except orjson.JSONDecodeError as error:
        raise UnusableSnapshot("its header is damaged") from error
    if not isinstance(header, dict):
        raise UnusableSnapshot("its header is damaged")
    return header, body


def _head_at(connection: Connection, position: int) -> Head | None:
    if not position:
        return Head()
    entries = rows.read_after(connection, position - 1, 1)
    return Head.after(entries[0]) if entries else None
