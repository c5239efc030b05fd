"""The extract worker over a real child process: what comes back, and what trouble costs."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from schemas.article import RawArticle
from schemas.envelope import ARTICLE_RAW, EXTRACTION_FAILED, CloudEvent
from schemas.extraction import ArticleExtraction, ExtractionFailure, ExtractorId
from services.clock import FixedClock
from services.delivery import Batch, Done, Entry, Failed, Settlement
from services.envelopes import decode, encode
from services.extract.worker import ExtractorAway, ExtractWorker
from services.sandbox import Sandbox, SandboxBroken, SandboxLimits
from services.streams import Streams

pytestmark = pytest.mark.anyio

NOON = datetime(2024, 5, 3, 12, tzinfo=UTC)
STREAMS = Streams()
LIMITS = SandboxLimits(time_max_ms=700, start_max_ms=30_000, memory_max_mib=1_024)


def sandbox(factory: str = "build", limits: SandboxLimits = LIMITS) -> Sandbox:
    extractor = f"tests.unit.extract.troubled_extractors:{factory}"
    return Sandbox("services.extract.worker_task:build", extractor, limits)


@pytest.fixture(scope="module")
async def worker() -> AsyncIterator[ExtractWorker]:
    child = sandbox()
    extractor = ExtractorId.model_validate_json(await child.start())
    yield ExtractWorker(child, extractor, STREAMS, FixedClock(NOON))
    await child.stop()


def entry_for(title: str, deliveries: int = 1) -> Entry:
    article = RawArticle(
        id=f"article-{title}", content_hash="a" * 64, title=title, text="Some words.", received_at=NOON
    )
    event = CloudEvent(
        id=f"message-{title}",
        source="/test",
        type=ARTICLE_RAW,
        time=NOON,
        correlationid=f"thread-{title}",
        data=article.as_json(),
    )
    fields = {
        name.encode(): value if isinstance(value, bytes) else value.encode()
        for name, value in encode(event).items()
    }
    return Entry(STREAMS.article_raw, f"{len(title)}-{deliveries}", fields, deliveries)


async def settle(worker: ExtractWorker, *entries: Entry) -> list[Settlement]:
    return [one async for one in worker.handle(Batch(STREAMS.article_raw, entries))]


async def test_an_article_becomes_an_extraction_with_its_threads_of_ids(worker: ExtractWorker) -> None:
    [settlement] = await settle(worker, entry_for("plain"))
    assert isinstance(settlement, Done)
    [output] = settlement.outputs
    event = decode(output.fields["data"])  # type: ignore[arg-type]
    extraction = ArticleExtraction.model_validate(event.data)
    assert (event.correlationid, event.causationid) == ("thread-plain", "message-plain")
    assert (extraction.article_id, str(extraction.extractor)) == ("article-plain", "troubled@1.0.0")
    assert extraction.sketch is not None
    assert output.stream == STREAMS.event_extracted


async def test_the_same_article_has_the_same_message_id_each_time(worker: ExtractWorker) -> None:
    [first], [second] = await settle(worker, entry_for("plain")), await settle(worker, entry_for("plain", 2))
    assert isinstance(first, Done)
    assert isinstance(second, Done)
    assert first.outputs[0].fields["id"] == second.outputs[0].fields["id"]


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("raise", "raised"),
        ("recursion", "raised"),
        ("hang", "timeout"),
        ("crash", "crashed"),
        ("memory", "memory"),
    ],
)
async def test_trouble_with_one_article_costs_that_article_alone(
    worker: ExtractWorker, title: str, reason: str
) -> None:
    settlements = await settle(worker, entry_for("before"), entry_for(title), entry_for("behind"))
    before, failed, behind = settlements
    assert isinstance(before, Done)
    assert isinstance(behind, Done)
    assert isinstance(failed, Failed)
    assert (failed.reason, failed.permanent, failed.correlation_id) == (reason, False, f"thread-{title}")


async def test_a_raised_error_comes_with_its_traceback(worker: ExtractWorker) -> None:
    [failed] = await settle(worker, entry_for("raise"))
    assert isinstance(failed, Failed)
    assert failed.error == "ValueError: no such word"
    assert "troubled_extractors.py" in failed.detail


async def test_what_can_never_succeed_is_permanent(worker: ExtractWorker) -> None:
    [failed] = await settle(worker, entry_for("permanent"))
    assert isinstance(failed, Failed)
    assert failed.permanent


async def test_an_entry_that_is_no_article_is_permanent_and_has_no_last_words(worker: ExtractWorker) -> None:
    broken = Entry(STREAMS.article_raw, "1-1", {b"data": b"{"})
    [failed] = await settle(worker, broken)
    assert isinstance(failed, Failed)
    assert failed.permanent
    assert list(worker.last_words(broken, failed)) == []


async def test_a_service_that_is_away_holds_the_batch(worker: ExtractWorker) -> None:
    with pytest.raises(ExtractorAway, match="a service is away"):
        await settle(worker, entry_for("transient"), entry_for("behind"))
    assert isinstance((await settle(worker, entry_for("later")))[0], Done)


async def test_a_task_that_prints_does_not_break_the_channel(worker: ExtractWorker) -> None:
    assert all(isinstance(one, Done) for one in await settle(worker, entry_for("print"), entry_for("next")))


async def test_a_batch_left_unfinished_does_not_mix_up_the_next(worker: ExtractWorker) -> None:
    unfinished = worker.handle(
        Batch(STREAMS.article_raw, (entry_for("a"), entry_for("bb"), entry_for("ccc")))
    )
    await anext(unfinished)
    await unfinished.aclose()
    [settlement] = await settle(worker, entry_for("next"))
    assert isinstance(settlement, Done)
    assert json.loads(settlement.outputs[0].fields["data"])["subject"] == "article-next"


async def test_the_last_words_say_which_article_failed_and_why(worker: ExtractWorker) -> None:
    entry = entry_for("hang", deliveries=5)
    failure = Failed(entry.id, "timeout", "no answer within 700 ms", "x" * 10_000)
    [output] = worker.last_words(entry, failure)
    event = decode(output.fields["data"])  # type: ignore[arg-type]
    said = ExtractionFailure.model_validate(event.data)
    assert (event.type, event.correlationid) == (EXTRACTION_FAILED, "thread-hang")
    assert (said.article_id, said.deliveries, said.error) == ("article-hang", 5, "no answer within 700 ms")
    assert len(said.detail) == 4_000


async def test_an_extractor_that_cannot_be_made_says_why() -> None:
    with pytest.raises(SandboxBroken, match="the resources are gone"):
        await sandbox("build_nothing").start()


async def test_an_extractor_that_does_not_exist_says_so() -> None:
    child = Sandbox("services.extract.worker_task:build", "no-such-extractor", LIMITS)
    with pytest.raises(SandboxBroken, match="no extractor is called"):
        await child.start()
