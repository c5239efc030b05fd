"""What the store's integration tests share: a running writer, messages as the other services send them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import orjson

from schemas.article import RawArticle
from schemas.command import StoreCommand
from schemas.envelope import ARTICLE_RAW, EVENT_EXTRACTED, STORE_COMMAND
from schemas.extraction import ArticleExtraction
from services.broker import Client, connect, ensure_groups
from services.clock import SystemClock
from services.envelopes import article_message_id, encode_parts, extraction_message_id
from services.settings import Settings
from services.store.app import serve_store
from services.store.event_log.database import Database
from services.store.projections.schema import read_tables


@asynccontextmanager
async def running_store(settings: Settings) -> AsyncIterator[asyncio.Task[None]]:
    """A writer in this process; stopped at the end, its error raised unless it was awaited."""
    stop = asyncio.Event()
    task = asyncio.create_task(serve_store(settings, SystemClock(), stop))
    try:
        yield task
    finally:
        stop.set()
        if not task.cancelled() and not (task.done() and task.exception()):
            await task


@asynccontextmanager
async def client_of(settings: Settings) -> AsyncIterator[Client]:
    client = connect(url_of(settings), settings)
    try:
        await ensure_groups(client, settings.streams)
        yield client
    finally:
        await client.aclose()


def url_of(settings: Settings) -> str:
    assert settings.redis_url is not None
    return settings.redis_url.get_secret_value()


async def send_article(client: Client, settings: Settings, article: RawArticle) -> None:
    fields = encode_parts(
        id=article_message_id(article.id, article.content_hash),
        type=ARTICLE_RAW,
        source="/test",
        time=article.received_at,
        subject=article.id,
        correlation_id=article.id,
        causation_id=None,
        data=article.as_json(),
    )
    await client.xadd(settings.streams.article_raw, {**fields})  # type: ignore[misc]


async def send_extraction(client: Client, settings: Settings, said: ArticleExtraction) -> None:
    fields = encode_parts(
        id=extraction_message_id(said.article_id, said.content_hash, str(said.extractor)),
        type=EVENT_EXTRACTED,
        source="/test",
        time=SystemClock().now(),
        subject=said.article_id,
        correlation_id=said.article_id,
        causation_id=None,
        data=said.as_json(),
    )
    await client.xadd(settings.streams.event_extracted, {**fields})  # type: ignore[misc]


async def send_command(client: Client, settings: Settings, command: StoreCommand) -> dict[str, Any]:
    """Send a command and wait for its answer."""
    fields = encode_parts(
        id=command.id,
        type=STORE_COMMAND,
        source="/test",
        time=SystemClock().now(),
        subject=command.incident_id or command.id,
        correlation_id=command.id,
        causation_id=None,
        data=command.as_json(),
    )
    await client.xadd(settings.streams.store_command, {**fields})  # type: ignore[misc]
    async with asyncio.timeout(10):
        while not (answer := await client.lpop(settings.streams.reply(command.id))):
            await asyncio.sleep(0.02)
    found: dict[str, Any] = orjson.loads(answer)
    return found


async def updates(client: Client, settings: Settings) -> list[tuple[str, dict[str, Any]]]:
    """Entry ids and envelopes of `incident.merged`, in order."""
    entries: Any = await client.xrange(settings.streams.incident_merged)
    return [(entry_id.decode(), orjson.loads(fields[b"data"])) for entry_id, fields in entries]


async def eventually(condition: Callable[[], Awaitable[bool]], seconds: float = 15) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():
            await asyncio.sleep(0.02)


def count(settings: Settings, table: str) -> int:
    """Rows of a read model; 0 before the store made it."""
    tables = read_tables()
    database = Database(settings.log_database, read_only=True)
    try:
        with database.read() as connection:
            if not connection.dialect.has_table(connection, table):
                return 0
            return len(connection.execute(tables[table].select()).all())
    finally:
        database.close()
