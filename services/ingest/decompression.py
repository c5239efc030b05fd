"""Content-Encoding: gzip and zstd with limits on what comes out. Pure.

A body of a few KiB can claim to be gigabytes; nothing is decompressed beyond the limits.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import zstandard

from services.ingest.faults import IngestRefused

ENCODINGS: Final = ("gzip", "zstd")
CHUNK_BYTES: Final = 256 * 1024
RATIO_FREE_BYTES: Final = 1024 * 1024
"""Below this the ratio does not matter: short bodies of repeated words compress well honestly."""
ZSTD_SLICE_BYTES: Final = 256
WINDOW_BYTES_MAX: Final = 8 * 1024 * 1024
"""zstd's recommended limit for what a receiver must be able to decode (RFC 8878, section 3.1.1.1.2)."""
_GZIP: Final = zlib.MAX_WBITS | 16


@dataclass(frozen=True, slots=True)
class DecompressionLimits:
    """Most bytes of a decompressed body, and most per byte sent."""

    bytes_max: int
    ratio_max: int


def decompress(body: bytes, encoding: str, limits: DecompressionLimits) -> bytes:
    """The body without its encoding. Raises IngestRefused: 413 for too much, 400 for broken data."""
    chunks: list[bytes] = []
    size = 0
    try:
        for chunk in _gunzip(body) if encoding == "gzip" else _unzstd(body):
            size += len(chunk)
            _check(size, len(body), limits)
            chunks.append(chunk)
    except (zlib.error, zstandard.ZstdError, EOFError) as error:
        raise IngestRefused("malformed-body", f"the body is no valid {encoding}: {error}") from None
    return b"".join(chunks)


def _check(size: int, sent: int, limits: DecompressionLimits) -> None:
    if size > limits.bytes_max:
        raise IngestRefused(
            "body-too-large", f"the body is more than {limits.bytes_max} bytes when decompressed"
        )
    if size > RATIO_FREE_BYTES and size > limits.ratio_max * sent:
        raise IngestRefused(
            "body-too-large", f"the body grows more than {limits.ratio_max} times when decompressed"
        )


def _gunzip(body: bytes) -> Iterator[bytes]:
    """The members of a gzip body, in pieces of limited size."""
    rest = body
    while rest:
        member = zlib.decompressobj(_GZIP)
        while not member.eof:
            piece = member.decompress(rest, CHUNK_BYTES)
            rest = member.unconsumed_tail
            if piece:
                yield piece
            elif not rest and not member.eof:
                raise EOFError("it ends too early")
        rest = member.unused_data


def _unzstd(body: bytes) -> Iterator[bytes]:
    """The frames of a zstd body, fed in slices: 4 bytes sent can stand for a block of 128 KiB."""
    decoder = zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES_MAX)
    frame = decoder.decompressobj()
    at = 0
    while at < len(body):
        if frame.eof:
            frame = decoder.decompressobj()
        piece = frame.decompress(body[at : at + ZSTD_SLICE_BYTES])
        at += ZSTD_SLICE_BYTES
        if frame.eof:
            at = min(at, len(body)) - len(frame.unused_data)
        yield piece
    if body and not frame.eof:
        raise EOFError("it ends too early")
