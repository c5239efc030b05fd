"""Ingest over real HTTP and a real server: what is taken, what is refused, and in which words."""

import asyncio
import gzip
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import orjson
import pytest
import zstandard

from schemas.article import RawArticle
from schemas.envelope import ARTICLE_RAW
from services.broker import Client
from services.clock import FixedClock
from services.envelopes import decode
from services.ingest.app import serve_ingest
from services.problems import TITLES, TYPE_PREFIX
from services.settings import Settings
from tests.integration.worker_harness import client_for

pytestmark = [pytest.mark.anyio, pytest.mark.server]

NOW = datetime(2024, 5, 3, 12, tzinfo=UTC)
ARTICLE = {
    "url": "https://www.harbour-times.example/news/7?page=2&utm_source=feed#top",
    "source": "Harbour Times",
    "title": "Ferry fire injures five",
    "text": "PORT SAMPLE, May 2 (HT) - Five people were hurt when a ferry caught fire on Thursday, police said.",
    "language": "en",
    "published_at": "2024-05-02",
    "byline": "A. Writer",
}
PAGE = """<html><head><title>Ferry fire injures five</title></head><body><nav>Home</nav><article>
<h1>Ferry fire injures five</h1>
<p>Five people were hurt when a ferry caught fire in the harbour of Port Sample on Thursday, police said.</p>
<p>The fire broke out in the engine room shortly after noon, and was put out within the hour by the crew.</p>
<p>The harbour master said an inquiry would begin on Friday, and that two other ferries had been checked.</p>
</article></body></html>"""
JSON = {"content-type": "application/json"}
NDJSON = {"content-type": "application/x-ndjson"}


class Ingest:
    """A running ingest: an HTTP client for it, and a client of its server."""

    def __init__(self, http: httpx.AsyncClient, client: Client, settings: Settings) -> None:
        self.http = http
        self.client = client
        self.settings = settings

    async def post(self, body: Any, headers: dict[str, str] | None = None, **options: Any) -> httpx.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.http.post(
            "/v1/articles", content=content, headers=JSON | (headers or {}), **options
        )

    async def stored(self) -> list[dict[str, Any]]:
        rows: Any = await self.client.xrange(self.settings.streams.article_raw)
        return [orjson.loads(fields[b"data"]) for _, fields in rows]


@asynccontextmanager
async def running_ingest(settings: Settings, *, ready: bool = True) -> AsyncIterator[Ingest]:
    own = settings.model_copy(update={"ingest_port": free_port()})
    stop = asyncio.Event()
    serving = asyncio.create_task(serve_ingest(own, FixedClock(NOW), stop))
    base = f"http://127.0.0.1:{own.ingest_port}"
    async with httpx.AsyncClient(base_url=base, timeout=30) as http, client_for(own) as client:
        try:
            await answering(http, "/readyz" if ready else "/healthz")
            yield Ingest(http, client, own)
        finally:
            stop.set()
            await serving


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def answering(http: httpx.AsyncClient, path: str) -> None:
    async with asyncio.timeout(15):
        while True:
            try:
                if (await http.get(path)).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.02)


@pytest.fixture
async def ingest(settings: Settings) -> AsyncIterator[Ingest]:
    async with running_ingest(settings) as running:
        yield running


