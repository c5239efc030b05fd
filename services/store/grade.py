"""Grades by published rules, version `grade/1`. Pure.

The names are inspired by Airwars; the grade is computed and applies to all incidents, so
`discounted` has wirefold's own definition. docs/grades.md states the same rules in prose.
"""

from collections.abc import Sequence
from typing import Final

from schemas.incident import Attribution, SourceCounts
from schemas.taxonomy import ActorKind, Grade, Stage, Stance
from services.store.attributions import party

GRADE_RULES: Final = "grade/1"

SELF_INCULPATING: Final = frozenset({Stance.CLAIMS_RESPONSIBILITY})


def grade(found: Sequence[Attribution], sources: SourceCounts, stage: Stage) -> tuple[Grade, str]:
    """The grade of an incident and the rule that gave it, in words.

    1. discounted: no report counts any more, or the reports say that it did not happen.
    2. contested: several parties are held responsible, or the accused denies it.
    3. confirmed: the accused party accepts responsibility.
    4. fair: two or more independent sources.
    5. weak: one source.
    """
    if sources.articles == 0:
        return Grade.DISCOUNTED, "no report counts any more"
    if stage is Stage.DENIED:
        return Grade.DISCOUNTED, "the reports say that it did not happen"
    accused = [one for one in found if any(voice.current for voice in one.supporters)]
    named = {party(one.actor) for one in accused if one.actor.kind is not ActorKind.UNKNOWN}
    if len(named) > 1:
        return Grade.CONTESTED, "competing attributions: " + _names(accused)
    if any(voice.current for one in found for voice in one.deniers):
        return Grade.CONTESTED, "responsibility is denied"
    if any(_admits(one) for one in accused):
        return Grade.CONFIRMED, "responsibility is accepted by " + _names(accused)
    if sources.independent > 1:
        return Grade.FAIR, f"{sources.independent} independent sources"
    return Grade.WEAK, "a single source"


def _admits(attribution: Attribution) -> bool:
    return any(
        voice.current
        and voice.stance in SELF_INCULPATING
        and party(voice.claimant) == party(attribution.actor)
        for voice in attribution.supporters
    )


def _names(found: Sequence[Attribution]) -> str:
    return ", ".join(dict.fromkeys(one.actor.name for one in found))
