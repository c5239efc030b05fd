"""Who was killed, hurt or hit: joining the phrases for persons with the words of harm.

Pure. Works on folded sentences (`folding`). For each word of harm, one look to its left finds whom it
befell when it is passive, reduced ("3 shot") or intransitive, one look to its right when it is active
("killing six and wounding two").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.extract.components.counts.folding import Line
from services.extract.components.counts.lists import clause_end, heads
from services.extract.components.counts.phrases import Phrase
from services.extract.components.counts.values import Harm, Person

_ONE_OF: Final = r"(?:[EUGZ]|Ax?)"
_LIST: Final = rf"{_ONE_OF}(?:(?:,C?t?|Ct?|wt?){_ONE_OF})*"
"""Persons joined by commas and "and"; behind a bare number the noun that the phrase grammar does not know."""

_INSIDE: Final = (
    r"[,xtvirfWu\"():]|,R|i[xt]*[EUA](?:,?C?t?[EUA])*"
    r"|w(?![xt]*[EUA]v*[KDHS])|w[xt]*[EUA](?!v*[KDHS])|f[xt]*U|r[xt]*U"
)
"""What may stand between persons and the verb that tells what befell them."""

_AUX: Final = r"(?P<aux>(?:[bBm][vNxt]{0,2}){0,4})"
_LEFT: Final = re.compile(rf"(?P<list>{_LIST})(?:{_INSIDE}){{0,10}}?{_AUX}[rtxv]{{0,3}}$")
_RIGHT: Final = re.compile(rf"[vf]*[xt]?(?P<list>{_LIST})")
_CUE: Final = re.compile(
    r"F?[vx]?[KDHS](?:,?C?[vb]?[KDHSF]|mM)*F?|Fs|smM|F(?=[,.;C)]|$)|k(?:C[kh])?|[MksI]f[xt]?(?=[EUA])"
    r"|[BTw][xtv]{0,3}[hI](?![EUA])|h|s|T|c|Qx?"
)
_RANK: Final = {"K": 3, "D": 3, "M": 3, "F": 3, "k": 3, "H": 2, "h": 2, "S": 1, "s": 1, "T": 0, "c": 0}
_TREATED: Final = frozenset("TcBw")
"""First letters of cues that tell of treatment or wounds, not of what befell someone."""

_TOLL: Final = re.compile(r"[xtbBvRrmufswCi,UG]{0,16}?(?P<person>[EA])(?![EA])")


@dataclass(frozen=True, slots=True)
class Told:
    """Persons and what befell them, as one rule read it; `negated` where it says it did not."""

    harm: Harm
    persons: tuple[Person, ...]
    rule: str
    negated: bool = False
    hypothetical: bool = False


def by_noun(phrases: Sequence[Phrase]) -> Iterator[Told]:
    """What a phrase tells by itself: "six deaths", "two dead bodies", "20 wounded people"."""
    for person in (phrase.person for phrase in phrases):
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
    """A participle is passive or reduced, and befalls what is left of it, or active, and what is right."""
    cue, harm = match.group(), _harm_of(match.group())
    left = _LEFT.search(line.string, floor, match.start())
    aux = left.group("aux") if left is not None else ""
    transitive = cue[-1] in "KHSM" and cue[0] not in _TREATED
    if transitive and "b" not in aux and (right := _object(line, match, harm, "active")) is not None:
        return right
    if left is None:
        return _unnamed(line, match, harm, floor)
    if "b" not in aux and "B" in aux and cue[-1] in "KHS":
        return None  # "has killed" is active, and whom is not said
    persons = heads(line, *left.span("list"), harm)
    told = Told(harm, persons, _rule(cue, aux), negated="N" in aux, hypothetical="m" in aux)
    return (told, match.end()) if persons else None


def _rule(cue: str, aux: str) -> str:
    if cue == "F":
        return "fatally"
    if cue[0] in _TREATED:
        return "treated"
    return "passive" if "b" in aux else "state"


_ONE: Final = re.compile(r"[xtfr\"]B?v*(?P<aux>b)v*b?v*$")


def _unnamed(line: Line, match: re.Match[str], harm: Harm, floor: int) -> tuple[Told, int] | None:
    """Someone whom no phrase names ("the union leader was killed", or a name in upper-case copy)."""
    left = _ONE.search(line.string, floor, match.start())
    if left is None or match.group()[0] in _TREATED:
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
    start, end = found.span("list")
    persons = heads(line, start, clause_end(line.string, start, end), harm)
    if len(persons) == 1 and persons[0].kind == "self":
        return _reflexive(line, match, harm)
    before = line.string[max(match.start() - 2, 0) : match.start()]
    return Told(harm, persons, rule, hypothetical="m" in before), found.end() if persons else match.end()


def _reflexive(line: Line, match: re.Match[str], harm: Harm) -> tuple[Told, int]:
    """Reads "shot himself": it befell the one to its left, or someone who is only a pronoun."""
    left = _LEFT.search(line.string, 0, match.start())
    persons = heads(line, *left.span("list"), harm) if left else ()
    return Told(harm, persons, "self"), match.end() + 1


def _toll(line: Line, match: re.Match[str]) -> tuple[Told, int] | None:
    found = _TOLL.match(line.string, match.end())
    if found is None:
        return None
    return Told(Harm.KILLED, (line.persons[found.start("person")],), "toll"), found.end()
