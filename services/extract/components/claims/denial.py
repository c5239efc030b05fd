"""A denial as a value, and the words that denials are about. Pure."""

from dataclasses import dataclass
from typing import Final

from schemas.taxonomy import About
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.cues import (
    DID,
    NEEDS_EVENT,
)

HARM_WORDS: Final = word_set(
    "died losses lost casualties injuries deaths injured hurt wounded killed dead civilians civilian toll "
    "harm harmed "
    "figure figures"
)


DEEDS: Final = (DID - NEEDS_EVENT) | word_set("fired firing launched launching conducted carried perpetrated")
"""Verbs of doing that are violence by themselves, or nearly so in a denial."""


@dataclass(frozen=True, slots=True)
class Denial:
    """Who denies, what about, whom it clears (None: the denier's own side), where it stands, the value."""

    denier: ActorMention
    about: About
    cue: int
    first: int
    last: int
    cleared: ActorMention | None = None
    value: str | None = None
    reporter: str | None = None
    rejected: ActorMention | None = None
