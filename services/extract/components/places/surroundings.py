"""What stands around a place's name in its sentence, as the names of features. Pure."""

import re
from typing import Final, NamedTuple

from services.extract.components.places.runs import Run
from services.extract.components.places.words import LEFT, LEVELS, RIGHT

_REACH: Final = 26
"""Code points read on either side: two or three words."""
_WORDS: Final = re.compile(r"[^\W_][\w'’\-]*|[.,;:()\[\]\"“”]|--|—")
_BLOCK: Final = re.compile(r"\d+\s+(?:block\s+of\s+)?(?:[NSEWnsew]\.?\s+)?$|\bblock of\s+$")


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
    start, end = run.words[first if owner is None else owner].start, run.words[last - 1].end
    before = text[max(0, start - _REACH) : start]
    left = _WORDS.findall(before.lower())
    right = _WORDS.findall(text[end : end + _REACH].lower())
    cues = [f"l={_left(left)}", f"r={_right(right)}", *_part(run, first if owner is None else owner, last)]
    if _BLOCK.search(before):
        cues.append("block")
    level = _level(left, right)
    if level is not None:
        cues.append(f"level={level}")
    return Surroundings(tuple(cues), left[-1] if left else "", level)


def _left(words: list[str]) -> str:
    if not words:
        return "start"
    word = words[-1]
    inner = LEFT.get(word)
    if inner in {"the", "side", "downtown"} and len(words) > 1:
        return f"{LEFT.get(words[-2], 'other')}-{inner}"
    if inner == "of" and len(words) > 1 and words[-2] in LEVELS:
        return f"{LEVELS[words[-2]]}-of"
    if inner is not None:
        return inner
    return "other" if word[0].isalnum() else "mark"


def _right(words: list[str]) -> str:
    if not words:
        return "end"
    word = words[0]
    if word in {"'s", "’s", "'", "’"}:
        return "possessive"
    if word == "," and len(words) > 1:
        return "comma"
    return RIGHT.get(word) or ("other" if word[0].isalnum() else "mark")


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


def _level(left: list[str], right: list[str]) -> str | None:
    if right and right[0] in LEVELS:
        return LEVELS[right[0]]
    if len(left) > 1 and left[-1] == "of" and left[-2] in LEVELS:
        return LEVELS[left[-2]]
    if len(left) > 1 and left[-1] in LEVELS and left[-2] == "the":
        return LEVELS[left[-1]]
    return None
