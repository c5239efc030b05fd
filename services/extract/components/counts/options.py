"""The values a count may have for one event, each with the features and mentions that speak for it.

Pure. Values come from mentions, from sums over the persons told of one by one, from "another" on top
of those told before, from those hit less those killed, and from nothing said (0 and 1 are always in).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.extract.components.counts.find import body_place
from services.extract.components.counts.ledger import harmed
from services.extract.components.counts.values import Counts, Entry, Finding, Harm
from services.extract.model import Document, Frame, Span


@dataclass(slots=True)
class Option:
    """One value: its features, and the findings (or the addends of a sum) that speak for it."""

    value: int
    harm: Harm
    features: set[str] = field(default_factory=set)
    findings: list[tuple[Finding, str]] = field(default_factory=list)
    addends: tuple[Span, ...] = ()


def said(finding: Finding) -> int | None:
    """The number a finding says, its persons added up; None where some are told of without number."""
    listed = len(finding.persons) > 1
    numbers = [1 if listed and person.kind in {"pronoun", "self"} else person.best for person in finding.persons]
    if not numbers or any(number is None for number in numbers):
        known = [number for number in numbers if number is not None]
        return max(known) if known and max(known) > 1 else None
    return sum(number for number in numbers if number is not None)


def options(
    doc: Document, counts: Counts, frame: Frame, measure: Harm, killed: int | None
) -> dict[int, Option]:
    """The options of one measure by value; `killed` is the chosen number killed, when that is known."""
    found: dict[int, Option] = defaultdict(lambda: Option(-1, measure))
    _from_mentions(doc, found, counts.findings, frame, measure, killed)
    if measure is Harm.KILLED:
        _plus_attacker(doc, found, counts, frame)
    _from_ledger(found, counts.persons, measure, killed)
    several = found.pop(-1, None)
    if not (found[1].findings or found[1].addends):
        del found[1]  # no value without evidence
    found[0]  # noqa: B018 - a defaultdict makes the option
    for value, option in found.items():
        option.value = value
    _compare(found, counts.persons, measure)
    _relate(doc, found, counts, measure, several.features if several else (), killed)
    return dict(sorted(found.items()))


def _zone(sentence: int) -> str:
    return "0" if sentence == 0 else "1" if sentence == 1 else "2-3" if sentence < 4 else "4-8" if sentence < 9 else "9+"


def _place(finding: Finding, frame: Frame) -> str:
    if finding.sentence in frame.core:
        return "core"
    return "own" if finding.sentence in frame.sentences else "elsewhere"


def _mention_features(doc: Document, finding: Finding, frame: Frame, how: str, value: int) -> list[str]:
    zone, where = _zone(body_place(doc, finding.sentence)), _place(finding, frame)
    kinds = "+".join(sorted({person.kind for person in finding.persons}))
    names = [f"{how}:{finding.rule}", f"{how}:zone={zone}", f"{how}:{where}", f"{how}:kind={kinds}"]
    size = _size(value)
    names.append(f"{how}:{finding.excluded or 'clean'}&{size}")
    if finding.excluded is None:
        names.append(f"{how}:clean:{where}&{size}")
    names.append(f"{how}:trigger={_strength(finding, frame)}&{size}")
    if any(person.other for person in finding.persons):
        names.append(f"{how}:other")
    if any(person.attacker for person in finding.persons):
        names.append(f"{how}:attacker")
    names.extend(f"qualifier={person.qualifier}" for person in finding.persons if person.qualifier)
    return names


def _strength(finding: Finding, frame: Frame) -> str:
    """How plainly the finding's sentence tells of the event: by its strongest trigger."""
    weights = [t.weight for t in frame.triggers if t.sentence == finding.sentence and t.event_type is not None]
    best = max(weights, default=0.0)
    return "none" if best == 0.0 else "weak" if best < 0.9 else "strong"


