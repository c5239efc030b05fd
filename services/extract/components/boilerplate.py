"""Boilerplate: which blocks of a text are furniture of the page, not report.

Menus, related and share lines, newsletter and comment forms, photo credits, copyright lines, reading
times, video lists, bylines, posting times, phone numbers, the title once more. Masked, never cut:
offsets stay those of the text as posted. Pure.
"""

import re
from collections.abc import Sequence
from typing import Final

from services.extract.components.layout import Block
from services.extract.resources.lexicon import pattern, words

_SENTENCE_END: Final = re.compile(r"[.!?:…][\"”’')\]]*$")
_ITEM_MAX: Final = 110
"""Code points: a longer line without a sentence end is a paragraph that lost its full stop."""
_WRAPPER: Final = re.compile(r"\W+")


def furniture(blocks: Sequence[Block], title: str | None) -> tuple[bool, ...]:
    """For each block whether it is furniture; never all of them: with nothing left, nothing is."""
    known_title = _folded(title or "")
    loose = [_is_loose(block.text) for block in blocks]
    marks = [_is_furniture(block, known_title) for block in blocks]
    _mark_lists(blocks, loose, marks)
    return tuple(marks) if not all(marks) else (False,) * len(marks)


def is_furniture_sentence(text: str) -> bool:
    """Whether one sentence inside a paragraph is furniture (a copyright line run into the text)."""
    head = text[:1]
    return head in _SENTENCE_HEADS and pattern("furniture", "sentence").match(text) is not None


_SENTENCE_HEADS: Final = frozenset("CcRrFfGgDdSsLlTtWwPpUuEeAa©(")
"""First letters of furniture sentences: a cheap test before the pattern."""


def _folded(text: str) -> str:
    return _WRAPPER.sub(" ", text).strip().lower()


def _is_furniture(block: Block, title: str) -> bool:
    text = block.text
    if not _starts_as_report(text) and pattern("furniture", "block").match(text) is not None:
        return True
    if len(text) < 220:
        if title and abs(len(text) - len(title)) < 60 and _repeats(_folded(text), title):
            return True
        tail = text[-130:]
        if any(mark in tail for mark in "([") or "aption" in tail:
            return pattern("furniture", "credit_tail").search(tail) is not None
    return False


def _starts_as_report(text: str) -> bool:
    return text[:24].partition(" ")[0].lower() in words("furniture", "report_starts")


def _repeats(text: str, title: str) -> bool:
    """Whether a line is the title, or the title without its outlet suffix."""
    return text == title or (len(text) > 20 and (title.startswith(text) or text.startswith(title)))


def _is_loose(text: str) -> bool:
    """A short line without a sentence end: an item of a menu or list, or a heading."""
    return len(text) < _ITEM_MAX and _SENTENCE_END.search(text, max(0, len(text) - 4)) is None


def _mark_lists(blocks: Sequence[Block], loose: list[bool], marks: list[bool]) -> None:
    """Mark what stands under a "Related" header, runs of three loose lines, and headings."""
    under_header = False
    for at, block in enumerate(blocks):
        if marks[at]:
            under_header = under_header or pattern("furniture", "header").match(block.text) is not None
            continue
        if not loose[at] or pattern("furniture", "kept_key").match(block.text) is not None:
            under_header = False
            continue
        if under_header or _in_run(at, loose, marks) or (at > 2 and len(block.text.split()) <= 8):
            marks[at] = True


def _in_run(at: int, loose: list[bool], marks: list[bool]) -> bool:
    """Whether a loose line lies in a run of three or more that does not open the text."""
    first = at
    while first > 0 and (loose[first - 1] or marks[first - 1]):
        first -= 1
    last = at
    while last + 1 < len(loose) and (loose[last + 1] or marks[last + 1]):
        last += 1
    return first > 0 and last - first >= 2
