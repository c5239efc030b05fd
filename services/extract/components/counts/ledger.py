"""The persons an article tells of one by one: who is who across sentences, and what befell each.

Pure. A person is known by family name or age; a later mention with the same name or age is the same
person, and a pronoun or "the victim" is the person named last. What befell a person is the worst told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from services.extract.components.counts.lexicon import word_set
from services.extract.components.counts.values import Entry, Finding, Harm, Person
from services.extract.model import Span

_WORSE: Final[dict[Harm | None, int]] = {None: -1, Harm.HIT: 0, Harm.INJURED: 1, Harm.KILLED: 2}
_FEMALE: Final = word_set(
    "woman girl mother daughter sister wife girlfriend aunt niece grandmother mom lady female she her herself"
    " granddaughter stepdaughter policewoman ex-wife ex-girlfriend waitress"
)
_MALE: Final = word_set(
    "man boy father son brother husband boyfriend uncle nephew grandfather dad male he him his himself"
    " grandson stepson policeman ex-husband ex-boyfriend gunman"
)
_POINTING: Final = word_set("he she him her who")
_FOCUS_SENTENCES = 3
"""How far back (sentences) a pronoun may look for whom it means."""


class Register:
    """The persons met so far while an article is read; `close` gives them in order."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._focus: int | None = None

    @property
    def surnames(self) -> frozenset[str]:
        return frozenset(entry.surname for entry in self._entries if entry.surname)

    def close(self) -> tuple[Entry, ...]:
        """All persons; one known by age and one known by name, of the same fate, are taken for one."""
        entries = list(self._entries)
        for aged in [e for e in entries if e.harm is not None and e.name is None]:
            twin = next((e for e in entries if _may_name(aged, e)), None)
            if twin is not None:
                entries[entries.index(aged)] = _joined(aged, twin)
                entries.remove(twin)
        return tuple(entries)

    def meet(self, person: Person, span: Span, sentence: int, *, suspect: bool) -> None:
        """A person with a name or an age is mentioned."""
        new = _entry(person, span, sentence, suspect=suspect)
        at = next((at for at, old in enumerate(self._entries) if _same(old, new)), None)
        if at is None:
            at = len(self._entries)
            self._entries.append(new)
        else:
            self._entries[at] = _joined(self._entries[at], new)
        self._focus = at

    def suffer(self, finding: Finding) -> None:
        """What a sentence says befell someone is entered with whom it means."""
        if finding.negated or finding.excluded == "hypothetical":
            return
        for person, span in zip(finding.persons, finding.spans, strict=True):
            at = self._meant(person, finding.sentence)
            if at is not None:
                self._entries[at] = _hurt(self._entries[at], finding, span, person)

    def _meant(self, person: Person, sentence: int) -> int | None:
        if person.name is not None or person.age is not None:
            probe = _entry(person, Span(0, 0), sentence, suspect=False)
            return next((at for at, old in enumerate(self._entries) if _same(old, probe)), None)
        if not _points(person) or self._focus is None:
            return None
        female = _gender(person.noun)
        near = [
            at
            for at, entry in enumerate(self._entries)
            if sentence - entry.sentence <= _FOCUS_SENTENCES
            and not entry.suspect
            and not _differ(female, entry.female)
            and (entry.harm is not None or entry.age is not None)
        ]
        return self._focus if self._focus in near else near[-1] if near else None


def _may_name(aged: Entry, named: Entry) -> bool:
    """Whether a person known by name alone may be the one known by age alone."""
    alike = aged.harm is named.harm and aged.excluded == named.excluded and aged.suspect == named.suspect
    return alike and named.name is not None and named.age is None and not _differ(aged.female, named.female)


def _points(person: Person) -> bool:
    """Whether a phrase means someone told of before: a pronoun, or "the" with a noun for one person."""
    if person.kind == "pronoun":
        return person.noun in _POINTING
    return person.kind == "the" and person.noun not in {"suspect", "gunman", "shooter"} and person.points


def _gender(noun: str | None) -> bool | None:
    return True if noun in _FEMALE else False if noun in _MALE else None


def _differ(left: bool | None, right: bool | None) -> bool:
    return left is not None and right is not None and left is not right


def _entry(person: Person, span: Span, sentence: int, *, suspect: bool) -> Entry:
    surname = person.name.split()[-1].lower() if person.name else None
    return Entry(
        None, surname, person.name, person.age, person.noun, person.nationality, _gender(person.noun),
        suspect or person.attacker, span, sentence,
    )  # fmt: skip


def _same(old: Entry, new: Entry) -> bool:
    if _differ(old.female, new.female):
        return False
    if old.surname is not None and new.surname is not None:
        agree = old.age is None or new.age is None or old.age == new.age
        return agree and _same_name((old.name or "").lower().split(), (new.name or "").lower().split())
    return old.age is not None and old.age == new.age


def _same_name(old: Sequence[str], new: Sequence[str]) -> bool:
    """Equal in the words both have, or a lone first or family name of the other."""
    if len(old) == 1 or len(new) == 1:
        lone, full = (old, new) if len(old) == 1 else (new, old)
        return lone[0] in {full[0], full[-1]}
    return old[-1] == new[-1] and (old[0] == new[0] or set(old) <= set(new) or set(new) <= set(old))


def _joined(old: Entry, new: Entry) -> Entry:
    return replace(
        old,
        name=max(old.name or "", new.name or "", key=len) or None,
        surname=old.surname or new.surname,
        age=old.age if old.age is not None else new.age,
        noun=old.noun or new.noun,
        female=old.female if old.female is not None else new.female,
        suspect=old.suspect or new.suspect,
        sentence=max(old.sentence, new.sentence),
    )


def _hurt(entry: Entry, finding: Finding, span: Span, person: Person) -> Entry:
    worse = _WORSE[finding.harm] > _WORSE[entry.harm]
    return replace(
        entry,
        harm=finding.harm if worse else entry.harm,
        span=span if worse else entry.span,
        suspect=entry.suspect or person.attacker or finding.rule == "self",
        excluded=finding.excluded is not None
        if entry.harm is None
        else entry.excluded and finding.excluded is not None,
    )


def harmed(entries: Iterable[Entry], harm: Harm) -> Sequence[Entry]:
    """The persons whom this befell at worst."""
    return [entry for entry in entries if entry.harm is harm and not entry.excluded]
