"""Who was killed, hurt or hit: joining the phrases for persons with the words of harm.

Pure. A sentence's items (`phrases`) are rewritten once more: each phrase becomes `E` (persons with a
number), `U` (persons without), `Z` (no one) or `G` (the attacker), runs of other words shrink to one
`x`. For each word of harm, one look to its left finds whom it befell when it is passive, reduced
("3 shot") or intransitive, one look to its right when it is active ("killing six and wounding two").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.extract.components.counts.phrases import Reading
from services.extract.components.counts.values import Harm, Person

_ONE_OF: Final = r"(?:[EUGZ]|Ax?)"
_LIST: Final = rf"{_ONE_OF}(?:(?:,C?t?|Ct?|wt?){_ONE_OF})*"
"""Persons joined by commas and "and"; behind a bare number the noun that the phrase grammar does not know."""

_INSIDE: Final = (
    r"[,xtvirfWu\"():]|,R|i[xt]*[EUA](?:,?C?t?[EUA])*|w(?![xt]*[EUA]v*[KDHS])|w[xt]*[EUA](?!v*[KDHS])|f[xt]*U|r[xt]*U"
)
"""What may stand between persons and the verb that tells what befell them."""

_LEFT: Final = re.compile(rf"(?P<list>{_LIST})(?P<gap>(?:{_INSIDE}){{0,10}}?)(?P<aux>(?:[bBm][vNxt]{{0,2}}){{0,4}})[rtxv]{{0,3}}$")
_RIGHT: Final = re.compile(rf"[vf]*[xt]?(?P<list>{_LIST})")
_CUE: Final = re.compile(
    r"F?[vx]?[KDHS](?:,?C?[vb]?[KDHSF]|mM)*F?|Fs|smM|F(?=[,.;C)]|$)|k(?:C[kh])?|[MksI]f[xt]?(?=[EU])"
    r"|[BTw][xtv]{0,3}[hI](?![EUA])|h|s|T|c|Qx?"
)
_RANK: Final = {"I": 0, "B": 0, "w": 0, "K": 3, "D": 3, "M": 3, "F": 3, "k": 3, "H": 2, "h": 2, "S": 1, "s": 1, "T": 0, "c": 0}


@dataclass(frozen=True, slots=True)
class Told:
    """Persons and what befell them, as one rule read it; `negated` where it says it did not."""

    harm: Harm
    persons: tuple[Person, ...]
    rule: str
    negated: bool = False
    hypothetical: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its phrases folded in: the string, and the person at each folded place."""

    string: str
    persons: dict[int, Person]
    words: tuple[int, ...]
    singular: frozenset[int] = frozenset()


def fold(
    reading: Reading, phrases: Sequence[tuple[int, int, Person]], singular: frozenset[int] = frozenset()
) -> Line:
    """The second string: phrases as one letter, runs of unknown words as one x."""
    out: list[str] = []
    persons: dict[int, Person] = {}
    words: list[int] = []
    at = 0
    starts = {start: (end, person) for start, end, person in phrases}
    while at < len(reading.string):
        found = starts.get(at)
        if found is not None:
            end, person = found
            if out and out[-1] in "EG" and person.name is not None and persons[len(out) - 1].best == 1:
                persons[len(out) - 1] = named(persons[len(out) - 1], person)
                at = end
                continue
            if out and out[-1] == "i" and person.best is not None:
                person = replace(person, part=True)
            persons[len(out)] = person
            out.append(_folded(person))
            words.append(reading.first[at])
            at = end
            continue
        letter = reading.string[at]
        if letter == "~":
            at += 1
            continue
        letter = "x" if letter in "xXYyu#pP" else "t" if letter in "adOto" else letter
        if not (letter in "xt" and out and out[-1] == letter):
            out.append(letter)
            words.append(reading.first[at])
        at += 1
    return Line("".join(out), persons, tuple(words), singular)


def named(person: Person, name: Person) -> Person:
    """A single person with the name and age that stand next to it ("his daughter Ana Silva, 8")."""
    age = person.age if person.age is not None else name.age
    return replace(person, last=name.last, name=person.name or name.name, age=age)


