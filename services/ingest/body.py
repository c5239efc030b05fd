"""Request bodies: read with limits while they stream in, and freed of their encoding.

May import: the standard library, starlette, the pure modules of ingest.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Final

from starlette.requests import Request

from services.ingest.decompression import ENCODINGS, DecompressionLimits, decompress
from services.ingest.faults import IngestRefused

DRAINED_BYTES_MAX: Final = 256 * 1024 * 1024
DRAIN_TIME_MAX_S: Final = 5.0
"""What is read and dropped of a body that is too large before the refusal is sent: a connection that is
closed on unread data is reset, and the refusal with it (nginx calls this lingering close)."""

THREAD_FROM_BYTES: Final = 64 * 1024
"""Bodies from this size are decompressed in a thread: below it a thread costs more than it saves."""


class Form(Enum):
    """In what form articles are posted."""

    JSON = ("application/json", "application/ld+json")
    NDJSON = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines")
    HTML = ("text/html", "application/xhtml+xml")


MEDIA_TYPES: Final = {media_type: form for form in Form for media_type in form.value}


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it was meant: its form, the declared character set, and its bytes."""

    form: Form
    charset: str | None
    content: bytes


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """Most bytes as sent, the limits of decompression, and how long sending may take."""

    bytes_max: int
    decompression: DecompressionLimits
    time_max_ms: int


async def read_body(request: Request, limits: BodyLimits) -> Body:
    """The body of a request. Raises IngestRefused: 415, 413, 408 or 400."""
    form, charset = _form(request.headers.get("content-type", ""))
    encoding = _encoding(request.headers.get("content-encoding", ""))
    try:
        async with asyncio.timeout(limits.time_max_ms / 1000):
            sent = await _read(request, limits.bytes_max)
    except TimeoutError:
        detail = f"the body did not arrive within {limits.time_max_ms} ms"
        raise IngestRefused("request-timeout", detail, headers={"connection": "close"}) from None
    return Body(form, charset, await _decoded(sent, encoding, limits.decompression))


def _form(content_type: str) -> tuple[Form, str | None]:
    media_type, _, parameters = content_type.partition(";")
    form = MEDIA_TYPES.get(media_type.strip().lower())
    if form is None:
        known = ", ".join(MEDIA_TYPES)
        said = f"{media_type.strip()!r} is" if media_type else "a body without Content-Type is"
        raise IngestRefused("unsupported-media-type", f"{said} not taken; send one of {known}")
    charset = _charset(parameters)
    if form is not Form.HTML and charset not in {None, "utf-8", "utf8", "us-ascii"}:
        raise IngestRefused("unsupported-media-type", "JSON is UTF-8 (RFC 8259); send it so")
    return form, charset


def _charset(parameters: str) -> str | None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower() or None
    return None


def _encoding(header: str) -> str | None:
    encoding = header.strip().lower()
    if encoding in {"", "identity"}:
        return None
    if encoding not in ENCODINGS:
        known = ", ".join(ENCODINGS)
        raise IngestRefused(
            "unsupported-media-type",
            f"Content-Encoding is not taken; known are {known}",
            headers={"accept-encoding": known},
        )
    return encoding


async def _read(request: Request, bytes_max: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in (stream := request.stream()):
        size += len(chunk)
        if size > bytes_max:
            chunks.clear()
            await _drain(stream)
            detail = f"the body has more than {bytes_max} bytes; send fewer articles at a time"
            raise IngestRefused("body-too-large", detail, headers={"connection": "close"})
        chunks.append(chunk)
    return b"".join(chunks)


async def _drain(stream: AsyncIterator[bytes]) -> None:
    """Read and drop what is still sent, within limits, so that the client gets to read the refusal."""
    dropped = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_TIME_MAX_S):
            async for chunk in stream:
                dropped += len(chunk)
                if dropped > DRAINED_BYTES_MAX:
                    return


async def _decoded(sent: bytes, encoding: str | None, limits: DecompressionLimits) -> bytes:
    if encoding is None:
        return sent
    if len(sent) < THREAD_FROM_BYTES:
        return decompress(sent, encoding, limits)
    return await asyncio.to_thread(decompress, sent, encoding, limits)
