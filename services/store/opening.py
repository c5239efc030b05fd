"""Opening the store of a writer process: the log checked, read models and index brought up to date."""

from pathlib import Path

from services.clock import Clock
from services.logs import get_logger
from services.settings import Settings
from services.store.decider import Decider
from services.store.event_log import rows
from services.store.event_log.database import Database
from services.store.event_log.entry import Head
from services.store.event_log.sql import Fence, SqlEventLog
from services.store.event_log.verify import verify_chain
from services.store.matching.weights import load_weights
from services.store.read_models import StaleReadModels
from services.store.rebuild import rebuild
from services.store.snapshot import SnapshotFile
from services.store.store import Store

_log = get_logger(__name__)


def open_store(
    database: Database, settings: Settings, clock: Clock, *, fence: Fence, rebuild_name: str
) -> tuple[Store, SnapshotFile]:
    """The store of a database that holds a log, and where its index is kept.

    Read models made by an earlier version are rebuilt first, beside the old ones. Raises LogDamaged
    where one of the last `start_check_max` entries is, and what `Store.open` raises.
    """
    check_tail(database, settings.start_check_max)
    snapshot = SnapshotFile(snapshot_path(settings), SqlEventLog(database, clock).log_id)

    def opened() -> Store:
        return Store.open(
            database=database,
            clock=clock,
            decider=Decider(load_weights()),
            policies={"figure_policy": settings.figure_policy},
            fence=fence,
            source=snapshot,
        )

    try:
        return opened(), snapshot
    except StaleReadModels as stale:
        _log.warning("read models are of another version, rebuilding them", why=str(stale))
        done = rebuild(database, clock, rebuild_name)
        _log.info("read models rebuilt", events=done.events, rows_hash=done.rows_hash)
        return opened(), snapshot


def snapshot_path(settings: Settings) -> Path:
    """Where the index is kept between runs."""
    return settings.data_dir / "match-index.snapshot"


def check_tail(database: Database, entries_max: int) -> Head:
    """Check the last entries of the log, all of them if it is short; the head they lead to."""
    with database.read() as connection:
        first = rows.read_head(connection).position - entries_max
        if first <= 0:
            return verify_chain(connection)
        (known,) = rows.read_after(connection, first - 1, 1)
        return verify_chain(connection, Head.after(known))
