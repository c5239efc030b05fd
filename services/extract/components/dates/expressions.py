"""Date expressions in a sentence's words: what is said, not yet which day it means.

Pure. `scan` walks the words once and tries the few forms that may begin at a word of the lexicon or
a number; the longest form that reads wins and its words are not read again.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.extract.components.dates import lexicon as lex
from services.extract.components.dates.resolve import full_year

Words = Sequence[str]

_ORDINAL: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?$")
_SLASHED: Final = re.compile(r"(\d{1,4})/(\d{1,2})(?:/(\d{2,4}))?$")
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_YEAR_BEFORE: Final = frozenset({"in", "since", "of", "during", "early", "late", "mid", "until", "from", "before"})
_MONTH_BEFORE: Final = _YEAR_BEFORE | frozenset({"last", "this", "past", "next", "and", "to", "by", "previous"})
_MONTH_PARTS: Final = frozenset({"early", "mid", "late"})
_AFTER_BARE_DAY: Final = frozenset({".", ",", ";", ")", "at", "in", "and", "when", "by", "to", "after", "near"})


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression over words `first:last` (end exclusive), by kind, with the parts it names.

    kinds: weekday, month_day, full (with year), numeric, bare_day, month, year, offset (days from the
    anchor), anaphor (days from the date named before it), ago, week, weekend, holiday, overnight.
    """

    kind: str
    first: int
    last: int
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    count: int = 0
    unit: str | None = None
    modifier: str | None = None
    rule: str | None = None


def plain(word: str) -> str:
    """A word without its possessive ending."""
    return word[:-2] if word.endswith(("'s", "’s")) else word


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


def word_at(words: Words, at: int) -> str:
    """The word at a place, empty outside the sentence."""
    return words[at] if 0 <= at < len(words) else ""


def _day_number(word: str) -> int | None:
    match = _ORDINAL.match(word)
    number = int(match.group(1)) if match else 0
    return number if 1 <= number <= 31 else None


def _skip(words: Words, at: int, *marks: str) -> int:
    while word_at(words, at) in marks:
        at += 1
    return at


def _weekday_number(words: Words, at: int) -> int | None:
    word = words[at]
    if word in lex.WEEKDAYS:
        return lex.WEEKDAYS[word]
    if word[:-1] in lex.WEEKDAYS and word_at(words, at - 1) != "on":
        return lex.WEEKDAYS[word[:-1]]  # "Mondays attack", its apostrophe lost
    if word not in lex.WEEKDAYS_SHORT:
        return None
    follow = _skip(words, at + 1, ".", ",")
    dated = word_at(words, follow) in lex.MONTHS or _SLASHED.match(word_at(words, follow))
    return lex.WEEKDAYS_SHORT[word] if dated else None


def _weekday(words: Words, raw: Words, at: int) -> Expression | None:
    number = _weekday_number(words, at)
    if number is None:
        return None
    follow = at + 1
    while word_at(words, follow) in lex.DAY_PARTS:
        follow += 1
    follow = _skip(words, follow, ",", ".", "the", "on", "(")
    dated = _month_form(words, raw, follow) or _slashed(words, raw, follow)
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


def _month_form(words: Words, raw: Words, at: int) -> Expression | None:
    """A month's form that begins at this word: "27 February 2020", "Feb. 27", "February 2020"."""
    day = _day_number(word_at(words, at))
    if day is not None:
        month_at = _skip(words, at + 1, "of")
        month = lex.MONTHS.get(word_at(words, month_at))
        return _day_first(words, at, month_at, day, month) if month else None
    if word_at(words, at) in lex.MONTHS:
        return _month_first(words, raw, at)
    return None


def _day_first(words: Words, at: int, month_at: int, day: int, month: int) -> Expression:
    follow = _skip(words, month_at + 1, ".", ",")
    year_word = word_at(words, follow)
    short = len(words[month_at]) == 3 and month_at == follow - 1
    year = full_year(year_word) if len(year_word) == 4 or (short and len(year_word) == 2) else None
    if year is not None:
        return Expression("full", at, follow + 1, month=month, day=day, year=year)
    return Expression("month_day", at, month_at + 1, month=month, day=day)


def _month_first(words: Words, raw: Words, at: int) -> Expression | None:
    month = lex.MONTHS[words[at]]
    follow = _skip(words, at + 1, ".")
    day = _day_number(word_at(words, follow))
    if day is not None and _is_day(words, follow):
        return _month_day_year(words, at, follow, month, day)
    year_at = _skip(words, follow, ",", "of")
    year = full_year(word_at(words, year_at)) if len(word_at(words, year_at)) == 4 else None
    if year is not None:
        return Expression("month", at, year_at + 1, month=month, year=year, modifier=_part_before(words, at))
    return _month_alone(words, raw, at, month)


def _is_day(words: Words, at: int) -> bool:
    """Whether a number after a month is a day of it, not the age or clock time of what follows."""
    return not (word_at(words, at + 1) == "-" and word_at(words, at + 2).startswith("year"))


def _month_day_year(words: Words, at: int, day_at: int, month: int, day: int) -> Expression:
    follow = _skip(words, day_at + 1, ",", "of", "in")
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


def _month(words: Words, raw: Words, at: int) -> Expression | None:
    return _month_form(words, raw, at)


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
    """ISO 8601 days, which the tokens hold as five parts."""
    parts = words[at : at + 5]
    if len(parts) < 5 or parts[1] != "-" or parts[3] != "-":
        return None
    numbers = parts[0], parts[2], parts[4]
    if len(numbers[0]) != 4 or not all(part.isdigit() for part in numbers):
        return None
    return _iso(at, at + 5, int(numbers[0]), int(numbers[1]), int(numbers[2]))


def _year(words: Words, _raw: Words, at: int) -> Expression | None:
    year = full_year(words[at]) if len(words[at]) == 4 else None
    if year is None or word_at(words, at - 1) not in _YEAR_BEFORE:
        return None
    return Expression("year", at, at + 1, year=year)


def _bare_day(words: Words, _raw: Words, at: int) -> Expression | None:
    day = _day_number(words[at])
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
    if unit is None or head.endswith("s") or (modifier in {"last", "past"} and word_at(words, at - 1) == "the"
                                              and unit != "weekend"):
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
    """"The day before", "the night before", where nothing follows that it is before of."""
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
    _holiday, _weekday, _month, _slashed, _dashed, _year, _bare_day, _near_day, _modified, _ago, _day_before,
    _weekend,
)  # fmt: skip
