"""Who says "we did not", or "it was not so": denials and rejections in their forms. Pure."""

from collections.abc import Iterator
from typing import Final

from schemas.taxonomy import About
from services.extract.components.actors.lexicon import Part
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.cues import (
    CLAIM_NOUNS,
    DENY,
    EVENT,
    NEGATION,
    RESPONSIBILITY,
)
from services.extract.components.claims.denial import DEEDS, HARM_WORDS, Denial
from services.extract.components.claims.negations import negated, unhurt
from services.extract.components.claims.reading import Reading
from services.extract.components.claims.speech import Saying

_NOT_DENIALS: Final = word_set(
    "entry access bail permission request requests asylum visas visa parole them him her medical "
    "treatment boarding bid bids appeal appeals offer offers proposal proposals plan plans calls call "
    "ceasefire talks demands demand peace aid food"
)


def denials(reading: Reading, said: tuple[Saying, ...]) -> Iterator[Denial]:
    """The denials of a sentence: by verb, by a negated sentence about oneself, by "all were unhurt"."""
    for at, word in enumerate(reading.lower):
        if at in reading.by_word:
            continue
        if word in DENY:
            found = _verb(reading, at)
        elif word in {"denial", "denials"}:
            found = _noun(reading, at)
        elif word in _BASELESS:
            found = _baseless(reading, at, said)
        else:
            continue
        if found is not None:
            yield found
    for saying in said:
        yield from negated(reading, saying)
        yield from unhurt(reading, saying)


def _verb(reading: Reading, at: int) -> Denial | None:
    if (
        reading.any_of(NEGATION | {"refused", "declined", "confirmed"}, at - 4, at)
        or reading.word(at + 1) in _NOT_DENIALS
    ):
        return None
    if reading.lower[at].startswith("disput") and reading.any_of(
        frozenset({"toll", "figure", "figures", "number"}), at, at + 6
    ):
        return None
    if reading.any_of(_NOT_DENIALS, at + 1, at + 4) and reading.lower[at] not in {
        "denied",
        "denies",
        "denying",
        "deny",
    }:
        return None
    passive = reading.word(at + 1) == "by" or (
        reading.any_of(frozenset({"was", "were", "been", "is", "are"}), at - 3, at)
        and reading.any_of(CLAIM_NOUNS, at - 9, at)
    )
    if passive:
        denier = reading.mention_from(at + 2, 3) if reading.word(at + 1) == "by" else None
        first = max(0, at - 8)
    else:
        denier = _subject(reading, at)
        first = denier.first if denier is not None else at
    if denier is None or not _may_deny(reading, denier):
        return None
    last = _content_end(reading, at + 1)
    about = _about(reading, at, last)
    if about is About.CIRCUMSTANCES and reading.any_of(_OTHER_MATTER, at, last):
        return None
    rejected = _whose_claim(reading, at + 1, last)
    return Denial(denier, about, at, first, max(last, denier.last), rejected=rejected)


_OTHER_MATTER: Final = word_set(
    "meeting summit talks visit plan plans planned negotiation negotiations election elections resign "
    "resignation rumours rumors dating divorce contract deal merger trade transfer budget bilateral "
    "coalition alliance candidacy rift split"
)
"""What a denial in a report may speak of that is no part of an incident."""


def _subject(reading: Reading, at: int) -> ActorMention | None:
    found = reading.subject_of(at)
    if found is None and reading.lower[at].endswith("ing"):
        found = next((m for m in reading.mentions if m.last <= at and not m.owner and not m.adjective), None)
    return found


def _may_deny(reading: Reading, denier: ActorMention) -> bool:
    return reading.can_speak(denier) and (denier.pronoun is None or denier.resolved)


def _content_end(reading: Reading, first: int) -> int:
    """Where what is denied ends: at a verb of saying after a comma, or the sentence's end."""
    for index in range(first, len(reading.lower)):
        if reading.lower[index] in {"saying", "adding", ";", "insisting", "instead"}:
            return index
        if reading.lower[index] == "and" and reading.word(index + 1) in {
            "said",
            "instead",
            "blamed",
            "accused",
        }:
            return index
    return len(reading.lower)


