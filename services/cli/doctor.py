"""`wirefold doctor`: looks at this machine and installation and says what would not work, and the mend."""

import asyncio
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Annotated

import httpx
import typer
from rich.console import Console

from services.cli.terminal import safe
from services.embedded_program import find_server_program
from services.errors import WirefoldError
from services.settings import Settings

FREE_BYTES_MIN = 1 << 30
"""Below this a day of news may not fit: 300,000 articles a day are about 3 GB of log."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, what was seen, and what to do if it is not."""

    what: str
    well: bool
    seen: str


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(rich_help_panel="Operate")(doctor)
    app.command(hidden=True)(healthcheck)


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False) -> None:
    """Look at this installation and say what would not work, and how to mend it; ends with 1 if anything."""
    found = list(findings(Settings()))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found]))
    else:
        console = Console()
        for one in found:
            mark = "[green]ok[/]  " if one.well else "[bold red]bad[/] "
            console.print(f"{mark} {one.what:<16} {safe(one.seen)}", highlight=False)
    if not all(one.well for one in found):
        raise typer.Exit(1)


def findings(settings: Settings) -> Iterator[Finding]:
    """Everything looked at, one after the other."""
    yield Finding("python", sys.version_info >= (3, 11), sys.version.split()[0])
    yield _seen("extractor", lambda: _extractor(settings))
    yield _disk(settings)
    yield _seen("server program", lambda: str(find_server_program()))
    yield _seen("server", lambda: asyncio.run(_server(settings)))
    for name, host, port in (
        ("ingest", settings.ingest_host, settings.ingest_port),
        ("query", settings.query_host, settings.query_port),
    ):
        yield _http(name, f"http://{host}:{port}")


def _seen(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, well=True, seen=look())
    except WirefoldError as error:
        return Finding(what, well=False, seen=str(error))


def _extractor(settings: Settings) -> str:
    from services.extract import registry

    return str(registry.load(settings.extractor).id)


def _disk(settings: Settings) -> Finding:
    folder = next(
        path
        for path in (settings.data_dir.absolute(), *settings.data_dir.absolute().parents)
        if path.exists()
    )
    free = shutil.disk_usage(folder).free
    return Finding("disk", free >= FREE_BYTES_MIN, f"{free / 2**30:.1f} GiB free in {settings.data_dir}")


async def _server(settings: Settings) -> str:
    from services.broker import check_durability, connect
    from services.embedded import server_url

    url = server_url(settings)
    client = connect(url, settings)
    try:
        doubt = await check_durability(client, settings.durability)
    finally:
        await client.aclose()
    return doubt or "answers, and has on disk what it accepts"


def _http(name: str, url: str) -> Finding:
    try:
        answer = httpx.get(f"{url}/readyz", timeout=3.0)
        problems = answer.json().get("problems") or {}
    except (httpx.TransportError, ValueError) as error:
        return Finding(
            name, well=False, seen=f"{url} does not answer ({type(error).__name__}); `wirefold up` starts it"
        )
    said = "; ".join(f"{part}: {why}" for part, why in problems.items()) or "ready"
    return Finding(name, answer.status_code == 200, f"{url} {said}")


def healthcheck() -> None:
    """End with 0 if a service of this container answers that it is ready, for HEALTHCHECK."""
    settings = Settings()
    ports = (
        settings.ingest_port,
        settings.query_port,
        settings.extract_health_port,
        settings.store_health_port,
    )
    for port in ports:
        if port and _http("", f"http://127.0.0.1:{port}").well:
            return
    raise typer.Exit(1)
