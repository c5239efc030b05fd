"""The decision: to which incident a report belongs, or that it opens a new one.

Online and deterministic: it looks at the report and at what the index holds by now, nothing else.
Pure; called by the store's decider and by `fold`.
"""

from collections.abc import Collection
from typing import Final

from services.store.matching.copies import copied_from
from services.store.matching.index import MatchIndex
from services.store.matching.model import Decision, ReportView, Rival
from services.store.matching.profile import Profile, profile_of
from services.store.matching.score import explained, fit
from services.store.matching.weights import Weights

ATTACH_ABOVE: Final = 0.0
"""Log-odds above which a report joins an incident: more likely than not."""
NEAR_ABOVE: Final = -1.5
"""Refused candidates above this are kept in view."""
BRIDGE_ABOVE: Final = 1.0
"""A second incident that a report fits so well may be the same one."""


def match(view: ReportView, index: MatchIndex, weights: Weights, exclude: Collection[str] = ()) -> Decision:
    """Where a report belongs; `exclude` are incidents it cannot join: those of its article's other events."""
    return match_profile(profile_of(view), index, weights, exclude)


def match_profile(
    profile: Profile, index: MatchIndex, weights: Weights, exclude: Collection[str] = ()
) -> Decision:
    """The same for a report that is boiled down already."""
    fits = [
        (fit(profile, index.reports(candidate.incident_id), weights, index.frequency), candidate.incident_id)
        for candidate in index.candidates(profile, exclude)
    ]
    if not fits:
        return Decision(None, 0.0, (), (), (), None, weights.version)
    fits.sort(key=lambda pair: -pair[0].total)
    (best, incident_id), others = fits[0], fits[1:]
    attached = best.total > ATTACH_ABOVE
    rivals = [Rival(other_id, other.total) for other, other_id in (others if attached else fits)]
    bridging = best.total > BRIDGE_ABOVE
    return Decision(
        incident_id=incident_id if attached else None,
        score=best.total,
        features=explained(best),
        near=tuple(r for r in rivals if r.score > NEAR_ABOVE and not (bridging and r.score > BRIDGE_ABOVE)),
        bridges=tuple(r for r in rivals if bridging and r.score > BRIDGE_ABOVE),
        copy_of=_copy_of(profile, incident_id, index) if attached else None,
        weights=weights.version,
    )


def _copy_of(profile: Profile, incident_id: str, index: MatchIndex) -> str | None:
    return copied_from(profile, index.reports(incident_id)) if profile.minhash else None
