"""A server that is away, restarts, comes back empty, or refuses writes for a while."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis.exceptions import RedisError

from services.broker import TooWeakServer
from services.embedded_process import EmbeddedServer
from services.settings import Durability, Settings
from tests.conftest import settings_for
from tests.integration.worker_harness import (
    Worker,
    build_consumer,
    client_for,
    new_health,
    outputs,
    post,
    running,
    until,
)

pytestmark = [pytest.mark.anyio, pytest.mark.server]


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    """A server of this test alone, which it may kill and restart."""
    with EmbeddedServer(Settings(data_dir=tmp_path)) as server:
        yield server


@pytest.fixture
def own_settings(own_server: EmbeddedServer, tmp_path: Path) -> Settings:
    return settings_for(own_server.url, tmp_path)


def kill(server: EmbeddedServer) -> None:
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    while server.alive:
        pass


async def test_a_killed_server_loses_nothing_and_doubles_nothing(
    own_server: EmbeddedServer, own_settings: Settings
) -> None:
    worker = Worker(own_settings)
    async with client_for(own_settings) as client, running(build_consumer(own_settings, worker.route())):
        for round_number in range(3):
            await post(client, own_settings, *(f"{round_number}-{i}" for i in range(50)))
            kill(own_server)
            await asyncio.to_thread(own_server.restart)
        await until(lambda: has_all(client, own_settings, 150))
        await asyncio.sleep(0.6)
        names = await outputs(client, own_settings)
    assert sorted(names) == sorted({f"{r}-{i}" for r in range(3) for i in range(50)})


async def test_a_worker_waits_for_a_server_that_is_away_at_the_start(
    own_server: EmbeddedServer, own_settings: Settings
) -> None:
    kill(own_server)
    health, worker = new_health(), Worker(own_settings)
    async with running(build_consumer(own_settings, worker.route(), health=health)):
        await until(lambda: is_true("Error" in health.problems.get("broker", "")))
        assert not health.ready
        await asyncio.to_thread(own_server.restart)
        await until(lambda: is_true(health.ready))
        async with client_for(own_settings) as client:
            await post(client, own_settings, "a")
            await until(lambda: has_all(client, own_settings, 1))


async def test_a_worker_that_waits_for_the_server_can_be_stopped(
    own_server: EmbeddedServer, own_settings: Settings
) -> None:
    kill(own_server)
    async with asyncio.timeout(5), running(build_consumer(own_settings, Worker(own_settings).route())):
        await asyncio.sleep(0.3)


async def test_groups_come_back_after_the_server_lost_everything(
    own_server: EmbeddedServer, own_settings: Settings
) -> None:
    """FastStream alone stops the process with status 0 on NOGROUP."""
    worker = Worker(own_settings)
    async with client_for(own_settings) as client, running(build_consumer(own_settings, worker.route())):
        await post(client, own_settings, "before")
        await until(lambda: has_all(client, own_settings, 1))
        await client.flushall()
        await client.xadd(own_settings.streams.article_raw, {"id": "after", "type": "t", "data": "{}"})
        await until(lambda: has_all(client, own_settings, 1))
        assert await outputs(client, own_settings) == ["after"]


async def test_errors_of_the_server_are_waited_out_without_a_hot_loop(
    own_server: EmbeddedServer, own_settings: Settings
) -> None:
    """FastStream alone repeats a refused read without any pause."""
    health, worker = new_health(), Worker(own_settings)
    consumer = build_consumer(own_settings, worker.route(), health=health)
    async with client_for(own_settings) as client, running(consumer):
        await until(lambda: is_true(health.ready))
        await client.execute_command("REPLICAOF", "127.0.0.1", "1")
        await client.config_resetstat()
        await until(lambda: is_true("broker" in health.problems))
        await asyncio.sleep(1)
        calls = (await client.info("commandstats"))["cmdstat_xreadgroup"]
        assert calls.get("calls", 0) + calls.get("rejected_calls", 0) < 40
        await client.execute_command("REPLICAOF", "NO", "ONE")
        await post(client, own_settings, "a")
        await until(lambda: has_all(client, own_settings, 1))
        await until(lambda: is_true(health.ready))


async def test_memory_exhausted_at_the_server_holds_results_back_without_loss(
    own_server: EmbeddedServer, own_settings: Settings
) -> None:
    worker = Worker(own_settings)
    async with client_for(own_settings) as client:
        await post(client, own_settings, *(f"n{i}" for i in range(20)))
        await client.config_set("maxmemory", 1)
        async with running(build_consumer(own_settings, worker.route())):
            await asyncio.sleep(1)
            assert await outputs(client, own_settings) == []
            await client.config_set("maxmemory", 0)
            await until(lambda: has_all(client, own_settings, 20))


async def test_a_server_that_would_lose_articles_is_refused(
    own_server: EmbeddedServer, own_settings: Settings
) -> None:
    async with client_for(own_settings) as client:
        await client.config_set("appendfsync", "everysec")
    with pytest.raises(TooWeakServer, match="CONFIG SET appendfsync always"):
        await build_consumer(own_settings).run(asyncio.Event())
    relaxed = own_settings.model_copy(update={"durability": Durability.EVERYSEC})
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.3, stop.set)
    await build_consumer(relaxed).run(stop)


async def has_all(client, settings: Settings, count: int) -> bool:  # type: ignore[no-untyped-def]
    try:
        return len(await outputs(client, settings)) == count
    except RedisError:
        return False


async def is_true(value: bool) -> bool:
    return value
