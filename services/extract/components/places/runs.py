"""Stretches of a sentence in which place names may stand: runs of capitalised words.

In upper-case copy and in headlines in title case every word has a capital, so a run is a stretch
between punctuation, and words that name no place break it. Pure.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from services.extract.components.places.words import NO_NAME, PARTICLES

_CAP: Final = r"(?:(?:al|el|as|ash|ad|ar|an|at|az|es|ez)[-‑])?[A-ZÀ-ÖØ-ÞĀ-ſȘȚİ][^\W_]*(?:[’'ʻ‘`\-‑.][^\W_]+)*"
_RUN: Final = re.compile(
    rf"(?<![\w@#])(?:St\.|Ste\.|Ft\.|Mt\.|{_CAP}(?:(?<=\b[A-Z])\.)?)"
    rf"(?:\s+(?:(?:{'|'.join(sorted(PARTICLES, key=len, reverse=True))})\s+)*(?:St\.|Ft\.|Mt\.|{_CAP}))*"
)
_WORD: Final = re.compile(r"\S+")
_UPPER_RUN: Final = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’.\-]*(?:\s+[A-ZÀ-ÖØ-Þ][\w'’\-]*)*")


class Word(NamedTuple):
    """A word of a run: offsets in the sentence, and its key, possessive endings left off."""

    start: int
    end: int
    key: str


class Run(NamedTuple):
    """Capitalised words in a row. `first` says that it opens its sentence; `cased` that case tells names."""

    words: tuple[Word, ...]
    first: bool
    cased: bool


def runs(text: str, *, cased: bool) -> Iterator[Run]:
    """The runs of a sentence's text in order; single words that name no place are left out."""
    pattern = _RUN if cased else _UPPER_RUN
    for match in pattern.finditer(text):
        written, start = match.group(), match.start()
        if written.isalnum():
            if written.lower() in NO_NAME:
                continue
            words: tuple[Word, ...] = (Word(start, start + len(written), written),)
        else:
            words = tuple(_word(part.group(), start + part.start()) for part in _WORD.finditer(written))
        yield Run(words, start < 2, cased)


def _word(written: str, start: int) -> Word:
    if written[-1] in "sS" and written[-2:] in _GENITIVES:
        written = written[:-2]
    elif written[-1] in "'’":
        written = written[:-1]
    return Word(start, start + len(written), written)


_GENITIVES: Final = frozenset({"'s", "’s", "'S", "’S"})


def is_title_case(text: str) -> bool:
    """Whether nearly all longer words of a headline have a capital."""
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) > 2 and sum(word[0].isupper() for word in words) * 5 >= len(words) * 4
