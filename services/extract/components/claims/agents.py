"""Who is said to have done it: agent constructions between two words of a sentence. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from schemas.taxonomy import ActorKind
from services.extract.components.actors.lexicon import Part
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.claims.cues import (
    ADVERBS,
    DID,
    EVENT,
    EVENT_OBJECT,
    HEDGES,
    MILITARY_EVENT,
    MODALS,
    NEEDS_EVENT,
    NEGATION,
)
from services.extract.components.claims.reading import Reading

_ACTING: Final = frozenset(
    {
        ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.MILITARY, ActorKind.ARMED_GROUP, ActorKind.PARTY,
        ActorKind.POLICE, ActorKind.CROWD, ActorKind.MINISTRY, ActorKind.OFFICIAL,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agent:
    """A mention as the one who did it: words first … last - 1 say so; `form` names the construction."""

    mention: ActorMention
    first: int
    last: int
    form: str
    negated: bool = False
    hedged: bool = False


def agents(reading: Reading, first: int, last: int) -> Iterator[Agent]:
    """The agents named between two words, in order."""
    for at in range(first, last):
        word = reading.lower[at]
        found = None
        if word in DID and at not in reading.by_word:
            found = _active(reading, at, first) or _passive(reading, at, last)
        elif word in {"by", "from"}:
            found = _by_event(reading, at, first, last)
        elif word in {"behind", "responsible"}:
            found = _behind(reading, at, first)
        elif word in {"belonged", "belonging"} and reading.word(at + 1) == "to":
            found = _after(reading, at, at + 2, "belonging")
        elif word == "work" and reading.word(at + 1) == "of":
            found = _after(reading, at, at + 2, "work of")
        elif word == "did" and reading.word(at + 1) in {"this", "it"} and reading.word(at + 2) not in {"not"}:
            found = _doer(reading, at, first)
        elif word == "between":
            yield from _between(reading, at)
        elif word in {"involved", "implicated"} and reading.word(at + 1) == "in":
            found = _involved(reading, at)
        elif word == "under":
            found = _under(reading, at)
        elif word == "blame" and reading.word(at - 1) == "to":
            found = _behind(reading, at - 1, first)
        modifier = _modifier(reading, at, last)
        for agent in (found, modifier):
            if agent is not None and may_act(agent.mention):
                yield agent
                yield from _coordinated(reading, agent)


def _coordinated(reading: Reading, agent: Agent) -> Iterator[Agent]:
    """"Syrian or Russian warplanes", "Russia and Iran": the other party named beside an agent."""
    mention = agent.mention
    if reading.word(mention.first - 1) not in {"and", "or"}:
        return
    other = reading.by_word.get(mention.first - 2)
    if other is None or not (other.adjective or other.part is mention.part) or not may_act(other):
        return
    hedged = agent.hedged or reading.word(mention.first - 1) == "or"
    yield replace(agent, mention=other, first=min(agent.first, other.first), hedged=hedged)


def may_act(mention: ActorMention) -> bool:
    """Whether a mention can be one who does violence."""
    if mention.pronoun is not None and not mention.resolved:
        return False
    if mention.part in {Part.GEAR, Part.FORCE} and not mention.resolved and mention.actor.country is None:
        return mention.actor.kind in {ActorKind.ARMED_GROUP, ActorKind.POLICE}
    if mention.head in _BUILDINGS or (mention.part is Part.OFFICE and not mention.by_name):
        return False
    return mention.actor.kind in _ACTING and mention.part not in {Part.SOURCE}


def is_named(mention: ActorMention) -> bool:
    """Whether a mention is a group or country by name, and not "rebels" or "a bomber"."""
    return mention.named


_BUILDINGS: Final = frozenset("consulate embassy parliament court council commission supreme court hospital city council".split())


def _between(reading: Reading, at: int) -> Iterator[Agent]:
    """"fighting between X and Y": both take part."""
    if not reading.any_of(_FIGHTING, at - 4, at):
        return
    one = reading.mention_from(at + 1, 2)
    if one is None or reading.word(one.last) != "and":
        return
    other = reading.mention_from(one.last + 1, 2)
    for found in (one, other):
        if found is not None and may_act(found):
            yield Agent(found, max(at - 2, 0), found.last, "between", hedged=True)


_FIGHTING: Final = frozenset("clash clashes fighting combat combats battle battles confrontation confrontations gunfight firefight fights".split())


def _involved(reading: Reading, at: int) -> Agent | None:
    """"soldiers involved in the massacre"."""
    found = reading.by_word.get(at - 1)
    if found is None or not reading.any_of(EVENT, at + 2, at + 6):
        return None
    return Agent(found, found.first, min(at + 6, len(reading.lower)), "involved", hedged=True)


def _doer(reading: Reading, at: int, floor: int) -> Agent | None:
    """"X did this"."""
    subject = _near_subject(reading, at)
    if subject is None or subject.first < floor or subject.owner or subject.adjective:
        return None
    return Agent(subject, subject.first, at + 2, "did this")


def _active(reading: Reading, verb: int, floor: int) -> Agent | None:
    """"X [has] killed": the subject before a verb of doing."""
    if reading.word(verb - 1) in {"to", "be", "been", "was", "were", "is", "are", "being", "the", "a", "an"}:
        return None
    if reading.lower[verb] in NEEDS_EVENT and not reading.any_of(EVENT_OBJECT, verb + 1, verb + 8):
        return None
    if reading.word(verb + 1) == "by" or _is_participle_noun(reading, verb) or _is_noun(reading, verb):
        return None
    subject = _near_subject(reading, verb)
    if subject is None or subject.first < floor or subject.owner or subject.adjective:
        return None
    between = (subject.last, verb)
    return Agent(
        subject, subject.first, min(verb + 8, len(reading.lower)), "active",
        negated=reading.any_of(NEGATION, *between) or reading.word(subject.first - 1) in {"no", "none"},
        hedged=reading.any_of(MODALS | HEDGES, *between),
    )  # fmt: skip


def _is_noun(reading: Reading, verb: int) -> bool:
    """"the rebel attack was …", "strikes on …": a word of EVENT without an object is no verb."""
    if reading.lower[verb] not in EVENT:
        return False
    after = reading.word(verb + 1)
    return after in _NOT_OBJECTS or after in DID or after == ""


_NOT_OBJECTS: Final = frozenset(
    "was were is are has have had on in at against by took that which who of , . ; : and or to for from when while after "
    "before as late early monday tuesday wednesday thursday friday saturday sunday left near since could would may".split()
)


def _is_participle_noun(reading: Reading, verb: int) -> bool:
    """"Turkish soldiers killed in", "troops killed by": a bare participle after its object."""
    word = reading.lower[verb]
    after = reading.word(verb + 1)
    return word.endswith(("ed", "ot", "en", "ain")) and after in {"in", "by", "on", "during", "when", "near", "and", ",", "", "at"} and (
        word not in NEEDS_EVENT and after != "on" or after == "by"
    )


def _near_subject(reading: Reading, verb: int) -> ActorMention | None:
    """The mention right before a verb, adverbs and auxiliaries between them."""
    at = verb - 1
    while at >= 0 and verb - at < 8 and at not in reading.by_word:
        word = reading.lower[at]
        if not (word in ADVERBS or word.endswith("ly") or word in NEGATION or word in MODALS or word == "and"):
            return _over_participle(reading, at, verb)
        at -= 1
    found = reading.by_word.get(at)
    if found is None:
        return None
    if found.part is Part.COUNTRY and _is_location(reading, found):
        return None
    if reading.led_by_preposition(found):
        front = reading.front_of(found)
        return front if front is not found and reading.lower[verb] not in EVENT else None
    return None if _is_asked(reading, found) else found


def _is_asked(reading: Reading, found: ActorMention) -> bool:
    """"which side's planes …", "whether rebels …": a question, not a statement."""
    return found.pronoun not in {"who", "which"} and reading.any_of(_QUESTIONS, found.first - 2, found.first)


_QUESTIONS: Final = frozenset("which whether whose if what".split())


def _is_location(reading: Reading, found: ActorMention) -> bool:
    return reading.led_by_preposition(found)


def _over_participle(reading: Reading, at: int, verb: int) -> ActorMention | None:
    """"X … killed 3 and wounded 4": the second verb shares the first one's subject."""
    if reading.word(verb - 1) != "and" and reading.word(verb - 1) != ",":
        return None
    for index in range(at, max(at - 10, -1), -1):
        if reading.lower[index] in DID and index not in reading.by_word:
            return _near_subject(reading, index)
    return None


