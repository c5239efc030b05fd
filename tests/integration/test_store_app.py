"""The writer process against a real server: committed, acknowledged, published; nothing lost or doubled."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from schemas.article import RawArticle
from schemas.command import StoreCommand
from schemas.extraction import ArticleExtraction
from services.broker import Client
from services.errors import Corruption
from services.settings import Settings
from services.store.event_log.database import Database
from services.store.verify import verify
from services.store.writer import StoodDown
from tests.integration.store_harness import (
    client_of,
    count,
    eventually,
    running_store,
    send_article,
    send_command,
    send_extraction,
    updates,
)
from tests.unit.store.make import article, event, extraction

pytestmark = [pytest.mark.anyio, pytest.mark.server]

TOWNS = ("Tana", "Garsen", "Lamu", "Hola", "Wajir")


def pairs(first: int, last: int) -> list[tuple[RawArticle, ArticleExtraction]]:
    """Articles months apart, each on an incident of its own."""
    found = []
    for number in range(first, last + 1):
        one = article(number, day=90 * number)
        day = one.reported_at.date()
        found.append((one, extraction(one, event(3, town=TOWNS[number % 5], on=day))))
    return found


async def send(client: Client, settings: Settings, first: int, last: int) -> None:
    for one, said in pairs(first, last):
        await send_article(client, settings, one)
        await send_extraction(client, settings, said)


async def test_articles_become_incidents_and_updates(settings: Settings) -> None:
    async with client_of(settings) as client, running_store(settings):
        await send(client, settings, 1, 5)
        await eventually(lambda: has_updates(client, settings, 5))
        found = await updates(client, settings)
    assert count(settings, "incidents") == 5
    assert [entry_id for entry_id, _ in found] == [
        f"{envelope['data']['position']}-0" for _, envelope in found
    ]
    _, envelope = found[0]
    assert envelope["type"] == "org.wirefold.incident.merged.v1"
    assert envelope["data"]["incident"]["headline"]
    assert envelope["data"]["log_id"] == envelope["id"].partition(":")[0]


async def has_updates(client: Client, settings: Settings, number: int) -> bool:
    return len(await updates(client, settings)) >= number


async def all_settled(client: Client, settings: Settings) -> bool:
    for stream in (settings.streams.article_raw, settings.streams.event_extracted):
        for group in await client.xinfo_groups(stream):
            if group["name"] == b"store" and (group["pending"] or group["lag"]):
                return False
    return True


async def test_everything_handled_is_acknowledged(settings: Settings) -> None:
    async with client_of(settings) as client, running_store(settings):
        await send(client, settings, 1, 5)
        await eventually(lambda: has_updates(client, settings, 5))
        await eventually(lambda: all_settled(client, settings))


async def test_a_redelivery_after_a_restart_changes_nothing(settings: Settings) -> None:
    async with client_of(settings) as client:
        async with running_store(settings):
            await send(client, settings, 1, 3)
            await eventually(lambda: has_updates(client, settings, 3))
        before = await updates(client, settings)
        await send(client, settings, 1, 3)
        async with running_store(settings):
            await eventually(lambda: all_settled(client, settings))
        assert await updates(client, settings) == before
    assert count(settings, "articles") == 3


async def test_an_extraction_that_overtakes_its_article_is_not_lost(settings: Settings) -> None:
    ((one, said),) = pairs(1, 1)
    async with client_of(settings) as client, running_store(settings):
        await send_extraction(client, settings, said)
        await asyncio.sleep(0.3)
        await send_article(client, settings, one)
        await eventually(lambda: has_updates(client, settings, 1))
        await eventually(lambda: all_settled(client, settings))


async def test_it_is_acknowledged_with_its_article_not_by_a_redelivery(settings: Settings) -> None:
    patient = settings.model_copy(update={"min_idle_ms": 60_000})
    ((one, said),) = pairs(1, 1)
    async with client_of(patient) as client, running_store(patient):
        await send_extraction(client, patient, said)
        await asyncio.sleep(0.5)
        await send_article(client, patient, one)
        await eventually(lambda: all_settled(client, patient))
    assert count(patient, "extractions") == 1


async def test_a_message_that_cannot_be_read_becomes_a_dead_letter(settings: Settings) -> None:
    async with client_of(settings) as client, running_store(settings):
        await client.xadd(settings.streams.event_extracted, {"id": "x", "type": "y", "data": "{broken"})
        await send(client, settings, 1, 1)
        await eventually(lambda: has_updates(client, settings, 1))
        dead = settings.streams.dead(settings.streams.event_extracted)

        async def one_dead() -> bool:
            return bool(await client.xlen(dead) == 1)

        await eventually(one_dead)


async def test_updates_missing_in_the_stream_are_published_at_the_next_start(settings: Settings) -> None:
    """The store died after its commit: the tail of the log is published when it starts again."""
    async with client_of(settings) as client:
        async with running_store(settings):
            await send(client, settings, 1, 5)
            await eventually(lambda: has_updates(client, settings, 5))
        whole = await updates(client, settings)
        await client.xtrim(settings.streams.incident_merged, maxlen=0)
        await client.delete(settings.streams.incident_merged)
        for entry_id, envelope in whole[:2]:
            await client.xadd(
                settings.streams.incident_merged, {"id": envelope["id"], "data": "{}"}, id=entry_id
            )
        async with running_store(settings):
            await eventually(lambda: has_updates(client, settings, 5))
        found = await updates(client, settings)
        assert [entry_id for entry_id, _ in found] == [entry_id for entry_id, _ in whole]
        assert found[2:] == whole[2:]


async def test_the_stream_keeps_to_its_length_and_says_what_it_dropped(settings: Settings) -> None:
    short = settings.model_copy(update={"incident_merged_length_max": 3})
    async with client_of(short) as client, running_store(short):
        await send(client, short, 1, 9)

        async def last_is_there() -> bool:
            return count(short, "updates") == 9 and len(await updates(client, short)) == 3

        await eventually(last_is_there)
        dropped = await client.get(short.streams.trimmed_to)
        first = (await updates(client, short))[0][0]
    assert dropped is not None
    assert int(dropped.split(b"-")[0]) < int(first.split("-")[0])


async def test_a_server_that_lost_its_data_gets_back_what_was_not_extracted(settings: Settings) -> None:
    async with client_of(settings) as client, running_store(settings):
        await send(client, settings, 1, 3)
        waiting = article(9)
        await send_article(client, settings, waiting)
        await eventually(lambda: has_updates(client, settings, 3))

        async def recorded() -> bool:
            return count(settings, "articles") == 4

        await eventually(recorded)
        keys = [key async for key in client.scan_iter(f"{settings.stream_prefix}*")]
        await client.delete(*keys)
        await eventually(lambda: has_updates(client, settings, 3))

        async def put_back() -> bool:
            entries = await client.xrange(settings.streams.article_raw)
            return [b"title 9" in fields[b"data"] for _, fields in entries or ()] == [True]

        await eventually(put_back)
        await send(client, settings, 20, 20)
        await eventually(lambda: has_updates(client, settings, 4))


async def test_another_log_takes_the_stream_over(settings: Settings, tmp_path: Path) -> None:
    """A restored or new database on the same server: readers of the stream see the new log's updates."""
    other = settings.model_copy(update={"data_dir": tmp_path / "other"})
    async with client_of(settings) as client:
        async with running_store(settings):
            await send(client, settings, 1, 5)
            await eventually(lambda: has_updates(client, settings, 5))
        async with running_store(other):
            await send(client, other, 11, 12)
            await eventually(lambda: recorded_in(other, 2))
            await eventually(lambda: has_updates(client, other, 2))
            found = await updates(client, other)
    assert len({envelope["data"]["log_id"] for _, envelope in found}) == 1
    assert len(found) == 2


