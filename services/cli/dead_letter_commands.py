"""`wirefold dead-letter list|requeue`: what no delivery could handle, and the way back."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from services.cli.terminal import safe
from services.errors import Refused
from services.settings import Settings

if TYPE_CHECKING:
    from services.broker import Client
    from services.dead_letter import DeadLetter

PAGE = 500
ERROR_CHARS_MAX = 160

T = TypeVar("T")

app = typer.Typer(help="What no delivery could handle, and the way back.", no_args_is_help=True)


def register(root: typer.Typer) -> None:
    """Add the commands to the command line."""
    root.add_typer(app, name="dead-letter", rich_help_panel="Operate")


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, with tracebacks.")] = False,
) -> None:
    """List the dead letters of all streams, oldest first, with reason and error."""
    found = _with_client(_all)
    if as_json:
        for letter in found:
            typer.echo(json.dumps(asdict(letter), ensure_ascii=False))
        return
    if not found:
        typer.echo("no dead letters")
        return
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for name in ("id", "stream", "message", "tries", "reason", "error"):
        table.add_column(name, overflow="fold")
    for one in found:
        error = one.error[:ERROR_CHARS_MAX]
        cells = (one.id, one.stream, one.message_id, str(one.deliveries), one.reason, error)
        table.add_row(*(safe(cell) for cell in cells))
    Console().print(table)


@app.command("requeue")
def requeue_(
    ids: Annotated[list[str] | None, typer.Argument(help="Ids that `list` shows.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
) -> None:
    """Put dead letters back at the end of their stream, each once; nothing is done twice by that."""
    if not ids and not every:
        raise Refused("name the dead letters to requeue, or say --all")

    async def put_back(client: "Client", settings: Settings) -> int:
        found = await _all(client, settings)
        chosen = [one for one in found if every or one.id in (ids or ())]
        missing = set(ids or ()) - {one.id for one in chosen}
        if missing:
            raise Refused(f"no dead letter {', '.join(sorted(missing))}; see `wirefold dead-letter list`")
        from services.dead_letter import requeue

        for one in chosen:
            await requeue(client, settings.streams, one.stream, one.id)
        return len(chosen)

    typer.echo(f"{_with_client(put_back)} requeued")


async def _all(client: "Client", settings: Settings) -> "list[DeadLetter]":
    from services.dead_letter import dead_letter_streams, list_dead_letters

    found: list[DeadLetter] = []
    for stream in dead_letter_streams(settings.streams):
        after = "-"
        while page := await list_dead_letters(client, settings.streams, stream, after=after, limit=PAGE):
            found.extend(page)
            after = page[-1].id
    return found


def _with_client(call: "Callable[[Client, Settings], Awaitable[T]]") -> T:
    from services.broker import connect
    from services.embedded import server_url

    settings = Settings()

    async def run() -> T:
        client = connect(server_url(settings), settings)
        try:
            return await call(client, settings)
        finally:
            await client.aclose()

    return asyncio.run(run())
