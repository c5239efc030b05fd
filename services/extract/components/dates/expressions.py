"""Date expressions in a sentence's words: what is said, not yet which day it means.

Pure. `scan` walks the words once and tries the few forms that may begin at a word of the lexicon or
a number; the longest form that reads wins and its words are not read again.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from services.extract.components.dates import lexicon as lex
from services.extract.components.dates.months import month_form
from services.extract.components.dates.resolve import full_year
from services.extract.components.dates.said import Expression, Words, day_number, plain, skip, word_at

_SLASHED: Final = re.compile(r"(\d{1,4})/(\d{1,2})(?:/(\d{2,4}))?$")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_YEAR_BEFORE: Final = frozenset(
    {"in", "since", "of", "during", "early", "late", "mid", "until", "from", "before"}
)
_AFTER_BARE_DAY: Final = frozenset(
    {".", ",", ";", ")", "at", "in", "and", "when", "by", "to", "after", "near"}
)


def scan(words: Words, raw: Words) -> Iterator[Expression]:
    """The date expressions of a sentence in order, none overlapping another.

    `words` are lower-cased without possessives, `raw` are as written (capitals tell May from may).
    """
    position, floor = 0, 0
    for position, word in enumerate(words):
        if position < floor:
            continue
        found = _read_at(words, raw, position) if word in lex.HEADS or word[0].isdigit() else None
        if found is not None and found.first >= floor:
            floor = found.last
            yield found


def _read_at(words: Words, raw: Words, at: int) -> Expression | None:
    for form in _FORMS:
        found = form(words, raw, at)
        if found is not None:
            return found
    return None


def _weekday_number(words: Words, at: int) -> int | None:
    word = words[at]
    if word in lex.WEEKDAYS:
        return lex.WEEKDAYS[word]
    if word[:-1] in lex.WEEKDAYS and word_at(words, at - 1) != "on":
        return lex.WEEKDAYS[word[:-1]]  # "Mondays attack", its apostrophe lost
    if word not in lex.WEEKDAYS_SHORT:
        return None
    follow = skip(words, at + 1, ".", ",")
    dated = word_at(words, follow) in lex.MONTHS or _SLASHED.match(word_at(words, follow))
    return lex.WEEKDAYS_SHORT[word] if dated else None


def _weekday(words: Words, raw: Words, at: int) -> Expression | None:
    number = _weekday_number(words, at)
    if number is None:
        return None
    follow = at + 1
    while word_at(words, follow) in lex.DAY_PARTS:
        follow += 1
    follow = skip(words, follow, ",", ".", "the", "on", "(")
    dated = month_form(words, raw, follow) or _slashed(words, raw, follow)
    if dated is not None and dated.kind in {"month_day", "full", "numeric"}:
        return _with_weekday(dated, at, number)
    before = word_at(words, at - 1)
    modifier = before if before in lex.MODIFIERS else None
    return Expression("weekday", at - (modifier is not None), at + 1, weekday=number, modifier=modifier)


def _with_weekday(dated: Expression, first: int, weekday: int) -> Expression:
    return Expression(
        dated.kind, first, dated.last, weekday=weekday, month=dated.month, day=dated.day, year=dated.year,
        unit=dated.unit,
    )  # fmt: skip


def _slashed(words: Words, _raw: Words, at: int) -> Expression | None:
    word = word_at(words, at)
    match = _SLASHED.match(word) or _DOTTED.match(word)
    if match is None or word_at(words, at - 1) in {"$", "rated"}:
        return None
    first, second, third = match.groups()
    if len(first) == 4:
        day = int(third) if third and len(third) <= 2 else None
        return _iso(at, at + 1, int(first), int(second), day)
    if len(first) == 3 or not (1 <= int(first) <= 31 and 1 <= int(second) <= 31):
        return None
    year = full_year(third) if third else None
    if third is None and word_at(words, at - 1) not in {"on", "since", "from", "of"}:
        return None  # "9/11" and "24/7" are no days of an event
    return Expression("numeric", at, at + 1, count=int(first), day=int(second), year=year)


def _iso(first: int, last: int, year: int, month: int, day: int | None) -> Expression | None:
    if day is None or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Expression("full", first, last, month=month, day=day, year=year)


def _dashed(words: Words, _raw: Words, at: int) -> Expression | None:
    """A day as ISO 8601 writes it, which is one token."""
    match = _ISO.match(words[at])
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    return _iso(at, at + 1, year, month, day)


def _year(words: Words, _raw: Words, at: int) -> Expression | None:
    year = full_year(words[at]) if len(words[at]) == 4 else None
    if year is None or word_at(words, at - 1) not in _YEAR_BEFORE:
        return None
    return Expression("year", at, at + 1, year=year)


def _bare_day(words: Words, _raw: Words, at: int) -> Expression | None:
    day = day_number(words[at])
    if day is None or words[at].isdigit() or word_at(words, at - 1) != "the":
        return None
    if word_at(words, at + 1) not in _AFTER_BARE_DAY and at + 1 < len(words):
        return None
    return Expression("bare_day", at, at + 1, day=day)


def _near_day(words: Words, _raw: Words, at: int) -> Expression | None:
    word = words[at]
    if word == "yesterday":
        twice = words[max(at - 3, 0) : at] == ["the", "day", "before"]
        return Expression("offset", at - 3 if twice else at, at + 1, count=-2 if twice else -1)
    if word in lex.SAME_DAY:
        return Expression("offset", at, at + 1, count=0)
    if word == "tomorrow":
        return Expression("offset", at, at + 1, count=1)
    return Expression("overnight", at, at + 1) if word == "overnight" else None


def _modified(words: Words, _raw: Words, at: int) -> Expression | None:
    modifier, head = words[at], word_at(words, at + 1)
    if modifier not in lex.MODIFIERS:
        return None
    if head in lex.DAY_PARTS:
        return _modified_part(at, modifier)
    unit = lex.UNITS.get(head)
    if (
        unit is None
        or head.endswith("s")
        or (modifier in {"last", "past"} and word_at(words, at - 1) == "the" and unit != "weekend")
    ):
        return None
    return _modified_unit(at, modifier, unit)


def _modified_part(at: int, modifier: str) -> Expression | None:
    shift = {"last": -1, "this": 0, "past": -1}.get(modifier)
    if shift is not None:
        return Expression("offset", at, at + 2, count=shift, modifier=modifier)
    return _anaphor(at, modifier)


def _anaphor(at: int, modifier: str) -> Expression | None:
    shift = {"same": 0, "that": 0, "following": 1, "next": 1, "previous": -1, "preceding": -1}.get(modifier)
    return None if shift is None else Expression("anaphor", at, at + 2, count=shift)


def _modified_unit(at: int, modifier: str, unit: str) -> Expression | None:
    if unit == "day":
        return _anaphor(at, modifier)
    shift = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0}.get(modifier)
    if shift is None or unit == "hour":
        return None
    return Expression(unit, at, at + 2, count=shift, unit=unit, modifier=modifier)


def _ago(words: Words, _raw: Words, at: int) -> Expression | None:
    if words[at] not in {"ago", "earlier", "later", "prior", "after"}:
        return None
    unit = lex.UNITS.get(word_at(words, at - 1))
    if unit is None:
        return None
    first = at - 3 if word_at(words, at - 2) == "of" else at - 2
    number = "a" if words[at] == "after" and word_at(words, first) == "the" else word_at(words, first)
    count = lex.SMALL_NUMBERS.get(number) or (int(number) if number.isdigit() and len(number) < 3 else None)
    if count is None:
        return None
    vague = "vague" if number in lex.VAGUE_NUMBERS else None
    if words[at] == "after" and (unit != "day" or number in lex.VAGUE_NUMBERS):
        return None
    kind = {"ago": "ago", "later": "later", "after": "after"}.get(words[at], "earlier")
    return Expression(kind, first, at + 1, count=count, unit=unit, modifier=vague)


def _day_before(words: Words, _raw: Words, at: int) -> Expression | None:
    """Reads "the day before", "the night before", where nothing follows that it is before of."""
    if words[at] != "before" or word_at(words, at - 2) != "the":
        return None
    if word_at(words, at - 1) not in {"day", "night", "evening"}:
        return None
    if word_at(words, at + 1) not in {"", ".", ",", ";", "when", "in", "at"}:
        return None
    return Expression("anaphor", at - 2, at + 1, count=-1)


def _weekend(words: Words, _raw: Words, at: int) -> Expression | None:
    return Expression("weekend", at, at + 1, unit="weekend") if words[at] == "weekend" else None


def _holiday(words: Words, raw: Words, at: int) -> Expression | None:
    if words[at] not in lex.HOLIDAY_HEADS or not raw[at][0].isupper():
        return None
    for size in (6, 5, 4, 3, 2, 1):
        name = tuple(word.lower() for word in raw[at : at + size])
        name = (*name[:-1], plain(name[-1])) if name and name not in lex.HOLIDAYS else name
        rule = lex.HOLIDAYS.get(name)
        if rule is not None and len(name) == size:
            return Expression("holiday", at, at + size, rule=rule, unit=_holiday_unit(words, at + size))
    return None


def _holiday_unit(words: Words, at: int) -> str | None:
    return "weekend" if word_at(words, at) == "weekend" else None


_FORMS: Final[tuple[Callable[[Words, Words, int], Expression | None], ...]] = (
    _holiday, _weekday, month_form, _slashed, _dashed, _year, _bare_day, _near_day, _modified, _ago,
    _day_before, _weekend,
)  # fmt: skip