def _folded(person: Person) -> str:
    if person.kind == "none":
        return "Z"
    if person.attacker and (person.best or 0) <= 1:
        return "G"
    if person.kind == "bare":
        return "A"
    return "E" if person.best is not None else "U"


def by_noun(phrases: Sequence[tuple[int, int, Person]]) -> Iterator[Told]:
    """What a phrase tells by itself: "six deaths", "two dead bodies", "20 wounded people"."""
    for _, _, person in phrases:
        if person.harm is not None and person.best is not None:
            yield Told(person.harm, (person,), "none" if person.kind == "none" else "noun")


def tell(line: Line) -> Iterator[Told]:
    """All that a folded sentence says befell anyone, in reading order."""
    floor = 0
    before: Told | None = None
    for match in _CUE.finditer(line.string):
        found = _at_cue(line, match, floor) or _carried(line, match, floor, before)
        if found is not None:
            told, end = found
            floor = max(floor, end)
            before = told
            yield told


_AND_THEN: Final = re.compile(r"(?:C|,)[vbBxt]{0,4}$")


def _carried(line: Line, match: re.Match[str], floor: int, before: Told | None) -> tuple[Told, int] | None:
    """A verb without a subject of its own has that of the verb before ("was shot and later died")."""
    if before is None or before.rule in {"active", "of", "toll"} or match.group()[0] not in "KDFv":
        return None
    if _AND_THEN.search(line.string, floor, match.start()) is None:
        return None
    return Told(_harm_of(match.group()), before.persons, "carried"), match.end()


def _at_cue(line: Line, match: re.Match[str], floor: int) -> tuple[Told, int] | None:
    cue = match.group()
    if cue[0] in "MksI" and "f" in cue:
        harm = {"s": Harm.HIT, "I": Harm.INJURED}.get(cue[0], Harm.KILLED)
        return _object(line, match, harm, "of")
    if cue[0] == "Q":
        return _toll(line, match)
    if cue in {"h", "s", "Fs", "smM"} or cue[0] == "k":
        harm = {"h": Harm.INJURED, "s": Harm.HIT}.get(cue, Harm.KILLED)
        return _object(line, match, harm, "active")
    return _participle(line, match, floor)


def _participle(line: Line, match: re.Match[str], floor: int) -> tuple[Told, int] | None:
    cue = match.group()
    left = _LEFT.search(line.string, floor, match.start())
    harm = _harm_of(cue)
    passive = left is not None and "b" in left.group("aux")
    if not passive and cue[-1] in "KHSM" and cue[0] not in "TcBw":
        right = _object(line, match, harm, "active")
        if right is not None:
            return right
    if left is None:
        return _unnamed(line, match, harm, floor)
    if not passive and "B" in left.group("aux") and cue[-1] in "KHS":
        return None  # "has killed" is active, and whom is not said
    negated = "N" in left.group("aux")
    hypothetical = "m" in left.group("aux")
    rule = ("passive" if passive else "state") if cue[0] not in "TcBw" else "treated"
    if cue[0] == "F" and len(cue) == 1:
        rule = "fatally"
    persons = _heads(line, left.start("list"), left.end("list"), harm)
    if not persons:
        return None
    return Told(harm, persons, rule, negated, hypothetical), match.end()


_ONE: Final = re.compile(r"[xtfr\"]B?v*(?P<aux>b)v*b?v*$")


def _unnamed(line: Line, match: re.Match[str], harm: Harm, floor: int) -> tuple[Told, int] | None:
    """Someone whom no phrase names ("the union leader was killed", or a name in upper-case copy)."""
    left = _ONE.search(line.string, floor, match.start())
    if left is None or match.group()[0] in "TcBw":
        return None
    if line.words[left.start("aux")] not in line.singular:
        return None
    at = line.words[match.start()]
    return Told(harm, (Person(at, at + 1, "unnamed"),), "unnamed"), match.end()


