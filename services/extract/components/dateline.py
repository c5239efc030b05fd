"""Dateline and byline: who reports from where, read off the head of the text.

Forms: `PLACE, Region — `, `PLACE, 13 MAR 89 (AGENCY) -- [TEXT]`, `(PLACE) — `, `Place (Agency) - `.
Pure.
"""

import re
from typing import Final

from services.extract.components.layout import Block
from services.extract.model import Dateline, Span
from services.extract.resources.lexicon import words

_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DAY: Final = rf"(?:{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{2,4}})?|\d{{1,2}}\s+{_MONTH}(?:,?\s+\d{{2,4}})?)"
_DASH: Final = r"\s*(?:--+|[—–]|-(?=\s|[A-Z]))\s*"
_UPPER: Final = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.\-/ ]*[A-ZÀ-ÖØ-Þ.]"
_REGION: Final = r"(?:,\s*[A-ZÀ-ÖØ-Þ][\w.'’\- ]{1,30}?)??"
_TAGS: Final = r"(?:\[[A-Z][^\]\n]{0,80}\n?[^\]\n]{0,80}\]\s*){0,4}"

_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        # PLACE, Region, DAY (AGENCY) --
        (
            rf"(?P<place>{_UPPER}{_REGION})(?:\s+\([A-Z ]+\)(?=,))?(?:,?\s+(?P<day>(?i:{_DAY})))?"
            rf"(?:\s*\(\s*(?P<agency>[^)\n]{{2,40}})\))?{_DASH}{_TAGS}"
        ),
        # (PLACE) --
        rf"\((?P<place>{_UPPER}{_REGION})\){_DASH}",
        # Place, Region (Agency) --
        (
            rf"(?P<place>[A-ZÀ-ÖØ-Þ][\w.'’\- ]{{2,30}}{_REGION})(?:,\s+(?P<day>(?i:{_DAY})))?"
            rf"\s*\(\s*(?P<agency>[A-Z][^)\n]{{1,40}})\){_DASH}"
        ),
    )
)
_LENGTH_MAX: Final = 90
"""Code points: a longer match is a sentence with a dash in it, not a dateline."""


def find_dateline(block: Block, *, upper_case: bool) -> Dateline | None:
    """The dateline at the head of a block, or None."""
    head = block.text[: _LENGTH_MAX * 3]
    for form in _FORMS:
        match = form.match(head)
        if match is not None and _is_dateline(match, upper_case=upper_case):
            return _dateline(match, block.start)
    return None


def _is_dateline(match: re.Match[str], *, upper_case: bool) -> bool:
    parts = match.groupdict()
    place = parts["place"]
    if len(place) > _LENGTH_MAX or len(place.split()) > 7:
        return False
    if upper_case:
        return parts.get("day") is not None or parts.get("agency") is not None
    return place.rstrip(".").lower() not in words("dateline", "no_places")


def _dateline(match: re.Match[str], offset: int) -> Dateline:
    def part(name: str) -> Span | None:
        if name not in match.re.groupindex or match.start(name) < 0:
            return None
        return Span(offset + match.start(name), offset + match.start(name) + len(match[name].rstrip()))

    return Dateline(
        span=Span(offset + match.start(), offset + match.end()),
        place=part("place"),
        agency=part("agency"),
        day=part("day"),
    )


_BYLINE: Final = re.compile(
    r"(?:[Bb]y|BY):?\s+(?P<name>[A-Z][\w.'’\-]+(?:\s+(?:and\s+)?[A-Z][\w.'’\-]*){0,8})"
    r"(?:\s*[,|/•(—–-].{0,80})?$"
)


def find_byline(block: Block) -> Span | None:
    """The span of the reporter's name where the block is a byline."""
    if len(block.text) > 140 or block.text[:1] not in "Bb":
        return None
    match = _BYLINE.match(block.text)
    if match is None:
        return None
    return Span(block.start + match.start("name"), block.start + match.end("name"))
