"""Triggers: the words that tell of events, found in one pass of an Aho-Corasick automaton.

The lexicon `events` holds phrases by PLOVER type and mode, phrases that cancel ("heart attack"), words
of several senses ("strike") and cues that decide senses, stages and relations. The longest phrase wins
where phrases overlap. Pure but for reading the lexicon once.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple

import ahocorasick

from schemas.taxonomy import EventType
from services.extract.components.stages import Cue, stage_of
from services.extract.model import Document, Sentence, Span, Trigger
from services.extract.resources.lexicon import lines

LEXICON: Final = "events"
_SENSE_WORDS: Final = "?"
_CUES: Final = "cue-"
_CANCELS: Final = "NONE"


class Entry(NamedTuple):
    """What a phrase of the lexicon means; `size` is its length.

    `kind` is "TYPE/mode", "?sense", "NONE/-" or "" (cues only).
    """

    phrase: str
    kind: str
    form: str
    weight: float
    cues: tuple[str, ...]
    size: int


class Hit(NamedTuple):
    """A phrase found in a sentence, offsets within that sentence."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True)
class Scan:
    """All triggers of a document in order, and the cues by sentence index."""

    triggers: tuple[Trigger, ...]
    cues: Mapping[int, tuple[Cue, ...]] = field(default_factory=dict)

    def has_cue(self, sentence: int, name: str) -> bool:
        return any(cue.name == name for cue in self.cues.get(sentence, ()))

    def cue_count(self, name: str) -> int:
        """In how many sentences the cue stands."""
        return sum(any(cue.name == name for cue in cues) for cues in self.cues.values())


def scan(doc: Document) -> Scan:
    """Find the triggers and cues of all sentences of a document."""
    found = [(sentence, hits) for sentence in doc.sentences if (hits := _hits(sentence))]
    cues = {sentence.index: _cues(hits) for sentence, hits in found}
    named = frozenset(cue.name for row in cues.values() for cue in row)
    kinds = frozenset(hit.entry.kind for _, hits in found for hit in hits)
    triggers = [
        trigger
        for sentence, hits in found
        if any(hit.entry.kind for hit in hits)
        for trigger in _triggers(sentence, hits, cues[sentence.index], named, kinds)
    ]
    return Scan(tuple(triggers), cues)


@cache
def automaton() -> Any:
    """The automaton over all phrases of the lexicon; its values are `Entry`."""
    entries: dict[str, Entry] = {}
    for section, rows in lines(LEXICON).items():
        for row in rows:
            head, _, phrases = row.partition(" ")
            for phrase in filter(None, (part.strip() for part in phrases.split(","))):
                entries[phrase] = _merged(entries.get(phrase), phrase, section, head)
    built = ahocorasick.Automaton()
    for phrase, entry in entries.items():
        built.add_word(phrase, entry)
    built.make_automaton()
    return built


def _merged(known: Entry | None, phrase: str, section: str, head: str) -> Entry:
    """A phrase's entry with one more section's meaning: a kind, or one more cue."""
    base = known or Entry(phrase, "", "c", 0.0, (), len(phrase))
    if section.startswith(_CUES):
        return base._replace(cues=(*base.cues, section.removeprefix(_CUES)))
    return base._replace(kind=section, form=head[1], weight=int(head[0]) / 10)


def _hits(sentence: Sentence) -> list[Hit]:
    text = f" {sentence.lower} "
    hits = []
    for last, entry in automaton().iter(text):
        start = last - entry.size
        if not text[start].isalnum() and not text[last + 1].isalnum():
            hits.append(Hit(start, last, entry))
    return hits


def _cues(hits: Iterable[Hit]) -> tuple[Cue, ...]:
    return tuple(Cue(name, hit.start, hit.end) for hit in hits for name in hit.entry.cues)


def _triggers(
    sentence: Sentence,
    hits: Sequence[Hit],
    cues: tuple[Cue, ...],
    named: frozenset[str],
    kinds: frozenset[str],
) -> Iterable[Trigger]:
    base, where = sentence.span.start, sentence.span.where
    own = frozenset(cue.name for cue in cues)
    for hit in _longest(hits):
        kind = hit.entry.kind
        if kind.startswith(_SENSE_WORDS):
            behind = sentence.lower[hit.end : hit.end + _TAKEN_REACH]
            kind = _sense(hit.entry, own, named, kinds, behind) or _CANCELS
        if kind.startswith(_CANCELS):
            continue
        event_type, mode, family = _coded(kind)
        yield Trigger(
            span=Span(base + hit.start, base + hit.end, where),
            sentence=sentence.index,
            event_type=event_type,
            event_mode=mode,
            weight=hit.entry.weight,
            stage=stage_of(sentence.lower, hit.start, cues, hit.entry.form),
            rule=hit.entry.phrase,
            form=_form(hit.entry),
            family=family,
        )


