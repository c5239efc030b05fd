"""A database handle: transactions for the writer, snapshots for readers, errors under our own tree.

The only module that knows what differs between SQLite and PostgreSQL. SQLite: WAL, synchronous FULL,
BEGIN IMMEDIATE for the writer (a deferred one could fail half-way when it wants to write).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool, StaticPool

from services.store.event_log.errors import NoSuchLog
from services.store.event_log.failures import translate

MEMORY: Final = ":memory:"
BUSY_TIMEOUT_S: Final = 10.0
"""How long a writer waits for another's lock: longer than any batch takes (0.3 s measured for 1,000)."""
WAL_CHECKPOINT_PAGES: Final = 4000
"""16 MB of write-ahead log before it is folded back: the default of 1,000 pages costs a sync more often."""


class Database:
    """One database, opened for writing or for reading only.

    `write()` yields a connection inside one transaction, `read()` one that sees a single snapshot; a
    database in memory has one connection, so there they must not be nested. `durable` is false for
    what is thrown away afterwards.
    Both translate what the driver raises: StorageUnavailable, DiskFull, VersionConflict (a unique
    key was taken by another writer), StorageDamaged, WrongStatement.
    """

    def __init__(
        self,
        url: str,
        *,
        read_only: bool = False,
        durable: bool = True,
        busy_timeout_s: float = BUSY_TIMEOUT_S,
    ) -> None:
        self.url = database_url(url)
        self.read_only = read_only
        if read_only and self.file is not None and not self.file.exists():
            raise NoSuchLog(f"there is no database at {self.file}; the store makes it when it first starts")
        options = _Options(read_only, durable, busy_timeout_s)
        self._engine = _engine(self.url, options)
        shared = read_only or self.in_memory
        self._reads = self._engine if shared else _engine(self.url, replace(options, read_only=True))

    @property
    def in_memory(self) -> bool:
        return self.file is None and self.dialect == "sqlite"

    @property
    def dialect(self) -> str:
        return make_url(self.url).get_backend_name()

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database; None in memory and elsewhere."""
        url = make_url(self.url)
        if url.get_backend_name() != "sqlite" or url.database in (None, "", MEMORY):
            return None
        return Path(str(url.database))

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits at the end of the block and leaves no trace of a failed one."""
        assert not self.read_only, "this database was opened for reading only"
        with translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database throughout the block."""
        with translated(), self._reads.begin() as connection:
            yield connection

    def close(self) -> None:
        self._engine.dispose()
        self._reads.dispose()


def database_url(name: str) -> str:
    """The SQLAlchemy URL of a database named by a URL, a path, or `:memory:`."""
    if "://" in name:
        return name
    return "sqlite://" if name == MEMORY else f"sqlite:///{Path(name).absolute()}"


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the driver raises inside the block into an error of our tree."""
    try:
        yield
    except DBAPIError as error:
        raise translate(error) from error
    except SQLAlchemyError as error:
        raise translate(error) from error


@dataclass(frozen=True, slots=True)
class _Options:
    read_only: bool
    durable: bool
    busy_timeout_s: float


def _engine(url: str, options: _Options) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ")
    return _sqlite_engine(url, options)


def _sqlite_engine(url: str, options: _Options) -> Engine:
    in_memory = make_url(url).database in (None, "", MEMORY)
    engine = create_engine(
        url,
        poolclass=StaticPool if in_memory else QueuePool,
        connect_args={"check_same_thread": False, "timeout": options.busy_timeout_s},
    )
    begin = "BEGIN" if options.read_only else "BEGIN IMMEDIATE"

    def prepare(connection: Any, _record: object) -> None:
        _prepare_sqlite(connection, options)

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", start)
    return engine


def _prepare_sqlite(connection: Any, options: _Options) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, the driver must not
    if options.read_only:
        connection.execute("PRAGMA query_only = ON")
    else:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if options.durable else 'OFF'}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {WAL_CHECKPOINT_PAGES}")
    connection.execute("PRAGMA cache_size = -65536")  # 64 MB: the indexes of some million rows
    connection.execute("PRAGMA temp_store = MEMORY")
