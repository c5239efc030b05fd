"""Denials by a negated sentence: “X maintains that it never fired”, “all the crew are unhurt”. Pure."""

from collections.abc import Iterator
from typing import Final

from schemas.taxonomy import About
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.cues import (
    DID,
    NEGATION,
    RESPONSIBILITY,
)
from services.extract.components.claims.denial import HARM_WORDS, Denial
from services.extract.components.claims.reading import Reading
from services.extract.components.claims.speech import Saying

_UNHURT: Final = word_set("unharmed uninjured unhurt unscathed safe")


_HURT: Final = word_set("hurt injured wounded harmed killed affected")


_GENERIC: Final = word_set(
    "one injuries casualties deaths fatalities further immediate reports other people serious body"
)


_OWN_PREDICATES: Final = (
    DID
    | RESPONSIBILITY
    | word_set(
        "fire fly flew shoot fired used behind part flying operating flown present active taking took "
        "nothing connection connected link linked sorties missions flights operated operate bombing "
        "participating participated"
    )
)


def negated(reading: Reading, saying: Saying) -> Iterator[Denial]:
    """As in "X maintains that it never fired", "our guns were silent, not one shot", X said."""
    for first, last in saying.ranges:
        for at in range(first, last):
            if reading.lower[at] not in NEGATION:
                continue
            denial = _own_act(reading, saying, at, first, last) or _existence(reading, saying, at, last)
            if denial is not None:
                yield denial
                break


def _own_act(reading: Reading, saying: Saying, at: int, first: int, last: int) -> Denial | None:
    subject = reading.subject_of(at, reach=8) if at > first else None
    if subject is None or subject.first < first:
        subject = reading.mention_from(at + 1, 3)
    if reading.word(at) in {"none", "no"} and (after := reading.mention_from(at + 1, 3)) is not None:
        subject = after
    if subject is None or not _same_side(subject, saying.speaker):
        return None
    end = min(at + 10, last)
    if not reading.any_of(_OWN_PREDICATES, at, end) or reading.any_of(
        frozenset({"yet", "know", "confirm", "immediately"}), at, at + 4
    ):
        return None
    if subject.actor.kind.value == "police" or reading.any_of(
        frozenset({"injured", "hurt", "wounded"}), at, end
    ):
        return None
    span = (min(subject.first, saying.speaker.first), max(end, saying.speaker.last))
    return Denial(saying.speaker, About.RESPONSIBILITY, at, *span, reporter=saying.reporter)


def _same_side(subject: ActorMention, speaker: ActorMention) -> bool:
    return subject.pronoun in {"we", "i"} or subject.possessor == "our" or subject.party == speaker.party


def _existence(reading: Reading, saying: Saying, at: int, last: int) -> Denial | None:
    """As in "there were no guns in the school": about the circumstances."""
    if reading.word(at) not in {"no", "not"} or reading.word(at - 1) not in {
        "were",
        "was",
        "are",
        "is",
        "been",
    }:
        return None
    if not reading.any_of(frozenset({"there"}), at - 4, at) or not _is_party(saying.speaker):
        return None
    if reading.any_of(HARM_WORDS | _NOT_THINGS, at, at + 5):
        return None
    first = max(at - 6, 0)
    span = (min(first, saying.speaker.first), max(min(at + 8, last), saying.speaker.last))
    return Denial(saying.speaker, About.CIRCUMSTANCES, at, *span, reporter=saying.reporter)


_NOT_THINGS: Final = word_set(
    "doubt question evidence immediate need reason indication indications plan plans agreement sign "
    "signs word information"
)


def _is_party(speaker: ActorMention) -> bool:
    return speaker.party.startswith(
        ("state:", "armed_group:", "military:", "party:", "government:", "ministry:")
    )


def unhurt(reading: Reading, saying: Saying) -> Iterator[Denial]:
    """As in "no embassy guards were hurt", "all the crew are unhurt": no harm to them."""
    for first, last in saying.ranges:
        for at in range(first, last):
            word = reading.lower[at]
            group = None
            if word in _UNHURT and reading.any_of(
                frozenset({"were", "are", "was", "is", "escaped", "all"}), at - 5, at
            ):
                group = _group_before(reading, at, first, frozenset({"all", "the", "every"}))
            elif word in {"no", "none"} and word not in _GENERIC:
                harm = next((i for i in range(at + 2, min(at + 9, last)) if reading.lower[i] in _HURT), None)
                if harm is not None and reading.any_of(frozenset({"was", "were", "been"}), at, harm):
                    group = (at + 1, harm)
            if group is None or _is_generic(reading, group):
                continue
            value = " ".join(reading.words.texts[i] for i in range(*group) if reading.lower[i] not in _VERBS)
            span = (min(group[0], saying.speaker.first), max(at + 1, group[1] + 1, saying.speaker.last))
            yield Denial(saying.speaker, About.INJURED, at, *span, value=value, reporter=saying.reporter)
            return


_VERBS: Final = word_set("was were are is been had have has be of the escaped")


def _group_before(reading: Reading, at: int, floor: int, marks: frozenset[str]) -> tuple[int, int] | None:
    for index in range(at - 1, max(at - 14, floor - 1), -1):
        if reading.lower[index] in marks and reading.lower[index] != "the":
            return index + 1, at
    return None


def _is_generic(reading: Reading, group: tuple[int, int]) -> bool:
    words = [w for w in reading.lower[group[0] : group[1]] if w not in _VERBS and w != "else"]
    return not words or words[0] in _GENERIC
