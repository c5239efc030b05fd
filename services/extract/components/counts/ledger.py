"""The persons an article tells of one by one: who is who across sentences, and what befell each.

Pure. Two mentions are one person if they share the family name or the age, or if one of them has
neither; what befell a person is the worst that is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.extract.components.counts.values import Finding, Harm, Person
from services.extract.model import Span

_WORSE = {Harm.HIT: 0, Harm.INJURED: 1, Harm.KILLED: 2}


@dataclass(frozen=True, slots=True)
class Entry:
    """One person: last name, full name, age, what befell them at worst, and where it is said."""

    harm: Harm
    surname: str | None
    name: str | None
    age: int | None
    attacker: bool
    span: Span
    noun: str | None = None
    nationality: str | None = None


def enter(findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """The persons with a name or an age, in order of first mention."""
    entries: list[Entry] = []
    for finding in findings:
        if finding.negated or finding.excluded == "hypothetical":
            continue
        for person, span in zip(finding.persons, finding.spans, strict=True):
            if person.best == 1 and (person.name is not None or person.age is not None):
                _add(entries, _entry(finding, person, span))
    return tuple(entries)


def _entry(finding: Finding, person: Person, span: Span) -> Entry:
    surname = person.name.split()[-1].lower() if person.name else None
    attacker = person.attacker or finding.rule == "self"
    return Entry(finding.harm, surname, person.name, person.age, attacker, span, person.noun, person.nationality)


def _add(entries: list[Entry], new: Entry) -> None:
    for at, old in enumerate(entries):
        if _same(old, new):
            entries[at] = _joined(old, new)
            return
    entries.append(new)


def _same(old: Entry, new: Entry) -> bool:
    if old.surname is not None and new.surname is not None:
        names = {old.name, new.name}
        return old.surname == new.surname and (old.age is None or new.age is None or old.age == new.age) and (
            len(names) == 1 or " " not in (old.name or "") or " " not in (new.name or "")
        )
    return old.age is not None and old.age == new.age


def _joined(old: Entry, new: Entry) -> Entry:
    harm = old.harm if _WORSE[old.harm] >= _WORSE[new.harm] else new.harm
    name = max(old.name or "", new.name or "", key=len) or None
    return replace(
        old,
        harm=harm,
        name=name,
        surname=old.surname or new.surname,
        age=old.age if old.age is not None else new.age,
        attacker=old.attacker or new.attacker,
        noun=old.noun or new.noun,
    )
