"""Schools, hospitals, bases and the like that an event happened at, kept as text. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from services.extract.components.places.runs import is_title_case
from services.extract.model import Document, Frame, Sentence, Span

_NOUNS: Final = (
    "school|high school|elementary school|middle school|university|college|hospital|clinic|"
    "medical center|air base|airbase|base|airport|airfield|barracks|outpost|checkpoint|"
    "embassy|consulate|church|mosque|synagogue|temple|cathedral|shrine|market|bazaar|bakery|"
    "mall|shopping center|hotel|restaurant|nightclub|night club|bar|club|cafe|theater|"
    "theatre|cinema|stadium|arena|prison|jail|courthouse|police station|train station|"
    "bus station|railway station|metro station|station|refugee camp|camp|factory|plant|mine|"
    "dam|bridge|port|warehouse|apartment complex|apartments|trailer park|park|gas station|"
    "convenience store|store|post office|library|museum"
)
_HEAD: Final = r"(?!(?:The|A|An|In|At|On|From|Near|After|This|That|Police)\b)"
_NAMED: Final = re.compile(
    rf"(?P<name>{_HEAD}(?:[A-Z][\w'’.\-]*\s+(?:(?:of|de|del|la|the|and|al)\s+)?){{1,5}}(?i:{_NOUNS}))\b"
    r"(?!\s+(?:[A-Z]|police))"
)
_PLAIN: Final = re.compile(
    r"\b(?:at|in|on|outside|inside|near|hit|hits|struck|targeted|targeting)\s+"
    rf"(?P<name>(?:an?|the)\s+(?:[a-z\-]+\s+){{0,2}}?(?:{_NOUNS}))\b"
)
_SENTENCES_MAX: Final = 3
"""Core sentences read; a facility named later is mostly where the wounded were brought."""
_TREATED: Final = re.compile(
    r"\b(?:taken|rushed|transported|treated|flown|airlifted|brought|died|pronounced|admitted)\b.{0,60}$"
)


def find_facility(doc: Document, frame: Frame) -> Span | None:
    """The words for the facility at which an event happened: a named one before an unnamed one."""
    if doc.upper_case:
        return None
    core = [s for s in doc.sentences if s.index in frame.core and not _is_headline(s)][:_SENTENCES_MAX]
    for pattern in (_NAMED, _PLAIN):
        for sentence in core:
            span = next(_spans(sentence, pattern), None)
            if span is not None:
                return span
    return None


def _is_headline(sentence: Sentence) -> bool:
    return sentence.span.where == "title" and is_title_case(sentence.text)


def _spans(sentence: Sentence, pattern: re.Pattern[str]) -> Iterator[Span]:
    base, where = sentence.span.start, sentence.span.where
    for match in pattern.finditer(sentence.text):
        if not _TREATED.search(sentence.text[: match.start()]):
            yield Span(base + match.start("name"), base + match.end("name"), where)