def _note(doc: Document, found: dict[int, Option], value: int, finding: Finding, frame: Frame, how: str) -> None:
    option = found[value]
    for name in _mention_features(doc, finding, frame, how, value):
        if name in option.features:
            option.features.add(name + "#2")
        option.features.add(name)
    option.findings.append((finding, how))


def _from_mentions(
    doc: Document, found: dict[int, Option], findings: Sequence[Finding], frame: Frame, measure: Harm, killed: int | None
) -> None:
    highest = 0
    for finding in findings:
        value = said(finding)
        if value is None:
            _imply(doc, found, finding, frame, measure, killed)
        if value is None or (finding.negated and value > 0):
            continue
        if finding.harm is measure:
            _note(doc, found, value, finding, frame, _how(finding))
            for ordinal in (person.ordinal for person in finding.persons if person.ordinal):
                _note(doc, found, ordinal, finding, frame, "ordinal")
            if highest and all(person.other for person in finding.persons):
                _note(doc, found, highest + value, finding, frame, "plus")
            if finding.excluded is None:
                highest = max(highest, value)
        elif finding.harm is Harm.HIT and finding.rule == "none":
            _note(doc, found, 0, finding, frame, "said")
        elif finding.harm is Harm.HIT and measure is Harm.INJURED:
            _note(doc, found, value, finding, frame, f"{_hit(value, killed)}{'-told' if _how(finding) == 'told' else ''}")
            if killed and value > killed:
                _note(doc, found, value - killed, finding, frame, "hit-less-killed")


_DIRECT: Final = frozenset({"said", "told"})
_SINGLE: Final = frozenset({"one", "the", "aged", "single", "name"})
"""Kinds of phrases that speak of one person, not of how many there are."""


def _how(finding: Finding) -> str:
    """Whether a finding says how many, or only tells of one person."""
    if all(person.part for person in finding.persons):
        return "part"
    alone = len(finding.persons) == 1 and finding.persons[0].kind in _SINGLE
    return "told" if alone and not finding.persons[0].other else "said"


def _hit(value: int, killed: int | None) -> str:
    """How a number of those hit stands to the number killed: they may be the same persons."""
    if not killed:
        return "hit"
    return "hit-as-killed" if value == killed else "hit-or-killed" if value < killed else "hit-beside-killed"


def _imply(
    doc: Document, found: dict[int, Option], finding: Finding, frame: Frame, measure: Harm, killed: int | None
) -> None:
    """Someone without a number: a pronoun or a name unread is one person; a plural is more than one."""
    if finding.negated or not finding.persons:
        return
    plural = any(person.kind in {"many", "vague"} for person in finding.persons)
    if finding.harm is measure:
        if plural:
            found[-1].features.add("several-said" if finding.excluded is None else "several-elsewhere")
        else:
            _note(doc, found, 1, finding, frame, "worded" if finding.rule == "word" else "implied")
    elif finding.harm is Harm.HIT and measure is Harm.INJURED and not plural:
        how = "worded-hit" if finding.rule == "word" else "implied-hit"
        _note(doc, found, 1, finding, frame, f"{how}-or-killed" if killed else how)


def _plus_attacker(doc: Document, found: dict[int, Option], counts: Counts, frame: Frame) -> None:
    """The dead of a report that tells of the attacker's death besides."""
    how = "plus-attacker" if _attacker_died(counts) else "plus-self" if "self" in counts.cues else None
    if how is None:
        return
    for value in [v for v, o in found.items() if v > 0 and any(h in _DIRECT for _, h in o.findings)]:
        for finding, spoken in list(found[value].findings):
            if spoken in _DIRECT and not any(person.attacker for person in finding.persons):
                _note(doc, found, value + 1, finding, frame, how)


def _attacker_died(counts: Counts) -> bool:
    told = (f for f in counts.findings if f.harm is Harm.KILLED and not f.negated and f.excluded is None)
    return any(f.rule == "self" or (f.persons and all(p.attacker for p in f.persons)) for f in told) or any(
        entry.suspect and entry.harm is Harm.KILLED for entry in counts.persons
    )


