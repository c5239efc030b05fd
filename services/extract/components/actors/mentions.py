"""Actor mentions: a phrase, who it stands for, and what it can do in a sentence. Pure."""

from dataclasses import dataclass

from schemas.claim import Actor
from schemas.taxonomy import ActorKind
from services.extract.components.actors.lexicon import Part
from services.extract.model import Span

STATE_KINDS = frozenset(
    {ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.MINISTRY, ActorKind.MILITARY, ActorKind.OFFICIAL}
)
"""Kinds that speak and act for their country."""
_VOICES = frozenset({Part.OFFICE, Part.BODY, Part.SOURCE, Part.GROUP, Part.ORGANISATION, Part.AGENCY})


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor where it is named: words first … last - 1 of a sentence.

    `head` is the head noun in lower case ("ministry", "warplanes"), empty for a bare name.
    `part` is the head's part, or what the name itself is; None for a person's bare name.
    `owner` marks a possessive. `resolved` is False for a pronoun or a bare noun whose actor could
    not be found elsewhere in the article. `named`: a name is part of the phrase or of
    what it refers to, not nouns alone. `possessor` is "its" or "our" before it. `reporter` names an agency that passes another's words on.
    """

    actor: Actor
    span: Span
    sentence: int
    first: int
    last: int
    head: str
    part: Part | None
    owner: bool = False
    pronoun: str | None = None
    resolved: bool = True
    person: bool = False
    plural: bool = False
    adjective: bool = False
    named: bool = False
    reporter: str | None = None
    possessor: str | None = None

    @property
    def party(self) -> str:
        """The key of the side an actor speaks or acts for: a state's organs are that state."""
        return party_of(self.actor)


def party_of(actor: Actor) -> str:
    """The key of the party of an actor; organs and officials of a state share the state's."""
    if actor.kind in STATE_KINDS and actor.country:
        return f"state:{actor.country}"
    return f"{actor.kind.value}:{actor.name.casefold()}"
