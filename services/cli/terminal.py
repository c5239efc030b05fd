"""Text on its way to a terminal: words from articles are data, never control sequences or markup."""

import unicodedata
from typing import Final

from rich.markup import escape

_KEPT: Final = frozenset("\n\t")


def safe(text: object) -> str:
    """The text without control characters (escapes, bidirectional overrides), rich markup escaped."""
    return escape("".join(_shown(char) for char in str(text)))


def _shown(char: str) -> str:
    if char in _KEPT:
        return char
    return "�" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char