async def recorded_in(settings: Settings, number: int) -> bool:
    return count(settings, "updates") == number


async def test_a_second_store_stands_by_and_takes_over(settings: Settings) -> None:
    quick = settings.model_copy(update={"lease_ttl_ms": 600})
    async with client_of(quick) as client:
        async with running_store(quick):
            await send(client, quick, 1, 1)
            await eventually(lambda: has_updates(client, quick, 1))
            async with running_store(quick) as second:
                await asyncio.sleep(0.3)
                assert not second.done()
        async with running_store(quick):
            await send(client, quick, 2, 2)
            await eventually(lambda: has_updates(client, quick, 2))


async def test_a_store_that_lost_its_lease_ends_with_an_error(settings: Settings) -> None:
    async with client_of(settings) as client, running_store(settings) as task:
        await send(client, settings, 1, 1)
        await eventually(lambda: has_updates(client, settings, 1))
        database = Database(settings.log_database)
        with database.write() as connection:
            connection.execute(text("UPDATE lease SET token = token + 1, holder = 'another'"))
        database.close()
        await send(client, settings, 2, 2)
        with pytest.raises(StoodDown, match="another"):
            async with asyncio.timeout(10):
                await task
    assert count(settings, "articles") == 1


async def test_a_damaged_log_stops_the_store(settings: Settings) -> None:
    async with client_of(settings) as client:
        async with running_store(settings):
            await send(client, settings, 1, 2)
            await eventually(lambda: has_updates(client, settings, 2))
        database = Database(settings.log_database)
        with database.write() as connection:
            connection.execute(text("UPDATE events SET data = '{}' WHERE position = 3"))
        database.close()
        async with running_store(settings) as task:
            with pytest.raises(Corruption, match="position 3"):
                async with asyncio.timeout(10):
                    await task


async def test_a_command_is_answered_when_it_is_in_the_log(settings: Settings) -> None:
    async with client_of(settings) as client, running_store(settings):
        await send(client, settings, 1, 2)
        await eventually(lambda: has_updates(client, settings, 2))
        (_, first), (_, second) = await updates(client, settings)
        command = StoreCommand(
            id="c1",
            kind="merge",
            author="ana",
            reason="the same strike",
            incident_id=first["data"]["incident_id"],
            other_id=second["data"]["incident_id"],
        )
        answer = await send_command(client, settings, command)
        assert answer["accepted"]
        await eventually(lambda: has_updates(client, settings, 4))
        refused = await send_command(client, settings, command.model_copy(update={"id": "c2"}))
        assert not refused["accepted"]
    database = Database(settings.log_database, read_only=True)
    assert verify(database).events > 0
    database.close()
