"""Word lists as sets. Imports nothing of the project."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text, separated by white space, as a set."""
    return frozenset(words.split())
