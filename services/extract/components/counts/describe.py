"""What speaks for a number: features of its mentions, and of the number beside the article's others.

Pure. Names are stable keys of the weight files; every feature is 1 where it is named at all. A name
ends in `&size` where it means another thing for none, for one and for more.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from services.extract.components.counts.cues import body_place
from services.extract.components.counts.ledger import harmed
from services.extract.components.counts.values import Counts, Entry, Finding, Harm, Option
from services.extract.model import Document, Frame

DIRECT: Final = frozenset({"said", "told"})
"""How a mention speaks for its own number: as a number, or by telling of one person."""

_FAINT: Final = frozenset({"implied", "worded"})
_SINGLE: Final = frozenset({"one", "the", "aged", "single", "name"})
"""Kinds of phrases that speak of one person, not of how many there are."""

STRONG_TRIGGER = 0.9
"""Weight from which a trigger names an event by itself."""


def size_of(value: int) -> str:
    """None, one or more: what the weights tell apart."""
    return str(value) if value < 2 else "2+"


def how_said(finding: Finding) -> str:
    """Whether a finding says how many, tells of one person, or of a part of a group."""
    if all(person.part for person in finding.persons):
        return "part"
    alone = len(finding.persons) == 1 and finding.persons[0].kind in _SINGLE
    return "told" if alone and not finding.persons[0].other else "said"


def mention_features(doc: Document, frame: Frame, finding: Finding, how: str, value: int) -> Iterator[str]:
    """The features of one mention of a number for one event; `how` says in which way it speaks for it."""
    where, size = _place(finding, frame), size_of(value)
    yield f"{how}:{finding.rule}"
    yield f"{how}:zone={_zone(body_place(doc, finding.sentence))}"
    yield f"{how}:{where}"
    yield f"{how}:kind={'+'.join(sorted({person.kind for person in finding.persons}))}"
    yield f"{how}:{finding.excluded or 'clean'}&{size}"
    if finding.excluded is None:
        yield f"{how}:clean:{where}&{size}"
    yield f"{how}:trigger={_strength(finding, frame)}&{size}"
    if any(person.other for person in finding.persons):
        yield f"{how}:other"
    if any(person.attacker for person in finding.persons):
        yield f"{how}:attacker"
    yield from (f"qualifier={person.qualifier}" for person in finding.persons if person.qualifier)


def _zone(sentence: int) -> str:
    if sentence < 2:
        return str(sentence)
    return "2-3" if sentence < 4 else "4-8" if sentence < 9 else "9+"


def _place(finding: Finding, frame: Frame) -> str:
    if finding.sentence in frame.core:
        return "core"
    return "own" if finding.sentence in frame.sentences else "elsewhere"


def _strength(finding: Finding, frame: Frame) -> str:
    """How plainly the finding's sentence tells of the event: by its strongest trigger."""
    own = (t for t in frame.triggers if t.sentence == finding.sentence and t.event_type is not None)
    best = max((trigger.weight for trigger in own), default=0.0)
    return "none" if best == 0.0 else "strong" if best >= STRONG_TRIGGER else "weak"


def compare_with_persons(found: Iterable[Option], entries: Sequence[Entry], measure: Harm) -> None:
    """How each value stands to the number of persons told of by name or age."""
    known = len(harmed(entries, measure))
    hit = known + len(harmed(entries, Harm.HIT)) if measure is Harm.INJURED else known
    numbers = [("known", known), *([("known-hit", hit)] if hit != known else [])]
    for option in found:
        for what, number in numbers:
            if number:
                relation = _relation(option.value, number, ("is", "under", "over"))
                option.features.add(f"{what}={min(number, 3)}:{relation}&{size_of(option.value)}")


def _relation(value: int, number: int, names: tuple[str, str, str]) -> str:
    equal, less, more = names
    return equal if value == number else less if value < number else more


class Beside:
    """What a value is beside the others of its article, and to the article's cue words."""

    def __init__(self, doc: Document, found: Sequence[Option], counts: Counts, measure: Harm) -> None:
        direct = [
            (o.value, f, body_place(doc, f.sentence)) for o in found for f, how in o.findings if how in DIRECT
        ]
        clean = [value for value, finding, _ in direct if finding.excluded is None]
        self._clean = max(clean, default=None)
        self._titled = {value for value, _, place in direct if place == 0}
        self._early = max((value for value, _, place in direct if place <= 3), default=None)
        spoken = any(how not in _FAINT for option in found for _, how in option.findings)
        self._spoken = "some" if spoken else "none"
        told = sum(1 for f in counts.findings if f.harm is measure and f.rule != "word")
        self._told = min(told, 4)
        self._cues = counts.cues if self._clean is None or self._clean <= 1 else frozenset[str]()

    def features(self, option: Option) -> Iterator[str]:
        """The features of one option."""
        value, size = option.value, size_of(option.value)
        yield f"size={min(value, 4)}"
        if self._clean is not None:
            yield f"{_relation(value, self._clean, ('max-clean', 'below-max', 'above-max'))}&{size}"
        if self._titled:
            yield "title-agrees" if value in self._titled else f"title-other&{size}"
        if self._early is not None:
            yield "early-max" if value == self._early else f"early-other&{size}"
        if not option.findings:
            yield f"unsaid&{size}&{self._spoken}"
        yield f"mentions={min(len(option.findings), 4)}&{size}"
        yield f"told={self._told}&{size}"
        yield from (f"{cue}&{size}" for cue in self._cues)
