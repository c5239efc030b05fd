"""Quotations: quoted stretches of the text, and who is speaking where the next words say so.

A quotation does not cross a block; one that is never closed runs to the block's end (the next block
then usually opens with quote marks again). Pure.
"""

import re
from collections.abc import Iterator
from typing import Final

from services.extract.components.layout import Block
from services.extract.model import Quotation, Span

_QUOTED: Final = re.compile(
    r"“(?P<curly>[^”\n]+)(?:”|$)"
    r"|\"(?P<straight>[^\"\n]+)(?:\"|$)"
    r"|(?<!\w)‘(?P<single>[^‘\n]{2,400}?)’(?!\w)"
    r"|(?<!\w)''(?P<double>[^'\n]+)''"
)
_MARKS: Final = ('"', "“", "‘", "''")
_VERBS: Final = (
    "said|says|say|told|tells|added|adds|stated|states|announced|explained|wrote|insisted|warned|declared|"
    "noted|tweeted|reported|claimed|admitted|denied|replied|asked|continued|recalled|pointed out|stressed|"
    "vowed|argued"
)
_NAME: Final = r"(?:[^\W\d_][\w.'’\-]*|\d[\w\-]*)(?:,? (?!that |in a |on |to )[\w.'’\-]+){0,7}?"
_AFTER: Final = re.compile(
    rf"[,.]?\s*(?:(?:{_VERBS})\s+(?P<inverted>{_NAME})(?=[,.;:\n]|\s(?:in|on|at|to|of|during|after|as|when|who|,)|$)"
    rf"|(?P<plain>{_NAME})\s(?:also\s)?(?:{_VERBS})\b)",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    rf"(?:^|[.!?;,”\"]\s+)(?P<who>{_NAME})(?:,[^,]{{1,60}},)?\s(?:{_VERBS})\b[^.!?“”\"]{{0,40}}[:,]?\s*$",
    re.IGNORECASE,
)
_REACH: Final = 160
"""Code points on either side of a quotation in which its speaker is looked for."""


def find_quotations(blocks: tuple[Block, ...]) -> Iterator[Quotation]:
    """The quotations of the blocks in order; speakers only where the words beside them name one."""
    for block in blocks:
        if not any(mark in block.text for mark in _MARKS):
            continue
        for match in _QUOTED.finditer(block.text):
            yield _quotation(block, match)


def _quotation(block: Block, match: re.Match[str]) -> Quotation:
    group = match.lastgroup or "curly"
    span = Span(block.start + match.start(group), block.start + match.end(group))
    if match.end() - match.start() < 12 or " " not in match[group]:
        return Quotation(span)
    return Quotation(span, _speaker(block, match))


def _speaker(block: Block, match: re.Match[str]) -> Span | None:
    after = _AFTER.match(block.text, match.end(), min(len(block.text), match.end() + _REACH))
    if after is not None:
        return _part(block, after, after.lastgroup or "plain")
    head = max(0, match.start() - _REACH)
    before = _BEFORE.search(block.text[head : match.start()])
    if before is None:
        return None
    return Span(block.start + head + before.start("who"), block.start + head + before.end("who"))


def _part(block: Block, match: re.Match[str], name: str) -> Span:
    words = match[name]
    end = match.end(name) - (words.endswith(".") and not words.endswith(("Jr.", "Sr.")))
    return Span(block.start + match.start(name), block.start + end)
