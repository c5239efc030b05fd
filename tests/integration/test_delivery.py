"""Delivery against a real server: each behaviour that we rely on, and each pitfall that we avoid."""

import asyncio

import pytest

from services.backlog import read_backlog
from services.dead_letter import list_dead_letters, requeue
from services.errors import Corruption, Permanent, Transient
from services.settings import Settings
from tests.integration.worker_harness import (
    GROUP,
    Worker,
    build_consumer,
    client_for,
    new_health,
    outputs,
    pending,
    post,
    running,
    until,
)

pytestmark = [pytest.mark.anyio, pytest.mark.server]


async def test_entries_older_than_the_group_are_read(settings: Settings) -> None:
    """FastStream alone would create the group at `$` and skip them."""
    worker = Worker(settings)
    async with client_for(settings) as client:
        await client.xadd(settings.streams.article_raw, {"id": "old", "type": "t", "data": "{}"})
        async with running(build_consumer(settings, worker.route())):
            await until(lambda: came_out(client, settings, "old"))


async def test_connections_speak_resp3(settings: Settings) -> None:
    """FastStream's and ours; redis-py's replies keep the shape that FastStream reads."""
    async with client_for(settings) as client, running(build_consumer(settings, Worker(settings).route())):
        await until(lambda: reads(client))
        versions = {row["resp"] for row in await client.client_list()}
    assert versions == {"3"}


async def test_a_new_entry_is_handled_at_its_first_delivery(settings: Settings) -> None:
    worker = Worker(settings)
    async with client_for(settings) as client, running(build_consumer(settings, worker.route())):
        [entry] = await post(client, settings, "new")
        await until(lambda: came_out(client, settings, "new"))
        await asyncio.sleep(0.6)
    assert worker.batches == [("new",)], f"{entry} was delivered again"


async def test_output_and_acknowledgement_are_one_step(settings: Settings) -> None:
    worker = Worker(settings)
    async with client_for(settings) as client, running(build_consumer(settings, worker.route())):
        await post(client, settings, "a", "b", "c")
        await until(lambda: came_out(client, settings, "a", "b", "c"))
        assert await pending(client, settings) == 0


async def test_a_batch_holds_no_more_than_its_limit(settings: Settings) -> None:
    few = settings.model_copy(update={"read_batch_max": 4})
    worker = Worker(few)
    async with client_for(few) as client:
        await post(client, few, *(f"n{i}" for i in range(10)))
        async with running(build_consumer(few, worker.route())):
            await until(lambda: count_out(client, few, 10))
    assert max(len(batch) for batch in worker.batches) == 4


async def test_what_a_dead_worker_left_pending_is_taken_over(settings: Settings) -> None:
    worker = Worker(settings)
    async with client_for(settings) as client:
        await post(client, settings, "left")
        await client.xreadgroup(GROUP, "dead", {settings.streams.article_raw: ">"}, count=10)
        async with running(build_consumer(settings, worker.route())):
            await until(lambda: came_out(client, settings, "left"))


async def test_a_slow_batch_is_not_taken_over_by_another_worker(settings: Settings) -> None:
    """Its deliveries are renewed while it is worked on, far beyond `min_idle_ms`."""
    slow, other = Worker(settings), Worker(settings)
    slow.slow_s["slow"] = 1.2
    async with client_for(settings) as client:
        await post(client, settings, "slow")
        async with running(build_consumer(settings, slow.route())):
            await until(lambda: is_true(bool(slow.batches)))
            async with running(build_consumer(settings, other.route())):
                await until(lambda: came_out(client, settings, "slow"))
    assert (slow.batches, other.batches) == ([("slow",)], [])


async def test_the_second_of_two_workers_changes_nothing(settings: Settings) -> None:
    """A worker that was paused wakes up with results that someone else has already written."""
    worker = Worker(settings)
    worker.slow_s["twice"] = 0.3
    async with client_for(settings) as client, running(build_consumer(settings, worker.route())):
        [entry] = await post(client, settings, "twice")
        await until(lambda: is_true(bool(worker.batches)))
        await client.xadd(settings.streams.event_extracted, {"id": "twice", "type": "t", "data": "{}"})
        assert await client.xack(settings.streams.article_raw, GROUP, entry) == 1
        await asyncio.sleep(0.6)
        assert await outputs(client, settings) == ["twice"]


async def test_a_poison_entry_costs_its_deliveries_and_nothing_behind_it(settings: Settings) -> None:
    worker = Worker(settings)
    worker.trouble["poison"] = lambda: ValueError("cannot be read")
    few = settings.model_copy(update={"deliveries_max": 3})
    async with client_for(few) as client, running(build_consumer(few, worker.route())):
        await post(client, few, "a", "poison", "b", "c")
        await until(lambda: came_out(client, few, "a", "b", "c"))
        await until(lambda: has_dead(client, few, 1))
        [letter] = await list_dead_letters(client, few.streams, few.streams.article_raw)
    assert (letter.message_id, letter.deliveries, letter.reason) == ("poison", 3, "raised")
    assert "ValueError: cannot be read" in letter.error
    assert "Traceback" in letter.detail


async def test_a_permanent_failure_is_dead_at_once(settings: Settings) -> None:
    worker = Worker(settings)
    worker.trouble["never"] = lambda: Permanent("no such thing")
    async with client_for(settings) as client, running(build_consumer(settings, worker.route())):
        await post(client, settings, "never")
        await until(lambda: has_dead(client, settings, 1))
        [letter] = await list_dead_letters(client, settings.streams, settings.streams.article_raw)
        assert (letter.deliveries, await pending(client, settings)) == (1, 0)


