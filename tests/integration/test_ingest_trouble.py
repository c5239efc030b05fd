"""Ingest when something else is wrong: the server away, the pipeline behind, a worker held up, kill -9."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.broker import TooWeakServer
from services.embedded_process import EmbeddedServer
from services.settings import Settings
from services.streams import STORE_GROUP
from services.trouble import TroubleSign
from tests.conftest import settings_for
from tests.integration.service_processes import kill, service, terminate
from tests.integration.test_ingest_http import (
    ARTICLE,
    JSON,
    Ingest,
    answering,
    free_port,
    refused,
    running_ingest,
)
from tests.integration.worker_harness import until

pytestmark = [pytest.mark.anyio, pytest.mark.server]


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    with EmbeddedServer(Settings(data_dir=tmp_path)) as server:
        yield server


@pytest.fixture
def own_settings(own_server: EmbeddedServer, tmp_path: Path) -> Settings:
    return settings_for(own_server.url, tmp_path)


def kill_server(server: EmbeddedServer) -> None:
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    while server.alive:
        pass


async def test_with_no_server_at_the_start_nothing_is_taken_until_it_comes(
    own_server: EmbeddedServer, own_settings: Settings
) -> None:
    kill_server(own_server)
    async with running_ingest(own_settings, ready=False) as ingest:
        assert (await ingest.http.get("/readyz")).status_code == 503
        refusal = await ingest.post(ARTICLE)
        refused(refusal, 503, "unavailable")
        assert refusal.headers["retry-after"] == "2"
        await asyncio.to_thread(own_server.restart)
        await answering(ingest.http, "/readyz")
        assert (await ingest.post(ARTICLE)).status_code == 202


async def test_a_server_killed_in_mid_flight_costs_no_accepted_article(
    own_server: EmbeddedServer, own_settings: Settings
) -> None:
    """Clients repeat what was not accepted; what was accepted is there, once."""
    async with running_ingest(own_settings) as ingest:
        accepted: set[str] = set()

        async def client(number: int) -> None:
            for i in range(40):
                name = f"n{number}-{i}"
                while (await ingest.post({"id": name, "text": f"Report {name}."})).status_code not in {
                    200,
                    202,
                }:
                    await asyncio.sleep(0.05)
                accepted.add(name)

        async def killer() -> None:
            for _ in range(3):
                await asyncio.sleep(0.3)
                kill_server(own_server)
                await asyncio.to_thread(own_server.restart)

        await asyncio.gather(killer(), *(client(number) for number in range(8)))
        await answering(ingest.http, "/readyz")
        names = [event["subject"] for event in await ingest.stored()]
    assert sorted(names) == sorted(accepted)
    assert len(names) == 320


async def test_a_killed_ingest_costs_no_accepted_article(settings: Settings) -> None:
    own = settings.model_copy(update={"ingest_port": free_port()})
    accepted: list[str] = []
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{own.ingest_port}", timeout=5) as http:
        with service("services.ingest.app", own) as ingest:
            await answering(http, "/readyz")
            flood = asyncio.create_task(post_many(http, accepted))
            await until(lambda: has_more_than(accepted, 50))
            kill(ingest)
            await flood
        with service("services.ingest.app", own) as ingest:
            await answering(http, "/readyz")
            again = await http.post(
                "/v1/articles", json={"id": accepted[0], "text": "A report."}, headers=JSON
            )
            assert again.status_code == 200
            assert await asyncio.to_thread(terminate, ingest) == 0
    async with running_ingest(settings) as reader:
        stored = [event["subject"] for event in await reader.stored()]
    assert set(accepted) <= set(stored)
    assert len(stored) == len(set(stored))


async def post_many(http: httpx.AsyncClient, accepted: list[str]) -> None:
    async def one(name: str) -> None:
        try:
            answer = await http.post("/v1/articles", json={"id": name, "text": "A report."}, headers=JSON)
        except httpx.TransportError:
            return
        if answer.status_code == 202:
            accepted.append(name)

    for start in range(0, 2_000, 20):
        await asyncio.gather(*(one(f"n{i}") for i in range(start, start + 20)))


async def test_a_full_stream_answers_429_and_takes_articles_again_once_there_is_room(
    settings: Settings,
) -> None:
    small = settings.model_copy(update={"article_raw_length_max": 3})
    async with running_ingest(small) as ingest:
        assert (await ingest.post([{"text": f"Number {i}."} for i in range(3)])).status_code == 202
        refusal = await ingest.post(ARTICLE)
        refused(refusal, 429, "too-many-requests")
        assert refusal.headers["retry-after"] == "2"
        await ingest.client.xtrim(small.streams.article_raw, maxlen=0, approximate=False)
        await until(lambda: is_taken(ingest, ARTICLE))


async def test_a_batch_that_fills_the_stream_says_which_articles_to_send_again(settings: Settings) -> None:
    small = settings.model_copy(update={"article_raw_length_max": 2, "load_check_interval_ms": 60_000})
    async with running_ingest(small) as ingest:
        response = await ingest.post([{"text": f"Number {i}."} for i in range(4)])
        document = refused(response, 429, "too-many-requests")
        words = [one["status"] for one in document["articles"]]
        assert words == ["accepted", "accepted", "not taken", "not taken"]
        assert len(await ingest.stored()) == 2


async def test_a_worker_that_is_held_up_turns_ingest_away(settings: Settings) -> None:
    """A store whose disk is full says so; nothing piles up behind it."""
    async with running_ingest(settings) as ingest:
        sign = TroubleSign(ingest.client, settings.streams, STORE_GROUP)
        await sign.show("disk full")
        await until(lambda: has_status(ingest, "/readyz", 503))
        document = refused(await ingest.post(ARTICLE), 503, "unavailable")
        assert "disk full" in document["detail"]
        await sign.show(None)
        await until(lambda: is_taken(ingest, ARTICLE))


async def test_dead_letters_that_nobody_reads_turn_ingest_away(settings: Settings) -> None:
    few = settings.model_copy(update={"dead_letters_max": 1})
    async with running_ingest(few) as ingest:
        await ingest.client.xadd(few.streams.dead(few.streams.article_raw), {"reason": "raised"})
        await until(lambda: is_refused(ingest, "dead letters"))


async def test_a_server_short_of_memory_turns_ingest_away(
    own_server: EmbeddedServer, own_settings: Settings
) -> None:
    tight = own_settings.model_copy(update={"redis_memory_max_mib": 1})
    async with running_ingest(tight, ready=False) as ingest:
        await until(lambda: is_refused(ingest, "short of memory"))


async def test_memory_exhausted_between_two_looks_answers_503(
    own_server: EmbeddedServer, own_settings: Settings
) -> None:
    async with running_ingest(own_settings) as ingest:
        await ingest.client.config_set("maxmemory", 1)
        refused(await ingest.post(ARTICLE), 503, "unavailable")
        await ingest.client.config_set("maxmemory", 0)
        assert (await ingest.post(ARTICLE)).status_code == 202


async def test_too_many_requests_at_once_are_turned_away(settings: Settings) -> None:
    few = settings.model_copy(update={"requests_in_flight_max": 4})
    async with running_ingest(few) as ingest:

        async def slow() -> AsyncIterator[bytes]:
            yield b'{"text": '
            await asyncio.sleep(0.5)
            yield b'"A report."}'

        posts = [ingest.http.post("/v1/articles", content=slow(), headers=JSON) for _ in range(12)]
        statuses = [answer.status_code for answer in await asyncio.gather(*posts)]
    assert 503 in statuses
    assert {200, 202} & set(statuses)


async def test_groups_come_back_after_the_server_lost_everything(
    own_server: EmbeddedServer, own_settings: Settings
) -> None:
    async with running_ingest(own_settings) as ingest:
        await ingest.post(ARTICLE)
        await ingest.client.flushall()
        assert (await ingest.post(ARTICLE)).status_code == 202
        await until(lambda: has_groups(ingest))


async def test_a_server_that_would_lose_articles_ends_the_process(
    own_server: EmbeddedServer, own_settings: Settings
) -> None:
    async with running_ingest(own_settings) as ingest:
        await ingest.client.config_set("appendonly", "no")
    with pytest.raises(TooWeakServer, match="appendonly"):
        async with running_ingest(own_settings, ready=False):
            await asyncio.sleep(1)


async def test_an_address_that_is_taken_ends_the_process_with_a_failure(settings: Settings) -> None:
    async with running_ingest(settings) as first:
        with service("services.ingest.app", first.settings) as second:
            assert await asyncio.to_thread(second.wait, 30) == 1


async def test_metrics_tell_what_was_posted_and_how_far_groups_are_behind(settings: Settings) -> None:
    async with running_ingest(settings) as ingest:
        await ingest.post([{"text": "One."}, {"text": "Two."}, {"text": ""}])
        stream = settings.streams.article_raw
        lag = f'wirefold_group_lag{{group="extract",stream="{stream}"}} 2.0'
        await until(lambda: shows(ingest, lag))
        text = (await ingest.http.get("/metrics")).text
    assert 'wirefold_ingest_articles_total{outcome="accepted"} 2.0' in text
    assert 'wirefold_ingest_articles_total{outcome="refused"} 1.0' in text


async def is_taken(ingest: Ingest, article: dict[str, Any]) -> bool:
    return (await ingest.post(article)).status_code in {200, 202}


async def is_refused(ingest: Ingest, because: str) -> bool:
    answer = await ingest.post(ARTICLE)
    return answer.status_code == 503 and because in answer.json()["detail"]


async def has_status(ingest: Ingest, path: str, status: int) -> bool:
    return (await ingest.http.get(path)).status_code == status


async def has_groups(ingest: Ingest) -> bool:
    return len(await ingest.client.xinfo_groups(ingest.settings.streams.article_raw)) == 2


async def shows(ingest: Ingest, line: str) -> bool:
    return line in (await ingest.http.get("/metrics")).text


async def has_more_than(values: list[str], count: int) -> bool:
    return len(values) > count
