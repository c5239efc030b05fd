"""Folding: a sentence's items become a shorter string, in which each phrase for persons is one letter.

`E` persons with a number, `A` a bare number, `U` persons without a number, `Z` no one, `G` the attacker; runs
of unknown words shrink to one `x`, of determiners to one `t`; lists of ages are dropped. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.extract.components.counts.items import Reading
from services.extract.components.counts.phrases import Phrase
from services.extract.components.counts.values import Person

_UNKNOWN = frozenset("xXYyu#pP")
_DETERMINERS = frozenset("adOto")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its phrases folded in: the string, the person at each folded place, each place's word.

    `singular` are the words that are auxiliaries of one person ("was").
    """

    string: str
    persons: dict[int, Person]
    words: tuple[int, ...]
    singular: frozenset[int] = frozenset()


def fold(reading: Reading, phrases: Sequence[Phrase], singular: frozenset[int] = frozenset()) -> Line:
    """The folded string of a sentence."""
    folded = _Folded([], {}, [])
    starts = {phrase.start: phrase for phrase in phrases}
    at = 0
    while at < len(reading.string):
        phrase = starts.get(at)
        if phrase is None:
            folded.add_letter(reading.string[at], reading.first[at])
            at += 1
        else:
            folded.add_person(phrase.person, reading.first[at])
            at = phrase.end
    return Line("".join(folded.string), folded.persons, tuple(folded.words), singular)


@dataclass(frozen=True, slots=True)
class _Folded:
    """A line in the making."""

    string: list[str]
    persons: dict[int, Person]
    words: list[int]

    def add_letter(self, letter: str, word: int) -> None:
        if letter == "~":
            return
        letter = "x" if letter in _UNKNOWN else "t" if letter in _DETERMINERS else letter
        if letter not in "xt" or self._last() != letter:
            self.string.append(letter)
            self.words.append(word)

    def add_person(self, person: Person, word: int) -> None:
        last = len(self.string) - 1
        if self._last() in {"E", "G"} and person.name is not None and self.persons[last].best == 1:
            self.persons[last] = named(self.persons[last], person)
            return
        if self._last() == "i" and person.best is not None:
            person = replace(person, part=True)
        self.persons[last + 1] = person
        self.string.append(_letter(person))
        self.words.append(word)

    def _last(self) -> str:
        return self.string[-1] if self.string else ""


def named(person: Person, name: Person) -> Person:
    """A single person with the name and age that stand next to it ("his daughter Ana Silva, 8")."""
    age = person.age if person.age is not None else name.age
    return replace(person, last=name.last, name=person.name or name.name, age=age)


def _letter(person: Person) -> str:
    if person.kind == "none":
        return "Z"
    if person.attacker and (person.best or 0) <= 1:
        return "G"
    if person.kind == "bare":
        return "A"
    return "E" if person.best is not None else "U"
