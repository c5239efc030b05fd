"""`wirefold demo`: the real stack on the project's sample articles, from HTTP in to HTTP out."""

import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import httpx
from rich.console import Console

from services.cli.articles import read_articles
from services.cli.render import record_panel
from services.cli.stack import Stack, free_port, running_stack
from services.errors import Refused, Transient
from services.settings import PREFIX, Settings

SAMPLES: Final = Path(__file__).resolve().parents[2] / "samples" / "articles.jsonl"
MERGED_WITHIN_S: Final = 90.0
"""The first article may wait for the index of places to be built (15 s measured)."""

POLL_S: Final = 0.05


def run_demo(console: Console, samples: Path = SAMPLES) -> None:
    """Run the whole stack once. Raises Transient if the incidents do not appear in time."""
    articles = [line.article for line in read_articles([str(samples)]) if line.article is not None]
    if not articles:
        raise Refused(f"no sample articles in {samples}")
    with tempfile.TemporaryDirectory(prefix="wirefold-demo-") as folder:
        given = _environment(folder)
        os.environ.update(given)
        console.print("starting the stack: embedded server, ingest, extract, store, query …", style="dim")
        began = time.monotonic()
        with running_stack(Settings(), extract_workers=1, report=console.print) as stack:
            console.print(f"ready after {time.monotonic() - began:.1f} s", style="dim")
            _post(console, stack, articles)
            for record in _merged(stack, len(articles)):
                console.print(record_panel(record))
    console.print(_NEXT)


def _environment(folder: str) -> Mapping[str, str]:
    return {
        f"{PREFIX}DATA_DIR": folder,
        f"{PREFIX}INGEST_PORT": str(free_port()),
        f"{PREFIX}QUERY_PORT": str(free_port()),
        f"{PREFIX}LOG_LEVEL": "warning",
    }


def _post(console: Console, stack: Stack, articles: list[dict[str, Any]]) -> None:
    began = time.monotonic()
    for article in articles:
        response = httpx.post(f"{stack.ingest_url}/v1/articles", json=article, timeout=30.0)
        if response.status_code not in (200, 202):
            raise Refused(f"ingest answered {response.status_code}: {response.text[:300]}")
    took_ms = (time.monotonic() - began) * 1000
    console.print(
        f"posted {len(articles)} articles in {took_ms:.0f} ms; all accepted and on disk", style="dim"
    )


def _merged(stack: Stack, expected: int) -> list[dict[str, Any]]:
    """The incidents with several reports, once every article has been through the pipeline."""
    deadline = time.monotonic() + MERGED_WITHIN_S
    with httpx.Client(base_url=stack.query_url, timeout=30.0) as client:
        while client.get("/v1/stats").json()["articles_extracted"] < expected:
            if time.monotonic() > deadline:
                raise Transient(f"the pipeline did not finish within {MERGED_WITHIN_S:.0f} s")
            time.sleep(POLL_S)
        listed = client.get("/v1/incidents", params={"sort": "-articles"}).json()["items"]
        several = [one for one in listed if one["sources"]["articles"] > 1]
        return [client.get(f"/v1/incidents/{one['id']}").json() for one in several]


_NEXT: Final = """
[bold]What to try next[/]
  make up                                     keep the stack serving
  wirefold post samples/articles.jsonl        post articles (or your own JSON Lines)
  wirefold watch                              follow updates live
  wirefold show ID --as-of 2022-06-20         the record as it was known on a day
  wirefold fold samples/articles.jsonl --out out/   the same pipeline over files, no service
  (the command lives in .venv/bin; docs/ tells the rest)
"""
