"""Who suffered: groups with their number, and persons by name and age, for one event.

Pure.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from schemas.extraction import Victim
from services.extract.components.counts import lexicon as lex
from services.extract.components.counts.values import Counts, Entry, Finding, Harm, Person
from services.extract.model import Document, Frame, Span
from services.extract.resources.gazetteer import demonyms

VICTIMS_MAX = 60
"""Victims listed of one event; longer lists are memorials, and the figures hold the number."""


def victims_of(doc: Document, counts: Counts, frame: Frame) -> tuple[Victim, ...]:
    """Groups first (largest first), then persons in order of mention; each once."""
    sentences = frozenset(frame.sentences)
    own = [f for f in counts.findings if f.excluded is None and not f.negated and f.sentence in sentences]
    groups = sorted(_groups(doc, own), key=lambda victim: -(victim.count or 0))
    persons = (
        _person(entry, entry.harm)
        for entry in counts.persons
        if entry.harm is not None and entry.span.where == "text"
    )
    return tuple(dict.fromkeys([*groups, *persons]))[:VICTIMS_MAX]


def _groups(doc: Document, findings: Sequence[Finding]) -> Iterator[Victim]:
    for finding in findings:
        for person, span in zip_longest(finding.persons, finding.spans[: len(finding.persons)]):
            if person.noun is not None and person.name is None and person.age is None and person.best:
                yield _group(finding, person, _nationality(doc, span))


def _nationality(doc: Document, span: Span | None) -> str | None:
    """The people that the words of a group name ("34 Turkish soldiers"): the demonym, in title case."""
    words = doc.quote(span).split() if span is not None else ()
    return next((word for word in (w.strip(",.").title() for w in words) if word in demonyms()), None)


def _status(harm: Harm) -> str:
    return "killed" if harm is Harm.KILLED else "injured"


def _group(finding: Finding, person: Person, nationality: str | None) -> Victim:
    return Victim.model_validate(
        {
            "group": person.noun,
            "nationality": person.nationality or nationality,
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
