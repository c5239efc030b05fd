"""Boilerplate: which blocks of a text are furniture of the page, not report.

Menus, related and share lines, newsletter and comment forms, photo credits, copyright lines, reading
times, video lists, bylines, posting times, phone numbers, the title once more. Masked, never cut:
offsets stay those of the text as posted. Pure.
"""

import re
from collections.abc import Sequence
from typing import Final

from services.extract.components.layout import Block

_ALWAYS: Final = re.compile(
    r"""
      (?:please\s+)?enable\s+javascript | please\s+enable | having\s+trouble\s+viewing | this\s+slideshow\s+requires
    | (?:\W{0,3})(?:copyright|©|\(c\))\s*(?:©|\(c\)|by\b|\d{4}|the\b) | ©
    | [^.]{0,60}\ball\s+rights\s+reserved | this\s+material\s+may\s+not\s+be
    | your\s+(?:e-?mail\s+address|notification|comment)\b | e-?mail\s+notifications\s+are | required\s+fields
    | enter\s+your\s+e-?mail | would\s+you\s+like\s+to\s+(?:have|receive)\b.{0,80}(?:inbox|e-?mail)
    | there\s+was\s+a\s+problem\s+(?:saving|with) | you\s+must\s+(?:enter\s+the|be\s+logged|log\s*in|register)
    | thank\s+you\s+for\s+(?:registering|signing|subscribing|reading) | by\s+(?:submitting|signing\s+up|registering)\b
    | (?:get|receive)\s+(?:the\s+)?(?:latest|breaking|top|daily|alerted|email|news|more)\b.{0,60}
      (?:alerts?|inbox|e-?mail|newsletter|delivered|app|phone|news)
    | (?:don['’]t|never)\s+miss\s+(?:a|an|out)\b | stay\s+(?:up\s+to\s+date|tuned|connected|with\s+\w+\d*\b.{0,60}(?:story|updates?|latest))
    | follow\s+(?:us|@|\w[\w.&\ ]{1,40}\s+on\b|the\s+\w+\s+on\b) | like\s+(?:us|this)\b[:\ ]
    | join\s+the\s+(?:conversation|discussion) | sign\s+(?:up|in)\b | log\s*in\b | subscribe\b | download\s+(?:the|our)\b
    | (?:tune|check)\s+(?:in|back)\s+(?:to|for|with|later|at)\b | refresh\s+\w+\.\w+
    | (?:we|\w+\.com)\s+will\s+(?:provide|have|update|bring)\b.{0,40}(?:more|updates?|information|story|page)\b
      .{0,40}(?:available|details|story|updates?|continue)
    | (?:read|see|view|watch|hear)\s+(?:more|also|the\s+full|full)\b[^.]{0,120}$ | read\s+(?:more|also|next)\s*:
    | (?:click|tap)\s+(?:here|on|to|below|the)\b | continue\s+reading | story\s+continues | scroll\s+(?:down|to) | skip\s+to\b
    | (?:also\s+)?(?:related|recommended|trending|popular|most\s+(?:read|popular|viewed|recent)|more\s+(?:from|on|in|coverage|stories|news|top|local)\b
      |top\s+stories|what\s+others|you\s+(?:may|might)\s+(?:also\s+)?like|also\s+on|latest\s+(?:news|headlines|stories))\b[^.]{0,60}$
    | (?:share|tweet|e-?mail|print|pin|save|comments?|facebook|twitter|google\s*\+?|pinterest|linkedin|reddit|whatsapp|tumblr|copy(?:\s+link)?
      |more|advertisement|sponsored|ad|loading|close|menu|search|home|previous|next|photos?|gallery|also|share\s+this|transcript|play|caption)
      (?:\W+(?:this|on|it|via|share|tweet|e-?mail|print|comments?|facebook|twitter|google\s*\+?|pinterest|link|copy|more|text|size|a|\d+))*\W*$
    | (?:leave|post|add|write)\s+(?:a|your)\s+(?:reply|comment) | \d+\s+(?:pending\s+)?comments?\b | (?:show|hide)\s+(?:transcript|caption|comments)
    | report\s+an?\s+(?:error|typo) | submit\s+(?:your|a)\b | only\s+\$
    | view\s+full\s+caption | (?:image|photo|picture|video|map|graphic|courtesy|credit|source)s?\s*(?:by|credit|courtesy|source|provided)?\s*:
    | \(?(?:photo|image|file|ap|video|source|courtesy)\b[^)]{0,20}[:/][^)]{0,80}\)?$
    | (?:caption|slideshow|gallery|listen|watch|video|photos?|raw\s+video|live|poll|map|see\s+also|also\s+read|related|more|trending|contributing|contact|phone|tel|fax|e-?mail|twitter|facebook|web(?:site)?)\s*[:|»]
    | (?:last\s+)?(?:updated?|posted|published|modified|created|first\s+published|originally\s+published)\b\s*(?::|on\b|at\b|by\b|\w+\s+\d|\d)[^!?]{0,80}$
    | \d+\s+min(?:ute)?s?\s+read | \d+\s+(?:shares?|likes?|views?|photos?)\b | page\s+\d+\s+of
    | (?:\d{1,2}:)?\d{1,2}:\d\d\s+(?![ap]\.?m)\S.{0,90}$
    | (?:the\s+)?(?:associated\s+press|ap|reuters|afp|cnn)\b.{0,60}\bcontributed\b | with\s+(?:news\s+)?wire\s+(?:services|reports)
    | \S+@\S+\.\w+\W*$ | (?:https?://|www\.)\S+$ | (?:twitter\.com|facebook\.com|@)\S+$ | \(?\d{3}\)?[-.\s]\d{3}[-.]\d{4}$
    | (?:\w+day,?\s+)?(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+\d{1,2})?,?\s+\d{4}(?:[\s,|at-]+\d{1,2}:\d\d.{0,20})?$
    | \W*$
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Blocks that are furniture wherever they stand (matched at the block's start)."""

_CREDIT_TAIL: Final = re.compile(
    r"(?:[\[(](?:getty|reuters|afp|ap|epa|file|photo|courtesy|image)[^\])]{0,40}[\])]|\bview full caption\b.{0,60}"
    r"|\((?:photo|source|courtesy|image)s?:[^)]{0,80}\))\.?$",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!?:…][\"”’')\]]*$")
_KEPT_KEY: Final = re.compile(
    r"(?:date|time|location|place|victims?|suspects?|deceased|offense|offence|address|case|incident|type|arrested|charges?"
    r"|update|breaking|original|new)\b[^:]{0,30}:",
    re.IGNORECASE,
)
_HEADER: Final = re.compile(
    r"\W*(?:also\b|related|more\s+(?:from|on|in|stories|news|local)|trending|popular|most\s+(?:read|popular|viewed)|top\s+stories"
    r"|recommended|what\s+others|you\s+(?:may|might)\s+like|read\s+more|latest)\b",
    re.IGNORECASE,
)
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
    return head in _SENTENCE_HEADS and _SENTENCE_FURNITURE.match(text) is not None


_SENTENCE_HEADS: Final = frozenset("CcRrFfGgDdSsLlTtWwPp©(AaEe")
_SENTENCE_FURNITURE: Final = re.compile(
    r"\(?copyright\s*(?:©|\(c\)|\d{4}|by\b|the\b)|\(?©|all\s+rights\s+reserved|this\s+material\s+may\s+not"
    r"|follow\s+(?:us|@)|like\s+us\s+on|read\s+more\s*:|get\s+(?:the\s+latest|breaking)\b.{0,60}(?:alerts|inbox|app\b|newsletter)"
    r"|download\s+(?:the|our)\b|sign\s+up\s+(?:for|to|today)|subscribe\b|tweet\b|please\s+enable"
    r"|the\s+associated\s+press\s+contributed|watch\s+(?:the\s+)?video|photo\s*(?:by|:|credit)|(?:last\s+)?updated\s*(?::|at\b)"
    r"|e-?mail\s+(?:us|notifications)|(?:associated press|ap)\s+writers?\b.{0,60}contributed",
    re.IGNORECASE,
)


def _folded(text: str) -> str:
    return _WRAPPER.sub(" ", text).strip().lower()


def _is_furniture(block: Block, title: str) -> bool:
    text = block.text
    if _ALWAYS.match(text) is not None and not (len(text) > 250 and _KEPT_KEY.match(text)):
        return True
    if len(text) < 220:
        if title and abs(len(text) - len(title)) < 60 and _repeats(_folded(text), title):
            return True
        if _CREDIT_TAIL.search(text, max(0, len(text) - 130)) is not None:
            return True
    return False


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
            under_header = under_header or _HEADER.match(block.text) is not None
            continue
        if not loose[at] or _KEPT_KEY.match(block.text) is not None:
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
