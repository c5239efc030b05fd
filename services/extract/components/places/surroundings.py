"""What stands around a place's name in its sentence, as the names of features. Pure."""

import re
from typing import Final, NamedTuple

from services.extract.components.places.runs import Run
from services.extract.components.places.words import LEFT, LEVELS, RIGHT

_REACH: Final = 26
"""Code points read on either side: two or three words."""
_BLOCK: Final = re.compile(r"\d+\s+(?:block\s+of\s+)?(?:[NSEWnsew]\.?\s+)?$|\bblock of\s+$")
_OPENING: Final = "([\"“‘'"
_CLOSING: Final = ".,;:)]\"”’'—–"


class Surroundings(NamedTuple):
    """Features of the words around a name, the word before it, and what a noun beside it says it is."""

    cues: tuple[str, ...]
    left_word: str
    level: str | None


def surroundings(text: str, run: Run, first: int, last: int, owner: int | None = None) -> Surroundings:
    """The surroundings of words `first:last` of a run in its sentence.

    `owner` is the first word of a country in the genitive before them, which is looked past: in
    "in Syria's Homs", Homs stands after "in".
    """
    head = first if owner is None else owner
    start, end = run.words[head].start, run.words[last - 1].end
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH].lower()
    left, right = before.lower().split(), after.split()
    next_word = right[0].strip(_CLOSING) if right and after[0].isspace() else ""
    cues = [f"l={_left(left)}", f"r={_right(after, next_word)}", *_part(run, head, last)]
    if left and (before[-2:-1].isdigit() or left[-1] == "of" or len(left[-1]) < 3) and _BLOCK.search(before):
        cues.append("block")
    level = _level(left, next_word)
    if level is not None:
        cues.append(f"level={level}")
    return Surroundings(tuple(cues), left[-1] if left else "", level)


def _left(words: list[str]) -> str:
    if not words:
        return "start"
    word = words[-1].lstrip(_OPENING)
    if not word or word[-1] in _CLOSING:
        return "mark"
    inner = LEFT.get(word)
    if inner is None:
        return "other"
    if len(words) > 1:
        if inner in {"the", "side", "downtown"}:
            return f"{LEFT.get(words[-2], 'other')}-{inner}"
        if inner == "of" and words[-2] in LEVELS:
            return f"{LEVELS[words[-2]]}-of"
    return inner


def _right(after: str, next_word: str) -> str:
    if not after:
        return "end"
    if next_word:
        return RIGHT.get(next_word, "other")
    if after[:2] in {"'s", "’s"}:
        return "possessive"
    return "comma" if after[0] == "," else "mark"


def _part(run: Run, first: int, last: int) -> list[str]:
    """Whether the name is only part of a longer run of capitals, as persons' and things' names are."""
    if not run.cased:
        return []
    cues = []
    if first > (1 if run.first else 0):
        cues.append("capital-before")
    if last < len(run.words):
        cues.append(f"capital-after={RIGHT.get(run.words[last].key.lower(), 'other')}")
    return cues


def _level(left: list[str], next_word: str) -> str | None:
    if next_word in LEVELS:
        return LEVELS[next_word]
    if len(left) > 1:
        if left[-1] == "of" and left[-2] in LEVELS:
            return LEVELS[left[-2]]
        if left[-1] in LEVELS and left[-2] == "the":
            return LEVELS[left[-1]]
    return None
