"""Agents of verbs: subjects of doing, “by X” behind participles and events. Pure."""

from typing import Final

from schemas.taxonomy import ActorKind
from services.extract.components.actors.lexicon import Part
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.agent import Agent
from services.extract.components.claims.cues import (
    ADVERBS,
    DID,
    EVENT,
    EVENT_OBJECT,
    HEDGES,
    MODALS,
    NEEDS_EVENT,
    NEGATION,
    SUSPECTED,
)
from services.extract.components.claims.reading import Reading


def active(reading: Reading, verb: int, floor: int) -> Agent | None:
    """As in "X [has] killed": the subject before a verb of doing."""
    begun = reading.word(verb - 1) == "to" and reading.word(verb - 2) in _BEGUN
    if not begun and reading.word(verb - 1) in {
        "to",
        "be",
        "been",
        "was",
        "were",
        "is",
        "are",
        "being",
        "the",
        "a",
        "an",
    }:
        return None
    if reading.lower[verb] in NEEDS_EVENT and not _has_object(reading, verb):
        return None
    if reading.word(verb + 1) == "by" or _is_participle_noun(reading, verb) or _is_noun(reading, verb):
        return None
    subject = near_subject(reading, verb - 2 if begun else verb)
    if subject is None or subject.first < floor or subject.owner or subject.adjective:
        return None
    between = (subject.last, verb)
    return Agent(
        subject,
        subject.first,
        min(verb + 8, len(reading.lower)),
        "active",
        negated=reading.any_of(NEGATION, *between) or reading.word(subject.first - 1) in {"no", "none"},
        hedged=reading.any_of(MODALS | HEDGES, *between),
        verb=reading.lower[verb],
        suspected=_is_suspected(reading, *between),
    )


def _is_suspected(reading: Reading, first: int, last: int) -> bool:
    return reading.any_of(SUSPECTED, first, last) and not reading.any_of(MODALS, first, last)


_BEGUN: Final = word_set("started began proceeded managed continued")


def _has_object(reading: Reading, verb: int) -> bool:
    """Whether a verb that is not violent by itself has an event or a weapon near it, or "up"."""
    if reading.lower[verb] == "blew":
        return reading.word(verb + 1) == "up"
    return reading.any_of(EVENT_OBJECT, verb + 1, verb + 8)


def _is_noun(reading: Reading, verb: int) -> bool:
    """As in "the rebel attack was …", "strikes on …": a word of EVENT without an object is no verb."""
    if reading.lower[verb] not in EVENT:
        return False
    after = reading.word(verb + 1)
    return after in _NOT_OBJECTS or after in DID or after == ""


_NOT_OBJECTS: Final = word_set(
    "was were is are has have had on in at against by took that which who of , . ; : and or to for "
    "from when while after before as late early monday tuesday wednesday thursday friday saturday "
    "sunday left near since could would may"
)


def _is_participle_noun(reading: Reading, verb: int) -> bool:
    """As in "Kenyan sailors killed in", "sailors killed by": a bare participle after its object."""
    word = reading.lower[verb]
    after = reading.word(verb + 1)
    return (
        word.endswith(("ed", "ot", "en", "ain"))
        and after in {"in", "by", "on", "during", "when", "near", "and", ",", "", "at"}
        and ((word not in NEEDS_EVENT and after != "on") or after == "by")
    )


def near_subject(reading: Reading, verb: int) -> ActorMention | None:
    """The mention right before a verb, adverbs and auxiliaries between them."""
    at = verb - 1
    while at >= 0 and verb - at < 8 and at not in reading.by_word:
        word = reading.lower[at]
        if not (
            word in ADVERBS or word.endswith("ly") or word in NEGATION or word in MODALS or word == "and"
        ):
            return _over_participle(reading, at, verb)
        at -= 1
    found = reading.by_word.get(at)
    if found is None:
        return None
    if found.part is Part.COUNTRY and _is_location(reading, found):
        return None
    if reading.led_by_preposition(found) and not _is_some_of(reading, found):
        front = reading.front_of(found)
        return front if front is not found and reading.lower[verb] not in EVENT else None
    return None if _is_asked(reading, found) else found


def _is_some_of(reading: Reading, found: ActorMention) -> bool:
    """As in "one of its men", "several of the rebels"."""
    return reading.word(found.first - 1) == "of" and reading.word(found.first - 2) in _SOME


