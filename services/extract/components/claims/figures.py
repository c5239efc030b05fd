"""Figures that someone asserts: how many killed or injured, as the words have it. Pure.

Only what a claim needs: the number or the vague word, its qualifier and where it stands. What the
event's own count is, with sums and named victims, is the business of `components.counts`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from schemas.claim import ClaimValue
from schemas.taxonomy import About
from services.extract.components.counts.numbers import PERSONS_MAX, read_number

_KILL_BEFORE: Final = frozenset(
    "killed killing kills kill slain murdered murdering massacred massacring executed slaughtered assassinated martyred "
    "claimed claiming claims".split()
)
_HURT_BEFORE: Final = frozenset("treating wounded wounding wounds injured injuring injures injure hurt hurting maiming maimed".split())
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


Lower = tuple[str, ...]


def _word(lower: Lower, at: int) -> str:
    return lower[at] if 0 <= at < len(lower) else ""


def _any(lower: Lower, words: frozenset[str], first: int, last: int) -> bool:
    return not words.isdisjoint(lower[max(first, 0) : max(last, 0)])


@dataclass(frozen=True, slots=True)
class FigureSaid:
    """A figure over words first … last - 1: what it counts, the value and the qualifier."""

    about: About
    first: int
    last: int
    at: int
    value: ClaimValue
    qualifier: str | None


def figures(lower: Lower) -> Iterator[FigureSaid]:
    """The figures of dead and injured of a sentence, in order, parts of a whole left out."""
    at, before = 0, None
    while at < len(lower):
        found = _number(lower, at)
        if found is None:
            at += 1
            continue
        first, last, value, qualifier = found
        harm = None if _is_part(lower, first) else _harm(lower, first, last, before)
        if harm is not None:
            about, end = harm
            further = _added(lower, last, end, value)
            yield FigureSaid(about, first, end, last - 1, further[1] if further else value, qualifier)
            before = about
            last = further[0] if further else last
        at = max(last, at + 1)


def _added(lower: Lower, last: int, end: int, value: ClaimValue) -> tuple[int, int] | None:
    """"two women and three children were killed": where the second number ends, and the sum."""
    for at in range(last + 1, min(last + 9, end)):
        if lower[at - 1] == "and" and isinstance(value, int):
            found = _number(lower, at)
            if found is not None and isinstance(found[2], int) and _any(lower, _AUX, found[1], end):
                return found[1], value + found[2]
    return None


def _number(lower: Lower, at: int) -> tuple[int, int, ClaimValue, str | None] | None:
    word = lower[at]
    if word in _VAGUE:
        if _word(lower, at - 1) in {"in", "two", "three", "several", "few"}:
            return None
        last = at + 1
        if word == "thousands" or (_word(lower, last) == "of" and _word(lower, last + 1) in {"thousands", "hundreds"}):
            return None
        return at, last, " ".join(lower[at:last]), None
    if not (word[0].isdigit() or word in _NUMERALS or "-" in word):
        return None
    number = read_number(lower, at)
    if number is None or number.value > PERSONS_MAX or _word(lower, number.last) in _UNITS | {"-"}:
        return None
    if _word(lower, number.first - 1) in {"$", "£", "€", "no", "number", "channel", "route", "highway"} or _is_year(lower, at):
        return None
    value: ClaimValue = number.value if number.upper is None else (number.value, number.upper)
    return number.first, number.last, value, number.qualifier


_NUMERALS: Final = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred a".split()
)


def _is_year(lower: Lower, at: int) -> bool:
    text = lower[at]
    if len(text) == 4 and text.isdigit() and 1900 <= int(text) <= 2100:
        return _word(lower, at + 1) not in _PERSONS
    return _word(lower, at - 1) in _MONTHS or _word(lower, at + 1) in _MONTHS


_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec".split()
)


def _is_part(lower: Lower, first: int) -> bool:
    """"including 10 children", "three of whom": a part of a figure already told."""
    if _word(lower, first - 1) == "among":
        return False
    if _any(lower, _SUBSET, first - 3, first) or _any(lower, _AMONG, first + 1, first + 6):
        return True
    at = first + 1 if _word(lower, first + 1) == "of" else first + 2
    return _word(lower, at) == "of" and _word(lower, at + 1) in {"whom", "them", "those", "the"} and (
        _word(lower, at + 1) != "the" or _word(lower, at + 2) in {"wounded", "injured", "dead", "victims", "casualties"}
    )


_AMONG: Final = frozenset({"among"})


def _harm(lower: Lower, first: int, last: int, before: About | None) -> tuple[About, int] | None:
    """What befell those counted, and where the words that say so end."""
    return (
        _adjacent(lower, last)
        or _governed(lower, first, last)
        or _predicate(lower, first, last)
        or _toll(lower, first, last)
        or _coordinated(lower, first, last, before)
    )


def _adjacent(lower: Lower, last: int) -> tuple[About, int] | None:
    """"44 dead", "140 injured", "20 bodies", "22 killed"."""
    at = last + (_word(lower, last) in {"people", "others", "more", "civilians", "persons", "other"})
    at += _word(lower, at) in {"people", "others"}
    word = _word(lower, at)
    if word in _DEAD or (word in {"killed", "slain", "died", "perished"} and not _is_active(lower, at)):
        return About.FATALITIES, at + 1
    if word in _HURT_AFTER and not _is_active(lower, at):
        return About.INJURED, at + 1
    return None


def _is_active(lower: Lower, at: int) -> bool:
    """Whether "killed" takes an object: "20 soldiers killed five rebels"."""
    after = _word(lower, at + 1)
    return after in {"a", "the", "an", "his", "her", "their", "several", "at"} and _word(lower, at + 2) not in {
        "attack", "blast", "clash", "crash", "scene", "bombing", "past", "fighting", "battle", "shooting", "explosion",
        "same", "hands", "hospital", "raid", "strike", "incident", "assault", "home", "border",
    } or bool(after and after[0].isdigit())  # fmt: skip


def _governed(lower: Lower, first: int, last: int) -> tuple[About, int] | None:
    """"killed at least 33", "wounding dozens", "claimed 20 lives", "the death of 34", "left 40 dead"."""
    for back in (1, 2, 3):
        word = _word(lower, first - back)
        if word in _KILL_BEFORE and not _passive_before(lower, first - back):
            if word.startswith("claim") and not _any(lower, _DEAD, last, last + 3):
                return None
            return About.FATALITIES, _noun_end(lower, last)
        if word in _HURT_BEFORE and not _passive_before(lower, first - back):
            return About.INJURED, _noun_end(lower, last)
        if word == "of" and _word(lower, first - back - 1) in _OF:
            if _is_other_count(lower, last):
                return None
            return About.FATALITIES, _noun_end(lower, last)
        if word not in _FILLERS:
            break
    return None


_FILLERS: Final = frozenset("also another a an the some as up the and other further least".split())


def _is_other_count(lower: Lower, last: int) -> bool:
    return _word(lower, last) in {"injured", "wounded"}


def _passive_before(lower: Lower, at: int) -> bool:
    """"was killed two days later": the participle ends its own clause."""
    return lower[at] in {"killed", "wounded", "injured", "hurt"} and _word(lower, at - 1) in _BE and (
        _word(lower, at + 1) not in {"at", "more", "some"}
    )


def _noun_end(lower: Lower, last: int) -> int:
    for at in range(last, min(last + 6, len(lower))):
        if lower[at] in _PERSONS | _DEAD:
            return at + 1
        if lower[at] in _STOP:
            break
    return last


def _predicate(lower: Lower, first: int, last: int) -> tuple[About, int] | None:
    """"33 Turkish soldiers were killed", "more than 25 were injured", "two people, one a boy, died"."""
    person = _word(lower, last) in _AUX
    aux = False
    for at in range(last, min(last + 16, len(lower))):
        word = lower[at]
        if word in _PERSONS:
            person = True
        if word in _AUX:
            aux = True
        if word in _STOP or (at > last and word[0].isdigit()):
            return None
        if word == "and" and aux:
            return None
        if person and (found := _ends_in_harm(lower, at, aux=aux)) is not None:
            return found
    return None


def _ends_in_harm(lower: Lower, at: int, *, aux: bool) -> tuple[About, int] | None:
    word = lower[at]
    if word == "dead" and (_word(lower, at + 1) == "of" or _word(lower, at - 1) == "the"):
        return None
    if word in _DEAD_AFTER and not (word == "killed" and not aux and _is_active(lower, at)):
        if word in {"lost"} and not _any(lower, _DEAD, at, at + 4):
            return None
        return About.FATALITIES, at + 1
    if word in _HURT_AFTER and not (not aux and _is_active(lower, at)):
        return About.INJURED, at + 1
    if word in {"hospital", "hospitals"} and _any(lower, frozenset({"rushed", "taken", "brought", "transported", "admitted"}), at - 4, at):
        return About.INJURED, at + 1
    return None


def _toll(lower: Lower, first: int, last: int) -> tuple[About, int] | None:
    """"the death toll rose to at least six", "put the number of dead at 16"."""
    for at in range(first - 1, max(first - 24, -1), -1):
        word = lower[at]
        if word == "toll" or (word in _COUNTED and ("number" in lower[max(at - 5, 0) : at] or _word(lower, at - 1) == "confirmed")):
            between = lower[at + 1 : first]
            near = _word(lower, first - 1) in _TOLL_VERBS
            if near and not any(w[0].isdigit() for w in between) and not _is_past(lower, first):
                injured = word in _HURT_AFTER or _any(lower, frozenset({"injured", "wounded", "injury"}), at - 2, at)
                return (About.INJURED if injured else About.FATALITIES), last
        if word in {";", ","} and first - at > 12:
            return None
    return None


_COUNTED: Final = frozenset({"dead", "killed", "deaths", "fatalities", "injured", "wounded", "injuries"})


def _is_past(lower: Lower, first: int) -> bool:
    """"up from 22", "rose from nine": the older figure of a rise."""
    return _word(lower, first - 1) == "from" or (_word(lower, first - 1) in {"least", "about"} and _word(lower, first - 3) == "from")


def _coordinated(lower: Lower, first: int, last: int, before: About | None) -> tuple[About, int] | None:
    """"and 120 wounded had been brought", "with more than 100 others wounded"."""
    if before is None:
        return None
    for at in range(last, min(last + 4, len(lower))):
        word = lower[at]
        if word in _HURT_AFTER:
            return About.INJURED, at + 1
        if word in _DEAD_AFTER:
            return About.FATALITIES, at + 1
        if word not in {"others", "other", "people", "more", "were", "critically", "seriously", "slightly"}:
            return None
    return None
