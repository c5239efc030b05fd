"""From findings to the claims of one event: repeats dropped, the outlet's echo dropped, dated. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from schemas.claim import Actor, Claim
from schemas.taxonomy import About, ActorKind, Stance
from services.extract.components.actors.mentions import party_of
from services.extract.components.claims.findings import Finding
from services.extract.components.claims.perpetrators import quote
from services.extract.components.claims.responsibility import is_party_claim
from services.extract.components.claims.said import Days
from services.extract.model import Document

_FIGURES = frozenset({About.FATALITIES, About.INJURED})
_OUTLET_SURE = 0.6
"""An outlet's own statement on who did it becomes a claim only when it is put as a fact."""


def claims(document: Document, findings: Iterable[Finding], days: Days) -> tuple[Claim, ...]:
    """The claims of an event in the order of the text, each statement of a claimant once."""
    kept = list(_distinct(_without_parts(list(_without_echo(_worth(findings))))))
    return tuple(_claim(document, finding, days) for finding in kept)


def _worth(findings: Iterable[Finding]) -> list[Finding]:
    return [f for f in findings if not f.form.startswith("agent") or _is_claim(f)]


def _is_claim(finding: Finding) -> bool:
    return is_party_claim(finding) and (finding.claimant is not None or finding.sure >= _OUTLET_SURE)


def _without_echo(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Leave out the outlet's own figure or culprit where somebody named says the same."""
    named = {_said(f) for f in findings if f.claimant is not None}
    for finding in findings:
        if finding.claimant is not None or _said(finding) not in named:
            yield finding


def _without_parts(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Leave out what is a part of another figure.

    Of an outlet's own numbers the largest stays; one person ("a nurse") counts only where no number is said.
    """
    several = any(f.about in _FIGURES and _size(f) > 1 for f in findings)
    largest: dict[About, int] = {}
    for finding in findings:
        if finding.claimant is None and finding.about in _FIGURES:
            largest[finding.about] = max(largest.get(finding.about, 0), _size(finding))
    for finding in findings:
        if several and finding.form == "figure single":
            continue
        own = finding.claimant is None and finding.about in _FIGURES
        if not own or _size(finding) >= largest[finding.about] or isinstance(finding.value, str):
            yield finding


def _size(finding: Finding) -> int:
    value = finding.value
    return value if isinstance(value, int) else value[1] if isinstance(value, tuple) else 0


def _said(finding: Finding) -> tuple[object, ...]:
    if finding.about in _FIGURES:
        return finding.about, finding.value
    return finding.about, party_of(finding.accused) if finding.accused is not None else None


def _distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each claimant's statement once; the text's wording before the title's."""
    ordered = sorted(findings, key=lambda f: (f.caveat is None, f.span.where == "title"))
    seen: set[tuple[object, ...]] = set()
    for finding in ordered:
        claimant = finding.claimant.name if finding.claimant is not None else ""
        stance = (
            Stance.ASSERTS
            if finding.stance is Stance.CONFIRMS and finding.about in _FIGURES
            else finding.stance
        )
        own = (finding.value, finding.sentence) if finding.stance is Stance.DENIES else None
        if own is not None and finding.span.where == "title" and _repeats(finding, seen):
            continue
        key = (claimant, stance, *_said(finding), own)
        if key not in seen:
            seen.add(key)
            yield finding


def _repeats(finding: Finding, seen: set[tuple[object, ...]]) -> bool:
    """Whether the text already has a headline's denial."""
    return any(key[1] is Stance.DENIES and key[2:4] == _said(finding) for key in seen)


def _claim(document: Document, finding: Finding, days: Days) -> Claim:
    return Claim(
        article_id=document.article_id,
        claimant=finding.claimant or outlet(document),
        stance=finding.stance,
        about=finding.about,
        value=finding.value,
        qualifier=finding.qualifier,
        actor=finding.accused,
        said_at=days.said_at(finding),
        reported_by=finding.reporter or (document.outlet if finding.claimant is not None else None),
        caveat=finding.caveat,
        evidence=quote(document, finding.span),
    )


def outlet(document: Document) -> Actor:
    """The outlet as a claimant."""
    return Actor(name=document.outlet or document.domain or "the outlet", kind=ActorKind.OUTLET)
