"""The sketch of an article: the few hundred keys by which the merger compares it with others.

Names, capitalised words, streets, clock times, ages, heavy words, minima over word shingles. Depends
on the article and on frozen tables (`resources/sketch`) alone; words of other languages simply
count as rare. Called by the extract worker and by `fold`. Imports the standard library and `schemas`.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import islice
from typing import Final, TypeVar
from zlib import crc32

from schemas.article import RawArticle
from schemas.extraction import Sketch
from services.extract.sketch_names import (
    Run,
    SketchWords,
    capital_runs,
    full_name,
    plain,
    sketch_words,
    street_in,
)
from services.extract.sketch_numbers import scene_numbers

VERSION: Final = "sketch-1"
"""Goes up whenever the same article would get another sketch."""

T = TypeVar("T")

_TEXT_MAX: Final = 60_000
"""Code points read; the head of a book is enough."""
_TERMS_MAX: Final = 128
_CAPITALS_MAX: Final = 48
_NAMES_MAX: Final = 24
_KEYS_MAX: Final = 16
_NUMBERS_MAX: Final = 32
_MINHASH_SIZE: Final = 48
"""Minima kept: the error of the estimated overlap is about 1/√48 ≈ 0.14."""
_SHINGLE_FACTOR: Final = 1021
"""A prime: keeps the order of a shingle's words apart, with products that stay machine words."""
_SHORT_LINE: Final = 8
"""A line of fewer words that ends without a full stop is page furniture, not report."""

