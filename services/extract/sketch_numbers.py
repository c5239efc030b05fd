"""What the numbers of a text say of a scene: clock times, blocks of a street, ages of persons.

One scan over the digits; words around them are looked at only there. Pure; standard library only.
"""

import re
from typing import Final, NamedTuple

_DIGITS: Final = re.compile(r"\d+")
_TWELVE: Final = re.compile(r"(\d{1,2})(?::([0-5]\d))?\s*([ap])\.?\s?m\b", re.IGNORECASE)
_TWENTY_FOUR: Final = re.compile(r"([01]\d|2[0-3])[:h]([0-5]\d)\b")
_BLOCK: Final = re.compile(r"\d{2,5}\s+block\b", re.IGNORECASE)
_OLD: Final = re.compile(r"\d{1,2}[- ]years?[- ]old\b")
_AFTER_AGE: Final = re.compile(r"\d{1,2}(?:,|\sof\b|\.)")
_LOOK_BACK: Final = 6
"""Code points before a number that may say "aged"."""


class SceneNumbers(NamedTuple):
    """Clock times as "HHMM", blocks as said, ages; in order, doubles kept."""

    clock_times: list[str]
    blocks: list[str]
    ages: list[int]


def scene_numbers(text: str) -> SceneNumbers:
    """Every clock time, block and age of a text."""
    found = SceneNumbers([], [], [])
    for digits in _DIGITS.finditer(text):
        start, end = digits.span()
        if end - start <= 2:
            _short(text, start, end, found)
        elif end - start <= 5 and _stands_alone(text, start) and _BLOCK.match(text, start):
            found.blocks.append(digits[0])
    return found


def _short(text: str, start: int, end: int, found: SceneNumbers) -> None:
    """A number of one or two digits: an hour, an age, a small block."""
    following = text[end : end + 1]
    if not _stands_alone(text, start) or not following:
        return
    clock = _clock_time(text, start)
    if clock is not None:
        found.clock_times.append(clock)
    elif _is_age(text, start, following):
        found.ages.append(int(text[start:end]))
    elif following.isspace() and _BLOCK.match(text, start):
        found.blocks.append(text[start:end])


def _stands_alone(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return not (before.isalnum() or before == ":")


def _clock_time(text: str, start: int) -> str | None:
    twelve = _TWELVE.match(text, start)
    if twelve is not None:
        hour = int(twelve[1])
        afternoon = 12 if twelve[3] in "pP" else 0
        return f"{hour % 12 + afternoon:02}{twelve[2] or '00'}" if 1 <= hour <= 12 else None
    whole = _TWENTY_FOUR.match(text, start)
    return None if whole is None else f"{whole[1]}{whole[2]}"


def _is_age(text: str, start: int, following: str) -> bool:
    if following in "- " and _OLD.match(text, start):
        return True
    before = text[max(0, start - _LOOK_BACK) : start]
    if before.endswith(("aged ", " age ")):
        return True
    named = len(before) > 2 and before[-2] == "," and before[-1].isspace() and before[-3].isalpha()
    return named and _AFTER_AGE.match(text, start) is not None
