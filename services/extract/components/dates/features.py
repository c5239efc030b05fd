"""Features of a date candidate: how it is said, where it stands, and what the words around it tell.

Pure. Names are stable keys of the weight files; every value is 1 unless noted. What depends on the
event asked for is added by `frame_features`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from schemas.extraction import DateRange
from services.extract.components.dates.context import CLAUSE_BREAKS, CONTEXT
from services.extract.components.dates.lexicon import DAY_PARTS
from services.extract.components.dates.said import Expression, word_at
from services.extract.model import Document, Frame, Sentence

_WINDOW = 12
"""Words looked at on each side of a date for its context classes."""

_CLOCKS: Final = frozenset({"a.m.", "p.m.", "am", "pm", "noon", "midnight", "o'clock", "hours"})
_VALUES: Final[dict[str, dict[str, float]]] = {}


def mention_features(
    doc: Document,
    sentence: Sentence,
    words: Sequence[str],
    said: Expression,
    value: DateRange,
    anchor: date | None,
    seen: int,
) -> dict[str, float]:
    """The features of one mention that hold whatever event is asked for."""
    names = [f"kind={said.kind}", f"precision={value.precision}"]
    if said.modifier is not None:
        names.append(f"modifier={said.modifier}")
    names.extend(_position(doc, sentence, seen))
    names.extend(_age(value, anchor))
    names.extend(_neighbours(words, said))
    names.extend(_classes(words, said))
    return dict.fromkeys(names, 1.0)


def _position(doc: Document, sentence: Sentence, seen: int) -> list[str]:
    if sentence.span.where == "title":
        return ["title"]
    place = sentence.index + (doc.headline is None)
    bin_name = str(place) if place < 4 else "4-6" if place < 7 else "7-12" if place < 13 else "13+"
    return [f"sentence={bin_name}", f"nth={min(seen, 3)}"]


def lag_bin(days: int) -> str:
    """How long before the anchor (days), in bins that widen."""
    for limit, name in (
        (-1, "ahead"),
        (0, "0"),
        (1, "1"),
        (2, "2"),
        (3, "3"),
        (6, "4-6"),
        (13, "7-13"),
        (31, "14-31"),
    ):
        if days <= limit:
            return name
    return "32-366" if days <= 366 else "367+"


def _age(value: DateRange, anchor: date | None) -> list[str]:
    if anchor is None:
        return ["lag=unknown"]
    return [f"lag={lag_bin((anchor - value.end).days)}"]


def _neighbours(words: Sequence[str], said: Expression) -> list[str]:
    """The words next to the date, and the parts of day and clock times that frame it."""
    before, after = word_at(words, said.first - 1), word_at(words, said.last)
    names = [f"before={before}", f"after={after}"]
    if before in {"on", ","}:
        names.append(f"before2={word_at(words, said.first - 2)}")
    if after in DAY_PARTS:
        names.append("part-of-day")
    modified = _modified(words, said.last)
    if modified != "none":
        names.append(f"modifies={modified}")
        if before in {"the", "in"}:
            names.append(f"modifies={modified}&{before}")
    near = words[max(said.first - 6, 0) : said.first]
    if any(word in _CLOCKS or (":" in word and len(word) > 3) for word in near):
        names.append("clock-before")
    if any(word in _CLOCKS for word in words[said.last : said.last + 6]):
        names.append("clock-after")
    return names


_BETWEEN: Final = DAY_PARTS | frozenset(
    [
        ",",
        "'",
        "’",
        "'s",
        "’s",
        "fatal",
        "deadly",
        "mass",
        "double",
        "triple",
        "drive-by",
        "accidental",
        "apparent",
        "late",
    ]
)


def _modified(words: Sequence[str], at: int) -> str:
    """The context class of the noun that a date stands before ("the March 20 shooting")."""
    last = at + 4
    while at < last and word_at(words, at) in _BETWEEN:
        at += 1
    return CONTEXT.get(word_at(words, at), "none")


def _classes(words: Sequence[str], said: Expression) -> list[str]:
    """The nearest context class on each side, in the clause and in the window, and all of the sentence."""
    left = words[max(said.first - _WINDOW, 0) : said.first][::-1]
    right = words[said.last : said.last + _WINDOW]
    names = [f"left={_nearest(left)}", f"right={_nearest(right)}"]
    names.append(f"clause-left={_nearest(_clause(left))}")
    names.append(f"clause-right={_nearest(_clause(right))}")
    names.extend(f"sentence-has={name}" for name in {CONTEXT[word] for word in words if word in CONTEXT})
    return names


def _nearest(words: Sequence[str]) -> str:
    return next((CONTEXT[word] for word in words if word in CONTEXT), "none")


def _clause(words: Sequence[str]) -> Sequence[str]:
    stop = next((at for at, word in enumerate(words) if word in CLAUSE_BREAKS and at > 0), len(words))
    return words[:stop]


def frame_features(sentence: int | None, frame: Frame) -> tuple[str, ...]:
    """Where a mention stands to the sentences of the event asked for."""
    if sentence is None:
        return ()
    if sentence in frame.core:
        return ("core", "own")
    if sentence in frame.sentences:
        return ("own",)
    near = sentence - 1 in frame.core or sentence + 1 in frame.core
    return ("beside-core",) if near else ("elsewhere",)


def story(doc: Document) -> str:
    """What kind of story the head of the article is: court, arrest, service (a vigil, a funeral) or event."""
    heard = {CONTEXT[t.lower] for s in doc.sentences[:3] for t in s.tokens if t.lower in CONTEXT}
    for kind in ("court", "arrest", "plan"):
        if kind in heard:
            return kind
    return "event" if "harm" in heard or "death" in heard else "other"
