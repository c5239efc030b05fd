"""Actor mentions: a phrase, who it stands for, and what it can do in a sentence. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from schemas.claim import Actor
from schemas.taxonomy import ActorKind
from services.extract.components.actors.lexicon import Part
from services.extract.model import Span

STATE_KINDS = frozenset(
    {ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.MINISTRY, ActorKind.MILITARY, ActorKind.OFFICIAL}
)
"""Kinds that speak and act for their country."""
_VOICES = frozenset({Part.OFFICE, Part.BODY, Part.SOURCE, Part.GROUP, Part.ORGANISATION, Part.AGENCY})


@dataclass(frozen=True)
class ActorMention:
    """An actor where it is named: words first … last - 1 of a sentence.

    `own` is what the words alone say; `actor` is whom they stand for, found out when first asked.
    `head` is the head noun in lower case ("ministry", "warplanes"), empty for a bare name. `part` is
    the head's part, or what the name itself is; None for a person's bare name. `owner` marks a
    possessive, `possessor` is "its" or "our" before it. `by_name`: a name is part of the phrase.
    `reporter` names an agency that passes another's words on.
    """

    own: Actor
    span: Span
    sentence: int
    first: int
    last: int
    head: str
    part: Part | None
    owner: bool = False
    pronoun: str | None = None
    person: bool = False
    plural: bool = False
    adjective: bool = False
    by_name: bool = False
    reporter: str | None = None
    possessor: str | None = None
    settle: Callable[[], tuple[Actor, bool]] | None = None
    settled: tuple[Actor, bool] | None = None

    @cached_property
    def _stands_for(self) -> tuple[Actor, bool]:
        if self.settled is not None:
            return self.settled
        actor, resolved = (self.own, True) if self.settle is None else self.settle()
        bare = not self.head and actor.kind is ActorKind.PERSON and " " not in actor.name
        return actor, resolved and not bare

    @property
    def actor(self) -> Actor:
        """Whom the mention stands for, given the rest of the article."""
        return self._stands_for[0]

    @property
    def resolved(self) -> bool:
        """False for a pronoun or a bare noun whose actor the article does not give."""
        return self._stands_for[1]

    @property
    def named(self) -> bool:
        """Whether a name tells who it is, here or in what it refers to."""
        return self.by_name or (self.resolved and self.actor.country is not None)

    @property
    def party(self) -> str:
        """The key of the side an actor speaks or acts for: a state's organs are that state."""
        return party_of(self.actor)


def party_of(actor: Actor) -> str:
    """The key of the party of an actor; organs and officials of a state share the state's."""
    if actor.kind in STATE_KINDS and actor.country:
        return f"state:{actor.country}"
    return f"{actor.kind.value}:{actor.name.casefold()}"
