"""Article texts: compressed, by content hash, beside the log and outside its chain.

A text can be taken down without breaking the log. May import: the event log's adapters, zstandard.
"""

from collections.abc import Iterable
from typing import Final

import zstandard
from sqlalchemy import Connection, bindparam, insert, select, update

from services.errors import Corruption
from services.store.event_log.schema import texts

ENCODING: Final = "zstd"
LEVEL: Final = 3
"""zstd's own default: levels above gain under 5 % on news text of 5 KB and cost twice the time."""
_AT_ONCE: Final = 500

_ONE = select(texts.c.encoding, texts.c.size_bytes, texts.c.body).where(
    texts.c.content_hash == bindparam("wanted")
)
_PRESENT = select(texts.c.content_hash).where(texts.c.content_hash.in_(bindparam("hashes", expanding=True)))


def write_texts(connection: Connection, items: Iterable[tuple[str, str]]) -> None:
    """Keep texts by content hash, inside the caller's transaction; a hash that is there stays."""
    wanted = dict(items)
    compressor = zstandard.ZstdCompressor(level=LEVEL)
    present = _present(connection, list(wanted))
    values = [
        _row(compressor, content_hash, text)
        for content_hash, text in wanted.items()
        if content_hash not in present
    ]
    if values:
        connection.execute(insert(texts), values)


def read_text(connection: Connection, content_hash: str) -> str | None:
    """The text of a content hash; None if it was never kept or was taken down."""
    row = connection.execute(_ONE, {"wanted": content_hash}).first()
    if row is None or row.body is None:
        return None
    if row.encoding != ENCODING:
        raise Corruption(f"text {content_hash} has the unknown encoding {row.encoding}")
    return _unpack(content_hash, row.body, row.size_bytes)


def take_down(connection: Connection, content_hash: str) -> None:
    """Remove a text for good; its hash stays, so that it is not kept again."""
    connection.execute(update(texts).where(texts.c.content_hash == content_hash).values(body=None))


def _row(compressor: zstandard.ZstdCompressor, content_hash: str, text: str) -> dict[str, object]:
    body = text.encode()
    return {
        "content_hash": content_hash,
        "encoding": ENCODING,
        "size_bytes": len(body),
        "body": compressor.compress(body),
    }


def _unpack(content_hash: str, body: bytes, size_bytes: int) -> str:
    try:
        plain = zstandard.ZstdDecompressor().decompress(body, max_output_size=size_bytes)
    except zstandard.ZstdError as error:
        raise Corruption(f"text {content_hash} cannot be unpacked: {error}") from error
    if len(plain) != size_bytes:
        raise Corruption(f"text {content_hash} has {len(plain)} bytes, not {size_bytes}")
    return plain.decode()


def _present(connection: Connection, hashes: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(hashes), _AT_ONCE):
        found.update(connection.scalars(_PRESENT, {"hashes": hashes[start : start + _AT_ONCE]}))
    return found
