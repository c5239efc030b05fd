"""Finding date candidates: expressions of the kept sentences, resolved, with features and spans.

Pure. The anchor of relative dates is the day of the dateline where it names one close to the
publication, else the day of publication; without either only dates that name their year are read.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from schemas.extraction import DateRange
from services.extract.components.dates import resolve
from services.extract.components.dates.expressions import scan
from services.extract.components.dates.features import mention_features
from services.extract.components.dates.holidays import last_holiday
from services.extract.components.dates.said import Expression, plain
from services.extract.model import Candidate, Document, Sentence, Span, tokenize

_CUES: Final = re.compile(
    r"days?\b|day[’']|\b(?:jan|feb|mar|apr|may\b|jun|jul|aug|sep|oct|nov|dec)|night|overnight|today|tomorrow"
    r"|\bago\b|earlier|later|before|week|month|year\b|morning|evening|afternoon|prior|christmas|halloween|easter"
    r"|thanksgiving|mayo|(?:19|20)\d\d|\d/\d|\d(?:st|nd|rd|th)\b|\b(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\b"
)
"""A sentence without any of these holds no date expression: a cheap look before its words are read."""

_DATELINE_DAYS_MAX = 10
"""A dateline day further from the publication than this (days) is no anchor: the report was reprinted."""


def find_dates(doc: Document) -> tuple[Candidate[DateRange], ...]:
    """All dates that the article names, in reading order, each with its span, rule and features."""
    anchor = anchor_day(doc)
    found: list[Candidate[DateRange]] = []
    previous: date | None = None
    for sentence in doc.sentences:
        if not _CUES.search(sentence.lower):
            continue
        for candidate in _in_sentence(doc, sentence, anchor, previous, len(found)):
            found.append(candidate)
            if candidate.value.precision == 1 and sentence.span.where == "text":
                previous = candidate.value.start
    return tuple(found)


def anchor_day(doc: Document) -> date | None:
    """The day that relative dates count from, or None where the article has none."""
    stated = _dateline_day(doc)
    if stated is None or doc.published is None:
        return stated or doc.published
    close = timedelta(days=-1) <= doc.published - stated <= timedelta(days=_DATELINE_DAYS_MAX)
    return stated if close else doc.published


def _dateline_day(doc: Document) -> date | None:
    if doc.dateline is None or doc.dateline.day is None:
        return None
    tokens = tokenize(doc.quote(doc.dateline.day))
    words = [plain(token.lower) for token in tokens]
    for expression in scan(words, [token.text for token in tokens]):
        value = meaning(expression, doc.published, None)
        if value is not None and value.precision == 1:
            return value.start
    return None


def _in_sentence(
    doc: Document, sentence: Sentence, anchor: date | None, previous: date | None, seen: int
) -> Iterator[Candidate[DateRange]]:
    tokens = sentence.tokens
    words = [plain(token.lower) for token in tokens]
    for expression in scan(words, [token.text for token in tokens]):
        span = Span(tokens[expression.first].start, tokens[expression.last - 1].end, sentence.span.where)
        for reading in _readings(expression, anchor):
            value = meaning(reading, anchor, previous)
            if value is None:
                continue
            features = mention_features(doc, sentence, words, reading, value, anchor, seen)
            yield Candidate(value, span, sentence.index, reading.kind, features)
            seen += 1
            if value.precision == 1 and reading.kind != "after":
                previous = value.start


def _readings(said: Expression, anchor: date | None) -> tuple[Expression, ...]:
    """The readings of an expression: "last Monday" may be this week's or the week before's."""
    if said.kind != "weekday" or said.modifier != "last" or anchor is None or said.weekday is None:
        return (said,)
    near = resolve.weekday_before(anchor, said.weekday, strictly=True)
    if near.isocalendar()[:2] != anchor.isocalendar()[:2]:
        return (said,)
    return said, replace(said, modifier="last-of-week-before")


def meaning(said: Expression, anchor: date | None, previous: date | None) -> DateRange | None:
    """The days an expression means; None where it needs an anchor and there is none."""
    if said.kind == "full" and said.year and said.month and said.day:
        day = resolve.day_of(said.year, said.month, said.day)
        return resolve.exact(day) if day else None
    if said.kind == "numeric" and said.day:
        day = resolve.numeric(anchor, said.count, said.day, said.year)
        return resolve.exact(day) if day else None
    if said.kind == "year" and said.year:
        return resolve.whole_year(said.year)
    if said.kind == "month" and said.month and said.year:
        return resolve.whole_month(said.year, said.month, said.modifier)
    if said.kind == "anaphor" and previous is not None:
        return resolve.exact(previous + timedelta(days=said.count))
    return None if anchor is None else _anchored(said, anchor, previous)


def _anchored(said: Expression, anchor: date, previous: date | None) -> DateRange | None:
    if said.kind == "after":  # "a day after the attack": the attack's day
        return resolve.exact((previous or anchor) - timedelta(days=said.count))
    if said.kind in {"earlier", "later"}:
        return _shifted(said, anchor, previous)
    reader = _READERS.get(said.kind)
    return reader(said, anchor) if reader else None


def _shifted(said: Expression, anchor: date, previous: date | None) -> DateRange | None:
    """Reads "two days earlier", which counts from the date named before it; "later" needs one."""
    if said.kind == "later":
        if previous is None or said.unit != "day":
            return None
        return resolve.exact(previous + timedelta(days=said.count))
    return _ago(said, previous or anchor)


def _ago(said: Expression, anchor: date) -> DateRange | None:
    value = resolve.unit_back(anchor, said.count, said.unit or "")
    if value is not None and value.precision == 1 and said.modifier == "vague":
        return resolve.around(anchor, said.count, 1)
    return value


def _weekday(said: Expression, anchor: date) -> DateRange | None:
    if said.weekday is None:
        return None
    if said.modifier in {"next", "coming", "following"}:
        return resolve.exact(resolve.weekday_after(anchor, said.weekday))
    if said.modifier == "last-of-week-before":
        near = resolve.weekday_before(anchor, said.weekday, strictly=True)
        return resolve.exact(near - timedelta(days=7))
    strictly = said.modifier in {"last", "past", "previous"}
    return resolve.exact(resolve.weekday_before(anchor, said.weekday, strictly=strictly))


def _month_day(said: Expression, anchor: date) -> DateRange | None:
    if said.month is None or said.day is None:
        return None
    day = resolve.month_day(anchor, said.month, said.day, said.weekday)
    return resolve.exact(day) if day else None


def _bare_day(said: Expression, anchor: date) -> DateRange | None:
    day = resolve.bare_day(anchor, said.day or 0)
    return resolve.exact(day) if day else None


def _month(said: Expression, anchor: date) -> DateRange | None:
    if said.month is None:
        return None
    year, month = resolve.month_without_year(anchor, said.month, strictly=said.modifier == "last")
    return resolve.whole_month(year, month, said.modifier)


def _relative_month(said: Expression, anchor: date) -> DateRange:
    if said.count == 0:
        return resolve.whole_month(anchor.year, anchor.month)
    return resolve.whole_month(*resolve.previous_month(anchor.year, anchor.month))


def _holiday(said: Expression, anchor: date) -> DateRange:
    day = last_holiday(anchor, said.rule or "")
    if said.unit != "weekend":
        return resolve.exact(day)
    return (
        DateRange(start=day - timedelta(days=2), end=day, precision=2)
        if day.weekday() == 0
        else (DateRange(start=day, end=day + timedelta(days=2), precision=2))
    )


def _overnight(_said: Expression, anchor: date) -> DateRange:
    return DateRange(start=anchor - timedelta(days=1), end=anchor, precision=2)


_READERS: Final = {
    "ago": _ago,
    "weekday": _weekday,
    "month_day": _month_day,
    "bare_day": _bare_day,
    "month": lambda said, anchor: _relative_month(said, anchor) if said.unit else _month(said, anchor),
    "offset": lambda said, anchor: resolve.exact(anchor + timedelta(days=said.count)),
    "overnight": _overnight,
    "anaphor": lambda said, anchor: (
        resolve.exact(anchor + timedelta(days=said.count)) if said.count < 0 else None
    ),
    "week": lambda said, anchor: resolve.week_of(anchor, said.count),
    "year": lambda said, anchor: resolve.whole_year(anchor.year + said.count),
    "weekend": lambda said, anchor: resolve.weekend_of(anchor, strictly=said.modifier == "last"),
    "holiday": _holiday,
}
