"""Transport figures: raw XADD, ingest over HTTP, extract transport with an extractor that does nothing.

    python -m benchmarks.transport [--articles 20000] [--bytes 5000]

Starts its own embedded server (appendfsync always) in a temporary folder and real processes of ingest and
extract. The load generator shares the machine with them, so compare ratios to R (raw pipelined XADD of
the same size on the same server), not absolute figures with other machines.
"""

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson

from services.broker import connect, ensure_groups
from services.embedded_process import EmbeddedServer
from services.settings import Settings

PHRASE = "the police said that two people were hurt in a fire near the harbour on Monday and later"
WORDS = PHRASE.split()


def text_of(number: int, size: int) -> str:
    """A text of about `size` bytes that no other number has."""
    words = [WORDS[(number * 7 + i * i) % len(WORDS)] for i in range(size // 5)]
    return f"Report {number}. " + " ".join(words)[:size]


async def raw_xadd(settings: Settings, url: str, count: int, size: int) -> float:
    """Entries a second: four connections, pipelines of 100."""
    payload = text_of(0, size).encode()

    async def client(share: int) -> None:
        async with connect(url, settings) as redis:
            for _ in range(share // 100):
                async with redis.pipeline(transaction=False) as pipeline:
                    for _ in range(100):
                        pipeline.xadd("bench:raw", {"data": payload})
                    await pipeline.execute()

    started = time.perf_counter()
    await asyncio.gather(*(client(count // 4) for _ in range(4)))
    rate = count / (time.perf_counter() - started)
    async with connect(url, settings) as redis:
        await redis.delete("bench:raw")
    return rate


async def ndjson(http: httpx.AsyncClient, count: int, size: int, connections: int) -> float:
    """Articles a second in NDJSON requests of 100."""
    bodies = [
        b"\n".join(orjson.dumps({"id": f"b{i}", "text": text_of(i, size)}) for i in range(start, start + 100))
        for start in range(0, count, 100)
    ]
    await spread(bodies, connections, lambda body: post(http, body, "application/x-ndjson"))
    started = time.perf_counter()
    bodies = [body.replace(b'"id":"b', b'"id":"c') for body in bodies]
    await spread(bodies, connections, lambda body: post(http, body, "application/x-ndjson"))
    return count / (time.perf_counter() - started)


async def singles(
    http: httpx.AsyncClient, count: int, size: int, connections: int
) -> tuple[float, float, float]:
    """Requests a second, p50 and p99 in ms, of one article each."""
    bodies = [orjson.dumps({"id": f"s{connections}-{i}", "text": text_of(i, size)}) for i in range(count)]
    times: list[float] = []

    async def one(body: bytes) -> None:
        began = time.perf_counter()
        await post(http, body, "application/json")
        times.append((time.perf_counter() - began) * 1000)

    started = time.perf_counter()
    await spread(bodies, connections, one)
    rate = count / (time.perf_counter() - started)
    cuts = statistics.quantiles(times, n=100)
    return rate, cuts[49], cuts[98]


async def post(http: httpx.AsyncClient, body: bytes, kind: str) -> None:
    answer = await http.post("/v1/articles", content=body, headers={"content-type": kind})
    if answer.status_code not in {200, 202}:
        raise RuntimeError(answer.text)


async def spread(items: list[bytes], connections: int, work: Callable[[bytes], Awaitable[None]]) -> None:
    """Work through the items with so many at once."""
    left = iter(items)

    async def worker() -> None:
        for item in left:
            await work(item)

    await asyncio.gather(*(worker() for _ in range(connections)))


def cpu_s(pid: int) -> float:
    """CPU seconds of a process so far (user and system, from /proc/<pid>/stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def service(code: str, environment: dict[str, str]) -> Iterator[int]:
    """A process that runs some code, stopped at the end; its number."""
    process = subprocess.Popen([sys.executable, "-c", code], env=environment)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


async def settled(settings: Settings, url: str, count: int) -> float:
    """Entries a second that the extract group answers, from the first to the last."""
    raw, out = settings.streams.article_raw, settings.streams.event_extracted
    async with connect(url, settings) as redis:
        while not await redis.xlen(out):
            await asyncio.sleep(0.005)
        first, started = int(await redis.xlen(out)), time.perf_counter()
        while int(await redis.xlen(out)) < count:
            await asyncio.sleep(0.01)
        rate = (count - first) / (time.perf_counter() - started)
        assert not (await redis.xpending(raw, "extract"))["pending"]
        return rate


async def fill(settings: Settings, url: str, count: int, size: int) -> None:
    """Put messages into `article.raw` directly."""
    async with connect(url, settings) as redis:
        await redis.delete(settings.streams.article_raw, settings.streams.event_extracted)
        await ensure_groups(redis, settings.streams)
        for start in range(0, count, 500):
            async with redis.pipeline(transaction=False) as pipeline:
                for i in range(start, start + 500):
                    fields: dict[Any, Any] = message(i, size)
                    pipeline.xadd(settings.streams.article_raw, fields)
                await pipeline.execute()


def message(number: int, size: int) -> dict[str, bytes]:
    article = {
        "schema_version": 1,
        "id": f"t{number}",
        "content_hash": "a" * 64,
        "text": text_of(number, size),
        "received_at": "2024-05-03T00:00:00Z",
    }
    envelope = {
        "specversion": "1.0",
        "id": f"m{number}",
        "source": "/bench",
        "type": "t",
        "correlationid": f"t{number}",
        "data": article,
    }
    return {"id": f"m{number}".encode(), "type": b"t", "data": orjson.dumps(envelope)}


EXTRACT = """
import sys
import services.extract.app as app
app.TASK = "benchmarks.noop_task:{task}"
sys.exit(app.run(app.Settings()))
"""
INGEST = "import sys; from services.ingest.app import run, Settings; sys.exit(run(Settings()))"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def measure(url: str, folder: Path, count: int, size: int) -> dict[str, Any]:
    port = free_port()
    settings = Settings(data_dir=folder)
    environment = {
        **os.environ,
        "WIREFOLD_REDIS_URL": url,
        "WIREFOLD_INGEST_PORT": str(port),
        "WIREFOLD_LOG_LEVEL": os.environ.get("WIREFOLD_LOG_LEVEL", "info"),
        "WIREFOLD_ARTICLE_RAW_LENGTH_MAX": "1000000",
    }
    figures: dict[str, Any] = {"raw_xadd_per_s": round(await raw_xadd(settings, url, count, size))}
    with service(INGEST, environment) as pid:
        limits = httpx.Limits(max_connections=64, max_keepalive_connections=64)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30, limits=limits) as http:
            await ready(http)
            before = cpu_s(pid)
            figures["ingest_ndjson_articles_per_s"] = round(await ndjson(http, count, size, 4))
            figures["ingest_ndjson_cpu_us_per_article"] = round((cpu_s(pid) - before) / count / 2 * 1e6)
            for connections in (1, 16):
                before = cpu_s(pid)
                rate, p50, p99 = await singles(http, 2_000, size, connections)
                figures[f"ingest_single_{connections}_connections"] = {
                    "per_s": round(rate),
                    "p50_ms": round(p50, 2),
                    "p99_ms": round(p99, 2),
                    "cpu_us": round((cpu_s(pid) - before) / 2_000 * 1e6),
                }
    for task in ("build_echo", "build_sketch_only"):
        await fill(settings, url, count, size)
        with service(EXTRACT.format(task=task), environment) as pid:
            name = f"extract_transport_{task.removeprefix('build_')}"
            figures[f"{name}_per_s"] = round(await settled(settings, url, count))
            figures[f"{name}_worker_cpu_us_per_article"] = round(cpu_s(pid) / count * 1e6)
    return figures


async def ready(http: httpx.AsyncClient) -> None:
    while True:
        try:
            if (await http.get("/readyz")).status_code == 200:
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--bytes", type=int, default=5_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, EmbeddedServer(Settings(data_dir=Path(folder))) as server:
        figures = asyncio.run(measure(server.url, Path(folder), chosen.articles, chosen.bytes))
    print(json.dumps({"articles": chosen.articles, "bytes": chosen.bytes, **figures}, indent=2))


if __name__ == "__main__":
    main()
