"""Perpetrators: who is said to have done it, how sure, from the findings given to one event. Pure."""

from collections.abc import Iterable
from typing import Final

from schemas.claim import Actor
from schemas.evidence import Quote
from schemas.extraction import Perpetrator
from schemas.taxonomy import About, Stance
from services.extract.components.actors.mentions import party_of
from services.extract.components.claims.findings import Finding
from services.extract.model import Document, Span

_SAYING_SO: Final = frozenset({Stance.ATTRIBUTES, Stance.CLAIMS_RESPONSIBILITY})
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
    made = [_perpetrator(document, best[key], 1.0 - rest, contested=key in denied) for key, rest in doubt.items()]
    return tuple(sorted(made, key=lambda one: (-one.confidence, one.name)))


def _perpetrator(document: Document, finding: Finding, sure: float, *, contested: bool) -> Perpetrator:
    accused = finding.accused
    assert isinstance(accused, Actor)
    confidence = min(sure, _SURE_MAX) * (_DENIED if contested else 1.0)
    return Perpetrator(
        name=accused.name,
        kind=accused.kind,
        country=accused.country,
        confidence=round(confidence, 3),
        evidence=quote(document, finding.span),
    )


def quote(document: Document, span: Span) -> Quote:
    """The evidence at a span."""
    return Quote(**{"in": span.where}, start=span.start, end=span.end, quote=document.quote(span))
