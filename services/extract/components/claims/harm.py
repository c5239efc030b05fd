"""What befell those whom a number counts: the words beside it. Pure."""

from typing import Final

from schemas.taxonomy import About
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.tolls import toll_of
from services.extract.components.claims.word_tests import Lower, any_of, word_at

_KILL_BEFORE: Final = word_set(
    "beheaded beheading lynched neutralised neutralized killed killing kills kill slain murdered "
    "murdering massacred massacring "
    "executed slaughtered "
    "assassinated martyred claimed claiming claims"
)
_HURT_BEFORE: Final = word_set(
    "treated treating wounded wounding wounds injured injuring injures injure hurt hurting maiming maimed"
)
_LEAVE: Final = word_set("left leaving leaves leave with saw")
_DEAD: Final = word_set("dead deaths fatalities fatality bodies corpses slain martyrs lives")
_DEAD_AFTER: Final = word_set(
    "killed dead died dies slain perished murdered massacred executed martyred die lost drowned"
)
_HURT_AFTER: Final = word_set(
    "wounded injured hurt injuries hospitalized hospitalised maimed burned wounds treated"
)
_OF: Final = word_set(
    "death deaths killing killings bodies body lives murder murders massacre loss execution toll corpses"
)
PERSONS: Final = word_set(
    "people persons civilians soldiers troops officers policemen police men women children others "
    "more passengers workers students residents members volunteers fighters militants rebels victims "
    "servicemen personnel staff guards medics doctors nurses journalists villagers worshippers "
    "worshipers pilgrims protesters demonstrators migrants refugees tourists guerrillas peasants "
    "farmers judges priests terrorists insurgents employees drivers recruits cadets marines sailors "
    "prisoners inmates detainees hostages youths teenagers boys girls kids adults patients "
    "firefighters paramedics rescuers agents settlers nationals citizens foreigners americans "
    "diplomats relatives family individuals person man woman child officer soldier policeman civilian "
    "worker student boy girl passenger driver nurse doctor victim militiamen paramilitaries "
    "combatants jihadists pedestrians commuters invaders leaders parishioners teachers miners crew "
    "shoppers bystanders troopers deputies guardsmen peacekeepers attackers gunmen assailants "
    "suspects bombers one lives injured wounded dead bodies"
)
_STOP: Final = word_set(", ; : but while when after before because although though which said told says")
_BE: Final = word_set("were was are is been being be")
AUX: Final = word_set("were was are is have has had been be being")


def harm_of(lower: Lower, first: int, last: int, before: About | None) -> tuple[About, int] | None:
    """What befell those counted, and where the words that say so end."""
    return (
        _adjacent(lower, last)
        or _governed(lower, first, last)
        or _predicate(lower, last)
        or toll_of(lower, first, last)
        or _coordinated(lower, last, before)
    )


def _adjacent(lower: Lower, last: int) -> tuple[About, int] | None:
    """As in "44 dead", "140 injured", "20 bodies", "22 killed"."""
    at = last + (word_at(lower, last) in {"people", "others", "more", "civilians", "persons", "other"})
    at += word_at(lower, at) in {"people", "others"}
    word = word_at(lower, at)
    if word in _TAKEN and any_of(lower, _HOSPITAL, at + 1, at + 5):
        return About.INJURED, at + 1
    if word in _DEAD or (word in {"killed", "slain", "died", "perished"} and not _is_active(lower, at)):
        return About.FATALITIES, at + 1
    if word in _HURT_AFTER and not _is_active(lower, at):
        return About.INJURED, at + 1
    return None


_TAKEN: Final = word_set("taken rushed brought transported admitted airlifted")
_HOSPITAL: Final = word_set("hospital hospitals")


def _is_active(lower: Lower, at: int) -> bool:
    """Whether "killed" takes an object: "20 soldiers killed five rebels"."""
    after = word_at(lower, at + 1)
    if after in _BEFORE_NOUN:
        return word_at(lower, at + 2) not in _NOT_VICTIMS
    return after[:1].isdigit()


_BEFORE_NOUN: Final = word_set("a the an his her their several at")
_NOT_VICTIMS: Final = word_set(
    "attack blast clash crash scene bombing past fighting battle shooting explosion same hands hospital raid "
    "strike incident assault home border"
)