def refused(response: httpx.Response, status: int, slug: str, *pointers: str) -> dict[str, Any]:
    """The problem document of a refusal, checked for its form."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = response.json()
    assert document["type"] == TYPE_PREFIX + slug
    assert (document["status"], document["title"]) == TITLES[slug]
    assert [error["pointer"] for error in document.get("errors", [])] == list(pointers)
    return document


# ── what is taken ──


async def test_an_accepted_article_lies_in_the_stream_as_a_cloud_event(ingest: Ingest) -> None:
    response = await ingest.post(ARTICLE)
    assert response.status_code == 202
    [document] = await ingest.stored()
    event = decode(orjson.dumps(document))
    article = RawArticle.model_validate(event.data)
    told = response.json()
    assert (event.type, event.subject, event.correlationid) == (ARTICLE_RAW, article.id, article.id)
    assert (told["id"], told["content_hash"], told["status"]) == (
        article.id,
        article.content_hash,
        "accepted",
    )
    assert article.text == ARTICLE["text"]
    assert (article.source.name, article.source.domain) == ("Harbour Times", "harbour-times.example")
    assert (article.published_at, article.published_precision) == (datetime(2024, 5, 2, tzinfo=UTC), "day")
    assert article.received_at == NOW


async def test_the_same_article_again_answers_200_with_the_same_id(ingest: Ingest) -> None:
    first = await ingest.post(ARTICLE)
    second = await ingest.post({**ARTICLE, "url": "http://WWW.harbour-times.example/news/7?page=2&fbclid=x"})
    assert (first.status_code, second.status_code) == (202, 200)
    assert first.json()["id"] == second.json()["id"]
    assert len(await ingest.stored()) == 1


async def test_the_same_id_with_other_content_is_a_new_version(ingest: Ingest) -> None:
    first = await ingest.post({"id": "mine", "text": "Three people died."})
    second = await ingest.post({"id": "mine", "text": "Four people died."})
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json()["id"] == second.json()["id"] == "mine"
    assert first.json()["content_hash"] != second.json()["content_hash"]
    assert (await ingest.post({"id": "mine", "text": "Three people died."})).status_code == 200


async def test_an_article_without_id_and_url_is_known_by_its_content(ingest: Ingest) -> None:
    first, second = (
        await ingest.post({"text": "A bridge fell."}),
        await ingest.post({"text": "A bridge fell."}),
    )
    assert (first.status_code, second.status_code) == (202, 200)
    assert first.json()["id"] == second.json()["id"]


async def test_the_correlation_id_is_the_articles_unless_the_client_gives_one(ingest: Ingest) -> None:
    response = await ingest.post({"id": "a", "text": "x y"}, {"X-Correlation-Id": "trace-1"})
    assert response.json()["correlation_id"] == "trace-1"
    assert (await ingest.stored())[0]["correlationid"] == "trace-1"


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
async def test_compressed_bodies_are_taken(ingest: Ingest, encoding: str) -> None:
    squeeze = {"gzip": gzip.compress, "zstd": zstandard.compress}[encoding]
    body = squeeze(json.dumps([{"text": f"Report number {i}."} for i in range(500)]).encode())
    response = await ingest.post(body, {"content-encoding": encoding})
    assert response.status_code == 202
    assert response.json()["accepted"] == 500


async def test_a_batch_reports_each_item_and_takes_the_good_ones(ingest: Ingest) -> None:
    await ingest.post({"text": "Known already."})
    batch = [{"text": "New."}, {"text": "Known already."}, {"title": "No text"}, {"text": "Also new."}]
    response = await ingest.post(batch)
    told = response.json()
    assert response.status_code == 202
    assert (told["accepted"], told["known"], told["refused"]) == (2, 1, 1)
    assert [one["status"] for one in told["articles"]] == ["accepted", "known", "refused", "accepted"]
    assert told["articles"][2] == {
        "index": 2,
        "status": "refused",
        "errors": [{"index": 2, "pointer": "/2/text", "detail": "is required"}],
    }
    assert len(await ingest.stored()) == 3


async def test_ndjson_is_taken_line_by_line_and_a_broken_line_alone_is_refused(ingest: Ingest) -> None:
    body = b'{"text": "One."}\n\n{"text": broken}\r\n{"text": "Two."}'
    response = await ingest.post(body, NDJSON)
    told = response.json()
    assert response.status_code == 202
    assert [one["status"] for one in told["articles"]] == ["accepted", "refused", "accepted"]
    assert "line 3" in told["articles"][1]["errors"][0]["detail"]


async def test_a_batch_in_which_nothing_is_new_answers_200(ingest: Ingest) -> None:
    batch = [{"text": "One."}, {"text": "Two."}]
    assert (await ingest.post(batch)).status_code == 202
    assert (await ingest.post(batch)).status_code == 200


async def test_a_news_article_in_json_ld_is_taken(ingest: Ingest) -> None:
    page = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Harbour Times"},
            {
                "@type": ["NewsArticle"],
                "headline": ARTICLE["title"],
                "articleBody": ARTICLE["text"],
                "datePublished": "2024-05-02T10:00:00+02:00",
                "author": [{"@type": "Person", "name": "A. Writer"}, {"@type": "Person", "name": "B. Other"}],
                "publisher": {"@type": "Organization", "name": "Harbour Times"},
                "mainEntityOfPage": {"@id": "https://www.harbour-times.example/news/7"},
                "inLanguage": "en-GB",
            },
        ],
    }
    response = await ingest.post(page, {"content-type": "application/ld+json"})
    assert response.status_code == 202
    article = RawArticle.model_validate((await ingest.stored())[0]["data"])
    assert (article.title, article.text, article.language) == (ARTICLE["title"], ARTICLE["text"], "en-GB")
    assert (article.byline, article.source.name) == ("A. Writer, B. Other", "Harbour Times")
    assert article.published_at == datetime(2024, 5, 2, 8, tzinfo=UTC)
    assert article.published_precision == "time"


async def test_an_html_page_is_taken_through_its_main_text(ingest: Ingest) -> None:
    headers = {"content-type": "text/html; charset=utf-8"}
    where = {"url": "https://www.harbour-times.example/news/7"}
    response = await ingest.post(PAGE.encode(), headers, params=where)
    assert response.status_code == 202
    article = RawArticle.model_validate((await ingest.stored())[0]["data"])
    assert "caught fire in the harbour" in article.text
    assert "Home" not in article.text
    assert article.url == where["url"]


async def test_text_in_another_language_and_without_a_date_is_taken(ingest: Ingest) -> None:
    response = await ingest.post({"text": "Пять человек пострадали при пожаре на пароме.", "language": "ru"})
    assert response.status_code == 202
    article = (await ingest.stored())[0]["data"]
    assert (article["published_at"], article["text"][:4]) == (None, "Пять")


async def test_the_source_may_be_an_object(ingest: Ingest) -> None:
    source = {"name": "Harbour Times", "domain": "ht.example"}
    assert (await ingest.post({"text": "x", "source": source})).status_code == 202
    assert (await ingest.stored())[0]["data"]["source"] == source


async def test_concurrent_requests_are_all_written_once(ingest: Ingest) -> None:
    posts = [ingest.post({"id": f"n{i % 100}", "text": f"Report {i % 100}."}) for i in range(200)]
    statuses = [response.status_code for response in await asyncio.gather(*posts)]
    assert (statuses.count(202), statuses.count(200)) == (100, 100)
    assert len(await ingest.stored()) == 100


# ── what is refused ──


async def test_broken_json_is_refused_with_its_place(ingest: Ingest) -> None:
    document = refused(await ingest.post(b'{"text": "a",\n "title": }'), 400, "malformed-body", "")
    assert "line 2" in document["detail"]


async def test_bytes_that_are_not_utf_8_are_refused_with_their_place(ingest: Ingest) -> None:
    document = refused(await ingest.post(b'{"text": "caf\xe9"}'), 400, "malformed-body", "")
    assert "byte 13" in document["detail"]


@pytest.mark.parametrize(
    ("article", "pointer", "says"),
    [
        ({"text": 5}, "/text", "must be a string, not a number"),
        ({"text": None}, "/text", "must be a string, not null"),
        ({"text": "a", "title": ["b"]}, "/title", "not an array"),
        ({"title": "No text"}, "/text", "is required"),
        ({"text": ""}, "/text", "is empty"),
        ({"text": " \n\t"}, "/text", "is empty"),
        ({"text": "a\x00b"}, "/text", "NUL"),
        ({"text": "a", "id": "\x00"}, "/id", "NUL"),
        ({"text": "a\ud800"}, "/text", "surrogate"),
        ({"text": "a", "source": {"name": "\udc00"}}, "/source/name", "surrogate"),
        ({"text": "a", "body": "b"}, "/body", "unknown field; known are id, url"),
        ({"text": "a", "source": {"nam": "b"}}, "/source/nam", "unknown field"),
        ({"text": "a", "published_at": "yesterday"}, "/published_at", "ISO 8601"),
        ({"text": "a", "published_at": 1714730400}, "/published_at", "must be a string"),
        ({"text": "a", "published_at": "2024-02-30"}, "/published_at", "ISO 8601"),
        ({"text": "a", "published_at": "1850-01-01"}, "/published_at", "before 1900"),
        ({"text": "a", "published_at": "2090-01-01"}, "/published_at", "ahead of now"),
        ({"text": "a", "published_at": "9999-12-31T23:59:59-10:00"}, "/published_at", "outside the years"),
        ({"text": "a", "url": "javascript:alert(1)"}, "/url", "http"),
        ({"text": "a", "url": "https://[::1"}, "/url", "not a URL"),
        ({"text": "a", "url": "https://a.example/ b"}, "/url", "spaces"),
        ({"text": "a", "id": "with space"}, "/id", "spaces"),
        ({"text": "a", "id": ""}, "/id", "at least 1 character"),
        ({"text": "a", "language": "no language!"}, "/language", "pattern"),
        ({"text": "a", "title": "x" * 2_001}, "/title", "at most 2000"),
        ({"text": "x" * 1_100_000}, "/text", "longer than"),
    ],
)
async def test_a_bad_field_is_refused_by_name(
    ingest: Ingest, article: dict[str, Any], pointer: str, says: str
) -> None:
    document = refused(await ingest.post(article), 422, "invalid-article", pointer)
    assert says in document["errors"][0]["detail"]
    assert await ingest.stored() == []


async def test_all_faults_of_an_article_are_told_at_once(ingest: Ingest) -> None:
    document = refused(
        await ingest.post({"text": "", "url": "x", "published_at": "1850-01-01"}),
        422,
        "invalid-article",
        "/url",
        "/text",
        "/published_at",
    )
    assert "2 more" in document["detail"]


@pytest.mark.parametrize("body", [5, "text", None, True])
async def test_json_that_is_no_article_is_refused(ingest: Ingest, body: Any) -> None:
    refused(await ingest.post(body), 422, "invalid-article", "")


@pytest.mark.parametrize(("body", "headers"), [(b"[]", JSON), (b"", NDJSON), (b"\n\n", NDJSON)])
async def test_a_batch_without_articles_is_refused(
    ingest: Ingest, body: bytes, headers: dict[str, str]
) -> None:
    refused(await ingest.post(body, headers), 422, "invalid-article")


async def test_an_empty_body_is_refused(ingest: Ingest) -> None:
    refused(await ingest.post(b""), 400, "malformed-body", "")


async def test_deeply_nested_json_is_refused(ingest: Ingest) -> None:
    response = await ingest.post(b"[" * 100_000 + b"]" * 100_000)
    assert response.status_code in {400, 422}
    assert response.headers["content-type"] == "application/problem+json"


async def test_a_batch_of_bad_articles_names_index_and_field_of_each(ingest: Ingest) -> None:
    document = refused(
        await ingest.post([{"text": ""}, {"text": "a", "published_at": "x"}]),
        422,
        "invalid-article",
        "/0/text",
        "/1/published_at",
    )
    assert [error["index"] for error in document["errors"]] == [0, 1]


async def test_a_body_of_20_mb_is_refused(ingest: Ingest) -> None:
    refused(await ingest.post(b'{"text": "' + b"x" * 20_000_000 + b'"}'), 413, "body-too-large")


async def test_a_body_that_never_says_its_length_is_cut_at_the_limit(ingest: Ingest) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 1_000_000

    response = await ingest.http.post("/v1/articles", content=endless(), headers=JSON)
    refused(response, 413, "body-too-large")


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
async def test_a_bomb_is_refused_before_it_grows(ingest: Ingest, encoding: str) -> None:
    squeeze = {"gzip": gzip.compress, "zstd": zstandard.compress}[encoding]
    bomb = await asyncio.to_thread(squeeze, b'{"text": "' + b" " * 200_000_000)  # ingest shares this loop
    assert len(bomb) < 1_000_000
    refused(await ingest.post(bomb, {"content-encoding": encoding}), 413, "body-too-large")


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
async def test_a_compressed_body_that_ends_too_early_is_refused(ingest: Ingest, encoding: str) -> None:
    squeeze = {"gzip": gzip.compress, "zstd": zstandard.compress}[encoding]
    whole = squeeze(b'{"text": "a"}\n' * 1_000)
    refused(await ingest.post(whole[:-6], NDJSON | {"content-encoding": encoding}), 400, "malformed-body")
    assert await ingest.stored() == []


async def test_an_array_of_100_000_items_is_refused(ingest: Ingest) -> None:
    response = await ingest.post(b"[" + b",".join([b'{"text":"a"}'] * 100_000) + b"]")
    document = refused(response, 413, "body-too-large")
    assert "1000 articles" in document["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "text/plain"},
        {"content-type": "application/json; charset=latin-1"},
        {"content-encoding": "br"},
        {"content-encoding": "gzip, gzip"},
    ],
)
async def test_other_kinds_of_bodies_are_refused(ingest: Ingest, headers: dict[str, str]) -> None:
    refused(await ingest.post(ARTICLE, headers), 415, "unsupported-media-type")


async def test_a_page_without_an_article_is_refused(ingest: Ingest) -> None:
    for page in (b"", b"<html><body></body></html>", b"\x00\xff\xfe", b"just words"):
        refused(await ingest.post(page, {"content-type": "text/html"}), 422, "invalid-article", "")


async def test_a_parameter_that_is_not_known_is_refused(ingest: Ingest) -> None:
    refused(await ingest.post(ARTICLE, params={"uri": "x"}), 400, "bad-parameter", "?uri")


async def test_other_paths_and_methods_answer_with_problems(ingest: Ingest) -> None:
    refused(await ingest.http.get("/v1/nothing"), 404, "unknown-path")
    refused(await ingest.http.get("/v1/articles"), 405, "method-not-allowed")


async def test_a_client_that_is_too_slow_is_cut(settings: Settings) -> None:
    hasty = settings.model_copy(update={"request_time_max_ms": 300})
    async with running_ingest(hasty) as ingest:
        reader, writer = await asyncio.open_connection("127.0.0.1", ingest.settings.ingest_port)
        head = "POST /v1/articles HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n"
        writer.write(head.encode() + b'{"text":')
        answer = await reader.read()
        writer.close()
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"urn:wirefold:problem:request-timeout" in answer


# ── idempotency keys ──


@pytest.mark.parametrize("sent", ['"8e03978e-40d5"', "8e03978e-40d5"])
async def test_a_repeated_request_with_a_key_gets_the_first_answer(ingest: Ingest, sent: str) -> None:
    first = await ingest.post(ARTICLE, {"Idempotency-Key": '"8e03978e-40d5"'})
    second = await ingest.post(ARTICLE, {"Idempotency-Key": sent})
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.content == second.content
    assert second.headers["idempotency-replayed"] == "true"
    assert len(await ingest.stored()) == 1


async def test_a_refusal_is_repeated_for_its_key_too(ingest: Ingest) -> None:
    first = await ingest.post({"text": ""}, {"Idempotency-Key": "k"})
    second = await ingest.post({"text": ""}, {"Idempotency-Key": "k"})
    refused(second, 422, "invalid-article", "/text")
    assert first.content == second.content


async def test_a_key_used_for_another_body_is_refused(ingest: Ingest) -> None:
    await ingest.post(ARTICLE, {"Idempotency-Key": "k"})
    refused(await ingest.post({"text": "b"}, {"Idempotency-Key": "k"}), 422, "idempotency-mismatch")


async def test_a_key_whose_first_request_still_runs_is_refused(ingest: Ingest) -> None:
    async def slow() -> AsyncIterator[bytes]:
        yield json.dumps(ARTICLE).encode()

    both = await asyncio.gather(
        *(
            ingest.http.post("/v1/articles", content=slow(), headers=JSON | {"Idempotency-Key": "k"})
            for _ in range(20)
        )
    )
    statuses = {response.status_code for response in both}
    assert 202 in statuses
    assert statuses <= {202, 409}
    assert len(await ingest.stored()) == 1


@pytest.mark.parametrize("sent", ["", '"', '"' + "x" * 300 + '"', "with space", '"unfinished'])
async def test_a_malformed_key_is_refused(ingest: Ingest, sent: str) -> None:
    refused(await ingest.post(ARTICLE, {"Idempotency-Key": sent}), 400, "bad-parameter")


async def test_keys_expire_after_the_published_time(ingest: Ingest) -> None:
    await ingest.post(ARTICLE, {"Idempotency-Key": "k"})
    [key] = await ingest.client.keys(f"{ingest.settings.stream_prefix}idempotency:*")
    assert 0 < await ingest.client.pttl(key) <= ingest.settings.idempotency_ttl_ms
