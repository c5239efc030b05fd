"""Who suffered: groups with their number, and persons by name and age, for one event.

Pure.
"""

from collections.abc import Iterator, Sequence

from schemas.extraction import Victim
from services.extract.components.counts import lexicon as lex
from services.extract.components.counts.values import Counts, Entry, Finding, Harm, Person
from services.extract.model import Frame

VICTIMS_MAX = 60
"""Victims listed of one event; longer lists are memorials, and the figures hold the number."""


def victims_of(counts: Counts, frame: Frame) -> tuple[Victim, ...]:
    """Groups first (largest first), then persons in order of mention; each once."""
    own = [f for f in counts.findings if f.excluded is None and not f.negated and f.sentence in frame.sentences]
    groups = sorted(_groups(own), key=lambda victim: -(victim.count or 0))
    persons = (
        _person(entry, entry.harm)
        for entry in counts.persons
        if entry.harm is not None and entry.span.where == "text"
    )
    return tuple(dict.fromkeys([*groups, *persons]))[:VICTIMS_MAX]


def _groups(findings: Sequence[Finding]) -> Iterator[Victim]:
    for finding in findings:
        for person in finding.persons:
            if person.noun is not None and person.name is None and person.age is None and person.best:
                yield _group(finding, person)


def _status(harm: Harm) -> str:
    return "killed" if harm is Harm.KILLED else "injured"


def _group(finding: Finding, person: Person) -> Victim:
    return Victim.model_validate(
        {
            "group": person.noun,
            "nationality": person.nationality,
            "count": person.best,
            "status": _status(finding.harm),
            "role": "attacker" if person.attacker else "victim",
        }
    )


def _person(entry: Entry, harm: Harm) -> Victim:
    return Victim.model_validate(
        {
            "group": entry.noun if entry.noun in lex.GROUPS else None,
            "name": entry.name,
            "age": entry.age,
            "nationality": entry.nationality,
            "count": 1,
            "status": _status(harm),
            "role": "attacker" if entry.suspect else "victim",
        }
    )
