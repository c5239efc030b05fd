"""Attributions: per accused actor, who says so and who denies it, in which words. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from schemas.claim import Actor, Claim
from schemas.countries import country_name
from schemas.extraction import Perpetrator
from schemas.incident import Attribution, Voice
from schemas.taxonomy import About, ActorKind, Stance

SUPPORTING: Final = frozenset({Stance.ATTRIBUTES, Stance.CLAIMS_RESPONSIBILITY, Stance.CONFIRMS})
STATE_KINDS: Final = frozenset(
    {
        ActorKind.STATE,
        ActorKind.GOVERNMENT,
        ActorKind.MINISTRY,
        ActorKind.MILITARY,
        ActorKind.OFFICIAL,
    }
)
"""Kinds that speak or act for their country: they roll up to it."""


@dataclass(frozen=True, slots=True)
class TimedClaim:
    """A claim with its id and when it counts as said (the report's time where it does not say)."""

    claim: Claim
    claim_id: str
    said_at: datetime
    rank: int


def party(actor: Actor) -> str:
    """The key of the party an actor speaks or acts for: a state's organs are that state."""
    if actor.kind in STATE_KINDS and actor.country:
        return f"state:{actor.country}"
    return f"{actor.kind.value}:{actor.name.casefold()}"


def party_name(actor: Actor) -> str:
    """The short readable name of the party."""
    if actor.kind in STATE_KINDS and actor.country:
        return country_name(actor.country) or actor.name
    return actor.name


def attributions(claims: Iterable[TimedClaim]) -> tuple[Attribution, ...]:
    """One Attribution per accused party: most supported first, then least denied, then first named.

    A claimant's later stance on the same party is its current one; earlier voices stay, marked.
    """
    accused: dict[str, Actor] = {}
    voices: dict[str, list[tuple[TimedClaim, Voice]]] = {}
    for timed in sorted(claims, key=lambda one: (one.said_at, one.rank)):
        actor = _accused(timed.claim)
        if actor is None:
            continue
        key = party(actor)
        accused.setdefault(key, actor)
        voices.setdefault(key, []).append((timed, _voice(timed)))
    built = [_attribution(accused[key], said) for key, said in voices.items()]
    return tuple(sorted(built, key=lambda one: (-_weight(one.supporters), _weight(one.deniers))))


def perpetrators(
    found: Sequence[Attribution], extracted: Sequence[Sequence[Perpetrator]]
) -> tuple[Perpetrator, ...]:
    """Who is said to have done it: the extractors' own, with confidence combined over sources.

    Independent reports combine as 1 - ∏(1 - p); a party that is only denied is no perpetrator.
    """
    doubt: dict[str, float] = {}
    first: dict[str, Perpetrator] = {}
    for per_report in extracted:
        for one in per_report:
            key = party(one.actor)
            doubt[key] = doubt.get(key, 1.0) * (1.0 - one.confidence)
            first.setdefault(key, one)
    contested = {party(one.actor) for one in found if _weight(one.deniers)}
    merged = [
        first[key].model_copy(update={"confidence": round(_confidence(1 - rest, key in contested), 4)})
        for key, rest in doubt.items()
    ]
    return tuple(sorted(merged, key=lambda one: (-one.confidence, one.name)))


def _confidence(p: float, contested: bool) -> float:
    return min(p, 0.99) * (0.7 if contested else 1.0)


def _accused(claim: Claim) -> Actor | None:
    if claim.about is not About.RESPONSIBILITY:
        return None
    if claim.stance in SUPPORTING or claim.stance is Stance.DENIES:
        return claim.actor or (claim.claimant if claim.stance is not Stance.ATTRIBUTES else None)
    return None


def _voice(timed: TimedClaim) -> Voice:
    claim = timed.claim
    said_at = claim.said_at.isoformat() if isinstance(claim.said_at, date | datetime) else None
    return Voice(
        claimant=claim.claimant,
        stance=claim.stance,
        article_id=claim.article_id,
        said_at=said_at,
        caveat=claim.caveat,
        evidence=claim.evidence,
    )


def _attribution(actor: Actor, said: Sequence[tuple[TimedClaim, Voice]]) -> Attribution:
    latest = {party(timed.claim.claimant): _side(timed.claim.stance) for timed, _ in said}
    marked = [
        voice.model_copy(update={"current": latest[party(voice.claimant)] == _side(voice.stance)})
        for _, voice in said
    ]
    return Attribution(
        actor=actor,
        supporters=tuple(voice for voice in marked if _side(voice.stance) == "for"),
        deniers=tuple(voice for voice in marked if _side(voice.stance) == "against"),
    )


def _side(stance: Stance) -> str:
    return "against" if stance is Stance.DENIES else "for"


def _weight(voices: Sequence[Voice]) -> int:
    return len({party(voice.claimant) for voice in voices if voice.current})
