"""Commands on the store's database: rebuild, verify."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from services.clock import SystemClock
from services.settings import Settings

if TYPE_CHECKING:
    from services.store.event_log.database import Database

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(rich_help_panel="Operate")(rebuild)
    app.command(rich_help_panel="Operate")(verify)


def rebuild(as_json: AsJson = False) -> None:
    """Make the read models anew from the event log, beside the live ones, and swap them in.

    Safe while the stack runs. Prints how many events were replayed, how fast, and a hash over all rows.
    """
    from services.store.event_log.database import Database
    from services.store.rebuild import rebuild as run

    database = Database(Settings().log_database)
    with _progress(_events(database)) as (progress, task):
        done = run(
            database,
            SystemClock(),
            uuid4().hex[:12],
            lambda position: progress.update(task, completed=position),
        )
    told = {
        "events": done.events,
        "seconds": round(done.seconds, 3),
        "events_per_second": round(done.events_per_second),
        "position": done.position,
        "hash": done.rows_hash,
    }
    _print(told, as_json)


def verify(as_json: AsJson = False) -> None:
    """Check the log's chain of checksums, and that the live read models equal a rebuild.

    Changes nothing. Ends with 1 and the first bad position where something is damaged.
    """
    from services.store.event_log.database import Database
    from services.store.verify import verify as run

    database = Database(Settings().log_database, read_only=True)
    with _progress(_events(database)) as (progress, task):
        done = run(database, lambda position: progress.update(task, completed=position))
    _print({"whole": True, "events": done.events, "hash": done.rows_hash}, as_json)


def _events(database: "Database") -> int:
    from services.store.event_log import rows

    with database.read() as connection:
        return rows.read_head(connection).position


@contextmanager
def _progress(total: int) -> Iterator[tuple[Progress, TaskID]]:
    """A progress bar over the events of a log, on standard error."""
    columns = (TextColumn("events"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield progress, progress.add_task("events", total=total)


def _print(told: dict[str, object], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(told))
        return
    for name, value in told.items():
        counted = isinstance(value, int) and not isinstance(value, bool)
        typer.echo(f"{name.replace('_', ' '):>18}  {f'{value:,}' if counted else value}")