def _from_ledger(found: dict[int, Option], entries: Sequence[Entry], measure: Harm, killed: int | None) -> None:
    own = harmed(entries, measure)
    if own:
        _sum(found, own, "persons")
    if measure is Harm.INJURED:
        hit = [*own, *harmed(entries, Harm.HIT)]
        if len(hit) > len(own):
            _sum(found, hit, "persons-hit")
        dead = harmed(entries, Harm.KILLED)
        if dead and not hit:
            found[0].features.add("persons-all-dead")
    elif not own and (hurt := [*harmed(entries, Harm.INJURED), *harmed(entries, Harm.HIT)]):
        found[0].features.add(f"persons-none-dead={min(len(hurt), 3)}")


def _compare(found: dict[int, Option], entries: Sequence[Entry], measure: Harm) -> None:
    """How each value stands to the number of persons told of by name or age."""
    known = len(harmed(entries, measure))
    hit = known + len(harmed(entries, Harm.HIT)) if measure is Harm.INJURED else known
    for value, option in found.items():
        for what, number in (("known", known), ("known-hit", hit)):
            if number and (what == "known" or hit != known):
                relation = "is" if value == number else "under" if value < number else "over"
                option.features.add(f"{what}={min(number, 3)}:{relation}&{_size(value)}")


def _sum(found: dict[int, Option], entries: Sequence[Entry], how: str) -> None:
    option = found[len(entries)]
    option.features.add(how)
    option.features.add(f"{how}={min(len(entries), 3)}")
    option.addends = tuple(entry.span for entry in entries)


def _size(value: int) -> str:
    return str(value) if value < 2 else "2+"


def _relate(
    doc: Document, found: dict[int, Option], counts: Counts, measure: Harm, several: Iterable[str], killed: int | None
) -> None:
    """Features of a value beside the others, and of the article's cue words with a value's size."""
    stated = [v for v, option in found.items() if any(how not in {"implied", "worded"} for _, how in option.findings)]
    clean = [v for v, o in found.items() if any(f.excluded is None for f, how in o.findings if how in _DIRECT)]
    titled = [v for v, o in found.items() if any(body_place(doc, f.sentence) == 0 for f, how in o.findings if how in _DIRECT)]
    early = [v for v, o in found.items() if any(body_place(doc, f.sentence) <= 3 for f, how in o.findings if how in _DIRECT)]
    big = any(value > 1 for value in clean)
    told = sum(1 for f in counts.findings if f.harm is measure and f.rule != "word")
    for value, option in found.items():
        size = _size(value)
        names = option.features
        names.add(f"size={min(value, 4)}")
        if clean:
            names.add(f"max-clean&{size}" if value == max(clean) else f"below-max&{size}" if value < max(clean) else f"above-max&{size}")
        if titled:
            names.add("title-agrees" if value in titled else f"title-other&{size}")
        if early:
            names.add("early-max" if value == max(early) else f"early-other&{size}")
        if not option.findings:
            names.add(f"unsaid&{size}&{'some' if stated else 'none'}")
        names.add(f"mentions={min(len(option.findings), 4)}&{size}")
        names.add(f"told={min(told, 4)}&{size}")
        if not big:
            names.update(f"{cue}&{size}" for cue in counts.cues)
        names.update(f"{name}&{size}" for name in several)
        if killed is not None:
            names.add(f"killed={min(killed, 3)}&{size}")


def feature_rows(found: dict[int, Option], counts: Counts) -> list[tuple[str, ...]]:
    """The features of each option, smallest value first, and last those of "none of them"."""
    rows = [tuple(sorted(option.features)) for option in found.values()]
    size, told = min(len(found), 6), min(len(counts.findings), 6)
    return [*rows, ("none", f"none&options={size}", f"none&findings={told}")]
