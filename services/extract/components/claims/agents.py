"""Who is said to have done it: agent constructions between two words of a sentence. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from schemas.taxonomy import ActorKind
from services.extract.components.actors.lexicon import Part
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.agent import Agent, may_act
from services.extract.components.claims.agent_modifiers import modifier
from services.extract.components.claims.agent_verbs import (
    active,
    agent_after,
    by_event,
    near_subject,
    passive,
    released_by,
)
from services.extract.components.claims.cues import (
    ADVERBS,
    DID,
    EVENT,
    HEDGES,
    MODALS,
    NEGATION,
    RELEASED,
)
from services.extract.components.claims.reading import Reading


def agents(reading: Reading, first: int, last: int) -> Iterator[Agent]:
    """The agents named between two words, in order."""
    for at in range(first, last):
        if reading.lower[at] == "between" or reading.lower[at] in _CLASHING:
            yield from _fighters(reading, at)
            continue
        for agent in (_of_word(reading, at, first, last), modifier(reading, at, last)):
            if agent is not None:
                if may_act(agent.mention):
                    yield agent
                yield from _coordinated(reading, agent)


def _of_word(reading: Reading, at: int, first: int, last: int) -> Agent | None:
    """The agent of the construction that a word opens or closes."""
    word = reading.lower[at]
    if word in DID and at not in reading.by_word:
        return active(reading, at, first) or passive(reading, at, last)
    if word in RELEASED and at not in reading.by_word:
        return released_by(reading, at, last)
    if word in {"by", "from"}:
        return by_event(reading, at, first)
    rule = _RULES.get(word)
    return rule(reading, at, first) if rule is not None else None


def _coordinated(reading: Reading, agent: Agent) -> Iterator[Agent]:
    """As in "Chadian or Libyan jets", "Chad and Niger": the other party named beside an agent."""
    mention = agent.mention
    if reading.word(mention.first - 1) not in {"and", "or"}:
        return
    other = reading.by_word.get(mention.first - 2)
    if other is None or not (other.adjective or other.part is mention.part) or not may_act(other):
        return
    hedged = agent.hedged or reading.word(mention.first - 1) == "or"
    yield replace(agent, mention=other, first=min(agent.first, other.first), hedged=hedged)


def _fighters(reading: Reading, at: int) -> Iterator[Agent]:
    """“fighting between X and Y”, “X clashed with Y”: both take part."""
    if reading.lower[at] == "between":
        yield from _between(reading, at)
    elif reading.word(at + 1) == "with":
        sides = (reading.subject_of(at), reading.mention_from(at + 2, 2))
        yield from (
            Agent(s, s.first, s.last, "between", hedged=True) for s in sides if s is not None and may_act(s)
        )


_CLASHING: Final = word_set("clashed clashing clash clashes fought")


def _between(reading: Reading, at: int) -> Iterator[Agent]:
    """As in "fighting between X and Y": both take part."""
    if not reading.any_of(_FIGHTING, at - 4, at):
        return
    one = reading.mention_from(at + 1, 2)
    if one is None or reading.word(one.last) != "and":
        return
    other = reading.mention_from(one.last + 1, 2)
    for found in (one, other):
        if found is not None and may_act(found):
            yield Agent(found, max(at - 2, 0), found.last, "between", hedged=True)


_FIGHTING: Final = word_set(
    "clash clashes fighting combat combats battle battles confrontation confrontations gunfight "
    "firefight fights"
)


def _involved(reading: Reading, at: int, _floor: int) -> Agent | None:
    """As in "soldiers involved in the massacre"."""
    found = reading.by_word.get(at - 1)
    if found is None or reading.word(at + 1) != "in" or not reading.any_of(EVENT, at + 2, at + 6):
        return None
    return Agent(found, found.first, min(at + 6, len(reading.lower)), "involved", hedged=True)


def _doer(reading: Reading, at: int, floor: int) -> Agent | None:
    """As in "X did this"."""
    if reading.word(at + 1) not in {"this", "it"} or reading.word(at + 2) == "not":
        return None
    subject = near_subject(reading, at)
    if subject is None or subject.first < floor or subject.owner or subject.adjective:
        return None
    return Agent(subject, subject.first, at + 2, "did this")


def _behind(reading: Reading, at: int, floor: int) -> Agent | None:
    """As in "X was behind the attack", "X is responsible for", "X is to blame"."""
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
    """As in "the gang responsible for the raid"."""
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
        elif (
            word not in ADVERBS
            and word not in NEGATION
            and word not in MODALS
            and word not in {"to", ",", "president"}
        ):
            if not seen or word in {"that", ";"}:
                return None
            return reading.subject_of(index + 1, reach=6)
        index -= 1
    return None


def _under(reading: Reading, at: int, _floor: int) -> Agent | None:
    """As in "came under X's fire", "under fire from X" (the latter by the event rule)."""
    if reading.word(at - 1) not in {"came", "come", "comes", "were", "was", "coming"}:
        return None
    found = reading.mention_from(at + 1, 1)
    if found is None or not reading.any_of(EVENT, found.last, found.last + 3):
        return None
    return Agent(found, max(at - 6, 0), min(found.last + 2, len(reading.lower)), "under fire")


def _belonging(reading: Reading, at: int, _floor: int) -> Agent | None:
    """“the planes belonged to X”."""
    return agent_after(reading, at, at + 2, "belonging") if reading.word(at + 1) == "to" else None


def _work(reading: Reading, at: int, _floor: int) -> Agent | None:
    """“the work of X”."""
    return agent_after(reading, at, at + 2, "work of") if reading.word(at + 1) == "of" else None


def _to_blame(reading: Reading, at: int, floor: int) -> Agent | None:
    """“X is to blame”."""
    return _behind(reading, at - 1, floor) if reading.word(at - 1) == "to" else None


def _identified(reading: Reading, at: int, floor: int) -> Agent | None:
    """“the attackers were members of X”."""
    before, after = reading.by_word.get(at - 1), reading.mention_from(at + 1, 2)
    if before is None or before.part is not Part.ATTACKER or before.first < floor or after is None:
        return None
    if after.actor.kind is not ActorKind.ARMED_GROUP or not after.by_name:
        return None
    return Agent(after, before.first, after.last, "identified")


_RULES: Final[dict[str, Callable[[Reading, int, int], Agent | None]]] = {
    "were": _identified,
    "was": _identified,
    "behind": _behind,
    "responsible": _behind,
    "belonged": _belonging,
    "belonging": _belonging,
    "work": _work,
    "did": _doer,
    "involved": _involved,
    "implicated": _involved,
    "participated": _involved,
    "under": _under,
    "blame": _to_blame,
}
