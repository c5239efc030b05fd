"""All findings of one sentence. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from schemas.claim import Actor
from schemas.taxonomy import About, Stance
from services.extract.components.actors import Discourse
from services.extract.components.claims.counted import further_figures
from services.extract.components.claims.cues import SAY
from services.extract.components.claims.denial import Denial
from services.extract.components.claims.denials import denials
from services.extract.components.claims.figures import FigureSaid, figures
from services.extract.components.claims.findings import Finding
from services.extract.components.claims.gate import HARM, UNHURT, tells_of_deed
from services.extract.components.claims.postures import Posture, postures
from services.extract.components.claims.reading import Reading
from services.extract.components.claims.responsibility import caveat_of, is_answer, responsibility
from services.extract.components.claims.voices import Voices
from services.extract.components.counts.cues import CUMULATIVE
from services.extract.components.counts.values import Finding as Casualty
from services.extract.model import Sentence


def scan(
    sentence: Sentence, discourse: Discourse, found: int, casualties: Sequence[Casualty] = ()
) -> Iterator[Finding]:
    """The findings of a sentence, figures last; `found` is what the gate saw in it."""
    deed = tells_of_deed(found)
    words = discourse.words(sentence)
    total = _is_total(sentence, discourse)
    counted = list(figures(words.lower)) if found & HARM and not total else []
    if counted is not None and casualties and not total:
        counted += further_figures(words, counted, casualties)
    unhurt = bool(found & UNHURT) or (bool(found & HARM) and not _NONE.isdisjoint(words.lower))
    if not (deed or counted or unhurt):
        return
    reading = Reading(words, discourse.mentions(sentence))
    voices = Voices(reading, discourse)
    if deed or unhurt:
        yield from _on_deed(reading, voices)
    rejected = _rejected(reading, voices) if deed or unhurt else frozenset()
    for figure in counted:
        if figure.at not in rejected and not is_answer(reading, figure.at):
            yield _figure(reading, voices, figure)


def _rejected(reading: Reading, voices: Voices) -> frozenset[int]:
    """The words of a figure that somebody denies: "denied the figure of 60 dead"."""
    return frozenset(
        at
        for denial in denials(reading, voices.sayings)
        if denial.about in {About.FATALITIES, About.INJURED}
        for at in range(denial.cue, denial.last)
    )


_NONE: Final = frozenset({"no", "none"})


def _on_deed(reading: Reading, voices: Voices) -> Iterator[Finding]:
    denied = tuple(denials(reading, voices.sayings))
    content = frozenset(at for denial in denied for at in range(denial.cue, denial.last))
    blamed = list(responsibility(reading, voices, content))
    yield from blamed
    accused = any(f.about is About.RESPONSIBILITY and f.stance is Stance.ATTRIBUTES for f in blamed)
    for denial in denied:
        yield _denial(reading, voices, _of_accusation(reading, denial) if accused else denial)
    for posture in postures(reading):
        yield _posture(reading, posture)


def _of_accusation(reading: Reading, denial: Denial) -> Denial:
    """As in "blames rebels, who deny it", "a charge the army rejects": of the accusation beside it."""
    content = [reading.lower[at] for at in range(denial.cue + 1, denial.last)]
    if denial.about is About.CIRCUMSTANCES and len(content) <= 3:
        return replace(denial, about=About.RESPONSIBILITY)
    return denial


def _is_total(sentence: Sentence, discourse: Discourse) -> bool:
    """Whether a sentence counts over a time or tells of another month: its figures are no one incident's."""
    if CUMULATIVE.search(sentence.lower) or _UNTIL.search(sentence.lower):
        return True
    month = _MONTH.search(sentence.text)
    published = discourse.document.published
    return month is not None and published is not None and month.group(1).lower() != f"{published:%B}".lower()


_UNTIL: Final = re.compile(
    r"\bbefore (?:a|the) (?:cease-?fire|truce|deal|peace)\b|\bso far\b.*\b(?:war|conflict)\b"
    r"|\b(?:war|conflict) (?:began|broke out|has)\b|\bon duty\b|\bsince\b.*\bbegan\b"
)
_MONTH: Final = re.compile(
    r"\b[Ii]n (January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"(?! \d)"
)


def _denial(reading: Reading, voices: Voices, denial: Denial) -> Finding:
    denier = voices.subject(denial.denier, denial.cue) or denial.denier
    cleared = denial.cleared.actor if denial.cleared is not None else denier.actor
    rejected = denial.rejected.actor.name if denial.rejected is not None else None
    return Finding(
        sentence=reading.sentence.index,
        stance=Stance.DENIES,
        about=denial.about,
        span=reading.span(denial.first, max(denial.last, denial.first + 1)),
        cue=reading.words.tokens[denial.cue].start,
        claimant=denier.actor,
        accused=cleared if denial.about is About.RESPONSIBILITY else None,
        value=denial.value,
        reporter=denial.reporter,
        caveat=caveat_of(reading),
        verb=denial.cue,
        form="denial" if rejected is None else f"rejects {rejected}",
    )


def _posture(reading: Reading, posture: Posture) -> Finding:
    return Finding(
        sentence=reading.sentence.index,
        stance=posture.stance,
        about=posture.about,
        span=reading.span(posture.first, posture.last),
        cue=reading.words.tokens[posture.cue].start,
        claimant=posture.actor.actor,
        verb=posture.cue,
        form="posture",
    )


def _clause_start(reading: Reading, at: int) -> int:
    """Where the words around a figure begin, so that its evidence says of whom: "the toll rose to 12"."""
    for index in range(at - 1, max(at - 14, -1), -1):
        if reading.lower[index] in _BREAKS or reading.lower[index] in SAY:
            return index + 1
    return max(at - 14, 0) if at <= 14 else at


_BREAKS: Final = frozenset({",", ";", ":", '"', "“", "”", "that", "but", "and", "while", "when"})


def _figure(reading: Reading, voices: Voices, figure: FigureSaid) -> Finding:
    voice = voices.over(figure.at)
    claimant: Actor | None = None
    first, last = _clause_start(reading, figure.first), figure.last
    if voice is not None:
        claimant = voice.speaker.actor
        if voice.saying is not None and voice.speaker.sentence == reading.sentence.index:
            first, last = (
                min(first, voice.speaker.first),
                max(last, voice.speaker.last, voice.saying.verb + 1),
            )
    confirms = (
        voice is not None
        and voice.saying is not None
        and reading.word(voice.saying.verb) in {"confirmed", "confirms"}
    )
    return Finding(
        sentence=reading.sentence.index,
        stance=Stance.CONFIRMS if confirms else Stance.ASSERTS,
        about=figure.about,
        span=reading.span(first, last),
        cue=reading.words.tokens[figure.at].start,
        claimant=claimant,
        value=figure.value,
        qualifier=figure.qualifier,
        reporter=voice.reporter if voice is not None else None,
        verb=voice.saying.verb if voice is not None and voice.saying is not None else figure.at,
        form="figure single" if figure.single else "figure",
    )
