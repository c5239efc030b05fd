"""Who blames whom: the verbs and nouns of accusation in active, passive and nominal forms. Pure."""

from collections.abc import Callable, Iterator
from typing import Final

from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.accusation_forms import (
    ROLE,
    accuse,
    attribute,
    blame,
    charged,
    finger,
    hold,
    linked,
    nominal,
    suspect,
)
from services.extract.components.claims.cues import (
    ACCUSE,
    ATTRIBUTE,
    BLAME,
    HOLD,
    LINK,
    NEGATION,
    SUSPECT,
)
from services.extract.components.claims.offences import Accusation
from services.extract.components.claims.reading import Reading


def accusations(reading: Reading) -> Iterator[Accusation]:
    """The accusations of a sentence, in order."""
    for at, word in enumerate(reading.lower):
        if at in reading.by_word:
            continue
        form = next((form for words, form in _FORMS if word in words), None)
        found = form(reading, at) if form is not None else None
        if found is not None and not _negated(reading, found):
            yield found


_FORMS: Final[tuple[tuple[frozenset[str], Callable[[Reading, int], Accusation | None]], ...]] = (
    (BLAME, blame),
    (ACCUSE, accuse),
    (frozenset({"charged"}), charged),
    (LINK, linked),
    (HOLD, hold),
    (ATTRIBUTE, attribute),
    (SUSPECT, suspect),
    (frozenset({"finger", "fingers"}), finger),
    (ROLE, nominal),
)


def _negated(reading: Reading, found: Accusation) -> bool:
    return reading.any_of(NEGATION | _SHUNNED, found.cue - 3, found.cue)


_SHUNNED: Final = word_set(
    "clear short refrained refrain avoided avoid avoiding declined refused stopped before stop"
)
