"""Figure policies: from claims to low / best / high, each claim with why it counted or not. Pure.

The default policy follows domain practice (UCDP gives low, best, high; UCDP and ACLED lean to the
lower figure on a tie) and is named, versioned and recorded on every record.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from schemas.extraction import Figure


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """One claimant's number for one measure, reduced to what a policy weighs.

    `claimant` is the key under which later figures supersede earlier ones. `voice` is the party it
    speaks for: officials of one government are one voice. `outlet` is who reported it, syndicated
    copies under their original's key. `low`..`high` is the number or range said;
    `definite` is False for ranges, bounds and guesses. `rank` orders claims said at one time.
    """

    claim_id: str
    claimant: str
    voice: str
    outlet: str
    low: int
    high: int
    qualifier: str | None
    definite: bool
    said_at: datetime
    rank: int

    @property
    def point(self) -> int:
        """The single number a range stands for: its middle, rounded down."""
        return (self.low + self.high) // 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a policy did with one claim. `superseded_by` names the later claim, if that is why."""

    claim_id: str
    counted: bool
    reason: str
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class FigureDecision:
    """A figure and the verdict on every claim."""

    figure: Figure
    verdicts: tuple[Verdict, ...]


Policy = Callable[[Sequence[FigureClaim]], FigureDecision]


def latest_by_claimant(claims: Sequence[FigureClaim]) -> FigureDecision:
    """Policy `latest-by-claimant/1`: the default.

    Per claimant the latest figure. `low` is the smallest current one, `high` the largest definite
    one. `best` is the one that most voices hold (a government's officials are one); on a tie the one
    that more outlets report; on a further tie the lower.
    """
    current, verdicts = _supersede(claims)
    if not current:
        return FigureDecision(Figure(), tuple(verdicts.values()))
    definite = [claim for claim in current if claim.definite] or current
    best = _most_held(definite)
    figure = Figure(
        low=min(best, *(claim.low for claim in current)),
        best=best,
        high=max(best, *(claim.high for claim in definite)),
        qualifier=_shared_qualifier(definite, best),
    )
    for claim in current:
        if claim not in definite:
            verdicts[claim.claim_id] = Verdict(
                claim.claim_id, counted=False, reason="not definite: kept out of best and high"
            )
    return FigureDecision(figure, tuple(verdicts.values()))


def conservative(claims: Sequence[FigureClaim]) -> FigureDecision:
    """Policy `conservative/1`: as the default, but best is the smallest current figure."""
    decision = latest_by_claimant(claims)
    return FigureDecision(decision.figure.model_copy(update={"best": decision.figure.low}), decision.verdicts)


def span_of_all(claims: Sequence[FigureClaim]) -> FigureDecision:
    """Policy `span/1`: best as in the default; low and high span every number ever said."""
    decision = latest_by_claimant(claims)
    if not claims:
        return decision
    span = {"low": min(claim.low for claim in claims), "high": max(claim.high for claim in claims)}
    return FigureDecision(decision.figure.model_copy(update=span), decision.verdicts)


DEFAULT_POLICY: Final = "latest-by-claimant/1"
POLICIES: Final[dict[str, Policy]] = {
    DEFAULT_POLICY: latest_by_claimant,
    "conservative/1": conservative,
    "span/1": span_of_all,
}


def _supersede(claims: Iterable[FigureClaim]) -> tuple[list[FigureClaim], dict[str, Verdict]]:
    """The claims that still stand (repeats of a claimant's latest figure among them), and verdicts."""
    by_claimant: dict[str, list[FigureClaim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda one: (one.said_at, one.rank)):
        by_claimant[claim.claimant].append(claim)
    current: list[FigureClaim] = []
    verdicts: dict[str, Verdict] = {}
    for said in by_claimant.values():
        latest = said[-1]
        for claim in said:
            stands = (claim.low, claim.high) == (latest.low, latest.high)
            verdicts[claim.claim_id] = _verdict(claim, latest, stands)
            current.extend([claim] if stands else [])
    return current, verdicts


def _verdict(claim: FigureClaim, latest: FigureClaim, stands: bool) -> Verdict:
    if stands:
        return Verdict(claim.claim_id, counted=True, reason="the claimant's latest figure")
    return Verdict(
        claim.claim_id,
        counted=False,
        reason="superseded by the claimant's later figure",
        superseded_by=latest.claim_id,
    )


def _most_held(claims: Sequence[FigureClaim]) -> int:
    voices: dict[int, set[str]] = defaultdict(set)
    outlets: dict[int, set[str]] = defaultdict(set)
    for claim in claims:
        voices[claim.point].add(claim.voice)
        outlets[claim.point].add(claim.outlet)
    return min(voices, key=lambda value: (-len(voices[value]), -len(outlets[value]), value))


def _shared_qualifier(claims: Sequence[FigureClaim], best: int) -> str | None:
    said = {claim.qualifier for claim in claims if claim.point == best}
    return said.pop() if len(said) == 1 else None
