"""Commands that work on files alone, without a service: fold, explain."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from services.cli.articles import read_articles
from services.cli.terminal import safe
from services.settings import Settings

if TYPE_CHECKING:
    from services.cli.fold import Summary

STATUS_BAD_LINES = 3


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(rich_help_panel="Files")(fold)
    app.command(rich_help_panel="Files")(explain)


def fold(
    inputs: Annotated[list[str], typer.Argument(help="JSON Lines files, or - for standard input.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")],
    workers: Annotated[int, typer.Option("--workers", min=1, max=256, help="Extracting processes.")] = 1,
    extractor: Annotated[str, typer.Option("--extractor", help="Name of an installed extractor.")] = "rules",
) -> None:
    """Fold files of articles into incident records: the same pipeline, no service, no network.

    Writes extractions.jsonl, incidents.jsonl, assignments.jsonl and summary.json. Ends with 3 where a
    line could not be read; everything else is still written.
    """
    from services.cli import fold as folding

    console = Console(stderr=True)
    settings = Settings()
    articles, bad, repeated = folding.read_input(read_articles(inputs), settings)
    for line in bad:
        console.print(f"{safe(line.where)}: {safe(line.why)}", highlight=False, soft_wrap=True)
    with _progress(console) as progress:
        tasks = {name: progress.add_task(name, total=len(articles)) for name in ("extract", "merge")}
        folded = folding.fold(
            articles,
            extractor=extractor,
            workers=workers,
            figure_policy=settings.figure_policy,
            progress=lambda stage, done: progress.update(tasks[stage], completed=done),
        )
    folded.summary.bad_lines, folded.summary.repeated_lines = len(bad), repeated
    folding.write_output(folded, out)
    _tell(console, folded.summary, out)
    if bad:
        raise typer.Exit(STATUS_BAD_LINES)


def explain(
    inputs: Annotated[list[str], typer.Argument(help="Files of articles, or - for standard input.")],
    extractor: Annotated[str, typer.Option("--extractor", help="Name of an installed extractor.")] = "rules",
) -> None:
    """Print articles with their evidence marked, and why each candidate won."""
    from services.cli.explain import explain_files

    explain_files(inputs, extractor, Console())


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True)


def _tell(console: Console, summary: "Summary", out: Path) -> None:
    counted = f"{summary.articles} articles → {summary.incidents} incidents"
    console.print(f"{counted} ({summary.articles_per_second} articles/s), written to {out}", highlight=False)