_TOKEN: Final = re.compile(
    r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b|\d+|[.!?,;:\n“”\"()]"
)
_SENTENCE_END: Final = (".", "!", "?", "”", '"', ")", "。", "؟", "।")
_AGENCY: Final = re.compile(
    r"\(\s*(AP|Reuters|REUTERS|AFP|UPI|EFE|ANSA|DPA|dpa|Xinhua|TASS|Interfax|Anadolu|IANS|PTI)\s*\)"
    r"|\b(Associated Press|Agence France[- ]Presse)\b"
)
_AGENCY_NAMES: Final = {
    "associated press": "ap",
    "agence france-presse": "afp",
    "agence france presse": "afp",
}
_AGENCY_REACH: Final = 240
"""An agency named within so many code points of either end is credited; further in it is cited."""


def build_sketch(article: RawArticle, kept: Sequence[tuple[int, int]] | None = None) -> Sketch:
    """What the merger compares of an article.

    `kept` are the spans of the text that are report (code points, in order); without it, short lines
    that end without a full stop are left out.
    """
    words = sketch_words()
    text = _report_text(article.text[:_TEXT_MAX], kept)
    tokens = _TOKEN.findall(text)
    keys = {token: plain(token) for token in dict.fromkeys(tokens) if token[0].isalnum()}
    lower = [keys[token] for token in tokens if token in keys]
    title = [plain(token) for token in _TOKEN.findall(article.title or "") if token[0].isalnum()]
    runs = tuple(capital_runs(tokens, words))
    capitals = _capitals(runs, words)
    capitals.update(_title_capitals(article.title or "", words))
    numbers = scene_numbers(text)
    streets, houses = _addresses(runs, words)
    counts = Counter(lower)
    counts.update(title)
    return Sketch(
        version=VERSION,
        names=tuple(_distinct((full_name(run, words) for run in runs), _NAMES_MAX)),
        capitals=_weighed(capitals, words, _CAPITALS_MAX),
        streets=streets,
        blocks=tuple(_distinct((*numbers.blocks, *houses), _KEYS_MAX)),
        clock_times=tuple(_distinct(numbers.clock_times, _KEYS_MAX)),
        ages=tuple(_distinct(numbers.ages, _KEYS_MAX)),
        terms=_weighed(counts, words, _TERMS_MAX),
        numbers=tuple(_distinct((w for w in (*title, *keys.values()) if _is_number(w)), _NUMBERS_MAX)),
        title_terms=tuple(_distinct((w for w in title if words.idf(w) >= words.rare), _KEYS_MAX)),
        minhash=_minima(lower),
        agency=_agency(article, text),
        word_count=len(lower),
    )


def _report_text(text: str, kept: Sequence[tuple[int, int]] | None) -> str:
    if kept is not None:
        return "\n".join(text[start:end] for start, end in kept)
    return "\n".join(line for line in text.split("\n") if _is_report(line)) or text


def _is_report(line: str) -> bool:
    return line.rstrip().endswith(_SENTENCE_END) or line.count(" ") >= _SHORT_LINE


def _distinct(values: Iterable[T | None], most: int) -> Iterator[T]:
    """The values but None, each once, in order, at most so many."""
    return islice(dict.fromkeys(value for value in values if value is not None), most)


def _weighed(counts: Mapping[str, int], words: SketchWords, most: int) -> tuple[tuple[str, float], ...]:
    """The heaviest words with (1 + log count) · rarity, scaled to length 1 before the rest is cut."""
    rarity, unknown, log = words.rarity.get, words.unknown, math.log
    weights = [(-rarity(word, unknown) * (1 + log(n) if n > 1 else 1), word) for word, n in counts.items()]
    length = math.sqrt(sum([weight * weight for weight, _ in weights])) or 1.0
    heaviest = nsmallest(most, weights) if len(weights) > 2 * most else sorted(weights)[:most]
    return tuple([(word, round(-weight / length, 4)) for weight, word in heaviest if weight < 0])


def _capitals(runs: Iterable[Run], words: SketchWords) -> Counter[str]:
    """How often each word is capitalised for its own sake, not because it begins a sentence."""
    counts: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    for run in runs:
        if run.opens:
            opening[plain(run.words[0])] += 1
        counts.update(plain(word) for word in run.words[run.opens :])
    for word, n in opening.items():
        if word in counts or word not in words.rarity:
            counts[word] += n
    return counts


def _title_capitals(title: str, words: SketchWords) -> Iterator[str]:
    """The capitalised words of a title that are not mostly written small: headlines capitalise all."""
    for token in _TOKEN.findall(title):
        word = plain(token)
        if token[0].isupper() and word not in words.lowered and word not in words.not_names:
            yield word


def _is_number(word: str) -> bool:
    return word[0].isdigit() and len(word) > 1


def _addresses(runs: Iterable[Run], words: SketchWords) -> tuple[tuple[str, ...], list[str]]:
    """Streets, and the hundreds of house numbers in them."""
    streets: list[str] = []
    houses: list[str] = []
    for run in runs:
        street = street_in(run, words)
        if street is not None:
            streets.append(street)
            if run.before is not None and run.before.isdecimal() and 3 <= len(run.before) <= 5:
                houses.append(str(int(run.before) // 100 * 100))
    return tuple(_distinct(streets, _KEYS_MAX)), houses


def _minima(lower: Sequence[str]) -> tuple[int, ...]:
    """The smallest hashes of the text's three-word shingles, ascending: its MinHash (bottom-k) sketch."""
    hash_by_word = {word: crc32(word.encode()) for word in dict.fromkeys(lower)}
    hashes = [hash_by_word[word] for word in lower]
    factor, square = _SHINGLE_FACTOR, _SHINGLE_FACTOR * _SHINGLE_FACTOR
    shingles = {
        (first * square + second * factor + third) & 0xFFFFFFFF
        for first, second, third in zip(hashes, hashes[1:], hashes[2:], strict=False)
    }
    return tuple(nsmallest(_MINHASH_SIZE, shingles))


def _agency(article: RawArticle, text: str) -> str | None:
    """The wire agency credited at the head or the foot, or in the byline."""
    ends = f"{article.byline or ''} {text[:_AGENCY_REACH]} {article.text[-_AGENCY_REACH:]}"
    found = _AGENCY.search(ends)
    if found is None:
        return None
    name = (found[1] or found[2]).lower()
    return _AGENCY_NAMES.get(name, name)