def _governed(lower: Lower, first: int, last: int) -> tuple[About, int] | None:
    """As in "killed about 70", "wounding scores", "claimed nine lives", "the loss of 12"."""
    for back in (1, 2, 3):
        word = word_at(lower, first - back)
        if word in _KILL_BEFORE and not _passive_before(lower, first - back):
            if word.startswith("claim") and not any_of(lower, _DEAD, last, last + 3):
                return None
            return About.FATALITIES, _noun_end(lower, last)
        if word == "lost" and any_of(lower, PERSONS, last, last + 3):
            return About.FATALITIES, _noun_end(lower, last)
        if word in _HURT_BEFORE and not _passive_before(lower, first - back):
            return About.INJURED, _noun_end(lower, last)
        if word == "of" and word_at(lower, first - back - 1) in _OF:
            if _is_other_count(lower, last):
                return None
            return About.FATALITIES, _noun_end(lower, last)
        if word not in _FILLERS:
            break
    return None


_FILLERS: Final = word_set("also another a an the some as up and other further least \" “ '")


def _is_other_count(lower: Lower, last: int) -> bool:
    return word_at(lower, last) in {"injured", "wounded"}


def _passive_before(lower: Lower, at: int) -> bool:
    """As in "was killed two days later": the participle ends its own clause."""
    return (
        lower[at] in {"killed", "wounded", "injured", "hurt"}
        and word_at(lower, at - 1) in _BE
        and (word_at(lower, at + 1) not in {"at", "more", "some"})
    )


def _noun_end(lower: Lower, last: int) -> int:
    for at in range(last, min(last + 6, len(lower))):
        if lower[at] in PERSONS | _DEAD:
            return at + 1
        if lower[at] in _STOP:
            break
    return last


def _predicate(lower: Lower, last: int) -> tuple[About, int] | None:
    """As in "eight Chilean miners were killed", "some 15 were hurt", "two men, one a guard, died"."""
    person = word_at(lower, last) in AUX
    aux = False
    for at in range(last, min(last + 22, len(lower))):
        word = lower[at]
        if word in PERSONS:
            person = True
        if word in AUX:
            aux = True
        if word == "," and (end := _behind_aside(lower, at)) is not None:
            return _ends_in_harm(lower, end, aux=True) or _predicate(lower, end)
        if word in _STOP or (at > last and word[0].isdigit()):
            return None
        if word == "and" and aux:
            return None
        if person and (found := _ends_in_harm(lower, at, aux=aux)) is not None:
            return found
    return None


def _behind_aside(lower: Lower, comma: int) -> int | None:
    """Where the sentence goes on behind an aside: "two people, a couple in their seventies, were …"."""
    for at in range(comma + 2, min(comma + 10, len(lower) - 1)):
        if lower[at] == ",":
            return at + 1 if lower[at + 1] in AUX else None
    return None


def _ends_in_harm(lower: Lower, at: int, *, aux: bool) -> tuple[About, int] | None:
    word = lower[at]
    if word == "dead" and (word_at(lower, at + 1) == "of" or word_at(lower, at - 1) == "the"):
        return None
    if word in _BLOWS and _is_deadly(lower, at):
        return About.FATALITIES, at + 1
    if word in _DEAD_AFTER and not (word == "killed" and not aux and _is_active(lower, at)):
        if word in {"lost"} and not any_of(lower, _DEAD, at, at + 4):
            return None
        return About.FATALITIES, at + 1
    if word in _HURT_AFTER and not (not aux and _is_active(lower, at)):
        return About.INJURED, at + 1
    if word in _HOSPITAL and word_at(lower, at - 1) == "in" and any_of(lower, _STAYING, at - 4, at):
        return About.INJURED, at + 1
    if word in {"hospital", "hospitals"} and any_of(
        lower, frozenset({"rushed", "taken", "brought", "transported", "admitted"}), at - 4, at
    ):
        return About.INJURED, at + 1
    return None


_BLOWS: Final = word_set(
    "shot stabbed beaten burned burnt hacked crushed trampled fatally found gunned clubbed"
)
_STAYING: Final = word_set("remain remained remains still are were is was stayed")


def _is_deadly(lower: Lower, at: int) -> bool:
    """As in "shot dead", "stabbed to death", "shot and killed", "fatally shot", "found dead"."""
    after = lower[at + 1 : at + 3]
    if lower[at] == "fatally":
        return after[:1] in {("shot",), ("stabbed",), ("wounded",), ("injured",)}
    return after[:1] == ("dead",) or after in {("to", "death"), ("and", "killed")}


def _coordinated(lower: Lower, last: int, before: About | None) -> tuple[About, int] | None:
    """As in "and 17 wounded lay there", "with about 60 others wounded"."""
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
