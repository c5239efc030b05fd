"""Stages: whether what a trigger tells of happened, is planned, is only possible, or did not happen.

Judged by the cues just before the trigger. "Allegedly" and "suspected" leave an event happened: they
doubt who did it. Pure.
"""

import re
from typing import Final, NamedTuple

from schemas.taxonomy import Stage


class Cue(NamedTuple):
    """A cue word in a sentence, offsets within the sentence."""

    name: str
    start: int
    end: int


_REACH: Final = {"planned": 28, "hypothetical": 34, "negation": 14}
"""Code points before a trigger within which a cue bears on it."""
_STAGES: Final = {
    "planned": Stage.PLANNED,
    "hypothetical": Stage.HYPOTHETICAL,
    "negation": Stage.DENIED,
}
_INFINITIVE: Final = re.compile(r"(?<!began )(?<!started )(?<!continued )(?<!managed )(?<!used )\bto $")
_BREAKS: Final = frozenset(',.;:()"“”—')


def stage_of(text: str, start: int, cues: tuple[Cue, ...], form: str) -> Stage:
    """The stage of a trigger that begins at `start` of a sentence (lower case)."""
    if form == "p":
        return Stage.HAPPENED
    if form in "vg" and _INFINITIVE.search(text, max(0, start - 24), start) is not None:
        return Stage.PLANNED
    for cue in reversed(cues):
        reach = _REACH.get(cue.name)
        if reach is not None and cue.end <= start <= cue.end + reach and _bears(text[cue.end : start]):
            return _STAGES[cue.name]
    return Stage.HAPPENED


def _bears(between: str) -> bool:
    """Whether nothing between cue and trigger cuts them apart."""
    return not _BREAKS.intersection(between) and " after " not in between and " who " not in between
