"""The right to write: one row, one holder at a time, a token that rises with every change of hands.

A holder renews before the lease runs out; a standby takes over when it has run out. The token is
checked inside every append's transaction, so a holder that was paused past its lease cannot write
even though it does not know yet. May import: the event log's adapters, the plumbing.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from services.clock import Clock
from services.store.event_log.database import Database
from services.store.event_log.errors import LeaseLost
from services.store.event_log.schema import lease
from services.store.event_log.timestamps import to_text

WRITER: Final = "writer"
_NEVER: Final = to_text(datetime(1970, 1, 1, tzinfo=UTC))


class Lease:
    """One process's claim to be the writer; `holder` names the process for people."""

    def __init__(self, database: Database, clock: Clock, holder: str, ttl: timedelta) -> None:
        self._database = database
        self._clock = clock
        self._holder = holder
        self._ttl = ttl
        self._token: int | None = None

    @property
    def token(self) -> int | None:
        """The token held, or None."""
        return self._token

    def acquire(self) -> bool:
        """Take the lease if nobody holds it or its time has run out; False while another holds it."""
        with self._database.write() as connection:
            row = _row(connection)
            if row is not None and row.expires_at > to_text(self._clock.now()):
                return False
            token = 1 if row is None else row.token + 1
            values = {"token": token, "holder": self._holder, "expires_at": self._expiry()}
            if row is None:
                connection.execute(insert(lease).values(name=WRITER, **values))
            else:
                connection.execute(update(lease).where(lease.c.name == WRITER).values(values))
        self._token = token
        return True

    def renew(self) -> None:
        """Put the end off by another period. Raises LeaseLost when another process took over."""
        with self._database.write() as connection:
            self.check(connection)
            self._expire_at(connection, self._expiry())

    def release(self) -> None:
        """Give the lease back, so that a standby need not wait; nothing when it is lost already."""
        if self._token is None:
            return
        with self._database.write() as connection:
            row = _row(connection)
            if row is not None and row.token == self._token:
                self._expire_at(connection, _NEVER)
        self._token = None

    def check(self, connection: Connection) -> None:
        """The fence of every append: raises LeaseLost unless our token is the current one."""
        row = _row(connection)
        if row is None or row.token != self._token:
            holder = "nobody" if row is None else f"{row.holder} (token {row.token})"
            raise LeaseLost(f"token {self._token} of {self._holder} is not current: {holder} holds the lease")

    def _expiry(self) -> str:
        return to_text(self._clock.now() + self._ttl)

    def _expire_at(self, connection: Connection, moment: str) -> None:
        connection.execute(update(lease).where(lease.c.name == WRITER).values(expires_at=moment))


def holder_of(database: Database) -> tuple[str, int, str] | None:
    """Who holds the lease: (holder, token, expires_at), or None if it was never taken."""
    with database.read() as connection:
        row = _row(connection)
    return None if row is None else (row.holder, row.token, row.expires_at)


def _row(connection: Connection) -> Row[Any] | None:
    return connection.execute(select(lease).where(lease.c.name == WRITER).with_for_update()).first()
