"""Commands that speak to running services over HTTP: post, show, watch."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console
from rich.progress import Progress

from services.cli.api import answer, api, problem_text
from services.cli.articles import Line, read_articles
from services.cli.render import changes_table, record_panel, update_line
from services.cli.terminal import safe
from services.errors import Refused, Transient
from services.settings import Settings

POST_BATCH = 100

IngestUrl = Annotated[
    str | None, typer.Option("--ingest", help="Address of ingest; default: from the settings.")
]
QueryUrl = Annotated[
    str | None, typer.Option("--query", help="Address of the HTTP readers; default: from the settings.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(rich_help_panel="Use")(post)
    app.command(rich_help_panel="Use")(show)
    app.command(rich_help_panel="Use")(watch)


def ingest_url(given: str | None) -> str:
    """Where ingest answers."""
    settings = Settings()
    return given or f"http://{settings.ingest_host}:{settings.ingest_port}"


def query_url(given: str | None) -> str:
    """Where the readers answer."""
    settings = Settings()
    return given or f"http://{settings.query_host}:{settings.query_port}"


def post(
    inputs: Annotated[
        list[str], typer.Argument(help="JSON, JSON Lines, folders of them, or - for standard input.")
    ],
    ingest: IngestUrl = None,
    as_json: AsJson = False,
) -> None:
    """Post articles to a running ingest; ends with 3 if any was refused."""
    counts = {"accepted": 0, "known": 0, "refused": 0}
    console = Console(stderr=True)
    with api(ingest_url(ingest)) as client, Progress(console=console, transient=True) as progress:
        task = progress.add_task("posting", total=None)
        for batch in _batches(read_articles(inputs)):
            for where, outcome, why in _post_batch(client, batch):
                counts[outcome] += 1
                if why:
                    console.print(f"{safe(where)}: {safe(why)}", highlight=False)
            progress.update(task, advance=len(batch))
    _summary(counts, as_json)
    if counts["refused"]:
        raise typer.Exit(3)


def _summary(counts: dict[str, int], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(counts))
    else:
        typer.echo(", ".join(f"{number} {name}" for name, number in counts.items()))


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while batch := list(islice(lines, POST_BATCH)):
        yield batch


def _post_batch(client: httpx.Client, batch: list[Line]) -> Iterator[tuple[str, str, str | None]]:
    for line in batch:
        if line.article is None:
            yield line.where, "refused", line.error
    good = [line for line in batch if line.article is not None]
    if not good:
        return
    body = "\n".join(json.dumps(line.article, ensure_ascii=True) for line in good)
    response = client.post(
        "/v1/articles", content=body.encode(), headers={"content-type": "application/x-ndjson"}
    )
    for line, result in zip(good, _results(response), strict=True):
        yield line.where, *_outcome(result)


def _results(response: httpx.Response) -> list[dict[str, Any]]:
    """The per-item results of a batch; Refused or Transient when the whole of it was turned away."""
    if response.status_code in (429, 503):
        wait = response.headers.get("retry-after", "a few")
        raise Transient(f"the pipeline is behind; try again in {wait} s (posting again is safe)")
    try:
        articles: list[dict[str, Any]] = response.json()["articles"]
    except (ValueError, KeyError, TypeError):
        raise Refused(problem_text(response)) from None
    return articles


def _outcome(result: dict[str, Any]) -> tuple[str, str | None]:
    if result["status"] != "refused":
        return str(result["status"]), None
    return "refused", "; ".join(f"{one['pointer']}: {one['detail']}" for one in result["errors"])


def show(
    incident_id: Annotated[str, typer.Argument(help="Id of an incident (an old id finds its survivor).")],
    query: QueryUrl = None,
    as_of: Annotated[
        str | None, typer.Option(help="Only reports published by then (a bare date: its end).")
    ] = None,
    as_recorded: Annotated[
        str | None, typer.Option(help="As this store had it at a log position or time.")
    ] = None,
    history: Annotated[bool, typer.Option("--history", help="The list of changes instead.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print one incident as it is known now, or was known earlier."""
    given = {"as_of": as_of, "as_recorded": as_recorded}
    params = {name: value for name, value in given.items() if value is not None}
    path = f"/v1/incidents/{incident_id}" + ("/history" if history else "")
    with api(query_url(query)) as client:
        found = answer(client.get(path, params=params, follow_redirects=True))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        Console().print(changes_table(found["items"]) if history else record_panel(found))


def watch(
    query: QueryUrl = None,
    after: Annotated[
        str | None, typer.Option(help="Resume after this cursor (<log_id>:<position>), or 0.")
    ] = None,
    as_json: AsJson = False,
    count: Annotated[int | None, typer.Option(min=1, help="Stop after so many updates.")] = None,
) -> None:
    """Follow incident updates live, one line each; reconnects without a gap."""
    console = Console()
    cursor, seen = after, 0
    while True:
        try:
            for cursor, update in _updates(query_url(query), cursor):  # noqa: B007, B020 - the cursor is where to resume
                _print_update(console, update, as_json)
                seen += 1
                if count is not None and seen >= count:
                    return
        except Transient as error:
            if seen == 0:
                raise
            Console(stderr=True).print(f"{error}; reconnecting …", style="dim")


def _print_update(console: Console, update: dict[str, Any], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(update, ensure_ascii=False))
        return
    moment = datetime.fromisoformat(update["recorded_at"]).astimezone()
    line = update_line(update)
    line.append(f"  {moment:%H:%M:%S}", style="dim")
    console.print(line, soft_wrap=True)


def _updates(base_url: str, cursor: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    headers = {"accept": "text/event-stream"}
    params = {} if cursor is None else {"after": cursor}
    with api(base_url) as client:
        timeout = httpx.Timeout(10.0, read=None)
        with client.stream(
            "GET", "/v1/incidents/stream", params=params, headers=headers, timeout=timeout
        ) as response:
            if not response.is_success:
                response.read()
                answer(response)
            yield from frames(response.iter_lines())


def frames(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The (id, update) pairs of an event stream; comments and frames without an id are passed over."""
    event_id, data = "", []
    for line in lines:
        if line.startswith("id:"):
            event_id = line[3:].strip()
        elif line.startswith("data:"):
            data.append(line[5:].strip())
        elif not line:
            if event_id and data:
                yield event_id, json.loads("\n".join(data))["data"]
            event_id, data = "", []
