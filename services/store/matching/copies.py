"""Which article's text another one repeats: near-duplicates by MinHash, helped by a credited agency.

Copies count as one independent source. Pure; imported by the decision.
"""

from collections.abc import Iterable
from typing import Final

from services.store.matching.pair_text import containment
from services.store.matching.profile import Profile

_COPY_LEAST: Final = 0.55
"""The share of the shorter text's shingles that a copy has in common with its original."""
_AGENCY_COPY_LEAST: Final = 0.35
"""The same where both credit one agency: outlets cut and retouch agency copy."""
_WORDS_LEAST: Final = 40
"""Shorter texts are alike by chance."""


def copied_from(profile: Profile, earlier: Iterable[Profile]) -> str | None:
    """The earliest article whose text this one repeats, None where it is a text of its own."""
    for other in earlier:
        if other.key[0] != profile.key[0] and is_copy(profile, other):
            return other.key[0]
    return None


def is_copy(a: Profile, b: Profile) -> bool:
    """Whether two articles carry one text."""
    if min(a.words, b.words) < _WORDS_LEAST:
        return False
    one_agency = a.agency != 0 and a.agency == b.agency
    return containment(a.minhash, b.minhash) >= (_AGENCY_COPY_LEAST if one_agency else _COPY_LEAST)
