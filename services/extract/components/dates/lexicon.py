"""Closed word lists of date expressions: weekdays, months, units, modifiers, holidays.

Data only: lower-cased words as `services.extract.model.tokenize` yields them. Imports nothing of the
project.
"""

from typing import Final

WEEKDAYS: Final[dict[str, int]] = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
"""Weekday names, Monday is 0 as in `datetime.date.weekday`."""

WEEKDAYS_SHORT: Final[dict[str, int]] = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
"""Abbreviated weekdays; read as such only next to a full stop, a comma or a month."""

MONTHS: Final[dict[str, int]] = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip

AMBIGUOUS_MONTHS: Final = frozenset({"may", "march", "mar", "jan", "jun", "sep", "dec", "apr", "oct", "nov"})
"""Month names that are other words or names as well: read as months only beside a number or preposition."""

SAME_DAY: Final = frozenset({"today", "tonight"})
UNITS: Final[dict[str, str]] = {
    "day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month", "months": "month",
    "year": "year", "years": "year", "hour": "hour", "hours": "hour", "weekend": "weekend",
    "weekends": "weekend",
}  # fmt: skip
DAY_PARTS: Final = frozenset(
    {"morning", "afternoon", "evening", "night", "midnight", "noon", "dawn", "dusk", "lunchtime", "midday"}
)
MODIFIERS: Final = frozenset(
    {
        "last",
        "past",
        "this",
        "next",
        "previous",
        "same",
        "following",
        "that",
        "coming",
        "preceding",
        "current",
    }
)

SMALL_NUMBERS: Final[dict[str, int]] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple": 2, "few": 3, "several": 4,
}  # fmt: skip
"""Numbers as written before a unit; "few" and "several" only ever make a coarse date."""

VAGUE_NUMBERS: Final = frozenset({"few", "several", "couple"})

HOLIDAYS: Final[dict[tuple[str, ...], str]] = {
    ("christmas", "eve"): "12-24",
    ("christmas", "day"): "12-25",
    ("christmas",): "12-25",
    ("boxing", "day"): "12-26",
    ("new", "year's", "eve"): "12-31",
    ("new", "year’s", "eve"): "12-31",
    ("new", "years", "eve"): "12-31",
    ("new", "year's", "day"): "01-01",
    ("new", "year’s", "day"): "01-01",
    ("new", "years", "day"): "01-01",
    ("halloween",): "10-31",
    ("valentine's", "day"): "02-14",
    ("valentine’s", "day"): "02-14",
    ("valentines", "day"): "02-14",
    ("independence", "day"): "07-04",
    ("fourth", "of", "july"): "07-04",
    ("4th", "of", "july"): "07-04",
    ("july", "fourth"): "07-04",
    ("st", ".", "patrick's", "day"): "03-17",
    ("st", ".", "patrick’s", "day"): "03-17",
    ("cinco", "de", "mayo"): "05-05",
    ("veterans", "day"): "11-11",
    ("bastille", "day"): "07-14",
    ("may", "day"): "05-01",
    ("thanksgiving",): "thanksgiving",
    ("thanksgiving", "day"): "thanksgiving",
    ("black", "friday"): "black-friday",
    ("memorial", "day"): "memorial",
    ("labor", "day"): "labor",
    ("mother's", "day"): "mothers",
    ("mother’s", "day"): "mothers",
    ("father's", "day"): "fathers",
    ("father’s", "day"): "fathers",
    ("martin", "luther", "king", "day"): "king",
    ("martin", "luther", "king", "jr", ".", "day"): "king",
    ("mlk", "day"): "king",
    ("easter",): "easter",
    ("easter", "sunday"): "easter",
    ("easter", "monday"): "easter-monday",
    ("good", "friday"): "good-friday",
    ("palm", "sunday"): "palm-sunday",
}
"""Named days: a fixed `month-day`, or the name of a rule in `holidays`. Independence Day is read as
the fourth of July where nothing else is said, since a national day without its country is ambiguous."""

HOLIDAY_HEADS: Final = frozenset(words[0] for words in HOLIDAYS)
"""First words of the holidays, to find them in one look."""

HEADS: Final = frozenset(
    {*WEEKDAYS, *(f"{day}s" for day in WEEKDAYS), *WEEKDAYS_SHORT, *MONTHS, *SAME_DAY, *HOLIDAY_HEADS}
    | {"yesterday", "overnight", "tomorrow", "ago", "earlier", "later", "before", "after", "weekend"}
    | {"last", "past", "this", "previous", "same", "following", "next", "that", "prior", "preceding"}
)
"""Words at which a date expression may be recognised (numbers aside)."""