_VERB_ENDINGS: Final = ("ed", "struck", "down", "the", " up", "away", "took")


def _form(entry: Entry) -> str:
    """The part a phrase plays; a word of several senses is a verb by its ending, else a noun."""
    if entry.form != "s":
        return entry.form
    return "v" if entry.phrase.endswith(_VERB_ENDINGS) else "n"


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """Hits with a kind that do not overlap, the longer before the shorter, in order of the text."""
    meant = [hit for hit in hits if hit.entry.kind]
    if len(meant) < 2:
        return meant
    kept: list[Hit] = []
    for hit in sorted(meant, key=lambda hit: (hit.start - hit.end, hit.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    kept.sort()
    return kept


@cache
def _coded(kind: str) -> tuple[EventType, str | None, str]:
    """Type, mode and family of a section's name "TYPE/mode/family"."""
    name, mode, *family = kind.split("/")
    return EventType(name), None if mode == "-" else mode, "".join(family)


_TAKEN_REACH: Final = 40
"""Code points behind "seized" in which the persons stand whom it was done to."""
_TAKEN: Final = re.compile(
    r"(?: [\w-]+){0,3}? (?:people|persons?|pupils?|students?|schoolgirls|girls|boys|children|women|men"
    r"|villagers|teachers?|workers?|passengers?|hostages?|civilians?|residents|tourists?|priests?|nuns|soldiers"
    r"|policemen|engineers?|crew|sailors?|journalists?|foreigners|worshippers|farmers|herders|doctors?|nurses?)\b"
)


def _sense(
    entry: Entry, own: frozenset[str], named: frozenset[str], kinds: frozenset[str], behind: str
) -> str | None:
    """The kind that a word of several senses has in this company, or None for no event."""
    match entry.kind:
        case "?strike":
            return _sense_of_strike(entry.phrase, own, named, kinds)
        case "?bombing":
            return "ASSAULT/aerial" if "aircraft" in own else "ASSAULT/explosives"
        case "?taken":
            return "ASSAULT/abduct" if _TAKEN.match(behind) is not None else None
        case "?blown-up":
            return "ACCIDENT/explosion" if "industrial" in own else "ASSAULT/explosives"
        case "?shot-down":
            return "ASSAULT/heavy-weapons" if "aircraft" in own else "ASSAULT/firearms"
        case "?blast":
            if "bombing" in own:
                return "ASSAULT/explosives"
            if "industrial" in own:
                return "ACCIDENT/explosion"
            return "ASSAULT/explosives" if "bombing" in named else "ACCIDENT/explosion"
        case _:
            return _sense_of_fire(own, kinds)


_AIR: Final = frozenset({"ASSAULT/aerial", "ASSAULT/drone", "ASSAULT/heavy-weapons"})


def _sense_of_strike(
    phrase: str, own: frozenset[str], named: frozenset[str], kinds: frozenset[str]
) -> str | None:
    """Air strike, walkout, or a plain verb ("a storm struck", "the car struck a pole")."""
    from_the_air = bool(kinds & _AIR)
    if phrase in {"struck", "striking"}:
        return "ASSAULT/aerial" if from_the_air and "military" in own else None
    if "labour" in own and not from_the_air:
        return "PROTEST/strike"
    if from_the_air or "military" in own:
        return "ASSAULT/aerial"
    if "PROTEST/strike" in kinds or "labour" in named:
        return "PROTEST/strike"
    return "ASSAULT/aerial" if "military" in named else None


_ARMED: Final = frozenset(
    {"ASSAULT/firearms", "ASSAULT/clash", "ASSAULT/clash/warfare", "ASSAULT/heavy-weapons"}
)
"""Kinds in whose company "fire" is gunfire."""


def _sense_of_fire(own: frozenset[str], kinds: frozenset[str]) -> str | None:
    """A burning building, or gunfire and everything else that is no event of its own."""
    for kind in ("DISASTER/wildfire", "ASSAULT/destroy", "ACCIDENT/fire"):
        if kind in kinds:
            return kind
    return "ACCIDENT/fire" if "building" in own or not kinds & _ARMED else None