def _passive(reading: Reading, verb: int, last: int) -> Agent | None:
    """"was killed by X": the mention behind "by" within a few words."""
    if reading.lower[verb] in EVENT:
        return None
    for at in range(verb + 1, min(verb + 9, last)):
        word = reading.lower[at]
        if word == "by":
            return _after(reading, verb, at + 1, "passive")
        if word in {",", ";", "that", "said"} or (word in DID and at > verb + 1):
            return None
    return None


def _after(reading: Reading, cue: int, at: int, form: str) -> Agent | None:
    found = reading.mention_from(at, 3)
    if found is None or found.owner or found.pronoun in {"who", "which"}:
        return None
    if not all(_leads_in(reading, i) for i in range(at, found.first)):
        return None
    return Agent(
        found, max(cue - 6, 0), found.last, form,
        negated=reading.any_of(NEGATION, cue - 4, cue),
        hedged=reading.any_of(HEDGES | MODALS, cue - 5, at + 2),
    )  # fmt: skip


def _leads_in(reading: Reading, at: int) -> bool:
    word = reading.lower[at]
    return word in HEDGES or word in _ARTICLES or word in {"'", '"', "“", "‘"}


_ARTICLES: Final = frozenset("the a an some several two three four five six many unidentified unknown what were".split())


