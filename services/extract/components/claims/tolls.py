"""Tolls: "the death toll rose to six", "put the injured at 74", "bringing to three the dead". Pure."""

from typing import Final

from schemas.taxonomy import About
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.word_tests import Lower, any_of, word_at

_REACH: Final = 24
"""Words before a number in which the toll that it gives is named."""
_TOLL: Final = word_set("toll count tally")
_COUNTED: Final = word_set("dead killed deaths fatalities injured wounded injuries hurt casualties victims")
_INJURED: Final = word_set("injured wounded injury injuries hurt")
_VERBS: Final = word_set(
    "at to of is was stood stands reached rose climbed risen climbing rising put as passed exceeded hit "
    "jumped now had has least more than over nearly about around from by above"
)
_GIVING: Final = word_set("put puts putting gave gives giving figure count")
_BRINGING: Final = word_set("bringing brings brought taking takes took raising raises raised")
_QUOTES: Final = frozenset({'"', "“", "”", "‘"})


def toll_of(lower: Lower, first: int, last: int) -> tuple[About, int] | None:
    """What a number counts that a toll before or behind it gives, and where the words end."""
    return _before(lower, first, last) or _behind(lower, first, last)


def _before(lower: Lower, first: int, last: int) -> tuple[About, int] | None:
    led = first - 1 - (word_at(lower, first - 1) in _QUOTES)
    if word_at(lower, led) not in _VERBS or _is_past(lower, first):
        return None
    for at in range(led, max(first - _REACH, -1), -1):
        word = lower[at]
        if word in _TOLL or (word in _COUNTED and _is_count(lower, at)) or _is_figure(lower, at):
            if any(w[0].isdigit() for w in lower[at + 1 : first]):
                return None
            return (About.INJURED if any_of(lower, _INJURED, at - 2, at + 1) else About.FATALITIES), last
        if word in {";", ","} and first - at > 12:
            return None
    return None


def _is_count(lower: Lower, at: int) -> bool:
    """As in "the number of people killed", "put the injured", "confirmed dead"."""
    before = lower[max(at - 5, 0) : at]
    return "number" in before or word_at(lower, at - 1) == "confirmed" or not _GIVING.isdisjoint(before[-2:])


def _is_figure(lower: Lower, at: int) -> bool:
    """As in "gave a figure of 19"."""
    if lower[at] not in {"figure", "number"}:
        return False
    return any_of(lower, _GIVING, at - 3, at) or word_at(lower, at - 1) in {
        "true",
        "real",
        "actual",
        "correct",
    }


def _is_past(lower: Lower, first: int) -> bool:
    """As in "up from 22", "rose from nine": the older figure of a rise."""
    before = word_at(lower, first - 1)
    return before == "from" or (before in {"least", "about"} and word_at(lower, first - 3) == "from")


def _behind(lower: Lower, first: int, last: int) -> tuple[About, int] | None:
    """As in "bringing to three the number of people killed"."""
    if word_at(lower, first - 1) != "to" or word_at(lower, first - 2) not in _BRINGING:
        return None
    if not any_of(lower, _TOLL | {"number"}, last, last + 3):
        return None
    injured = any_of(lower, _INJURED, last, last + 8)
    return (About.INJURED if injured else About.FATALITIES), last


def is_increment(lower: Lower, last: int) -> bool:
    """As in "two more victims have died, taking the toll to six": not the whole, which follows."""
    if not any_of(lower, _MORE, last, last + 2):
        return False
    rise = next((i for i in range(last, len(lower)) if lower[i] in _BRINGING), None)
    return rise is not None and any_of(lower, _TOLL | {"number"}, rise, rise + 8)


_MORE: Final = word_set("more other others further additional")
