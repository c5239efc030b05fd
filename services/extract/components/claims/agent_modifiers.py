"""Agents as the owners of an event: “Sudanese army shelling”, “an ETA car bombing”. Pure."""

from typing import Final

from schemas.taxonomy import ActorKind
from services.extract.components.actors.lexicon import Part
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.agent import Agent, is_named
from services.extract.components.claims.cues import (
    DID,
    EVENT,
    HEDGES,
    MILITARY_EVENT,
)
from services.extract.components.claims.reading import Reading


def modifier(reading: Reading, at: int, last: int) -> Agent | None:
    """As in "Sudanese army shelling", "an ETA car bombing", "Armenia's shelling"."""
    found = reading.by_word.get(at)
    if found is None or found.first != at or found.pronoun is not None or found.last >= last:
        return None
    noun = next(
        (
            i
            for i in range(found.last, min(found.last + 4, last))
            if reading.lower[i] in EVENT or reading.lower[i] in DID
        ),
        None,
    )
    if noun is None or not all(_may_qualify(reading, found, i) for i in range(found.last, noun)):
        return None
    if found.part is Part.ATTACKER and found.actor.country is None and not is_named(found):
        return None
    if found.head == "military" and not found.by_name:
        return None
    if reading.lower[noun] not in EVENT or not _owns_event(reading, found, noun):
        return None
    if reading.word(at - 1) in {"against", "on", "of"} and found.part is not Part.GROUP:
        return None
    return Agent(found, at, noun + 1, "modifier", hedged=reading.any_of(HEDGES, at - 2, noun + 3))


def _owns_event(reading: Reading, found: ActorMention, noun: int) -> bool:
    """A group owns any violent event it qualifies; a state or its forces only a military one."""
    word = reading.lower[noun]
    if found.part is Part.COUNTRY and not (found.owner or found.adjective):
        return False
    if found.actor.kind is ActorKind.ARMED_GROUP:
        return word in EVENT and word not in {"deaths", "death", "incident", "crime"}
    if reading.lower[noun] in {"killed", "kills"}:
        return False
    return word in MILITARY_EVENT and not _plural_verb(reading, found, noun)


def _plural_verb(reading: Reading, found: ActorMention, noun: int) -> bool:
    """As in "Russian warplanes strike": a verb, not a noun."""
    return (
        not found.adjective
        and not found.owner
        and found.plural
        and reading.lower[noun] in {"strike", "raid", "fire", "bomb"}
        and (found.part in {Part.FORCE, Part.GEAR})
    )


def _may_qualify(reading: Reading, found: ActorMention, at: int) -> bool:
    """Whether a word may stand between an actor and the event that is theirs."""
    word = reading.lower[at]
    if found.part in {Part.FORCE, Part.GEAR, Part.BODY} and not found.owner:
        return word in _KINDS_OF_EVENT
    if word in _NOT_ADJECTIVES:
        return False
    return not word.endswith("ed") or word in _PARTICIPLES


_KINDS_OF_EVENT: Final = word_set(
    "air aerial drone missile rocket artillery mortar military ground deadly heavy cross-border "
    "retaliatory overnight night chemical gas - 's barrel cluster"
)


_PARTICIPLES: Final = word_set(
    "armed coordinated alleged suspected renewed sustained repeated targeted guided reported"
)


_NOT_ADJECTIVES: Final = word_set(
    ", . ; : and or of in on at by for to from with that which who has have had is are was were said "
    'says been be against the a an " “ ” came come comes coming under into after before when while as '
    "say told tells vows vow takes take took claims claim claimed denies deny kills kill killing it "
    "its their his this"
)