def _by_event(reading: Reading, at: int, first: int, last: int) -> Agent | None:
    """"an attack by X", "fire from X"."""
    if at - 1 < first or not (reading.word(at - 1) in EVENT or _event_of(reading, at)):
        return None
    if reading.word(at) == "from" and reading.word(at + 1) in {"around", "inside", "near", "within", "behind"}:
        return None
    return _after(reading, at - 1, at + 1, "event by")


def _event_of(reading: Reading, at: int) -> bool:
    """"the murder of NAME, … by X": the event stands further off, with "of" behind it."""
    if reading.word(at) != "by":
        return False
    for index in range(at - 2, max(at - 12, 0), -1):
        if reading.lower[index] in DID or reading.lower[index] in {"said", "that", ";"}:
            return False
        if reading.lower[index] in EVENT and reading.word(index + 1) in {"of", "against", "on"}:
            return True
    return False


def _behind(reading: Reading, at: int, floor: int) -> Agent | None:
    """"X was behind the attack", "X is responsible for", "X is to blame"."""
    if reading.word(at) == "behind" and not reading.any_of(EVENT | {"it", "this"}, at + 1, at + 7):
        return None
    if reading.word(at) == "responsible" and reading.word(at - 1) in {"those", "be", "hold"}:
        return None
    subject = _copula_subject(reading, at, floor)
    if subject is None:
        return _entities_responsible(reading, at)
    return Agent(
        subject, subject.first, min(at + 6, len(reading.lower)), "behind",
        negated=reading.any_of(NEGATION, subject.last, at),
        hedged=reading.any_of(HEDGES | MODALS, subject.last, at),
    )  # fmt: skip


def _entities_responsible(reading: Reading, at: int) -> Agent | None:
    """"the regime responsible for this attack"."""
    found = reading.by_word.get(at - 1)
    if found is None or reading.word(at) != "responsible":
        return None
    return Agent(found, found.first, min(at + 5, len(reading.lower)), "responsible")


def _copula_subject(reading: Reading, at: int, floor: int) -> ActorMention | None:
    """The subject of "was", "were", "is", "had been" before a predicate; "X or Y were" gives the nearer."""
    index = at - 1
    seen = False
    while index >= floor and at - index < 10:
        word = reading.lower[index]
        if index in reading.by_word:
            return reading.front_of(reading.by_word[index]) if seen else None
        if word in {"was", "were", "is", "are", "been", "be"}:
            seen = True
        elif word not in ADVERBS and word not in NEGATION and word not in MODALS and word not in {"to", ",", "president"}:
            if not seen or word in {"that", ";"}:
                return None
            return reading.subject_of(index + 1, reach=6)
        index -= 1
    return None


def _under(reading: Reading, at: int) -> Agent | None:
    """"came under X's fire", "under fire from X" (the latter by the event rule)."""
    if reading.word(at - 1) not in {"came", "come", "comes", "were", "was", "coming"}:
        return None
    found = reading.mention_from(at + 1, 1)
    if found is None or not reading.any_of(EVENT, found.last, found.last + 3):
        return None
    return Agent(found, max(at - 6, 0), min(found.last + 2, len(reading.lower)), "under fire")


def _modifier(reading: Reading, at: int, last: int) -> Agent | None:
    """"Syrian regime strikes", "a Taliban truck bombing", "Russia's shelling"."""
    found = reading.by_word.get(at)
    if found is None or found.first != at or found.pronoun is not None or found.last >= last:
        return None
    noun = next(
        (i for i in range(found.last, min(found.last + 4, last)) if reading.lower[i] in EVENT or reading.lower[i] in DID), None
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
    """"Russian warplanes strike": a verb, not a noun."""
    return not found.adjective and not found.owner and found.plural and reading.lower[noun] in {"strike", "raid", "fire", "bomb"} and (
        found.part in {Part.FORCE, Part.GEAR}
    )


def _may_qualify(reading: Reading, found: ActorMention, at: int) -> bool:
    """Whether a word may stand between an actor and the event that is theirs."""
    word = reading.lower[at]
    if found.part in {Part.FORCE, Part.GEAR, Part.BODY} and not found.owner:
        return word in _KINDS_OF_EVENT
    if word in _NOT_ADJECTIVES:
        return False
    return not word.endswith("ed") or word in _PARTICIPLES


_KINDS_OF_EVENT: Final = frozenset(
    "air aerial drone missile rocket artillery mortar military ground deadly heavy cross-border retaliatory overnight night "
    "chemical gas - 's barrel cluster".split()
)
_PARTICIPLES: Final = frozenset("armed coordinated alleged suspected renewed sustained repeated targeted guided reported".split())
_NOT_ADJECTIVES: Final = frozenset(
    ", . ; : and or of in on at by for to from with that which who has have had is are was were said says been be "
    "against the a an \" “ ” came come comes coming under into after before when while as says say told tells vows vow takes "
    "take took claims claim claimed denies deny kills kill killing it its their his this".split()
)
