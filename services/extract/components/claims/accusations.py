"""Who blames whom: the verbs and nouns of accusation in active, passive and nominal forms. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from schemas.taxonomy import ActorKind
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.claims.cues import (
    ACCUSE,
    ATTRIBUTE,
    BLAME,
    DID,
    EVENT,
    FAULTS,
    HOLD,
    LINK,
    NEGATION,
    PACTS,
    RESPONSIBILITY,
    SUSPECT,
)
from services.extract.components.claims.reading import Reading

_BE: Final = frozenset("was were is are been be being".split())
_PUT: Final = frozenset("put puts placed places laid lays pinned pins putting placing laying assigned cast heaped".split())
_OFFENCE_WORDS: Final = 14
"""Words after "of" in which the offence of an accusation is looked for."""


@dataclass(frozen=True, slots=True)
class Accusation:
    """Accuser (None: not said), accused, the cue's word index, the words it spans, the offence's range."""

    accuser: ActorMention | None
    accused: ActorMention
    cue: int
    first: int
    last: int
    offence: tuple[int, int]
    form: str


def accusations(reading: Reading) -> Iterator[Accusation]:
    """The accusations of a sentence, in order."""
    for at, word in enumerate(reading.lower):
        if at in reading.by_word:
            continue
        found = None
        if word in BLAME:
            found = _blame(reading, at)
        elif word in ACCUSE:
            found = _accuse(reading, at)
        elif word == "charged" and reading.word(at + 1) == "with":
            found = _charged(reading, at)
        elif word in LINK:
            found = _linked(reading, at)
        elif word in HOLD:
            found = _hold(reading, at)
        elif word in ATTRIBUTE:
            found = _attribute(reading, at)
        elif word in SUSPECT:
            found = _suspect(reading, at)
        elif word in {"finger", "fingers"}:
            found = _finger(reading, at)
        elif word in _ROLE:
            found = _nominal(reading, at)
        if found is not None and not _negated(reading, found):
            yield found


def _negated(reading: Reading, found: Accusation) -> bool:
    return reading.any_of(NEGATION | _SHUNNED, found.cue - 3, found.cue)


_SHUNNED: Final = frozenset("clear short refrained refrain avoided avoid avoiding declined refused stopped before stop".split())


def _make(
    reading: Reading, accuser: ActorMention | None, accused: ActorMention | None, cue: int, offence: int, form: str
) -> Accusation | None:
    if accused is None or (accused.pronoun is not None and not accused.resolved):
        return None
    if accuser is not None and accuser.span == accused.span:
        accuser = None
    end = min(offence + _OFFENCE_WORDS, len(reading.lower))
    first = min(cue, accused.first, accuser.first if accuser is not None else cue)
    return Accusation(accuser, accused, cue, first, max(end, accused.last), (offence, end), form)


def _passive(reading: Reading, at: int) -> bool:
    return not _BE.isdisjoint(reading.lower[max(0, at - 3) : at])


def _by(reading: Reading, first: int, last: int) -> ActorMention | None:
    for at in range(first, min(last, len(reading.lower))):
        if reading.lower[at] == "by":
            return reading.mention_from(at + 1, 4)
    return None


def _after_word(reading: Reading, word: str, first: int, last: int) -> ActorMention | None:
    for at in range(first, min(last, len(reading.lower))):
        if reading.lower[at] == word:
            found = reading.mention_from(at + 1, 3)
            if found is not None:
                return found
    return None


def _subject(reading: Reading, at: int) -> ActorMention | None:
    found = reading.subject_of(at)
    if found is None and reading.lower[at].endswith("ing"):
        found = next((m for m in reading.mentions if m.last <= at and not m.owner and not m.adjective), None)
    return found


def _blame(reading: Reading, at: int) -> Accusation | None:
    word = reading.lower[at]
    putting = next((i for i in range(max(0, at - 4), at) if reading.lower[i] in _PUT), None)
    if word == "blame" and putting is not None:
        accused = _after_word(reading, "on", at + 1, at + 10) or _after_word(reading, "with", at + 1, at + 8)
        return _make(reading, _subject(reading, putting), accused, at, at + 1, "blame on")
    if word == "blame" and reading.word(at - 1) in {"to", "the", "of", "any"}:
        return None
    on_accused = _after_word(reading, "on", at + 1, at + 14)
    if reading.word(at + 1) == "on" and not _passive(reading, at):
        return _make(reading, _by(reading, at, at + 10), on_accused, at, at + 1, "blamed on")
    if word == "blamed" and _passive(reading, at):
        if reading.word(at + 1) == "on" or (on_accused is not None and reading.word(at + 1) not in {"for", "by"}):
            return _make(reading, _by(reading, at, at + 14), on_accused, at, at + 1, "was blamed on")
        return _make(reading, _by(reading, at, at + 12), reading.subject_of(at), at, at + 1, "was blamed")
    accused = reading.mention_from(at + 1, 3)
    if accused is not None and (accused.owner or reading.word(accused.last) in EVENT):
        accused = None
    if accused is None or accused.pronoun == "it" or (accused.adjective and reading.word(accused.last) in EVENT):
        accused = on_accused
    return _make(reading, _subject(reading, at), accused, at, at + 1, "blamed")


def _accuse(reading: Reading, at: int) -> Accusation | None:
    word = reading.lower[at]
    of = next((i for i in range(at + 1, min(at + 18, len(reading.lower))) if reading.lower[i] in {"of", "over"}), None)
    offence = of + 1 if of is not None else at + 1
    by = _by(reading, at, min(at + 4, len(reading.lower)))
    if word == "accused" and (_passive(reading, at) or by is not None):
        accused = reading.by_word.get(at - 2) if reading.word(at - 1) == "," else reading.subject_of(at)
        return _make(reading, by or _by(reading, at, at + 20), accused, at, offence, "was accused")
    if reading.word(at + 1) == "of" and word == "accused":
        beside = reading.by_word.get(at - 1) or (reading.by_word.get(at - 2) if reading.word(at - 1) == "," else None)
        return _make(reading, None, beside if beside is not None and beside.pronoun is None else None, at, offence, "accused of")
    return _make(reading, _subject(reading, at), reading.mention_from(at + 1, 3), at, _offence_at(reading, at, offence), "accused")


def _charged(reading: Reading, at: int) -> Accusation | None:
    """"the army is charged with the killings": a body or group, not a person in court."""
    accused = reading.subject_of(at)
    if accused is None or accused.actor.kind not in _BODIES or not _passive(reading, at):
        return None
    return _make(reading, None, accused, at, at + 2, "was charged")


_BODIES: Final = frozenset({ActorKind.MILITARY, ActorKind.ARMED_GROUP, ActorKind.GOVERNMENT, ActorKind.STATE, ActorKind.PARTY})


def _linked(reading: Reading, at: int) -> Accusation | None:
    """"X linked Y to the attack", "Y was implicated in the murders (by X)"."""
    if not reading.any_of(EVENT, at + 1, at + 12):
        return None
    if reading.word(at + 1) in {"to", "with", "in"}:
        accused = reading.subject_of(at)
        fits = accused is not None and accused.actor.kind in _BODIES
        return _make(reading, _by(reading, at, at + 14), accused if fits else None, at, at + 1, "was linked")
    return _make(reading, _subject(reading, at), reading.mention_from(at + 1, 3), at, at + 2, "linked")


def _offence_at(reading: Reading, at: int, otherwise: int) -> int:
    """The word after the "of" that follows the accused ("of the attack"), not an "of" inside their name."""
    accused = reading.mention_from(at + 1, 3)
    if accused is None:
        return otherwise
    for index in range(accused.last, min(accused.last + 12, len(reading.lower))):
        if reading.lower[index] in {"of", "over"}:
            return index + 1
    return accused.last


def _hold(reading: Reading, at: int) -> Accusation | None:
    responsible = next(
        (i for i in range(at + 1, min(at + 14, len(reading.lower))) if reading.lower[i] in {"responsible", "accountable"}), None
    )
    if responsible is None:
        return None
    if reading.lower[at] == "held" and _passive(reading, at):
        return _make(reading, _by(reading, at, at + 10), reading.subject_of(at), at, responsible + 1, "was held responsible")
    if reading.word(responsible - 1) in {"those", "anyone"}:
        return None
    return _make(reading, _subject(reading, at), reading.mention_from(at + 1, 3), at, responsible + 1, "held responsible")


def _attribute(reading: Reading, at: int) -> Accusation | None:
    accused = _after_word(reading, "to", at + 1, at + 14)
    if accused is None:
        return None
    if _passive(reading, at) or reading.word(at + 1) == "to":
        return _make(reading, _by(reading, at, at + 16), accused, at, at + 1, "was attributed to")
    return _make(reading, _subject(reading, at), accused, at, at + 1, "attributed to")


def _suspect(reading: Reading, at: int) -> Accusation | None:
    word = reading.lower[at]
    if word == "suspected" and (_passive(reading, at) or reading.word(at + 1) in {"of", "by"}):
        if reading.word(at + 1) not in {"of", "by", "to"} and reading.word(at + 2) not in {"of", "to"}:
            return None
        return _make(reading, _by(reading, at, at + 8), reading.subject_of(at), at, at + 1, "was suspected")
    if word == "suspecting" or (subject := reading.subject_of(at, reach=4)) is None or not reading.can_speak(subject):
        return None
    return _make(reading, subject, reading.mention_from(at + 1, 3), at, at + 1, "suspected")


def _finger(reading: Reading, at: int) -> Accusation | None:
    pointing = next((i for i in range(max(0, at - 4), at) if reading.lower[i].startswith("point")), None)
    if pointing is None:
        return None
    accused = _after_word(reading, "at", at, at + 5) or _after_word(reading, "to", at, at + 5) or _after_word(reading, "towards", at, at + 5)
    return _make(reading, _subject(reading, pointing), accused, at, at + 1, "pointed at")


def _nominal(reading: Reading, at: int) -> Accusation | None:
    """"… pointed to Russian responsibility", "evidence of the army's involvement"."""
    accused = reading.by_word.get(at - 1)
    if accused is None or not (accused.adjective or accused.owner):
        return None
    pointing = next((i for i in range(max(0, accused.first - 4), accused.first) if reading.lower[i] in _POINT), None)
    if pointing is None:
        return None
    before = [m for m in reading.mentions if m.last <= pointing and not m.adjective and not m.owner]
    accuser = before[-1] if before and before[-1].head not in {"intelligence", "evidence"} else None
    return _make(reading, accuser, accused, at, at + 1, "pointed to")


_ROLE: Final = frozenset("responsibility involvement role complicity guilt culpability".split())
_POINT: Final = frozenset("pointed points pointing point alleged alleges alleging see saw sees".split())


def is_fault(reading: Reading, found: Accusation) -> bool:
    """Whether the offence is about the circumstances (failing to warn, embedding) and not the deed."""
    return reading.any_of(FAULTS, *found.offence) and not reading.any_of(
        frozenset({"chemical", "gas", "force", "human"}), *found.offence
    )


def is_other_matter(reading: Reading, found: Accusation) -> bool:
    """Whether the offence is breaking a pact, interference and the like."""
    first, last = found.offence
    if reading.any_of(PACTS, first, min(first + 8, last)):
        return True
    return reading.any_of(_MATTERS, first, min(first + 5, last)) and not reading.any_of(DID | EVENT, first, min(first + 6, last))


_MATTERS: Final = frozenset(
    "failure collapse breakdown delay delays lack crisis exodus shortage shortages rise meddling interference hostility "
    "propaganda lying corruption fraud spying espionage supporting sponsoring harbouring harboring funding".split()
)


def is_deed(reading: Reading, found: Accusation) -> bool:
    """Whether the offence is violence or responsibility for it; blame without an offence counts."""
    if not found.form.startswith(("accused", "was accused")):
        return True
    return reading.any_of(DID | EVENT | RESPONSIBILITY | _DEEDS, *found.offence)


_DEEDS: Final = frozenset(
    "killing bombing shelling murdering attacking targeting striking shooting firing launching carrying using abducting "
    "kidnapping torturing plotting masterminding planning staging orchestrating committing perpetrating terrorism "
    "poisoning ordering assassinating downing hitting bombarding pounding executing massacring being".split()
)
