"""Who suffered, over all reports of an incident: named persons once, each group once. Pure."""

from collections.abc import Sequence

from schemas.extraction import Victim
from services.store.facts import ReportFact


def gather_victims(live: Sequence[ReportFact]) -> tuple[Victim, ...]:
    """Named victims (the latest report's details win), then groups with the latest count.

    `live` is ordered by time. A person is one by name, a group by what it is called, its nationality
    and what befell it.
    """
    found: dict[tuple[str, ...], Victim] = {}
    for fact in live:
        for victim in fact.event.victims:
            key = _key(victim)
            before = found.get(key)
            found[key] = victim if before is None else _richer(before, victim)
    return tuple(sorted(found.values(), key=lambda one: (one.name is None, -(one.count or 0))))


def _key(victim: Victim) -> tuple[str, ...]:
    if victim.name:
        return ("name", " ".join(victim.name.casefold().split()))
    return (
        "group",
        (victim.group or "").casefold(),
        victim.nationality or "",
        victim.status or "",
        str(victim.age),
    )


def _richer(before: Victim, after: Victim) -> Victim:
    known = {name: value for name, value in after.model_dump().items() if value is not None}
    return before.model_copy(update=known)
