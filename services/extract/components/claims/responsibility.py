"""Findings on who did it: accusations, admissions and agents in someone's words. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from schemas.claim import Actor
from schemas.taxonomy import About, ActorKind, Stance
from services.extract.components.actors.lexicon import Part
from services.extract.components.actors.mentions import ActorMention, party_of
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.accusations import accusations
from services.extract.components.claims.admissions import admissions
from services.extract.components.claims.agent import Agent, may_act
from services.extract.components.claims.agents import agents
from services.extract.components.claims.cues import FUTURE_SAY
from services.extract.components.claims.findings import UNNAMED, Finding
from services.extract.components.claims.offences import Accusation, is_deed, is_fault, is_other_matter
from services.extract.components.claims.reading import Reading
from services.extract.components.claims.voices import Voice, Voices

_NOBODY: Final = Actor(name=UNNAMED)
_NO_PARTY: Final = frozenset({ActorKind.CROWD, ActorKind.POLICE, ActorKind.PERSON})
"""Kinds of agents that make a perpetrator but no claim: "gunmen" accuse nobody of anything."""
_ACCUSERS_OF_POLICE: Final = frozenset(
    {ActorKind.WITNESS, ActorKind.MONITOR, ActorKind.ORGANISATION, ActorKind.PARTY, ActorKind.ARMED_GROUP}
)
_PARTISAN: Final = re.compile(
    r"rebels|insurgents|militants|militias|guerr?illas|jihadists|separatists|islamists|traffickers"
)
_FIRM: Final = 0.5
"""Below it an agent is only suspected in passing ("suspected Syrian strikes")."""


def responsibility(
    reading: Reading, voices: Voices, denied: frozenset[int] = frozenset()
) -> Iterator[Finding]:
    """All findings of a sentence on who did it; words in `denied` are what someone denies."""
    accused_words: set[int] = set(denied)
    for found in accusations(reading):
        finding = _accusation(reading, voices, found)
        if finding is not None:
            accused_words.update(range(found.accused.first, found.accused.last))
            if found.accuser is not None:
                accused_words.update(range(found.accuser.first, found.accuser.last))
            yield finding
    for admission in admissions(reading):
        if may_act(admission.actor) or admission.actor.part is Part.GROUP:
            yield _finding(
                reading, Stance.CLAIMS_RESPONSIBILITY, admission.cue, admission.first, admission.last,
                claimant=admission.actor.actor, accused=admission.actor.actor, sure=0.95, form="admission",
            )  # fmt: skip
    for agent in _best(agents(reading, 0, len(reading.lower))):
        if agent.mention.first not in accused_words:
            yield from _agent(reading, voices, agent)


def _finding(
    reading: Reading, stance: Stance, cue: int, first: int, last: int, *, about: About = About.RESPONSIBILITY,
    claimant: Actor | None = None, accused: Actor | None = None, sure: float = 0.8, form: str = "",
    voice: Voice | None = None, caveat: str | None = None,
) -> Finding:  # fmt: skip
    return Finding(
        sentence=reading.sentence.index,
        stance=stance,
        about=about,
        span=reading.span(first, max(last, first + 1)),
        cue=reading.words.tokens[cue].start,
        claimant=claimant,
        accused=accused,
        reporter=voice.reporter if voice is not None else None,
        caveat=caveat or caveat_of(reading),
        verb=voice.saying.verb if voice is not None and voice.saying is not None else cue,
        sure=sure,
        form=form,
    )


def caveat_of(reading: Reading) -> str | None:
    """A reservation that the sentence puts beside what is said: "without naming …", "without evidence"."""
    for at, word in enumerate(reading.lower):
        if word == "without" and reading.word(at + 1) in _RESERVED:
            end = next(
                (i for i in range(at + 1, len(reading.lower)) if reading.lower[i] in {",", ";", '"', "”"}),
                len(reading.lower),
            )
            span = reading.span(at, min(end, at + 12))
            return reading.sentence.text[
                span.start - reading.sentence.span.start : span.end - reading.sentence.span.start
            ]
    return None


_RESERVED: Final = word_set(
    "naming specifying giving providing offering elaborating citing presenting saying identifying "
    "mentioning evidence"
)


def _accusation(reading: Reading, voices: Voices, found: Accusation) -> Finding | None:
    if not _may_be_accused(found.accused) or is_other_matter(reading, found):
        return None
    accuser = voices.subject(found.accuser, found.cue)
    voice = voices.over(found.cue)
    if accuser is None and voice is not None and "blamed on" not in found.form:
        accuser = voice.speaker if found.accuser is None else None
    if accuser is not None and (not accuser.resolved and accuser.pronoun is not None):
        accuser = None
    if is_fault(reading, found):
        about = About.CIRCUMSTANCES
    elif is_deed(reading, found):
        about = About.RESPONSIBILITY
    else:
        return None
    claimant = accuser.actor if accuser is not None else _NOBODY
    return _finding(
        reading, Stance.ATTRIBUTES, found.cue, found.first, found.last, about=about, claimant=claimant,
        accused=found.accused.actor, voice=voice, form=found.form,
        sure=0.7 if accuser is not None else 0.5,
    )  # fmt: skip


def _may_be_accused(mention: ActorMention) -> bool:
    if mention.pronoun is not None:
        return mention.resolved and mention.pronoun not in {"we", "i", "who", "which"}
    return mention.actor.kind not in {ActorKind.OUTLET, ActorKind.WITNESS, ActorKind.MEDICAL} and (
        mention.resolved or mention.actor.kind is not ActorKind.PERSON
    )


def _best(found: Iterable[Agent]) -> list[Agent]:
    """One agent construction a mention: the first."""
    kept: dict[int, Agent] = {}
    for agent in found:
        kept.setdefault(agent.mention.first, agent)
    return list(kept.values())


def _agent(reading: Reading, voices: Voices, agent: Agent) -> Iterator[Finding]:
    at = agent.mention.first
    voice = voices.over(at)
    speaker = voice.speaker if voice is not None else None
    if (
        speaker is not None
        and speaker.first == agent.mention.first
        and speaker.sentence == reading.sentence.index
    ):
        voice, speaker = None, None
    who = voices.subject(agent.mention, at)
    if who is None or agent.negated:
        return
    if is_answer(reading, at) or _is_threat(reading, voice):
        return
    if voices.is_speculation(at):
        yield _from_agent(reading, agent, who, voice, claimant=_NOBODY, sure=0.3, caveat="speculation")
    elif speaker is not None and speaker.party == who.party:
        if who.actor.kind not in _NO_PARTY and not agent.hedged and agent.form != "modifier":
            finding = _from_agent(reading, agent, who, voice, claimant=speaker.actor, sure=0.95)
            yield replace(finding, stance=Stance.CLAIMS_RESPONSIBILITY)
    elif speaker is None and _HABIT.search(reading.sentence.lower) is not None:
        return
    else:
        claimant = speaker.actor if speaker is not None else None
        sure = _sureness(agent, named=claimant is not None)
        yield _from_agent(
            reading,
            agent,
            who,
            voice,
            claimant=claimant,
            sure=sure,
            caveat="suspected" if agent.hedged and claimant is None else None,
        )


_HABIT: Final = re.compile(
    r"\bin the past\b(?! (?:few|two|three|\d+) (?:hours|days))|\bprevious(?:ly)?\b"
    r"|\bregularly\b|\boften\b|\bfrequently\b|\bin recent (?:days|weeks|months|years)\b"
    r"|\bfor (?:days|weeks|months|years)\b|\bseveral (?:attacks|bombings|strikes)\b|\bbacked by\b"
)
"""Words of what an actor does in general, which is nothing about this event."""


def _sureness(agent: Agent, *, named: bool) -> float:
    """How firmly a construction says who did it; 0…1, set by hand.

    Police who shoot mostly answer an attack: on an outlet's word alone they are no perpetrators.
    """
    if agent.mention.actor.kind is ActorKind.POLICE and not named and agent.verb not in _CRIMES:
        return 0.35
    if agent.form == "released by":
        return 0.45
    if agent.form in {"between", "involved"}:
        return 0.45
    if agent.hedged:
        return 0.45 if named else 0.42 if agent.suspected else 0.35
    return 0.75 if named else 0.8


_CRIMES: Final = word_set(
    "murdered kidnapped abducted assassinated massacred tortured executed raped lynched"
)


def is_answer(reading: Reading, at: int) -> bool:
    """Whether a word stands in what an act is said to answer: "in response to strikes by …"."""
    for index in range(max(0, at - 25), at):
        if reading.lower[index] in _ANSWERS and reading.any_of(
            frozenset({"for", "to", "against"}), index + 1, index + 4
        ):
            return True
    return False


_ANSWERS: Final = word_set(
    "retaliation response revenge reprisal reaction avenge vengeance answer retaliated"
)


def _is_threat(reading: Reading, voice: Voice | None) -> bool:
    return voice is not None and voice.saying is not None and reading.word(voice.saying.verb) in FUTURE_SAY


def _from_agent(
    reading: Reading,
    agent: Agent,
    who: ActorMention,
    voice: Voice | None,
    *,
    claimant: Actor | None,
    sure: float,
    caveat: str | None = None,
) -> Finding:
    first, last = agent.first, agent.last
    if voice is not None and voice.saying is not None and voice.speaker.sentence == reading.sentence.index:
        first, last = min(first, voice.speaker.first), max(last, voice.speaker.last, voice.saying.verb + 1)
    return _finding(
        reading, Stance.ATTRIBUTES, agent.mention.first, first, last, claimant=claimant, accused=who.actor,
        sure=sure, voice=voice, caveat=caveat, form=f"agent {agent.form}",
    )  # fmt: skip


def is_party_claim(finding: Finding) -> bool:
    """Whether an agent finding makes a claim and not only a perpetrator."""
    accused = finding.accused
    if accused is None or finding.form in {"agent between", "agent involved"}:
        return False
    if finding.sure < _FIRM and "modifier" in finding.form:
        return False
    if accused.kind is ActorKind.CROWD:
        return finding.claimant is not None and _PARTISAN.search(accused.name.lower()) is not None
    if accused.kind is ActorKind.POLICE:
        return finding.claimant is not None and finding.claimant.kind in _ACCUSERS_OF_POLICE
    return accused.kind not in _NO_PARTY


def party(actor: Actor) -> str:
    """The party key of an actor."""
    return party_of(actor)
