"""How fast the whole stack is: articles a second from NDJSON in to visible in the read model, and the
latency of a single post to its update at a subscriber while idle.

    python -m benchmarks.end_to_end ARTICLES.jsonl [--extract 2] [--posts 50] [--limit 2000]

Starts `wirefold up` on a temporary folder with the embedded server (fsync always) and stops it. Whole
processes on one machine: the figures include this client. Prints one JSON object.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx

from tests.e2e.running import RunningStack, running

BATCH = 100
TICKS = os.sysconf("SC_CLK_TCK")
POSTED = ("id", "url", "source", "published_at", "title", "text")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--extract", default="1")
    parser.add_argument("--posts", type=int, default=50)
    parser.add_argument("--limit", type=int, default=2000)
    given = parser.parse_args()
    articles = read(given.articles, given.limit)
    with tempfile.TemporaryDirectory(prefix="wirefold-bench-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        began = time.monotonic()
        with running(data, "--extract", given.extract, log_level="warning") as stack:
            ready_s = time.monotonic() - began
            idle_ms = latencies(stack, given.posts)
            figures = throughput(stack, articles)
    told = {
        "articles": len(articles),
        "extract_workers": int(given.extract),
        "ready_s": round(ready_s, 1),
        **figures,
        "latency_ms": {
            "p50": round(statistics.median(idle_ms), 1),
            "p99": round(sorted(idle_ms)[int(len(idle_ms) * 0.99) - 1], 1),
        },
    }
    json.dump(told, sys.stdout, indent=1)
    print()


def read(path: Path, limit: int) -> list[dict[str, Any]]:
    """The articles of a file, labels taken off."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(limit), lines, strict=False)]
    return [{key: row[key] for key in POSTED if row.get(key) is not None} for row in rows]


def throughput(stack: RunningStack, articles: list[dict[str, Any]]) -> dict[str, Any]:
    """Articles a second until the last is in the read model, and until the last was accepted."""
    done = stack.read("/v1/stats")["articles_extracted"]
    spent = cpu_seconds(stack)
    began = time.monotonic()
    for start in range(0, len(articles), BATCH):
        response = stack.post(*articles[start : start + BATCH])
        assert response.status_code in (200, 202), response.text
    accepted_s = time.monotonic() - began
    wanted = done + len({article["id"] for article in articles})
    while stack.read("/v1/stats")["articles_extracted"] < wanted:
        time.sleep(0.25)
    total_s = time.monotonic() - began
    return {
        "articles_per_second": round(len(articles) / total_s, 1),
        "accepted_per_second": round(len(articles) / accepted_s, 1),
        "cpu_ms_per_article": {
            name: round((after - spent.get(name, 0.0)) * 1000 / len(articles), 2)
            for name, after in cpu_seconds(stack).items()
        },
    }


def cpu_seconds(stack: RunningStack) -> dict[str, float]:
    """CPU time of each service so far, the processes that extract counted with their worker."""
    found: dict[str, float] = {}
    for name, pids in stack.children().items():
        for pid in pids:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            found[name] = found.get(name, 0.0) + (int(fields[11]) + int(fields[12])) / TICKS
    return found


def latencies(stack: RunningStack, posts: int) -> list[float]:
    """Milliseconds from sending a post to reading its update from the event stream, one at a time."""
    seen: dict[str, float] = {}
    arrived = threading.Condition()
    ready = threading.Event()

    def listen() -> None:
        url = f"{stack.query}/v1/incidents/stream?hidden=true"
        with suppress(httpx.TransportError), httpx.stream("GET", url, timeout=60) as response:
            for line in response.iter_lines():
                ready.set()
                if line.startswith("data:"):
                    with arrived:
                        seen[json.loads(line[5:])["data"]["article_id"]] = time.monotonic()
                        arrived.notify_all()

    threading.Thread(target=listen, daemon=True).start()
    ready.wait(30)
    found = []
    for number in range(posts + 5):
        article = {
            "id": f"latency-{number}",
            "source": f"Daily {number}",
            "published_at": "2024-05-03",
            "title": f"Bus crash kills {2 + number} near Kumasi",
            "text": f"{2 + number} people were killed when a bus overturned near Kumasi, Ghana, on Thursday.",
        }
        sent = time.monotonic()
        stack.post(article)
        with arrived:
            assert arrived.wait_for(lambda wanted=article["id"]: wanted in seen, 30)  # type: ignore[misc]
        found.append((seen[article["id"]] - sent) * 1000)
        time.sleep(0.02)
    return found[5:]  # the first few warm the caches


if __name__ == "__main__":
    main()
