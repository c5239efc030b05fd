"""The claims of a record: ids, supersession, and the figures that a policy makes of them. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from schemas.claim import Actor, Claim
from schemas.extraction import Figure
from schemas.taxonomy import About, ActorKind, Stance
from services.store.attributions import TimedClaim, party
from services.store.facts import ReportFact
from services.store.figures import POLICIES, FigureClaim, Verdict
from services.store.identity import fact_id
from services.store.outlets import outlet

BOUNDS: Final = frozenset({"up to", "as many as", "feared", "possibly", "no more than", "fewer than"})
"""Qualifiers under which a number is an upper bound or a guess: not definite."""

STATING: Final = frozenset({Stance.ASSERTS, Stance.CONFIRMS, Stance.DISPUTES_FIGURE})
"""Stances whose number is the claimant's own figure."""


@dataclass(frozen=True, slots=True)
class ClaimBook:
    """All claims of a record with ids and supersession, and what follows from them."""

    claims: tuple[Claim, ...]
    timed: tuple[TimedClaim, ...]
    fatalities: Figure
    injured: Figure
    verdicts: Mapping[str, tuple[Verdict, ...]]


def read_claims(live: Sequence[ReportFact], copies: Mapping[str, str], policy: str) -> ClaimBook:
    """The claim book of the reports that count, oldest first.

    `copies` maps an article to the one whose text it repeats. `policy` is a key of
    `figures.POLICIES`; KeyError for another.
    """
    timed = tuple(_timed(live))
    outlets = _outlets(live, copies)
    decide = POLICIES[policy]
    killed = decide(_figure_claims(About.FATALITIES, live, timed, outlets))
    hurt = decide(_figure_claims(About.INJURED, live, timed, outlets))
    later = {**_superseded_figures((*killed.verdicts, *hurt.verdicts)), **_superseded_words(timed)}
    return ClaimBook(
        claims=tuple(
            one.claim.model_copy(update={"id": one.claim_id, "superseded_by": later.get(one.claim_id)})
            for one in timed
        ),
        timed=timed,
        fatalities=killed.figure,
        injured=hurt.figure,
        verdicts={"fatalities": killed.verdicts, "injured": hurt.verdicts},
    )


def _timed(live: Sequence[ReportFact]) -> Iterator[TimedClaim]:
    rank = 0
    for fact in live:
        for number, claim in enumerate(fact.event.claims):
            rank += 1
            yield TimedClaim(
                claim=claim,
                claim_id=fact_id("claim", *fact.ref.key(), number),
                said_at=_moment(claim.said_at) or fact.reported_at,
                rank=rank,
            )


def _moment(said_at: date | datetime | None) -> datetime | None:
    if said_at is None:
        return None
    if isinstance(said_at, datetime):
        return said_at if said_at.tzinfo else said_at.replace(tzinfo=UTC)
    return datetime.combine(said_at, time(), UTC)


def _outlets(live: Sequence[ReportFact], copies: Mapping[str, str]) -> dict[str, str]:
    own = {fact.article.id: outlet(fact) for fact in live}
    return {article: own.get(copies.get(article, article), name) for article, name in own.items()}


def _figure_claims(
    about: About,
    live: Sequence[ReportFact],
    timed: Sequence[TimedClaim],
    outlets: Mapping[str, str],
) -> list[FigureClaim]:
    named = list(_named_figures(about, timed, outlets))
    return [*named, *_own_figures(about, live, named, outlets)]


def _named_figures(
    about: About, timed: Sequence[TimedClaim], outlets: Mapping[str, str]
) -> Iterator[FigureClaim]:
    for one in timed:
        claim = one.claim
        span = _span(claim)
        if claim.about is not about or claim.stance not in STATING or span is None:
            continue
        if claim.claimant.kind is ActorKind.OUTLET:
            continue
        yield FigureClaim(
            claim_id=one.claim_id,
            claimant=claimant_key(claim.claimant),
            voice=party(claim.claimant),
            outlet=outlets[claim.article_id],
            low=span[0],
            high=span[1],
            qualifier=claim.qualifier,
            definite=span[0] == span[1] and claim.qualifier not in BOUNDS,
            said_at=one.said_at,
            rank=one.rank,
        )


def _own_figures(
    about: About,
    live: Sequence[ReportFact],
    named: Sequence[FigureClaim],
    outlets: Mapping[str, str],
) -> Iterator[FigureClaim]:
    """A report's own figure, said by the outlet unless a named claimant of the same outlet says it."""
    attributed = {(claim.outlet, claim.point) for claim in named}
    for number, fact in enumerate(live):
        figure = fact.event.fatalities if about is About.FATALITIES else fact.event.injured
        source = outlets[fact.article.id]
        if figure.best is None or (source, figure.best) in attributed:
            continue
        yield FigureClaim(
            claim_id=fact_id("own", about.value, *fact.ref.key()),
            claimant=f"outlet:{source}",
            voice=f"outlet:{source}",
            outlet=source,
            low=figure.best,
            high=figure.best,
            qualifier=figure.qualifier,
            definite=figure.qualifier not in BOUNDS,
            said_at=fact.reported_at,
            rank=number,
        )


def claimant_key(actor: Actor) -> str:
    """Who must say a later figure for it to supersede this one: the same name, not merely its side."""
    return f"{actor.kind.value}:{actor.country or ''}:{actor.name.casefold()}"


def _span(claim: Claim) -> tuple[int, int] | None:
    if isinstance(claim.value, int):
        return (claim.value, claim.value)
    return claim.value if isinstance(claim.value, tuple) else None


def _superseded_figures(verdicts: Sequence[Verdict]) -> dict[str, str]:
    return {one.claim_id: one.superseded_by for one in verdicts if one.superseded_by}


def _superseded_words(timed: Sequence[TimedClaim]) -> dict[str, str]:
    """Responsibility claims whose claimant later took another side on the same party."""
    latest: dict[tuple[str, str], TimedClaim] = {}
    earlier: dict[str, str] = {}
    for one in sorted(timed, key=lambda each: (each.said_at, each.rank)):
        claim = one.claim
        if claim.about is not About.RESPONSIBILITY:
            continue
        key = (party(claim.claimant), party(claim.actor or claim.claimant))
        before = latest.get(key)
        if before is not None and (before.claim.stance is Stance.DENIES) != (claim.stance is Stance.DENIES):
            earlier[before.claim_id] = one.claim_id
        latest[key] = one
    return earlier
