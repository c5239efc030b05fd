"""Extract workers as processes: killed, paused, several at once, with articles that do harm."""

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from schemas.envelope import ARTICLE_RAW, EVENT_EXTRACTED, EXTRACTION_FAILED
from services.broker import Client, ensure_groups
from services.dead_letter import list_dead_letters, requeue
from services.envelopes import article_message_id, encode_parts
from services.lifetime import ProcessMark
from services.settings import Settings
from tests.integration.service_processes import children_of, kill, service, terminate
from tests.integration.worker_harness import client_for, pending, until

pytestmark = [pytest.mark.anyio, pytest.mark.server]

EXTRACT = "services.extract.app"
TROUBLED = "tests.unit.extract.troubled_extractors:build"


@pytest.fixture
def troubled(settings: Settings) -> Settings:
    return settings.model_copy(
        update={"extractor": TROUBLED, "extract_time_max_ms": 700, "deliveries_max": 2, "read_batch_max": 20}
    )


@pytest.mark.slow
async def test_killed_workers_lose_nothing_and_double_nothing(troubled: Settings) -> None:
    patient = troubled.model_copy(update={"deliveries_max": 50, "settle_batch_max": 1})
    async with client_for(patient) as client:
        await post(client, patient, *(f"n{i}" for i in range(60)))
        for _ in range(3):
            before = len(await extracted(client, patient))
            with service(EXTRACT, patient) as worker:
                await until(more_extracted(client, patient, min(before + 5, 59)), 30)
                kill(worker)
        with service(EXTRACT, patient), service(EXTRACT, patient):
            await until(all_extracted(client, patient, 60), 60)
            await asyncio.sleep(1)
            names = await extracted(client, patient)
    assert sorted(names) == sorted({f"n{i}" for i in range(60)})


async def test_a_paused_worker_that_wakes_up_late_changes_nothing(troubled: Settings) -> None:
    async with client_for(troubled) as client:
        with service(EXTRACT, troubled) as paused:
            await post(client, troubled, "first")
            await until(all_extracted(client, troubled, 1), 30)
            paused.send_signal(signal.SIGSTOP)
            await post(client, troubled, *(f"n{i}" for i in range(40)))
            with service(EXTRACT, troubled):
                await until(all_extracted(client, troubled, 41), 30)
                paused.send_signal(signal.SIGCONT)
                await asyncio.sleep(1.5)
                assert len(await extracted(client, troubled)) == 41
                assert await pending(client, troubled) == 0


async def test_poison_ends_in_the_dead_letters_and_in_messages_to_the_store(troubled: Settings) -> None:
    poisons = ["hang", "crash", "memory", "raise"]
    async with client_for(troubled) as client:
        with service(EXTRACT, troubled):
            await post(client, troubled, "before", *poisons, "behind")
            await until(all_extracted(client, troubled, 2), 30)
            await until(failed(client, troubled, 4), 30)
            letters = await list_dead_letters(client, troubled.streams, troubled.streams.article_raw)
            failures = await messages(client, troubled, EXTRACTION_FAILED)
        assert {(letter.deliveries, letter.group) for letter in letters} == {(2, "extract")}
        assert {letter.reason for letter in letters} == {"timeout", "crashed", "memory", "raised"}
        said = {failure["data"]["article_id"]: failure["data"]["deliveries"] for failure in failures}
        assert said == {f"article-{poison}": 2 for poison in poisons}
        assert await pending(client, troubled) == 0


async def test_a_requeued_article_is_extracted_after_the_fix(troubled: Settings) -> None:
    raw = troubled.streams.article_raw
    async with client_for(troubled) as client:
        with service(EXTRACT, troubled):
            await post(client, troubled, "hang")
            await until(failed(client, troubled, 1), 30)
        fixed = troubled.model_copy(update={"extractor": f"{TROUBLED}_fixed"})
        [letter] = await list_dead_letters(client, troubled.streams, raw)
        await requeue(client, troubled.streams, raw, letter.id)
        with service(EXTRACT, fixed):
            await until(all_extracted(client, fixed, 1), 30)


async def test_a_worker_stops_with_status_0_and_takes_its_child_with_it(troubled: Settings) -> None:
    async with client_for(troubled) as client:
        with service(EXTRACT, troubled) as worker:
            await post(client, troubled, "first")
            await until(all_extracted(client, troubled, 1), 30)
            [child] = [ProcessMark.of(pid) for pid in children_of(worker.pid)]
            assert await asyncio.to_thread(terminate, worker) == 0
            assert not child.alive


async def test_a_killed_worker_takes_its_child_with_it(troubled: Settings) -> None:
    async with client_for(troubled) as client:
        with service(EXTRACT, troubled) as worker:
            await post(client, troubled, "first")
            await until(all_extracted(client, troubled, 1), 30)
            [child] = [ProcessMark.of(pid) for pid in children_of(worker.pid)]
            os.kill(worker.pid, signal.SIGKILL)
            assert await asyncio.to_thread(child.wait, 5)


async def test_a_worker_whose_extractor_cannot_be_made_ends_with_a_failure(troubled: Settings) -> None:
    broken = troubled.model_copy(update={"extractor": "tests.unit.extract.troubled_extractors:build_nothing"})
    with service(EXTRACT, broken) as worker:
        assert await asyncio.to_thread(worker.wait, 30) == 1


async def post(client: Client, settings: Settings, *titles: str) -> None:
    """Add an article per title to `article.raw`."""
    await ensure_groups(client, settings.streams)
    for title in titles:
        fields: dict[Any, Any] = dict(message(title))
        await client.xadd(settings.streams.article_raw, fields)


def message(title: str) -> dict[str, bytes | str]:
    now = datetime(2024, 5, 3, tzinfo=UTC)
    article = {
        "schema_version": 1,
        "id": f"article-{title}",
        "content_hash": "a" * 64,
        "title": title,
        "text": "Two people were killed in a blast in the town on Monday.",
        "received_at": now,
    }
    return encode_parts(
        id=article_message_id(article["id"], "a" * 64),  # type: ignore[arg-type]
        type=ARTICLE_RAW,
        source="/test",
        time=now,
        subject=f"article-{title}",
        correlation_id=title,
        causation_id=None,
        data=article,
    )


async def messages(client: Client, settings: Settings, kind: str) -> Sequence[dict[str, Any]]:
    rows: Any = await client.xrange(settings.streams.event_extracted)
    return [orjson.loads(fields[b"data"]) for _, fields in rows if fields[b"type"].decode() == kind]


async def extracted(client: Client, settings: Settings) -> list[str]:
    """The correlation ids of what was extracted, in order."""
    return [event["correlationid"] for event in await messages(client, settings, EVENT_EXTRACTED)]


Condition = Callable[[], Any]


def all_extracted(client: Client, settings: Settings, count: int) -> Condition:
    async def condition() -> bool:
        return len(await extracted(client, settings)) == count

    return condition


def more_extracted(client: Client, settings: Settings, count: int) -> Condition:
    async def condition() -> bool:
        return len(await extracted(client, settings)) >= count

    return condition


def failed(client: Client, settings: Settings, count: int) -> Condition:
    async def condition() -> bool:
        return len(await messages(client, settings, EXTRACTION_FAILED)) == count

    return condition
