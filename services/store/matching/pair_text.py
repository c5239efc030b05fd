"""What the texts of two reports have in common: words, names of things, titles, numbers, shingles.

Pure; imported by `pair`, `copies` and the tests only.
"""

from itertools import islice
from typing import Final

from services.store.matching.profile import Profile, Vector

Features = dict[str, float]

_LITTLE: Final = 0.08
"""Below this cosine two texts have no more in common than any two."""
_HEADS: Final = 6
"""Capitalised words that are most of what a report is about."""
_LIGHT: Final = 0.03
"""The weight of a title word that is none of its report's heavy words."""
_SKETCH_FULL: Final = 48
"""Minima of a full sketch (`services.extract.sketch`); fewer are all that a short text has."""
_HASH_MAX: Final = 0xFFFFFFFF
_NOWHERE: Final[frozenset[int]] = frozenset()


def compare_texts(a: Profile, b: Profile, found: Features) -> None:
    """Add what the two articles' words have in common.

    "Nothing in common" leaves out the words of places that both name: place is compared already.
    """
    if not a.words or not b.words:
        found["text.unknown"] = 1.0
        return
    terms, capitals = cosine(a.terms, b.terms), cosine(a.capitals, b.capitals)
    found["words"] = terms
    found["words.some"] = min(terms, 0.2)
    found["words.many"] = max(terms - 0.5, 0.0)
    if _nothing_in_common(a, b):
        found["text.differs"] = 1.0
    found["capitals"] = capitals
    found["capitals.some"] = min(capitals, 0.2)
    _topics(a, b, found)
    copied = resemblance(a.minhash, b.minhash)
    if copied > 0:
        found["copy"] = copied
        found["copy.near"] = float(copied >= 0.5)


def _topics(a: Profile, b: Profile, found: Features) -> None:
    """Whether either report's main subjects turn up in the other at all."""
    titles = (a.title, b.title)
    if titles[0] and titles[1]:
        found["title"] = len(titles[0] & titles[1]) / min(len(titles[0]), len(titles[1]))
    if titles[0] or titles[1]:
        covered = [_coverage(t, x, y) for t, x, y in zip(titles, (a, b), (b, a), strict=True) if t]
        found["title.covered"] = sum(covered) / len(covered)
        found["title.missed"] = 1.0 - min(covered)
    if a.capitals and b.capitals:
        heads = (_head_coverage(a.capitals, b.capitals), _head_coverage(b.capitals, a.capitals))
        found["heads"] = (heads[0] + heads[1]) / 2
        found["heads.missed"] = float(min(heads) == 0.0)
    if a.numbers and b.numbers:
        common = len(a.numbers & b.numbers)
        found["numbers"] = common / min(len(a.numbers), len(b.numbers))
        found["numbers.differ"] = float(common == 0)


def _coverage(title: frozenset[int], a: Profile, b: Profile) -> float:
    """The weight of some of a's title words that b has among its heavy words."""
    weights = {word: a.terms.get(word, _LIGHT) for word in title}
    held = sum(weight for word, weight in weights.items() if word in b.terms or word in b.capitals)
    return held / sum(weights.values())


def _head_coverage(a: Vector, b: Vector) -> float:
    """The weight of a's heaviest capitalised words that b has too."""
    heads = list(islice(a.items(), _HEADS))
    return sum(weight for word, weight in heads if word in b) / sum(weight for _, weight in heads)


def _nothing_in_common(a: Profile, b: Profile) -> bool:
    local = a.localities & b.localities
    return cosine(a.capitals, b.capitals, local) < _LITTLE and cosine(a.terms, b.terms, local) < _LITTLE


def cosine(a: Vector, b: Vector, without: frozenset[int] = _NOWHERE) -> float:
    """The cosine of two vectors that had length 1 before their tails were cut, some words left out."""
    if len(b) < len(a):
        a, b = b, a
    return sum(weight * b[word] for word, weight in a.items() if word in b and word not in without)


def resemblance(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """The share of shingles that two texts have in common, estimated from the smallest of both."""
    if not a or not b:
        return 0.0
    size = min(len(a), len(b))
    smallest = sorted(set(a) | set(b))[:size]
    return len(set(smallest) & set(a) & set(b)) / size


def containment(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """The share of the shorter text's shingles that lie in the longer one, estimated likewise.

    Below the smaller of the two greatest minima both sketches are complete.
    """
    if not a or not b:
        return 0.0
    bound = min(_reach(a), _reach(b))
    mine = {minimum for minimum in a if minimum <= bound}
    other = {minimum for minimum in b if minimum <= bound}
    return len(mine & other) / max(min(len(mine), len(other)), 1)


def _reach(minima: tuple[int, ...]) -> int:
    """Up to which hash a sketch holds everything; a short one holds all shingles of its text."""
    return minima[-1] if len(minima) >= _SKETCH_FULL else _HASH_MAX
