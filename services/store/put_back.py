"""Articles that the log holds and nobody extracted, put back into `article.raw`.

Needed when the server of streams lost its data. An article that is put back twice is extracted twice
and recorded once. May import: the read models, the plumbing, redis.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from redis import exceptions as redis_errors
from sqlalchemy import Connection, exists, select

from schemas.envelope import ARTICLE_RAW
from services.broker import Client, as_wirefold_error, pauses_s
from services.envelopes import Fields, article_message_id, encode_parts
from services.logs import get_logger
from services.settings import Settings
from services.store.event_log.database import Database
from services.store.projections.schema import read_tables
from services.store.relay import EVENT_SOURCE
from services.store.texts import read_text

_AT_ONCE = 100

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Unextracted:
    """An article version without extraction: its log position, and its message unless its text is gone."""

    position: int
    fields: Fields | None


async def put_back(database: Database, client: Client, settings: Settings) -> int:
    """Add every current article version that has neither extraction nor failure; how many.

    Waits while the stream is full.
    """
    after = total = 0
    while found := await asyncio.to_thread(unextracted, database, after):
        messages = [one.fields for one in found if one.fields is not None]
        await _add(client, settings, messages)
        after, total = found[-1].position, total + len(messages)
    if total:
        _log.warning("articles put back for extraction: the server had lost them", articles=total)
    return total


def unextracted(database: Database, after: int, limit: int = _AT_ONCE) -> list[Unextracted]:
    """Such article versions above a log position, in its order."""
    tables = read_tables()
    articles, versions = tables["articles"], tables["article_versions"]
    same = versions.c.article_id == articles.c.article_id
    query = (
        select(articles.c.position, versions.c.content_hash, versions.c.article)
        .join(versions, same & (versions.c.content_hash == articles.c.content_hash))
        .where(articles.c.position > after, ~articles.c.retracted)
        .order_by(articles.c.position)
        .limit(limit)
    )
    for name in ("extractions", "failures"):
        said = tables[name]
        query = query.where(
            ~exists().where(
                said.c.article_id == articles.c.article_id, said.c.content_hash == articles.c.content_hash
            )
        )
    with database.read() as connection:
        return [_unextracted(connection, row) for row in connection.execute(query)]


def _unextracted(connection: Connection, row: Any) -> Unextracted:
    content_hash = row.content_hash
    text = read_text(connection, content_hash)
    if text is None:
        return Unextracted(row.position, None)
    article = {**orjson.loads(row.article), "text": text}
    fields = encode_parts(
        id=article_message_id(article["id"], content_hash),
        type=ARTICLE_RAW,
        source=EVENT_SOURCE,
        time=datetime.fromisoformat(article["received_at"]),
        subject=article["id"],
        correlation_id=article["id"],
        causation_id=None,
        data=article,
    )
    return Unextracted(row.position, fields)


async def _add(client: Client, settings: Settings, messages: Sequence[Fields]) -> None:
    stream = settings.streams.article_raw
    try:
        for pause_s in pauses_s(settings):
            if await client.xlen(stream) < settings.article_raw_length_max:
                break
            await asyncio.sleep(pause_s)
        async with client.pipeline(transaction=False) as pipeline:
            for fields in messages:
                pipeline.xadd(stream, _plain(fields))
            await pipeline.execute()
    except (redis_errors.RedisError, OSError) as error:
        raise as_wirefold_error(error) from error


def _plain(fields: Fields) -> dict[Any, Any]:
    """The same, as redis-py's types would have it."""
    return {**fields}
