"""Answers: from what became of each article to the response. Pure.

One article: 202 taken, 200 known already, 422 with its faults. A batch: the good items are taken and
every item is told about; 202 if any was taken, else 200 if any was known, else 422. If the stream was
full for any item the answer is 429: the whole request may be sent again, since what was taken is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from services.ingest.faults import Fault
from services.ingest.messages import Written
from services.problems import problem


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one item: written with its identity, or refused with its faults."""

    index: int
    written: Written | None = None
    id: str | None = None
    content_hash: str | None = None
    correlation_id: str | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: status, JSON body, and whether it is a problem document."""

    status: int
    document: dict[str, Any]
    problem: bool = False

    @property
    def body(self) -> bytes:
        return orjson.dumps(self.document)


_STATUS_WORDS = {Written.ACCEPTED: "accepted", Written.KNOWN: "known", Written.FULL: "not taken"}


def answer_single(result: Result) -> Answer:
    """The answer to a request of one article."""
    if result.faults:
        document = problem(
            "invalid-article", _summary(result.faults), errors=[fault.as_json() for fault in result.faults]
        )
        return Answer(422, document, problem=True)
    if result.written is Written.FULL:
        return Answer(
            429, problem("too-many-requests", "too many articles wait to be worked on"), problem=True
        )
    return Answer(202 if result.written is Written.ACCEPTED else 200, _told(result))


def answer_batch(results: Sequence[Result]) -> Answer:
    """The answer to a request of several articles, item by item in their order."""
    counts: dict[str, Any] = {
        "accepted": sum(result.written is Written.ACCEPTED for result in results),
        "known": sum(result.written is Written.KNOWN for result in results),
        "refused": sum(bool(result.faults) for result in results),
    }
    articles = [_told_in_batch(result) for result in results]
    if any(result.written is Written.FULL for result in results):
        detail = "too many articles wait to be worked on; send the request again"
        return Answer(429, problem("too-many-requests", detail, **counts, articles=articles), problem=True)
    if counts["refused"] == len(results):
        errors = [error for result in results for error in _errors_in_batch(result)]
        detail = f"none of the {len(results)} articles is valid"
        return Answer(
            422, problem("invalid-article", detail, errors=errors, **counts, articles=articles), problem=True
        )
    return Answer(202 if counts["accepted"] else 200, {**counts, "articles": articles})


def _told(result: Result) -> dict[str, Any]:
    assert result.written is not None
    return {
        "id": result.id,
        "status": _STATUS_WORDS[result.written],
        "content_hash": result.content_hash,
        "correlation_id": result.correlation_id,
    }


def _told_in_batch(result: Result) -> dict[str, Any]:
    if result.faults:
        return {"index": result.index, "status": "refused", "errors": _errors_in_batch(result)}
    return {"index": result.index, **_told(result)}


def _errors_in_batch(result: Result) -> list[dict[str, Any]]:
    """The faults with pointers from the top of the batch."""
    return [
        {"index": result.index, "pointer": f"/{result.index}{fault.pointer}", "detail": fault.detail}
        for fault in result.faults
    ]


def _summary(faults: Sequence[Fault]) -> str:
    first = faults[0]
    where = f"{first.pointer}: " if first.pointer else ""
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return f"{where}{first.detail}{more}"
