"""One who is said to have done it, as a value, and what can be one. Pure."""

from dataclasses import dataclass
from typing import Final

from schemas.taxonomy import ActorKind
from services.extract.components.actors.lexicon import Part
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.actors.wordlist import word_set

_ACTING: Final = frozenset(
    {
        ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.MILITARY, ActorKind.ARMED_GROUP, ActorKind.PARTY,
        ActorKind.POLICE, ActorKind.CROWD, ActorKind.MINISTRY, ActorKind.OFFICIAL,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agent:
    """A mention as the one who did it: words first … last - 1 say so.

    `form` names the construction, `verb` its verb;
    `suspected` says that it is hedged as a suspicion and not as a possibility.
    """

    mention: ActorMention
    first: int
    last: int
    form: str
    negated: bool = False
    hedged: bool = False
    verb: str = ""
    suspected: bool = False


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


_BUILDINGS: Final = word_set("consulate embassy parliament court council commission supreme hospital city")
