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
        if word in ACCUSE | BLAME and _is_mutual(reading, at):
            yield from _mutual(reading, at)
            continue
        form = next((form for words, form in _FORMS if word in words), None)
        found = form(reading, at) if form is not None else None
        if found is not None and not _negated(reading, found):
            yield found


def _is_mutual(reading: Reading, at: int) -> bool:
    return reading.lower[at + 1 : at + 3] in {("each", "other"), ("one", "another")}


def _mutual(reading: Reading, at: int) -> Iterator[Accusation]:
    """“X and Y accused each other of the attack”: both accuse and are accused."""
    one = reading.subject_of(at)
    if one is None or reading.word(one.first - 1) != "and":
        return
    other = reading.by_word.get(one.first - 2)
    if other is None:
        return
    end = min(at + 16, len(reading.lower))
    for accuser, accused in ((one, other), (other, one)):
        yield Accusation(accuser, accused, at, other.first, end, (at + 3, end), "blamed each other")


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
