"""Sentences: where they end, with abbreviations, initials, clock times and lost spaces in mind.

One compiled pass over a block finds the marks that may end a sentence; each is then judged by its
neighbours. Pure.
"""

import re
from collections.abc import Iterator
from typing import Final

_MARK: Final = re.compile(r"""[.!?…]+[)\]]?["”’'»]*[)\]]?(?:(?P<gap>\s+)|(?=["“‘(\[]?[^\W\d_a-z]))""")

_NEVER_LAST: Final = frozenset(
    "mr mrs ms dr lt col gen sgt gov sen rep capt maj cmdr cdr adm prof rev hon pres supt det ofc dep cpl pvt pfc "
    "sr. brig insp msgt ssgt fr sheikh st mt ft vs no nos vol approx est dist atty messrs mme cmdt eng amb sec spc "
    "asst assoc mgr pt ph bros".split()
)
"""Abbreviations that stand before a name or number."""
_MAY_BE_LAST: Final = frozenset(
    "jr sr inc co corp ltd llc ave blvd rd ln hwy pkwy ct pl etc dept jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue tues wed thu thur thurs fri sat sun ala ariz ark calif colo conn del fla ga ill ind kan kans ky la mass md "
    "mich minn miss mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo st dr hrs min sq km kg lb mph univ "
    "gov't nat'l int'l bldg apt".split()
)
"""Abbreviations that may also close a sentence: the next word decides."""
_OPENERS: Final = frozenset(
    "the a an he she it they we i in on at but and after before when while as if this that these those there then "
    "police officers officials authorities investigators detectives deputies witnesses neighbors residents one two "
    "three four five no not nobody anyone another both his her its their our my however meanwhile according also "
    "although since during for from with by so what who why how once two several many some most all more local "
    "firefighters paramedics prosecutors victims shots".split()
)
"""Words that open a sentence after an abbreviation."""


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
    while start > floor and not text[start - 1].isspace() and text[start - 1] not in "(“\"[—–/":
        start -= 1
    return text[start:position]


def _full_stop_ends(text: str, mark: re.Match[str]) -> bool:
    word = _word_before(text, mark.start())
    lower = word.lower()
    if len(mark.group().rstrip()) > 1:  # a closing quote or bracket follows the stop
        return not (len(word) == 1 and word.isupper())
    if lower in _MAY_BE_LAST or "." in word:
        return _opens(text, mark.end()) or (lower not in _NEVER_LAST and _is_wide(mark))
    if lower in _NEVER_LAST:
        return False
    return len(word) != 1 or word.isdigit() or word == "I"


def _is_wide(mark: re.Match[str]) -> bool:
    return (mark["gap"] or "") == "  "


_WORD: Final = re.compile(r"[“\"‘(\[]*([^\W_]+)")


def _opens(text: str, position: int) -> bool:
    match = _WORD.match(text, position)
    return match is not None and match.group(1).lower() in _OPENERS


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
    end = text[following.end() : following.end() + 1]
    return word.lower() in {"com", "org", "net", "tv", "gov", "edu"} or end in {"/", "@"}
