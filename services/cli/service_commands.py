"""Commands that run services: up, run, demo."""

import os
import signal
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from services.cli.service import Service, run_service
from services.settings import Settings

if TYPE_CHECKING:
    from services.cli.stack import Stack


STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals that stop the stack cleanly."""


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(rich_help_panel="Run")(up)
    app.command(rich_help_panel="Run")(run)
    app.command(rich_help_panel="Run")(demo)


def run(service: Annotated[Service, typer.Argument(help="Which one.")]) -> None:
    """Run one service in the foreground until SIGTERM or Ctrl-C; settings come from WIREFOLD_ variables."""
    raise typer.Exit(run_service(service))


def up(
    extract_workers: Annotated[int, typer.Option("--extract", min=1, max=64, help="Extract workers.")] = 1,
) -> None:
    """Serve everything on this machine until Ctrl-C.

    Starts the embedded server (unless WIREFOLD_REDIS_URL is set), ingest, extract workers, the store and
    the HTTP readers, and starts again whatever fails.
    """
    from services.cli.stack import running_stack

    console = Console(stderr=True)
    settings = Settings()
    console.print(f"starting wirefold on {settings.data_dir} …", style="dim", highlight=False)
    asked: list[int] = []
    for number in STOPPING:  # before anything starts: one asked for early must not be lost
        signal.signal(number, lambda number, _frame: asked.append(number))
    with running_stack(settings, extract_workers=extract_workers, report=console.print) as stack:
        for number in STOPPING:
            signal.signal(number, stack.supervisor.request_stop)
        if asked:
            stack.supervisor.request_stop()
        console.print(_welcome(stack), highlight=False)
        stack.supervisor.watch()
        console.print("stopping …", style="dim")
    console.print("stopped; everything accepted is on disk", style="dim")


def _welcome(stack: "Stack") -> str:
    return "\n".join(
        (
            "[bold]wirefold is up[/] (Ctrl-C stops it)",
            f"  post articles    wirefold post FILE   or   POST {stack.ingest_url}/v1/articles",
            f"  read incidents   curl -sS {stack.query_url}/v1/incidents   or   wirefold show ID",
            f"  follow updates   wirefold watch   or   curl -sSN {stack.query_url}/v1/incidents/stream",
            f"  redis            {stack.redis_url}",
        )
    )


def demo() -> None:
    """Start the stack in a temporary folder, post the sample articles, print the merged incident, stop."""
    os.environ.setdefault("WIREFOLD_LOG_LEVEL", "warning")
    import_module("services.cli.demo").run_demo(Console())
