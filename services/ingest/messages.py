"""Articles on their way into the stream, and what became of them. Pure."""

from dataclasses import dataclass
from enum import IntEnum


class Written(IntEnum):
    """What became of an article: taken, known already, or refused because the stream is full."""

    ACCEPTED = 1
    KNOWN = 0
    FULL = -1


@dataclass(frozen=True, slots=True)
class Message:
    """An article on its way into the stream; `data` is the envelope."""

    article_id: str
    content_hash: str
    message_id: str
    data: bytes
