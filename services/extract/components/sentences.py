"""Sentences: where they end, with abbreviations, initials, clock times and lost spaces in mind.

One compiled pass over a block finds the marks that may end a sentence; each is then judged by its
neighbours. Pure.
"""

import re
from collections.abc import Iterator
from typing import Final

from services.extract.resources.lexicon import words

_MARK: Final = re.compile(r"""[.!?…]+[)\]]?["”’'»]*[)\]]?(?:(?P<gap>\s+)|(?=["“‘(\[]?[^\W\d_a-z]))""")


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of one block, white space left off, in order."""
    start = 0
    for mark in _MARK.finditer(text):
        if _ends(text, mark):
            yield from _span(text, start, mark.end() - len(mark["gap"] or ""))
            start = mark.end()
    yield from _span(text, start, len(text))


def _span(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends(text: str, mark: re.Match[str]) -> bool:
    after = text[mark.end() : mark.end() + 1]
    if not after:
        return False
    if mark["gap"] is None:
        return _ends_without_space(text, mark)
    if after.islower():
        return False
    first = mark.group()[0]
    if first != "." or mark.group().startswith(".."):
        return True
    return _full_stop_ends(text, mark)


def _word_before(text: str, position: int) -> str:
    start = position
    floor = max(0, position - 24)
    while start > floor and not text[start - 1].isspace() and text[start - 1] not in '(“"[—–/':
        start -= 1
    return text[start:position]


def _full_stop_ends(text: str, mark: re.Match[str]) -> bool:
    word = _word_before(text, mark.start())
    lower = word.lower()
    if len(mark.group().rstrip()) > 1:  # a closing quote or bracket follows the stop
        return not (len(word) == 1 and word.isupper())
    if lower in words("sentences", "may_be_last") or "." in word:
        return _opens(text, mark.end()) or (lower not in words("sentences", "never_last") and _is_wide(mark))
    if lower in words("sentences", "never_last"):
        return False
    return len(word) != 1 or word.isdigit() or word == "I"


def _is_wide(mark: re.Match[str]) -> bool:
    return (mark["gap"] or "") == "  "


_WORD: Final = re.compile(r"[“\"‘(\[]*([^\W_]+)")


def _opens(text: str, position: int) -> bool:
    match = _WORD.match(text, position)
    return match is not None and match.group(1).lower() in words("sentences", "openers")


def _ends_without_space(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark with no space after it closes a sentence: "civil war.Turkey has said"."""
    word = _word_before(text, mark.start()).rstrip(")”\"’'")
    if len(word) < 2 or "." in word or "@" in word or "/" in word:
        return False
    if not (word[-1].islower() or word.isdigit()):
        return False
    following = _WORD.match(text, mark.end())
    return following is not None and not _looks_like_domain(text, following)


def _looks_like_domain(text: str, following: re.Match[str]) -> bool:
    word = following.group(1)
    rest = text[following.end() : following.end() + 2]
    dotted = rest[:1] == "." and rest[1:].isalnum() and not rest[1:].isupper()
    return dotted or rest[:1] in {"/", "@"} or word.lower() in {"com", "org", "net", "tv", "gov", "edu"}
