"""Small questions about the words of a sentence, given in lower case. Pure."""

Lower = tuple[str, ...]


def word_at(lower: Lower, at: int) -> str:
    """The word at an index, empty beyond the ends."""
    return lower[at] if 0 <= at < len(lower) else ""


def any_of(lower: Lower, words: frozenset[str], first: int, last: int) -> bool:
    """Whether one of the words stands between two indexes."""
    return not words.isdisjoint(lower[max(first, 0) : max(last, 0)])
