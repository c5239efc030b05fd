"""Frames between the sandbox and its child: length (4 bytes, big-endian), kind (1 byte), payload.

May import: the standard library only.
"""

import struct
from enum import IntEnum
from typing import Final

HEADER: Final = struct.Struct(">IB")


class Kind(IntEnum):
    """What a frame holds."""

    HELLO = 1
    REQUEST = 2
    RESULT = 3
    RAISED = 4


HELLO: Final = Kind.HELLO
RAISED: Final = Kind.RAISED


def pack(kind: Kind, payload: bytes) -> bytes:
    """A frame as bytes."""
    return HEADER.pack(len(payload), kind) + payload
