"""What an accusation is about: the deed, the circumstances of it, or another matter. Pure."""

from dataclasses import dataclass
from typing import Final

from services.extract.components.actors.mentions import ActorMention
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.cues import (
    DID,
    EVENT,
    FAULTS,
    PACTS,
    RESPONSIBILITY,
)
from services.extract.components.claims.reading import Reading


@dataclass(frozen=True, slots=True)
class Accusation:
    """Accuser (None: not said), accused, the cue's word index, the words it spans, the offence's range."""

    accuser: ActorMention | None
    accused: ActorMention
    cue: int
    first: int
    last: int
    offence: tuple[int, int]
    form: str


def is_fault(reading: Reading, found: Accusation) -> bool:
    """Whether the offence is about the circumstances (failing to warn, embedding) and not the deed."""
    return reading.any_of(FAULTS, *found.offence) and not reading.any_of(
        frozenset({"chemical", "gas", "force", "human"}), *found.offence
    )


def is_other_matter(reading: Reading, found: Accusation) -> bool:
    """Whether the offence is breaking a pact, interference and the like."""
    first, last = found.offence
    if reading.any_of(PACTS, first, min(first + 8, last)):
        return True
    return reading.any_of(_MATTERS, first, min(first + 5, last)) and not reading.any_of(
        DID | EVENT, first, min(first + 6, last)
    )


_MATTERS: Final = word_set(
    "failure collapse breakdown delay delays lack crisis exodus shortage shortages rise meddling "
    "interference hostility propaganda lying corruption fraud spying espionage supporting sponsoring "
    "harbouring harboring funding"
)


def is_deed(reading: Reading, found: Accusation) -> bool:
    """Whether the offence is violence or responsibility for it; blame without an offence counts."""
    if not found.form.startswith(("accused", "was accused")):
        return True
    return reading.any_of(DID | EVENT | RESPONSIBILITY | _DEEDS, *found.offence)


_DEEDS: Final = word_set(
    "killing bombing shelling murdering attacking targeting striking shooting firing launching "
    "carrying using abducting kidnapping torturing plotting masterminding planning staging "
    "orchestrating committing perpetrating terrorism poisoning ordering assassinating downing hitting "
    "bombarding pounding executing massacring being"
)
