"""The relay against a real server: in order, each once, stopping at the first error."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from services.broker import Client
from services.clock import SystemClock
from services.errors import Transient
from services.settings import Settings
from services.store.decider import Decider
from services.store.matching.weights import load_weights
from services.store.relay import Relay, StreamAhead
from services.store.store import Store
from tests.integration.store_harness import client_of, updates
from tests.unit.store.make import article, event, extraction

pytestmark = [pytest.mark.anyio, pytest.mark.server]


def store_with(settings: Settings, articles: int) -> Store:
    """A store at the settings' database with one incident an article."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = Store.open(settings.log_database, clock=SystemClock(), decider=Decider(load_weights()))
    grow(store, 1, articles)
    return store


def grow(store: Store, first: int, last: int) -> None:
    for number in range(first, last + 1):
        one = article(number, day=90 * number)
        told = event(3, town=f"town {number}", on=one.reported_at.date())
        store.ingest([one], [extraction(one, told)])


class Counted:
    """Counts how often lost articles were asked for."""

    calls = 0

    async def __call__(self) -> int:
        self.calls += 1
        return 0


@asynccontextmanager
async def relaying(settings: Settings, articles: int) -> AsyncIterator[tuple[Store, Client, Relay]]:
    store = store_with(settings, articles)
    async with client_of(settings) as client:
        yield store, client, relay_of(store, client, settings)
    store.close()


def relay_of(store: Store, client: Client, settings: Settings, put_back: Counted | None = None) -> Relay:
    return Relay(store.database, store.log.log_id, client, settings, put_back=put_back or Counted())


async def positions(client: Client, settings: Settings) -> list[int]:
    return [envelope["data"]["position"] for _, envelope in await updates(client, settings)]


async def test_every_update_is_published_once_in_order(settings: Settings) -> None:
    async with relaying(settings, 5) as (store, client, relay):
        assert await relay.publish_all() == 5
        assert await relay.publish_all() == 0
        grow(store, 6, 7)
        assert await relay.publish_all() == 2
        found = await positions(client, settings)
        assert len(found) == 7
        assert found == sorted(found)


async def test_a_new_relay_goes_on_where_the_stream_ends(settings: Settings) -> None:
    """The process died after publishing: nothing is published twice."""
    async with relaying(settings, 3) as (store, client, relay):
        await relay.publish_all()
        grow(store, 4, 4)
        assert await relay_of(store, client, settings).publish_all() == 1
        assert len(await positions(client, settings)) == 4


async def test_a_reply_that_was_lost_makes_no_second_entry(settings: Settings) -> None:
    """The relay does not know that its last call worked: the ids are there, so they count."""
    async with relaying(settings, 4) as (_store, client, relay):
        await relay.publish_all()
        before = await updates(client, settings)
        relay.published = 0
        assert await relay.publish_all() == 4
        assert await updates(client, settings) == before


async def test_nothing_overtakes_an_update_that_could_not_be_added(settings: Settings) -> None:
    """The server's memory is full for a while: order and completeness survive."""
    async with relaying(settings, 6) as (store, client, relay):
        await relay.publish_all()
        grow(store, 7, 12)
        await client.config_set("maxmemory", 1)
        try:
            with pytest.raises(Transient):
                await relay.publish_all()
        finally:
            await client.config_set("maxmemory", 0)
        assert len(await positions(client, settings)) == 6
        await relay.publish_all()
        found = await positions(client, settings)
        assert found == sorted(set(found))
        assert len(found) == 12


async def test_an_id_refused_that_is_neither_there_nor_trimmed_stops_the_relay(settings: Settings) -> None:
    async with relaying(settings, 3) as (store, client, relay):
        await relay.publish_all()
        grow(store, 4, 5)
        await client.xadd(settings.streams.incident_merged, {"data": "a stranger's"}, id="999999-0")
        with pytest.raises(StreamAhead, match="something else writes"):
            await relay.publish_all()


async def test_a_stream_ahead_of_the_log_is_refused_at_the_start(settings: Settings) -> None:
    """The database was put back to an earlier state under the same id."""
    async with relaying(settings, 3) as (store, client, relay):
        await relay.publish_all()
        await client.xadd(settings.streams.incident_merged, {"data": "{}"}, id="999999-0")
        with pytest.raises(StreamAhead, match="delete the keys"):
            await relay_of(store, client, settings).publish_all()


async def test_below_the_trim_point_a_refused_id_counts_as_published(settings: Settings) -> None:
    short = settings.model_copy(update={"incident_merged_length_max": 2})
    async with relaying(short, 6) as (_store, client, relay):
        await relay.publish_all()
        assert len(await positions(client, short)) == 2
        relay.published = 0
        assert await relay.publish_all() == 6
        assert len(await positions(client, short)) == 2


async def test_a_stream_that_starts_anew_holds_the_newest_updates(settings: Settings) -> None:
    short = settings.model_copy(update={"incident_merged_length_max": 3})
    async with relaying(short, 8) as (store, client, relay):
        assert await relay.publish_all() == 3
        with store.database.read() as connection:
            table = store.tables["updates"]
            every = list(connection.scalars(table.select().with_only_columns(table.c.position)))
        assert await positions(client, short) == sorted(every)[-3:]


async def test_lost_articles_are_asked_for_only_when_the_server_lost_its_data(settings: Settings) -> None:
    async with relaying(settings, 2) as (store, client, _relay):
        asked = Counted()
        relay = relay_of(store, client, settings, asked)
        await relay.publish_all()
        await relay.publish_all()
        assert asked.calls == 1
        keys = [key async for key in client.scan_iter(f"{settings.stream_prefix}*")]
        await client.delete(*keys)
        await relay.publish_all()
        assert asked.calls == 2
        assert len(await positions(client, settings)) == 2


async def test_a_large_update_stays_below_64_kib(settings: Settings) -> None:
    async with relaying(settings, 1) as (store, client, relay):
        one = article(50)
        long = event(3, town="Hola", weapon="ж" * 90_000)
        store.ingest([one], [extraction(one, long)])
        await relay.publish_all()
        entries = await client.xrange(settings.streams.incident_merged)
        assert max(len(fields[b"data"]) for _, fields in entries or ()) < 65_536