async def test_an_entry_that_kills_its_workers_is_dead_after_its_deliveries(settings: Settings) -> None:
    """Nobody lives to report it, so the reclaimer gives up on it."""
    worker = Worker(settings)
    few = settings.model_copy(update={"deliveries_max": 2})
    async with client_for(few) as client:
        [entry] = await post(client, few, "killer")
        await client.xreadgroup(GROUP, "dead-1", {few.streams.article_raw: ">"}, count=10)
        await client.xclaim(few.streams.article_raw, GROUP, "dead-2", 0, [entry])
        async with running(build_consumer(few, worker.route())):
            await until(lambda: has_dead(client, few, 1))
            [letter] = await list_dead_letters(client, few.streams, few.streams.article_raw)
    assert (letter.reason, worker.batches) == ("unanswered", [])


async def test_a_requeued_dead_letter_comes_back_once(settings: Settings) -> None:
    worker = Worker(settings)
    worker.trouble["mended"] = lambda: Permanent("broken")
    raw = settings.streams.article_raw
    async with client_for(settings) as client, running(build_consumer(settings, worker.route())):
        await post(client, settings, "mended")
        await until(lambda: has_dead(client, settings, 1))
        del worker.trouble["mended"]
        [letter] = await list_dead_letters(client, settings.streams, raw)
        await requeue(client, settings.streams, raw, letter.id)
        with pytest.raises(Exception, match="has no entry"):
            await requeue(client, settings.streams, raw, letter.id)
        await until(lambda: came_out(client, settings, "mended"))
        assert await list_dead_letters(client, settings.streams, raw) == []


async def test_an_outage_holds_the_batch_and_costs_its_entries_nothing(settings: Settings) -> None:
    """A database that is away for long must not make dead letters of good articles."""
    worker = Worker(settings)
    worker.outage = Transient("database away")
    health = new_health()
    few = settings.model_copy(update={"deliveries_max": 2})
    async with client_for(few) as client, running(build_consumer(few, worker.route(), health=health)):
        await post(client, few, "a", "b")
        await until(lambda: is_true(len(worker.batches) > 5))
        assert "database away" in health.problems["handler"]
        assert await client.get(few.streams.trouble(GROUP)) == b"Transient: database away"
        await asyncio.sleep(1.0)
        worker.outage = None
        await until(lambda: came_out(client, few, "a", "b"))
        await until(lambda: is_true(health.ready))
        assert await client.get(few.streams.trouble(GROUP)) is None
        assert not await list_dead_letters(client, few.streams, few.streams.article_raw)


async def test_corruption_stops_the_process_with_its_error(settings: Settings) -> None:
    worker = Worker(settings)
    worker.outage = Corruption("the log contradicts itself")
    async with client_for(settings) as client:
        await post(client, settings, "a")
        with pytest.raises(Corruption, match="contradicts"):
            await build_consumer(settings, worker.route()).run(asyncio.Event())
        assert await pending(client, settings) == 1


async def test_a_graceful_stop_finishes_the_batch_at_hand(settings: Settings) -> None:
    worker = Worker(settings)
    worker.slow_s["slow"] = 0.5
    async with client_for(settings) as client:
        async with running(build_consumer(settings, worker.route())):
            await post(client, settings, "slow")
            await until(lambda: is_true(bool(worker.batches)))
        assert await outputs(client, settings) == ["slow"]
        assert await pending(client, settings) == 0
        assert await client.xinfo_consumers(settings.streams.article_raw, GROUP) == []


async def test_a_closed_gate_holds_work_back_until_it_opens(settings: Settings) -> None:
    worker = Worker(settings)
    is_open = asyncio.Event()

    async def gate() -> bool:
        return is_open.is_set()

    route = worker.route()
    gated = type(route)(route.stream, route.handle, gate=gate)
    async with client_for(settings) as client, running(build_consumer(settings, gated)):
        await post(client, settings, "a")
        await asyncio.sleep(0.8)
        assert worker.batches == []
        is_open.set()
        await until(lambda: came_out(client, settings, "a"))
        assert worker.batches == [("a",)]


async def test_trimming_removes_what_every_group_has_acknowledged_and_no_more(settings: Settings) -> None:
    worker = Worker(settings)
    raw = settings.streams.article_raw
    async with client_for(settings) as client, running(build_consumer(settings, worker.route())):
        await post(client, settings, *(f"n{i}" for i in range(300)))
        await until(lambda: count_out(client, settings, 300))
        await asyncio.sleep(0.5)
        assert await client.xlen(raw) == 300, "the store's group has read nothing yet"
        read = await client.xreadgroup("store", "s", {raw: ">"}, count=200)
        ids = [entry_id for entry_id, _ in read[0][1]]
        await client.xack(raw, "store", *ids[:150])
        await until(lambda: shorter_than(client, raw, 300))
        await asyncio.sleep(0.5)
        assert {entry_id for entry_id, _ in await client.xrange(raw)} >= set(ids[150:])
        backlog = await read_backlog(client, raw)
        assert backlog.behind == 150


async def came_out(client, settings: Settings, *names: str) -> bool:  # type: ignore[no-untyped-def]
    return sorted(await outputs(client, settings)) == sorted(names)


async def count_out(client, settings: Settings, count: int) -> bool:  # type: ignore[no-untyped-def]
    return len(await outputs(client, settings)) == count


async def has_dead(client, settings: Settings, count: int) -> bool:  # type: ignore[no-untyped-def]
    found = await list_dead_letters(client, settings.streams, settings.streams.article_raw)
    return len(found) == count


async def shorter_than(client, stream: str, length: int) -> bool:  # type: ignore[no-untyped-def]
    return int(await client.xlen(stream)) < length


async def reads(client) -> bool:  # type: ignore[no-untyped-def]
    return any(row["cmd"] == "xreadgroup" for row in await client.client_list())


async def is_true(value: bool) -> bool:
    return value
