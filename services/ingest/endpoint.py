"""The endpoint `POST /v1/articles`: from a request to its answer.

May import: the standard library, starlette, the plumbing, the other modules of ingest but `app`.
"""

from dataclasses import dataclass
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from services.clock import Clock
from services.errors import Transient
from services.ingest.answers import Answer, Result, answer_batch, answer_single
from services.ingest.body import Body, BodyLimits, Form, read_body
from services.ingest.faults import Fault, IngestRefused
from services.ingest.idempotency import IdempotencyKeys, KeptAnswer, fingerprint, read_key
from services.ingest.intake import Intake
from services.ingest.load import LoadWatch
from services.ingest.metrics import IngestMetrics
from services.ingest.pages import Pages
from services.ingest.posting import Posting, read_json_posting, read_ndjson_posting
from services.logs import correlated, get_logger
from services.problems import MEDIA_TYPE as PROBLEM_MEDIA_TYPE
from services.problems import problem

CORRELATION_HEADER: Final = "x-correlation-id"
IDEMPOTENCY_HEADER: Final = "idempotency-key"
REPLAYED_HEADER: Final = "idempotency-replayed"

_KEPT_STATUSES: Final = frozenset({200, 202, 400, 413, 415, 422})
"""Answers that the same request would get again; what passes (429, 5xx) is not kept."""

_PARAMETERS: Final = frozenset({"url"})

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class EndpointLimits:
    """Limits of the endpoint; see the settings of the same names."""

    body: BodyLimits
    batch_items_max: int
    requests_in_flight_max: int
    retry_after_s: int


class ArticlesEndpoint:
    """Answers requests that post articles."""

    def __init__(
        self,
        *,
        intake: Intake,
        pages: Pages,
        keys: IdempotencyKeys,
        load: LoadWatch,
        limits: EndpointLimits,
        metrics: IngestMetrics,
        clock: Clock,
    ) -> None:
        self._intake = intake
        self._pages = pages
        self._keys = keys
        self._load = load
        self._limits = limits
        self._metrics = metrics
        self._clock = clock
        self._in_flight = 0

    async def __call__(self, request: Request) -> Response:
        """The answer; every refusal is a problem document."""
        started = self._clock.monotonic()
        self._in_flight += 1
        self._metrics.in_flight.set(self._in_flight)
        try:
            response = await self._respond(request)
        except ClientDisconnect:
            response = Response(status_code=499)
        finally:
            self._in_flight -= 1
            self._metrics.in_flight.set(self._in_flight)
        self._metrics.requests.labels(str(response.status_code)).inc()
        self._metrics.seconds.observe(self._clock.monotonic() - started)
        return response

    async def _respond(self, request: Request) -> Response:
        try:
            self._refuse_overload()
            return await self._answer(request)
        except IngestRefused as refusal:
            errors = [fault.as_json() for fault in refusal.faults]
            document = problem(refusal.slug, refusal.detail, errors=errors)
            return self._response(Answer(document["status"], document, problem=True), refusal.headers)
        except Transient as error:
            _log.warning("not taken", error=f"{type(error).__name__}: {error}")
            document = problem("unavailable", "the articles can't be taken now; send them again")
            return self._response(Answer(503, document, problem=True))

    def _refuse_overload(self) -> None:
        if self._load.refusal is not None:
            raise IngestRefused(self._load.refusal.slug, self._load.refusal.detail)
        if self._in_flight > self._limits.requests_in_flight_max:
            raise IngestRefused("unavailable", "too many requests at once")

    async def _answer(self, request: Request) -> Response:
        _refuse_unknown_parameters(request)
        correlation_id = _correlation_id(request)
        header = request.headers.get(IDEMPOTENCY_HEADER)
        key = None if header is None else read_key(header)
        body = await read_body(request, self._limits.body)
        self._metrics.bytes.inc(len(body.content))
        url = request.query_params.get("url")
        if key is None:
            return self._response(await self._take(body, url, correlation_id))
        return await self._answer_once(key, body, url, correlation_id)

    async def _answer_once(
        self, key: str, body: Body, url: str | None, correlation_id: str | None
    ) -> Response:
        """The answer to a request with an Idempotency-Key: made once, then given again."""
        mark = fingerprint(body.form.name.encode(), (url or "").encode(), body.content)
        kept = await self._keys.claim(key, mark)
        if kept is not None:
            return _raw_response(kept.status, kept.body, {REPLAYED_HEADER: "true"})
        try:
            answer = await self._take_or_refuse(body, url, correlation_id)
        except BaseException:
            await self._keys.release(key)
            raise
        if answer.status in _KEPT_STATUSES:
            await self._keys.keep(key, mark, KeptAnswer(answer.status, answer.body))
        else:
            await self._keys.release(key)
        return self._response(answer)

    async def _take_or_refuse(self, body: Body, url: str | None, correlation_id: str | None) -> Answer:
        try:
            return await self._take(body, url, correlation_id)
        except IngestRefused as refusal:
            document = problem(
                refusal.slug, refusal.detail, errors=[fault.as_json() for fault in refusal.faults]
            )
            return Answer(document["status"], document, problem=True)

    async def _take(self, body: Body, url: str | None, correlation_id: str | None) -> Answer:
        posting = await self._read(body, url)
        results = await self._intake.take(posting, correlation_id)
        self._tell(results)
        return answer_batch(results) if posting.batch else answer_single(results[0])

    async def _read(self, body: Body, url: str | None) -> Posting:
        if body.form is Form.HTML:
            return await self._pages.read(body.content, body.charset, url)
        if url is not None:
            raise IngestRefused(
                "bad-parameter", "?url= belongs to an HTML page; an article has its own field"
            )
        read = read_ndjson_posting if body.form is Form.NDJSON else read_json_posting
        return read(body.content, self._limits.batch_items_max)

    def _tell(self, results: list[Result]) -> None:
        for result in results:
            outcome = "refused" if result.written is None else result.written.name.lower()
            self._metrics.articles.labels(outcome).inc()
            with correlated(result.correlation_id):
                _log.info("posted", article=result.id, outcome=outcome, index=result.index)

    def _response(self, answer: Answer, headers: dict[str, str] | None = None) -> Response:
        extra = dict(headers or {})
        if answer.status in {429, 503}:
            extra["retry-after"] = str(self._limits.retry_after_s)
        return _raw_response(answer.status, answer.body, extra)


def _raw_response(status: int, body: bytes, headers: dict[str, str]) -> Response:
    media_type = "application/json" if status < 400 else PROBLEM_MEDIA_TYPE
    return Response(
        body, status, media_type=media_type, headers={"x-content-type-options": "nosniff", **headers}
    )


def _correlation_id(request: Request) -> str | None:
    value = request.headers.get(CORRELATION_HEADER)
    if value is None:
        return None
    if not 0 < len(value) <= 200 or not value.isascii() or not value.isprintable() or " " in value:
        raise IngestRefused("bad-parameter", "X-Correlation-Id must be 1 to 200 visible ASCII characters")
    return value


def _refuse_unknown_parameters(request: Request) -> None:
    unknown = sorted(set(request.query_params) - _PARAMETERS)
    if unknown:
        faults = tuple(Fault(f"?{name}", "unknown parameter; known is url") for name in unknown)
        raise IngestRefused("bad-parameter", f"unknown parameter {unknown[0]!r}", faults=faults)
