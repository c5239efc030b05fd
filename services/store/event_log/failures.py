"""What a database driver raises, as an error of our tree. Pure."""

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from services.errors import WirefoldError
from services.store.event_log.errors import (
    DiskFull,
    StorageDamaged,
    StorageUnavailable,
    VersionConflict,
    WrongStatement,
)

_SQLITE: Final[dict[int, type[WirefoldError]]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_CORRUPT: StorageDamaged,
    sqlite3.SQLITE_NOTADB: StorageDamaged,
    sqlite3.SQLITE_BUSY: StorageUnavailable,
    sqlite3.SQLITE_LOCKED: StorageUnavailable,
    sqlite3.SQLITE_IOERR: StorageUnavailable,
    sqlite3.SQLITE_CANTOPEN: StorageUnavailable,
    sqlite3.SQLITE_READONLY: StorageUnavailable,
    sqlite3.SQLITE_PROTOCOL: StorageUnavailable,
    sqlite3.SQLITE_NOMEM: StorageUnavailable,
}
"""By primary result code (the low byte of `sqlite_errorcode`); sqlite.org/rescode.html."""

_SQLSTATE: Final[dict[str, type[WirefoldError]]] = {
    "53": StorageUnavailable,
    "08": StorageUnavailable,
    "40": StorageUnavailable,
    "55": StorageUnavailable,
    "57": StorageUnavailable,
    "XX": StorageDamaged,
}
"""By class of the SQLSTATE; PostgreSQL manual, appendix A. 53100 is a full disk."""


def translate(error: SQLAlchemyError) -> WirefoldError:
    """The error of our tree for what the database layer raised."""
    if isinstance(error, IntegrityError):
        return VersionConflict(f"a unique key is taken: {error.orig}")
    if not isinstance(error, DBAPIError):
        return StorageUnavailable(str(error))
    return _kind(error)(str(error.orig))


def _kind(error: DBAPIError) -> type[WirefoldError]:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code & 0xFF, WrongStatement)
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if state == "53100":
        return DiskFull
    if not state:  # the connection broke before the server could say anything
        return StorageUnavailable
    return _SQLSTATE.get(state[:2], WrongStatement)
