"""The forms of accusation: blaming, accusing, holding responsible, linking, pointing. Pure."""

from typing import Final

from schemas.taxonomy import ActorKind
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.cues import (
    EVENT,
)
from services.extract.components.claims.offences import Accusation
from services.extract.components.claims.reading import Reading

_BE: Final = word_set("was were is are been be being")


_PUT: Final = word_set(
    "put puts placed places laid lays pinned pins putting placing laying assigned cast heaped"
)


_OFFENCE_WORDS: Final = 14
"""Words after "of" in which the offence of an accusation is looked for."""


def _make(
    reading: Reading,
    accuser: ActorMention | None,
    accused: ActorMention | None,
    cue: int,
    offence: int,
    form: str,
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


def blame(reading: Reading, at: int) -> Accusation | None:
    """“X blamed Y”, “Y was blamed by X”, “the blame was put on Y”, “the attack was blamed on Y”."""
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
        if reading.word(at + 1) == "on" or (
            on_accused is not None and reading.word(at + 1) not in {"for", "by"}
        ):
            return _make(reading, _by(reading, at, at + 14), on_accused, at, at + 1, "was blamed on")
        return _make(reading, _by(reading, at, at + 12), reading.subject_of(at), at, at + 1, "was blamed")
    accused = reading.mention_from(at + 1, 3)
    if accused is not None and (accused.owner or reading.word(accused.last) in EVENT):
        accused = None
    if (
        accused is None
        or accused.pronoun == "it"
        or (accused.adjective and reading.word(accused.last) in EVENT)
    ):
        accused = on_accused
    return _make(reading, _subject(reading, at), accused, at, at + 1, "blamed")


def accuse(reading: Reading, at: int) -> Accusation | None:
    """“X accused Y of”, “Y was accused by X of”, “Y, accused by X of”."""
    word = reading.lower[at]
    of = next(
        (i for i in range(at + 1, min(at + 18, len(reading.lower))) if reading.lower[i] in {"of", "over"}),
        None,
    )
    offence = of + 1 if of is not None else at + 1
    by = _by(reading, at, min(at + 4, len(reading.lower)))
    if word == "accused" and (_passive(reading, at) or by is not None):
        accused = reading.by_word.get(at - 2) if reading.word(at - 1) == "," else reading.subject_of(at)
        return _make(reading, by or _by(reading, at, at + 20), accused, at, offence, "was accused")
    if reading.word(at + 1) == "of" and word == "accused":
        beside = reading.by_word.get(at - 1) or (
            reading.by_word.get(at - 2) if reading.word(at - 1) == "," else None
        )
        return _make(
            reading,
            None,
            beside if beside is not None and beside.pronoun is None else None,
            at,
            offence,
            "accused of",
        )
    return _make(
        reading,
        _subject(reading, at),
        reading.mention_from(at + 1, 3),
        at,
        _offence_at(reading, at, offence),
        "accused",
    )


def charged(reading: Reading, at: int) -> Accusation | None:
    """As in "the army is charged with the killings": a body or group, not a person in court."""
    accused = reading.subject_of(at) if reading.word(at + 1) == "with" else None
    if accused is None or accused.actor.kind not in _BODIES or not _passive(reading, at):
        return None
    return _make(reading, None, accused, at, at + 2, "was charged")


_BODIES: Final = frozenset(
    {ActorKind.MILITARY, ActorKind.ARMED_GROUP, ActorKind.GOVERNMENT, ActorKind.STATE, ActorKind.PARTY}
)


def linked(reading: Reading, at: int) -> Accusation | None:
    """As in "X linked Y to the attack", "Y was implicated in the murders (by X)"."""
    if not reading.any_of(EVENT, at + 1, at + 12):
        return None
    if reading.word(at + 1) in {"to", "with", "in"}:
        accused = reading.subject_of(at) if _passive(reading, at) else reading.by_word.get(at - 1)
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


def hold(reading: Reading, at: int) -> Accusation | None:
    """“X held Y responsible”, “Y was held responsible by X”."""
    responsible = next(
        (
            i
            for i in range(at + 1, min(at + 14, len(reading.lower)))
            if reading.lower[i] in {"responsible", "accountable"}
        ),
        None,
    )
    if responsible is None:
        return None
    if reading.lower[at] == "held" and _passive(reading, at):
        return _make(
            reading,
            _by(reading, at, at + 10),
            reading.subject_of(at),
            at,
            responsible + 1,
            "was held responsible",
        )
    if reading.word(responsible - 1) in {"those", "anyone"}:
        return None
    return _make(
        reading,
        _subject(reading, at),
        reading.mention_from(at + 1, 3),
        at,
        responsible + 1,
        "held responsible",
    )


def attribute(reading: Reading, at: int) -> Accusation | None:
    """“X attributed the attack to Y”, “the attack was attributed to Y by X”."""
    accused = _after_word(reading, "to", at + 1, at + 14)
    if accused is None:
        return None
    if _passive(reading, at) or reading.word(at + 1) == "to":
        return _make(reading, _by(reading, at, at + 16), accused, at, at + 1, "was attributed to")
    return _make(reading, _subject(reading, at), accused, at, at + 1, "attributed to")


def suspect(reading: Reading, at: int) -> Accusation | None:
    """“X suspects Y of”, “Y is suspected by X”."""
    word = reading.lower[at]
    if word == "suspected" and (_passive(reading, at) or reading.word(at + 1) in {"of", "by"}):
        if reading.word(at + 1) not in {"of", "by", "to"} and reading.word(at + 2) not in {"of", "to"}:
            return None
        return _make(reading, _by(reading, at, at + 8), reading.subject_of(at), at, at + 1, "was suspected")
    if (
        word == "suspecting"
        or (subject := reading.subject_of(at, reach=4)) is None
        or not reading.can_speak(subject)
    ):
        return None
    return _make(reading, subject, reading.mention_from(at + 1, 3), at, at + 1, "suspected")


def finger(reading: Reading, at: int) -> Accusation | None:
    """“X pointed the finger at Y”."""
    pointing = next((i for i in range(max(0, at - 4), at) if reading.lower[i].startswith("point")), None)
    if pointing is None:
        return None
    accused = (
        _after_word(reading, "at", at, at + 5)
        or _after_word(reading, "to", at, at + 5)
        or _after_word(reading, "towards", at, at + 5)
    )
    return _make(reading, _subject(reading, pointing), accused, at, at + 1, "pointed at")


def nominal(reading: Reading, at: int) -> Accusation | None:
    """As in "… pointed to Iranian guilt", "alleged the army's involvement"."""
    accused = reading.by_word.get(at - 1)
    if accused is None or not (accused.adjective or accused.owner):
        return None
    pointing = next(
        (i for i in range(max(0, accused.first - 4), accused.first) if reading.lower[i] in _POINT), None
    )
    if pointing is None:
        return None
    before = [m for m in reading.mentions if m.last <= pointing and not m.adjective and not m.owner]
    accuser = before[-1] if before and before[-1].head not in {"intelligence", "evidence"} else None
    return _make(reading, accuser, accused, at, at + 1, "pointed to")


ROLE: Final = word_set("responsibility involvement role complicity guilt culpability")


_POINT: Final = word_set("pointed points pointing point alleged alleges alleging see saw sees")
