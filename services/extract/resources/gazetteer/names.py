"""Keys of place names: one spelling for the many that news and gazetteers use.

`name_key` levels what never tells two places apart: case, diacritics, apostrophes, hyphens, dots, "St".
`loose_key` levels in addition what transliterations from Arabic, Persian or Cyrillic vary in: articles,
vowels, doubled letters. Pure; standard library only.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LETTERS: Final = str.maketrans(
    {
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe",
        "ə": "a",
        "ʻ": "", "ʼ": "", "ʿ": "", "ʾ": "", "‘": "", "’": "", "'": "", "`": "", "´": "", "ʹ": "", "ʺ": "",
        "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "/": " ", ",": " ", "_": " ", "(": " ", ")": " ",
        ".": "", "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "",
    }
)  # fmt: skip
"""Letters that decomposition leaves whole, and marks that spellings disagree on."""

_WORDS: Final = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "&": "and"}

_ARTICLES: Final = frozenset(
    {
        "al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ath", "ed", "en", "er", "es", "esh",
        "et", "ez", "ul", "il"
    }
)  # fmt: skip
"""The Arabic article, plain and assimilated, as transliterations have it."""


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The key of a name: lower case, plain letters, words joined by single blanks; may be empty."""
    folded = name.casefold().translate(_LETTERS)
    if not folded.isascii():
        folded = _plain(folded)
    words = folded.split()
    return " ".join([_WORDS.get(word, word) for word in words])


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.translate(_LETTERS)


_SKELETON: Final = (
    (re.compile(r"(?:ah|eh|a|e)$"), "a"),
    (re.compile(r"iyy?|ee|ei|ey|ie|ay|ai|[iey]"), "i"),
    (re.compile(r"ou|oo|uw|aw|au|[ow]"), "u"),
    (re.compile(r"dj|dzh|zh"), "j"),
    (re.compile(r"ch"), "sh"),
    (re.compile(r"q|ck|c"), "k"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"(.)\1+"), r"\1"),
)
"""In order: endings in a, front vowels, back vowels, then consonants that romanisations swap."""


@lru_cache(maxsize=65536)
def loose_key(key: str) -> str:
    """The skeleton of a `name_key`: "al hasakah", "hassakeh" and "hasaka" have one."""
    words = key.split()
    kept = [word for word in words if word not in _ARTICLES] or words
    return " ".join(_skeleton(word) for word in kept)


def _skeleton(word: str) -> str:
    for pattern, replacement in _SKELETON:
        word = pattern.sub(replacement, word)
    return word
