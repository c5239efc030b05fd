"""Date forms with a month's name: "27 February 2020", "Feb. 27", "in February 2020", "last March". Pure."""

from typing import Final

from services.extract.components.dates import lexicon as lex
from services.extract.components.dates.resolve import full_year
from services.extract.components.dates.said import Expression, Words, day_number, skip, word_at

_MONTH_BEFORE: Final = frozenset(
    {"in", "since", "of", "during", "early", "late", "mid", "until", "from", "before", "last", "this", "past"}
    | {"next", "and", "to", "by", "previous"}
)
_MONTH_PARTS: Final = frozenset({"early", "mid", "late"})


def month_form(words: Words, raw: Words, at: int) -> Expression | None:
    """A month's form that begins at this word: "27 February 2020", "Feb. 27", "February 2020"."""
    day = day_number(word_at(words, at))
    if day is not None:
        month_at = skip(words, at + 1, "of")
        month = lex.MONTHS.get(word_at(words, month_at))
        return _day_first(words, at, month_at, day, month) if month else None
    if word_at(words, at) in lex.MONTHS:
        return _month_first(words, raw, at)
    return None


def _day_first(words: Words, at: int, month_at: int, day: int, month: int) -> Expression:
    follow = skip(words, month_at + 1, ".", ",")
    year_word = word_at(words, follow)
    short = len(words[month_at]) == 3 and month_at == follow - 1
    year = full_year(year_word) if len(year_word) == 4 or (short and len(year_word) == 2) else None
    if year is not None:
        return Expression("full", at, follow + 1, month=month, day=day, year=year)
    return Expression("month_day", at, month_at + 1, month=month, day=day)


def _month_first(words: Words, raw: Words, at: int) -> Expression | None:
    month = lex.MONTHS[words[at]]
    follow = skip(words, at + 1, ".")
    day = day_number(word_at(words, follow))
    if day is not None and _is_day(words, follow):
        return _month_day_year(words, at, follow, month, day)
    year_at = skip(words, follow, ",", "of")
    year = full_year(word_at(words, year_at)) if len(word_at(words, year_at)) == 4 else None
    if year is not None:
        return Expression("month", at, year_at + 1, month=month, year=year, modifier=_part_before(words, at))
    return _month_alone(words, raw, at, month)


def _is_day(words: Words, at: int) -> bool:
    """Whether a number after a month is a day of it, not the age or clock time of what follows."""
    return not (word_at(words, at + 1) == "-" and word_at(words, at + 2).startswith("year"))


def _month_day_year(words: Words, at: int, day_at: int, month: int, day: int) -> Expression:
    follow = skip(words, day_at + 1, ",", "of", "in")
    year = full_year(word_at(words, follow)) if len(word_at(words, follow)) == 4 else None
    if year is not None:
        return Expression("full", at, follow + 1, month=month, day=day, year=year)
    return Expression("month_day", at, day_at + 1, month=month, day=day)


def _part_before(words: Words, at: int) -> str | None:
    before = word_at(words, at - 1)
    before = word_at(words, at - 2) if before == "-" else before
    return before if before in _MONTH_PARTS else None


def _month_alone(words: Words, raw: Words, at: int, month: int) -> Expression | None:
    before = word_at(words, at - 1)
    written = raw[at]
    if before not in _MONTH_BEFORE and before != "-":
        return None
    if words[at] in lex.AMBIGUOUS_MONTHS and not (written[0].isupper() and not written.isupper()):
        return None
    modifier = before if before in {"last", "this", "next", "past"} else _part_before(words, at)
    return Expression("month", at - (modifier == before), at + 1, month=month, modifier=modifier)
