"""Headlines: the title without the outlet's name and section at its end or front.

"Two hurt in tram crash - Harbour News 5, Local Weather" keeps "Two hurt in tram crash". Pure.
"""

import re
from typing import Final

from schemas.article import Source
from services.extract.model import Span
from services.extract.resources.lexicon import pattern

_JOINT: Final = re.compile(r"\s+[-–—|:·»]{1,2}\s+|\s*\|\s*")


def headline_span(title: str, source: Source) -> Span | None:
    """The span of the title's own words, or None for an empty title."""
    start = match.end() if (match := pattern("headline", "prefix").match(title)) is not None else 0
    end = len(title.rstrip())
    for joint in reversed(list(_JOINT.finditer(title, start))):
        if joint.start() - start < 12 or not _names_outlet(title[joint.end() : end], source):
            break
        end = joint.start()
    while start < end and title[start].isspace():
        start += 1
    return Span(start, end, "title") if start < end else None


def _names_outlet(tail: str, source: Source) -> bool:
    known = [name.lower() for name in (source.name, source.domain) if name]
    lower = tail.lower()
    return (
        any(name in lower or lower in name for name in known)
        or pattern("headline", "outlet").search(tail) is not None
    )
