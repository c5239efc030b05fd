"""Headlines: the title without the outlet's name and section at its end or front.

"Two hurt in tram crash - Harbour News 5, Local Weather" keeps "Two hurt in tram crash". Pure.
"""

import re
from typing import Final

from schemas.article import Source
from services.extract.model import Span

_JOINT: Final = re.compile(r"\s+[-–—|:·»]{1,2}\s+|\s*\|\s*")
_OUTLET: Final = re.compile(
    r"\b(?:news\w*|times|post|herald|tribune|gazette|journal|chronicle|daily|press|observer|sentinel|telegram|star|sun|"
    r"weather|sports?|media|radio|tv|online|online\.com|[kw][a-z]{2,3}(?:[- ]?(?:tv|am|fm|\d+))?|(?:abc|cbs|nbc|fox|cw|msn|bbc|cnn)\s?\d*|"
    r"\w+\.(?:com|org|net|tv|co\.uk)|channel|wire|report|local|headlines|blog|magazine|patch|homepage)\b",
    re.IGNORECASE,
)
_PREFIX: Final = re.compile(
    r"\W*(?:(?:raw\s+)?(?:video|watch|photos?|breaking(?:\s+news)?|update[ds]?|exclusive|live|developing|report|just\s+in|new)\s*[:|»—-]+\s*)+",
    re.IGNORECASE,
)


def headline_span(title: str, source: Source) -> Span | None:
    """The span of the title's own words, or None for an empty title."""
    start = match.end() if (match := _PREFIX.match(title)) is not None else 0
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
    return any(name in lower or lower in name for name in known) or _OUTLET.search(tail) is not None
