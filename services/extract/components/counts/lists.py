"""Lists of persons in a folded sentence: whom they count, once each.

"Two men, Ana's father and uncle" names two, not four; "five people, including a child" five; the last of
"killing six and two others were hurt" begins the next clause. Pure.
"""

import re
from collections.abc import Sequence
from typing import Final

from services.extract.components.counts.folding import Line, named
from services.extract.components.counts.values import Harm, Person

_VERB_FOLLOWS: Final = re.compile(r"[,\"v]*(?:[bB][vbN]*[KHDSTc]|[KHD](?![EUA]))")
_SPEECH_FOLLOWS: Final = re.compile(r"x?,?R")
_GROUPS: Final = frozenset({"count", "bare", "more", "of"})


def clause_end(string: str, start: int, end: int) -> int:
    """Where a list of objects ends: its last member is left out if a verb of its own follows."""
    if _VERB_FOLLOWS.match(string, end) is not None:
        cut = max(string.rfind("C", start, end), string.rfind(",", start, end))
        return cut if cut > start else end
    comma = string.rfind(",", start, end)
    speaker = (
        comma > start and "C" not in string[start:end] and _SPEECH_FOLLOWS.match(string, end) is not None
    )
    return comma if speaker else end


def heads(line: Line, start: int, end: int, harm: Harm) -> tuple[Person, ...]:
    """The persons of a list whom this befell, without the members of a group that the list names."""
    persons = [line.persons[at] for at in range(start, end) if at in line.persons]
    persons = [person for person in persons if person.harm in {None, harm}] or persons
    found = [person for person in persons if not person.part] or persons
    return tuple(_without_appositions(found, joined="C" in line.string[start:end]))


def _without_appositions(found: list[Person], *, joined: bool) -> list[Person]:
    """The persons less those that only say who the first one is; `joined` if an "and" is among them."""
    first, others = found[0], found[1:]
    if not others or first.best is None:
        return found
    if _is_broken_down(first, others, joined=joined):
        return [first]
    if first.best != 1 or joined or any(person.best != 1 for person in others):
        return found
    if (first.name is not None or first.age is not None) and all(_only_describes(p) for p in others):
        return [first]
    names = [person for person in others if person.name is not None]
    return [named(first, names[0])] if first.name is None and len(names) == 1 else found


def _is_broken_down(first: Person, others: Sequence[Person], *, joined: bool) -> bool:
    """Whether a group is followed by those who make it up, or by another word for it."""
    if len(others) == 1 and not joined and first.best == others[0].best != 1:
        return True
    total = sum(person.best or 0 for person in others)
    if first.kind in _GROUPS and (first.best or 0) > 1 and len(others) > 1 and first.best == total:
        return True
    one_by_one = all(person.best == 1 for person in others)
    return one_by_one and first.best == len(others) and first.kind in {"count", "bare"}


def _only_describes(person: Person) -> bool:
    return person.kind in {"one", "the"} and person.name is None
