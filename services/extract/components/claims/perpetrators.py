"""Perpetrators: who is said to have done it, how sure, from the findings given to one event. Pure."""

from collections.abc import Iterable
from typing import Final

from schemas.claim import Actor
from schemas.evidence import Quote
from schemas.extraction import Perpetrator
from schemas.taxonomy import About, ActorKind, Stance
from services.extract.components.actors.lexicon import load
from services.extract.components.actors.mentions import party_of
from services.extract.components.claims.findings import Finding
from services.extract.model import Document, Span

_SAYING_SO: Final = frozenset({Stance.ATTRIBUTES, Stance.CLAIMS_RESPONSIBILITY})
_SURE_MIN: Final = 0.4
"""Below it a party is only speculated about: that stays a claim and makes no perpetrator."""
_DENIED: Final = 0.7
"""Factor on the confidence in a party that denies it; the attribution stays."""
_SURE_MAX: Final = 0.98


def perpetrators(document: Document, findings: Iterable[Finding]) -> tuple[Perpetrator, ...]:
    """The perpetrators, surest first; independent statements combine as 1 - ∏(1 - p)."""
    found = [f for f in findings if f.about is About.RESPONSIBILITY and f.accused is not None]
    denied = {party_of(f.accused) for f in found if f.stance is Stance.DENIES and f.accused is not None}
    doubt: dict[str, float] = {}
    best: dict[str, Finding] = {}
    said: set[tuple[str, str]] = set()
    for finding in found:
        if finding.stance not in _SAYING_SO or finding.accused is None:
            continue
        key = party_of(finding.accused)
        voice = party_of(finding.claimant) if finding.claimant is not None else ""
        if (key, voice) in said:
            continue
        said.add((key, voice))
        doubt[key] = doubt.get(key, 1.0) * (1.0 - finding.sure)
        if key not in best or finding.sure > best[key].sure:
            best[key] = finding
    made = [
        _perpetrator(document, best[key], 1.0 - rest, contested=key in denied)
        for key, rest in doubt.items()
        if 1.0 - rest >= _SURE_MIN
    ]
    return tuple(sorted(made, key=lambda one: (-one.confidence, one.name)))


def _perpetrator(document: Document, finding: Finding, sure: float, *, contested: bool) -> Perpetrator:
    accused = finding.accused
    assert isinstance(accused, Actor)
    if accused.kind is ActorKind.OFFICIAL:
        accused = _side_of(accused)
    confidence = min(sure, _SURE_MAX) * (_DENIED if contested else 1.0)
    return Perpetrator(
        name=accused.name,
        kind=accused.kind,
        country=accused.country,
        confidence=round(confidence, 3),
        evidence=quote(document, finding.span),
    )


def _side_of(official: Actor) -> Actor:
    """Whom an accused official stands for: the state where it is known, else himself."""
    if official.country is None:
        return official.model_copy(update={"kind": ActorKind.PERSON})
    country = load().countries[official.country]
    return Actor(name=country, kind=ActorKind.STATE, country=official.country)


def quote(document: Document, span: Span) -> Quote:
    """The evidence at a span."""
    return Quote(**{"in": span.where}, start=span.start, end=span.end, quote=document.quote(span))