def _whose_claim(reading: Reading, first: int, last: int) -> ActorMention | None:
    """Whose claim is rejected: "the Chadian version", "accusations by Kyiv"."""
    for at in range(first, min(first + 6, last)):
        if reading.lower[at] in CLAIM_NOUNS:
            before = reading.by_word.get(at - 1)
            return before or (
                reading.mention_from(at + 2, 2) if reading.word(at + 1) in {"by", "from", "of"} else None
            )
    return None


def _about(reading: Reading, at: int, last: int) -> About:
    """What a denial is about, by the words denied."""
    words = frozenset(reading.lower[at + 1 : last])
    if words & RESPONSIBILITY:
        return About.RESPONSIBILITY
    if words & HARM_WORDS:
        if _own_deed(reading, at, last):
            return About.RESPONSIBILITY
        return About.INJURED if words & _HURT_WORDS and not words & _DEATH_WORDS else About.FATALITIES
    if words & (DEEDS | EVENT | {"aircraft", "behind", "warplanes"}):
        return About.RESPONSIBILITY
    return About.CIRCUMSTANCES


_HURT_WORDS: Final = word_set("injured hurt wounded injuries")
_DEATH_WORDS: Final = word_set("killed dead died deaths casualties losses")


def _own_deed(reading: Reading, at: int, last: int) -> bool:
    """Whether doing harm is denied ("its forces killed", "targeting civilians"), not suffering it."""
    suffered = any(
        reading.lower[i] in {"died", "losses", "casualties"}
        or (reading.lower[i] in HARM_WORDS and reading.word(i - 1) in {"been", "were", "was"})
        for i in range(at + 1, last)
    )
    own = any(at < m.first < last and m.part in {Part.FORCE, Part.GEAR} for m in reading.mentions)
    words = frozenset(reading.lower[at + 1 : last])
    return not suffered and (own or bool(words & {"its", "their", "killing", "targeting", "striking"}))


_BASELESS: Final = word_set(
    "baseless false untrue unfounded groundless fabricated fabrication absurd slander fake lies nonsense"
)


def _baseless(reading: Reading, at: int, said: tuple[Saying, ...]) -> Denial | None:
    """As in "called the accusation baseless", "said the reports were false"."""
    if not reading.any_of(CLAIM_NOUNS, at - 10, at) or reading.any_of(NEGATION | DENY, at - 10, at):
        return None
    saying = next((one for one in said if one.covers(at)), None)
    if saying is None or not _may_deny(reading, saying.speaker):
        return None
    accused = reading.any_of(_ACCUSING, at - 10, at)
    about = About.RESPONSIBILITY if accused else About.CIRCUMSTANCES
    first = min(saying.speaker.first, saying.verb)
    return Denial(
        saying.speaker, about, at, first, max(at + 1, saying.speaker.last), reporter=saying.reporter
    )


_ACCUSING: Final = word_set("accusation accusations allegation allegations charge charges claim claims")


def _noun(reading: Reading, at: int) -> Denial | None:
    """As in "Moscow's denial", "despite Russian denials", "issued a denial"."""
    verb = next((i for i in range(at - 1, max(at - 4, -1), -1) if reading.lower[i] in _ISSUED), None)
    if verb is not None and (denier := reading.subject_of(verb)) is not None and _may_deny(reading, denier):
        return Denial(denier, About.RESPONSIBILITY, at, denier.first, min(at + 6, len(reading.lower)))
    owner = reading.by_word.get(at - 1)
    if owner is None or not (owner.owner or owner.adjective):
        return None
    return Denial(owner, About.RESPONSIBILITY, at, owner.first, min(at + 4, len(reading.lower)))


_ISSUED: Final = word_set("issued issues published repeated made released")