def _harm_of(cue: str) -> Harm:
    if "F" in cue:
        return Harm.KILLED
    if cue[0] in "BTw":
        return Harm.INJURED
    rank = max(_RANK.get(letter, -1) for letter in cue)
    return Harm.KILLED if rank == 3 else Harm.INJURED if rank in {2, 0} else Harm.HIT


def _object(line: Line, match: re.Match[str], harm: Harm, rule: str) -> tuple[Told, int] | None:
    """The persons right behind an active word of harm, less those that begin the next clause."""
    found = _RIGHT.match(line.string, match.end())
    if found is None:
        return None
    persons = _heads(line, found.start("list"), _clause_end(line.string, found.start("list"), found.end("list")), harm)
    if len(persons) == 1 and persons[0].kind == "self":
        return _reflexive(line, match, harm)
    before = line.string[max(match.start() - 2, 0) : match.start()]
    return Told(harm, persons, rule, hypothetical="m" in before), found.end() if persons else match.end()


def _reflexive(line: Line, match: re.Match[str], harm: Harm) -> tuple[Told, int]:
    """"Shot himself": the one to its left, or someone who is only a pronoun."""
    left = _LEFT.search(line.string, 0, match.start())
    persons = _heads(line, left.start("list"), left.end("list"), harm) if left else ()
    return Told(harm, persons, "self"), match.end() + 1


def _clause_end(string: str, start: int, end: int) -> int:
    """Where a list of objects ends: its last member is left out if a verb of its own follows."""
    follows = re.compile(r"[,\"v]*(?:[bB][vbN]*[KHDSTc]|[KHD](?![EUA]))").match(string, end)
    if follows is None:
        said = "C" not in string[start:end] and re.compile(r"x?,?R").match(string, end)
        return max(string.rfind(",", start, end), start) or end if said and "," in string[start:end] else end
    cut = max(string.rfind("C", start, end), string.rfind(",", start, end))
    return cut if cut > start else end


def _toll(line: Line, match: re.Match[str]) -> tuple[Told, int] | None:
    found = re.compile(r"[xtbBvRrmufswCi,UG]{0,16}?(?P<person>[EA])(?![EA])").match(line.string, match.end())
    if found is None:
        return None
    return Told(Harm.KILLED, (line.persons[found.start("person")],), "toll"), found.end()


def _heads(line: Line, start: int, end: int, harm: Harm) -> tuple[Person, ...]:
    """The persons of a list, without the members of a group that it names ("including …").

    A counted group followed by as many single persons is told of once: the singles only name it.
    """
    persons = [line.persons[at] for at in range(start, end) if at in line.persons]
    persons = [person for person in persons if person.harm in {None, harm}] or persons
    heads = [person for person in persons if not person.part] or persons
    return tuple(_without_appositions(line, heads, start, end))


def _is_apposed(string: str, first: Person, singles: Sequence[Person]) -> bool:
    """Whether what follows a named or aged person only says who that is (", a local teacher,")."""
    known = first.name is not None or first.age is not None
    return known and "C" not in string and all(p.kind in {"one", "the"} and p.name is None for p in singles)


def _without_appositions(line: Line, heads: list[Person], start: int, end: int) -> list[Person]:
    first = heads[0]
    singles = heads[1:]
    if len(heads) == 2 and first.best == heads[1].best != 1 and "C" not in line.string[start:end]:
        return [first]
    if first.best is not None and first.best > 1 and first.kind in {"count", "bare", "more", "of"}:
        if len(singles) > 1 and first.best == sum(person.best or 0 for person in singles):
            return [first]
    if first.best is None or not singles or any(person.best != 1 for person in singles):
        return heads
    if _is_apposed(line.string[start:end], first, singles):
        return [first]
    own_name = [person for person in singles if person.name is not None]
    if first.best == len(singles) and first.kind in {"count", "bare"}:
        return [first]
    if first.best == 1 and first.name is None and len(own_name) == 1 and "C" not in line.string[start:end]:
        return [named(first, own_name[0])]
    return heads
