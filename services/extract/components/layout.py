"""Layout: the blocks of a text, each a paragraph, a list item or a line of furniture.

Web text has a paragraph a line; wire copy has hard line breaks and empty lines between paragraphs.
Pure: offsets are code points of the text as posted.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

_LINE: Final = re.compile(r"[^\r\n\x85\u2028]+")
_WRAP_WIDTHS: Final = range(40, 90)
"""Columns (code points) in which hard-wrapped lines end; wire terminals had 69 to 80."""


class Block(NamedTuple):
    """A stretch of text without surrounding white space and bullets: `start:end`, and its words."""

    start: int
    end: int
    text: str


_LEAD: Final = " \t\xa0\u200b\ufeff•·*×▪■►»>\x95"
_TAIL: Final = " \t\xa0\u200b\ufeff"


def blocks(text: str) -> tuple[Block, ...]:
    """The non-empty blocks of a text in order."""
    lines = list(_LINE.finditer(text))
    if _is_wrapped(text, lines):
        return tuple(_paragraphs(text))
    return tuple(block for line in lines if (block := _block(text, line.start(), line.end())))


def _block(text: str, start: int, end: int) -> Block | None:
    line = text[start:end]
    kept = line.lstrip(_LEAD)
    start += len(line) - len(kept)
    kept = kept.rstrip(_TAIL)
    return Block(start, start + len(kept), kept) if kept else None


_PARAGRAPH: Final = re.compile(r"\S(?:[^\n]|\n(?![ \t\r]*\n))*")


def _paragraphs(text: str) -> Iterator[Block]:
    for match in _PARAGRAPH.finditer(text):
        kept = match.group().rstrip()
        yield Block(match.start(), match.start() + len(kept), kept)


def _is_wrapped(text: str, lines: list[re.Match[str]]) -> bool:
    """Whether line breaks fall inside sentences: most lines that are not last end mid-sentence."""
    if len(lines) < 3:
        return False
    inner = [line for line, following in pairwise(lines) if following.start() - line.end() == 1]
    if len(inner) < 2 or max(line.end() - line.start() for line in lines) > _WRAP_WIDTHS.stop:
        return False
    broken = sum(
        line.end() - line.start() in _WRAP_WIDTHS and text[line.end() - 1] not in '.!?:"”' for line in inner
    )
    return broken * 2 > len(inner)
