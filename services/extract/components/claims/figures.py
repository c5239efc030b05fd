"""Figures that someone asserts: how many killed or injured, as the words have it. Pure.

Only what a claim needs: the number or the vague word, its qualifier and where it stands. What the
event's own count is, with sums and named victims, is the business of `components.counts`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from schemas.claim import ClaimValue
from schemas.taxonomy import About
from services.extract.components.claims.reading import Reading
from services.extract.components.counts.numbers import PERSONS_MAX, read_number

_KILL_BEFORE: Final = frozenset(
    "killed killing kills kill slain murdered murdering massacred massacring executed slaughtered assassinated martyred "
    "claimed claiming claims".split()
)
_HURT_BEFORE: Final = frozenset("wounded wounding wounds injured injuring injures injure hurt hurting maiming maimed".split())
_LEAVE: Final = frozenset("left leaving leaves leave with saw".split())
_DEAD: Final = frozenset("dead deaths fatalities fatality bodies corpses slain martyrs lives".split())
_DEAD_AFTER: Final = frozenset("killed dead died dies slain perished murdered massacred executed martyred die lost drowned".split())
_HURT_AFTER: Final = frozenset(
    "wounded injured hurt injuries hospitalized hospitalised maimed burned wounds treated".split()
)
_OF: Final = frozenset("death deaths killing killings bodies body lives murder murders massacre loss execution toll corpses".split())
_PERSONS: Final = frozenset(
    "people persons civilians soldiers troops officers policemen police men women children others more passengers "
    "workers students residents members volunteers fighters militants rebels victims servicemen personnel staff "
    "guards medics doctors nurses journalists villagers worshippers worshipers pilgrims protesters demonstrators "
    "migrants refugees tourists guerrillas peasants farmers judges priests terrorists insurgents employees drivers "
    "recruits cadets marines sailors prisoners inmates detainees hostages youths teenagers boys girls kids adults "
    "patients firefighters paramedics rescuers agents settlers nationals citizens foreigners americans diplomats "
    "relatives family individuals person man woman child officer soldier policeman civilian worker student boy girl "
    "passenger driver nurse doctor victim militiamen paramilitaries combatants jihadists pedestrians commuters invaders "
    "leaders parishioners teachers miners crew shoppers bystanders troopers deputies guardsmen peacekeepers attackers "
    "gunmen assailants suspects bombers one lives injured wounded dead bodies".split()
)
_UNITS: Final = frozenset(
    "years year months month weeks week days day hours hour minutes minute km kilometres kilometers miles mile metres "
    "meters percent % million billion dollars times trucks vehicles houses homes buildings aircraft planes tanks am pm "
    "a.m p.m th kg pounds bullets shots rounds rockets missiles bombs villages towns countries o'clock degrees tons "
    "attacks strikes airstrikes incidents points killings shootings murders homicides lorries cars gmt blocks block".split()
)
_SUBSET: Final = frozenset("including includes among included whom include".split())
_STOP: Final = frozenset(", ; : but while when after before because although though which".split())
_VAGUE: Final = frozenset("dozens scores hundreds thousands tens".split())
_TOLL_VERBS: Final = frozenset(
    "at to of is was stood stands reached rose climbed risen climbing rising put as passed exceeded hit jumped now had "
    "has least more than over nearly about around from by".split()
)
_BE: Final = frozenset("were was are is been being be".split())
_AUX: Final = frozenset("were was are is have has had been be being".split())


@dataclass(frozen=True, slots=True)
class FigureSaid:
    """A figure over words first … last - 1: what it counts, the value and the qualifier."""

    about: About
    first: int
    last: int
    at: int
    value: ClaimValue
    qualifier: str | None


def figures(reading: Reading) -> Iterator[FigureSaid]:
    """The figures of dead and injured of a sentence, in order, parts of a whole left out."""
    lower, at, before = reading.lower, 0, None
    while at < len(lower):
        found = _number(reading, at)
        if found is None:
            at += 1
            continue
        first, last, value, qualifier = found
        harm = None if _is_part(reading, first) else _harm(reading, first, last, before)
        if harm is not None:
            about, end = harm
            further = _added(reading, last, end, value)
            yield FigureSaid(about, first, end, last - 1, further[1] if further else value, qualifier)
            before = about
            last = further[0] if further else last
        at = max(last, at + 1)


def _added(reading: Reading, last: int, end: int, value: ClaimValue) -> tuple[int, int] | None:
    """"two women and three children were killed": where the second number ends, and the sum."""
    for at in range(last + 1, min(last + 9, end)):
        if reading.lower[at - 1] == "and" and isinstance(value, int):
            found = _number(reading, at)
            if found is not None and isinstance(found[2], int) and reading.any_of(_AUX, found[1], end):
                return found[1], value + found[2]
    return None


def _number(reading: Reading, at: int) -> tuple[int, int, ClaimValue, str | None] | None:
    lower = reading.lower
    word = lower[at]
    if word in _VAGUE:
        if reading.word(at - 1) in {"in", "two", "three", "several", "few"}:
            return None
        last = at + 1
        if word == "thousands" or (reading.word(last) == "of" and reading.word(last + 1) in {"thousands", "hundreds"}):
            return None
        return at, last, " ".join(lower[at:last]), None
    if not (word[0].isdigit() or word in _NUMERALS or "-" in word):
        return None
    number = read_number(lower, at)
    if number is None or number.value > PERSONS_MAX or reading.word(number.last) in _UNITS | {"-"}:
        return None
    if reading.word(number.first - 1) in {"$", "£", "€", "no", "number", "channel", "route", "highway"} or _is_year(reading, at):
        return None
    value: ClaimValue = number.value if number.upper is None else (number.value, number.upper)
    return number.first, number.last, value, number.qualifier


_NUMERALS: Final = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred a".split()
)


def _is_year(reading: Reading, at: int) -> bool:
    text = reading.words.texts[at]
    if len(text) == 4 and text.isdigit() and 1900 <= int(text) <= 2100:
        return reading.word(at + 1) not in _PERSONS
    return reading.word(at - 1) in _MONTHS or reading.word(at + 1) in _MONTHS


_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec".split()
)


def _is_part(reading: Reading, first: int) -> bool:
    """"including 10 children", "three of whom": a part of a figure already told."""
    if reading.any_of(_SUBSET, first - 3, first):
        return True
    at = first + 1 if reading.word(first + 1) == "of" else first + 2
    return reading.word(at) == "of" and reading.word(at + 1) in {"whom", "them", "those", "the"} and (
        reading.word(at + 1) != "the" or reading.word(at + 2) in {"wounded", "injured", "dead", "victims", "casualties"}
    )


def _harm(reading: Reading, first: int, last: int, before: About | None) -> tuple[About, int] | None:
    """What befell those counted, and where the words that say so end."""
    return (
        _adjacent(reading, last)
        or _governed(reading, first, last)
        or _predicate(reading, first, last)
        or _toll(reading, first, last)
        or _coordinated(reading, first, last, before)
    )


def _adjacent(reading: Reading, last: int) -> tuple[About, int] | None:
    """"44 dead", "140 injured", "20 bodies", "22 killed"."""
    at = last + (reading.word(last) in {"people", "others", "more", "civilians", "persons", "other"})
    at += reading.word(at) in {"people", "others"}
    word = reading.word(at)
    if word in _DEAD or (word in {"killed", "slain", "died", "perished"} and not _is_active(reading, at)):
        return About.FATALITIES, at + 1
    if word in _HURT_AFTER and not _is_active(reading, at):
        return About.INJURED, at + 1
    return None


def _is_active(reading: Reading, at: int) -> bool:
    """Whether "killed" takes an object: "20 soldiers killed five rebels"."""
    after = reading.word(at + 1)
    return after in {"a", "the", "an", "his", "her", "their", "several", "at"} and reading.word(at + 2) not in {
        "attack", "blast", "clash", "crash", "scene", "bombing", "past", "fighting", "battle", "shooting", "explosion",
        "same", "hands", "hospital", "raid", "strike", "incident", "assault", "home", "border",
    } or bool(after and after[0].isdigit())  # fmt: skip


def _governed(reading: Reading, first: int, last: int) -> tuple[About, int] | None:
    """"killed at least 33", "wounding dozens", "claimed 20 lives", "the death of 34", "left 40 dead"."""
    for back in (1, 2, 3):
        word = reading.word(first - back)
        if word in _KILL_BEFORE and not _passive_before(reading, first - back):
            if word.startswith("claim") and not reading.any_of(_DEAD, last, last + 3):
                return None
            return About.FATALITIES, _noun_end(reading, last)
        if word in _HURT_BEFORE and not _passive_before(reading, first - back):
            return About.INJURED, _noun_end(reading, last)
        if word == "of" and reading.word(first - back - 1) in _OF:
            if _is_other_count(reading, last):
                return None
            return About.FATALITIES, _noun_end(reading, last)
        if word not in _FILLERS:
            break
    return None


_FILLERS: Final = frozenset("also another a an the some as up the and other further least".split())


def _is_other_count(reading: Reading, last: int) -> bool:
    return reading.word(last) in {"injured", "wounded"}


def _passive_before(reading: Reading, at: int) -> bool:
    """"was killed two days later": the participle ends its own clause."""
    return reading.lower[at] in {"killed", "wounded", "injured", "hurt"} and reading.word(at - 1) in _BE and (
        reading.word(at + 1) not in {"at", "more", "some"}
    )


def _noun_end(reading: Reading, last: int) -> int:
    for at in range(last, min(last + 6, len(reading.lower))):
        if reading.lower[at] in _PERSONS | _DEAD:
            return at + 1
        if reading.lower[at] in _STOP:
            break
    return last


def _predicate(reading: Reading, first: int, last: int) -> tuple[About, int] | None:
    """"33 Turkish soldiers were killed", "more than 25 were injured", "two people, one a boy, died"."""
    person = reading.word(last) in _AUX
    aux = False
    for at in range(last, min(last + 16, len(reading.lower))):
        word = reading.lower[at]
        if word in _PERSONS:
            person = True
        if word in _AUX:
            aux = True
        if word in _STOP or (at > last and word[0].isdigit()):
            return None
        if word == "and" and aux:
            return None
        if person and (found := _ends_in_harm(reading, at, aux=aux)) is not None:
            return found
    return None


def _ends_in_harm(reading: Reading, at: int, *, aux: bool) -> tuple[About, int] | None:
    word = reading.lower[at]
    if word == "dead" and (reading.word(at + 1) == "of" or reading.word(at - 1) == "the"):
        return None
    if word in _DEAD_AFTER and not (word == "killed" and not aux and _is_active(reading, at)):
        if word in {"lost"} and not reading.any_of(_DEAD, at, at + 4):
            return None
        return About.FATALITIES, at + 1
    if word in _HURT_AFTER and not (not aux and _is_active(reading, at)):
        return About.INJURED, at + 1
    if word in {"hospital", "hospitals"} and reading.any_of(frozenset({"rushed", "taken", "brought", "transported", "admitted"}), at - 4, at):
        return About.INJURED, at + 1
    return None


def _toll(reading: Reading, first: int, last: int) -> tuple[About, int] | None:
    """"the death toll rose to at least six", "put the number of dead at 16"."""
    for at in range(first - 1, max(first - 24, -1), -1):
        word = reading.lower[at]
        if word == "toll" or (word in {"dead", "killed", "deaths", "fatalities"} and reading.word(at - 1) in {"of", "confirmed"}):
            between = reading.lower[at + 1 : first]
            near = reading.word(first - 1) in _TOLL_VERBS
            if near and not any(w[0].isdigit() for w in between) and not _is_past(reading, first):
                injured = reading.any_of(frozenset({"injured", "wounded", "injury"}), at - 2, at)
                return (About.INJURED if injured else About.FATALITIES), last
        if word in {";", ","} and first - at > 12:
            return None
    return None


def _is_past(reading: Reading, first: int) -> bool:
    """"up from 22", "rose from nine": the older figure of a rise."""
    return reading.word(first - 1) == "from" or (reading.word(first - 1) in {"least", "about"} and reading.word(first - 3) == "from")


def _coordinated(reading: Reading, first: int, last: int, before: About | None) -> tuple[About, int] | None:
    """"and 120 wounded had been brought", "with more than 100 others wounded"."""
    if before is None:
        return None
    for at in range(last, min(last + 4, len(reading.lower))):
        word = reading.lower[at]
        if word in _HURT_AFTER:
            return About.INJURED, at + 1
        if word in _DEAD_AFTER:
            return About.FATALITIES, at + 1
        if word not in {"others", "other", "people", "more", "were", "critically", "seriously", "slightly"}:
            return None
    return None