_SOME: Final = word_set(
    "one two three four five several some many most all group members number dozens scores"
)


def _is_asked(reading: Reading, found: ActorMention) -> bool:
    """As in "which side's planes …", "whether rebels …": a question, not a statement."""
    return found.pronoun not in {"who", "which"} and reading.any_of(_QUESTIONS, found.first - 2, found.first)


_QUESTIONS: Final = word_set("which whether whose if what")


def _is_location(reading: Reading, found: ActorMention) -> bool:
    return reading.led_by_preposition(found)


def _over_participle(reading: Reading, at: int, verb: int) -> ActorMention | None:
    """As in "X … killed 3 and wounded 4": the second verb shares the first one's subject."""
    if reading.word(verb - 1) != "and" and reading.word(verb - 1) != ",":
        return None
    for index in range(at, max(at - 10, -1), -1):
        if reading.lower[index] in DID and index not in reading.by_word:
            return near_subject(reading, index)
    return None


def passive(reading: Reading, verb: int, last: int) -> Agent | None:
    """As in "was killed by X": the mention behind "by" within a few words."""
    if reading.lower[verb] in EVENT:
        return None
    for at in range(verb + 1, min(verb + 9, last)):
        word = reading.lower[at]
        if word == "by":
            return agent_after(reading, verb, at + 1, "passive")
        if word == "," and reading.word(at + 1) == "according":
            return _after_aside(reading, verb, at + 1)
        if word in {",", ";", "that", "said"} or (word in DID and at > verb + 1):
            return None
    return None


def released_by(reading: Reading, verb: int, last: int) -> Agent | None:
    """“was released by X”: an armed group that releases has held."""
    for at in range(verb + 1, min(verb + 6, last)):
        if reading.lower[at] == "by":
            found = agent_after(reading, verb, at + 1, "released by")
            held = found is not None and found.mention.actor.kind is ActorKind.ARMED_GROUP
            return found if held else None
    return None


def _after_aside(reading: Reading, verb: int, at: int) -> Agent | None:
    """“was perpetrated, according to Z, by X”."""
    for index in range(at, min(at + 12, len(reading.lower) - 1)):
        if reading.lower[index] == "," and reading.word(index + 1) == "by":
            return agent_after(reading, verb, index + 2, "passive")
    return None


def agent_after(reading: Reading, cue: int, at: int, form: str) -> Agent | None:
    """The mention behind a preposition or verb at `at`, articles and hedges between them."""
    found = reading.mention_from(at, 3)
    if found is None or found.owner or found.adjective or found.pronoun in {"who", "which"}:
        return None
    if not all(_leads_in(reading, i) for i in range(at, found.first)):
        return None
    return Agent(
        found,
        max(cue - 6, 0),
        found.last,
        form,
        negated=reading.any_of(NEGATION, cue - 4, cue),
        hedged=reading.any_of(HEDGES | MODALS, cue - 5, at + 2),
        verb=reading.lower[cue],
        suspected=_is_suspected(reading, cue - 5, at + 2),
    )


def _leads_in(reading: Reading, at: int) -> bool:
    word = reading.lower[at]
    return word in HEDGES or word in _ARTICLES or word in {"'", '"', "“", "‘"}


_ARTICLES: Final = word_set(
    "the a an some several two three four five six many unidentified unknown what were"
)


def by_event(reading: Reading, at: int, first: int) -> Agent | None:
    """As in "an attack by X", "fire from X"."""
    if at - 1 < first or not (reading.word(at - 1) in EVENT or _event_of(reading, at)):
        return None
    if reading.word(at) == "from" and reading.word(at + 1) in {
        "around",
        "inside",
        "near",
        "within",
        "behind",
    }:
        return None
    return agent_after(reading, at - 1, at + 1, "event by")


def _event_of(reading: Reading, at: int) -> bool:
    """As in "the murder of NAME, … by X": the event stands further off, with "of" behind it."""
    if reading.word(at) != "by":
        return False
    for index in range(at - 2, max(at - 12, 0), -1):
        if reading.lower[index] in DID or reading.lower[index] in {"said", "that", ";"}:
            return False
        if reading.lower[index] in EVENT and reading.word(index + 1) in {"of", "against", "on"}:
            return True
    return False
