"""Other stances on an incident: confirming, condemning, disputing, retracting, asking, threatening. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from schemas.taxonomy import About, Stance
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.cues import CONDEMN, EVENT, NEGATION, RETRACT
from services.extract.components.claims.reading import Reading
from services.extract.components.claims.speech import sayings


@dataclass(frozen=True, slots=True)
class Posture:
    """Who takes a stance, which, on what field, and the words that say so."""

    actor: ActorMention
    stance: Stance
    about: About
    cue: int
    first: int
    last: int


_TOLL: Final = word_set("toll figure figures number numbers count tally casualties")
_THREAT: Final = word_set("vowed vows threatened threatens pledged warned")
_HARM: Final = word_set("retaliate respond avenge revenge retaliation punish strike attack hunt pay")
_ASK: Final = word_set("demanded demands urged calls called demanding")
_INQUIRY: Final = word_set("investigation inquiry probe investigate accountability justice restraint")


def postures(reading: Reading) -> Iterator[Posture]:
    """The stances of a sentence, in order."""
    for at, word in enumerate(reading.lower):
        if at in reading.by_word:
            continue
        found = None
        if word in CONDEMN:
            found = _with(reading, at, Stance.CONDEMNS, About.RESPONSIBILITY)
        elif word in {"confirmed", "confirms"}:
            found = _confirmed(reading, at)
        elif word in {"disputed", "disputes", "questioned", "exaggerated", "exaggerate", "inflated"}:
            found = _disputed(reading, at)
        elif word in RETRACT:
            found = _retracted(reading, at)
        elif (
            word in _THREAT
            and reading.word(at + 1) in {"to", "retaliation", "revenge"}
            and reading.any_of(_HARM, at + 1, at + 6)
        ):
            found = _with(reading, at, Stance.THREATENS, About.CIRCUMSTANCES)
        elif word in _ASK and reading.any_of(_INQUIRY, at + 1, at + 9):
            found = _with(reading, at, Stance.REQUESTS, About.CIRCUMSTANCES)
        if found is not None:
            yield found


def _with(reading: Reading, at: int, stance: Stance, about: About) -> Posture | None:
    passive = reading.word(at + 1) == "by"
    actor = reading.mention_from(at + 2, 3) if passive else reading.subject_of(at)
    if actor is None or not reading.can_speak(actor) or reading.any_of(NEGATION, at - 3, at):
        return None
    if stance is Stance.CONDEMNS and not reading.any_of(EVENT | {"it"}, at + 1, at + 14) and not passive:
        return None
    return Posture(
        actor, stance, about, at, min(actor.first, at), max(actor.last, min(at + 14, len(reading.lower)))
    )


def _confirmed(reading: Reading, at: int) -> Posture | None:
    if reading.word(at + 1) in {"by", "to"} and reading.any_of(EVENT | _TOLL, at - 7, at):
        return (
            _with(reading, at, Stance.CONFIRMS, About.CIRCUMSTANCES) if reading.word(at + 1) == "by" else None
        )
    if reading.any_of(EVENT - {"death", "deaths", "fire"}, at + 1, at + 4) and reading.word(at + 1) in {
        "the",
        "an",
        "a",
        "that",
    }:
        return _with(reading, at, Stance.CONFIRMS, About.CIRCUMSTANCES)
    return None


def _disputed(reading: Reading, at: int) -> Posture | None:
    if not reading.any_of(_TOLL, at - 8, at + 6):
        return None
    return _with(reading, at, Stance.DISPUTES_FIGURE, About.FATALITIES)


def _retracted(reading: Reading, at: int) -> Posture | None:
    """As in "withdrew its statement", "lowered the toll", "two bodies had been counted twice"."""
    if reading.word(at) == "twice":
        return _counted_twice(reading, at)
    if not reading.any_of(_WITHDRAWN | _TOLL, at + 1, at + 7):
        return None
    if reading.any_of(_TOLL, at + 1, at + 7):
        return _with(reading, at, Stance.RETRACTS, About.FATALITIES)
    blame = reading.any_of(frozenset({"accusation", "responsible", "blamed", "behind"}), at + 1, at + 14)
    return _with(reading, at, Stance.RETRACTS, About.RESPONSIBILITY if blame else About.CAUSE)


_WITHDRAWN: Final = word_set("claim statement report accusation allegation account")


def _counted_twice(reading: Reading, at: int) -> Posture | None:
    said = next((s for s in sayings(reading) if s.covers(at)), None)
    if reading.word(at - 1) != "counted" or said is None:
        return None
    first = min(said.speaker.first, said.verb)
    return Posture(said.speaker, Stance.RETRACTS, About.FATALITIES, at, first, at + 1)
