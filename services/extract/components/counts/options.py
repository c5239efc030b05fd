"""The values a count may have for one event, each with the features and mentions that speak for it.

Pure. Values come from mentions, from sums over the persons told of one by one, from "another" on top
of those told before, from those hit less those killed, and from nothing said (0 is always in).
"""

from collections.abc import Sequence

from services.extract.components.counts.describe import (
    DIRECT,
    Beside,
    compare_with_persons,
    how_said,
    mention_features,
    size_of,
)
from services.extract.components.counts.ledger import harmed
from services.extract.components.counts.values import Counts, Entry, Finding, Harm, Option
from services.extract.model import Document, Frame


def said(finding: Finding) -> int | None:
    """The number a finding says, its persons added up; None where some are told of without number."""
    listed = len(finding.persons) > 1
    numbers = [1 if listed and p.kind in {"pronoun", "self"} else p.best for p in finding.persons]
    known = [number for number in numbers if number is not None]
    if len(known) == len(numbers) > 0:
        return sum(known)
    return max(known) if known and max(known) > 1 else None


def options(
    doc: Document, counts: Counts, frame: Frame, measure: Harm, killed: int | None
) -> dict[int, Option]:
    """The options of one measure by value; `killed` is the chosen number killed, when that is known."""
    sheet = _Sheet(doc, counts, frame, measure, killed)
    sheet.read_mentions()
    if measure is Harm.KILLED:
        sheet.add_attacker()
    sheet.read_persons()
    return sheet.close()


class _Sheet:
    """The options of one measure in the making."""

    def __init__(
        self, doc: Document, counts: Counts, frame: Frame, measure: Harm, killed: int | None
    ) -> None:
        self._doc, self._frame, self._counts = doc, frame, counts
        self._measure, self._killed = measure, killed
        self._found: dict[int, Option] = {}
        self._several: set[str] = set()

    def close(self) -> dict[int, Option]:
        """The options with all their features, smallest value first; 1 only where something speaks for it."""
        self._option(0)
        found = [self._found[value] for value in sorted(self._found)]
        found = [o for o in found if o.value != 1 or o.findings or o.addends]
        compare_with_persons(found, self._counts.persons, self._measure)
        beside = Beside(self._doc, found, self._counts, self._measure)
        for option in found:
            size = size_of(option.value)
            option.features.update(beside.features(option))
            option.features.update(f"{name}&{size}" for name in self._several)
            if self._killed is not None:
                option.features.add(f"killed={min(self._killed, 3)}&{size}")
        return {option.value: option for option in found}

    def _option(self, value: int) -> Option:
        return self._found.setdefault(value, Option(value, self._measure))

    def _note(self, value: int, finding: Finding, how: str) -> None:
        option = self._option(value)
        for name in mention_features(self._doc, self._frame, finding, how, value):
            if name in option.features:
                option.features.add(name + "#2")
            option.features.add(name)
        option.findings.append((finding, how))

    def read_mentions(self) -> None:
        """The numbers that findings say, and those that follow from them."""
        highest = 0
        for finding in self._counts.findings:
            value = said(finding)
            if value is None:
                self._imply(finding)
            elif finding.negated and value > 0:
                continue
            elif finding.harm is self._measure:
                highest = self._own(finding, value, highest)
            elif finding.harm is Harm.HIT:
                self._hit(finding, value)

    def _own(self, finding: Finding, value: int, highest: int) -> int:
        """A number of the measure itself; answers the highest clean one so far."""
        self._note(value, finding, how_said(finding))
        for ordinal in (person.ordinal for person in finding.persons if person.ordinal):
            self._note(ordinal, finding, "ordinal")
        if highest and all(person.other for person in finding.persons):
            self._note(highest + value, finding, "plus")
        return max(highest, value) if finding.excluded is None else highest

    def _hit(self, finding: Finding, value: int) -> None:
        """Those hit are the injured, less those of them who were killed; "no casualties" is neither."""
        if finding.rule == "none":
            self._note(0, finding, "said")
        elif self._measure is Harm.INJURED:
            told = "-told" if how_said(finding) == "told" else ""
            self._note(value, finding, _beside_killed(value, self._killed) + told)
            if self._killed and value > self._killed:
                self._note(value - self._killed, finding, "hit-less-killed")

    def _imply(self, finding: Finding) -> None:
        """Someone without a number: a pronoun or a name unread is one person; a plural is more than one."""
        if finding.negated or not finding.persons:
            return
        plural = any(person.kind in {"many", "vague"} for person in finding.persons)
        worded = "worded" if finding.rule == "word" else "implied"
        if finding.harm is self._measure and plural:
            self._several.add("several-said" if finding.excluded is None else "several-elsewhere")
        elif finding.harm is self._measure:
            self._note(1, finding, worded)
        elif finding.harm is Harm.HIT and self._measure is Harm.INJURED and not plural:
            self._note(1, finding, f"{worded}-hit-or-killed" if self._killed else f"{worded}-hit")

    def add_attacker(self) -> None:
        """The dead of a report that tells of the attacker's death besides."""
        how = "plus-attacker" if _attacker_died(self._counts) else "plus-self"
        if how == "plus-self" and "self" not in self._counts.cues:
            return
        rows = [(o.value, f) for o in self._found.values() for f, spoken in o.findings if spoken in DIRECT]
        for value, finding in rows:
            if value > 0 and not any(person.attacker for person in finding.persons):
                self._note(value + 1, finding, how)

    def read_persons(self) -> None:
        """The sums over persons told of by name or age."""
        entries = self._counts.persons
        own, hit = harmed(entries, self._measure), harmed(entries, Harm.HIT)
        if own:
            self._sum(own, "persons")
        if self._measure is Harm.INJURED:
            if hit:
                self._sum([*own, *hit], "persons-hit")
            elif not own and harmed(entries, Harm.KILLED):
                self._option(0).features.add("persons-all-dead")
        elif not own and (hurt := [*harmed(entries, Harm.INJURED), *hit]):
            self._option(0).features.add(f"persons-none-dead={min(len(hurt), 3)}")

    def _sum(self, entries: Sequence[Entry], how: str) -> None:
        option = self._option(len(entries))
        option.features.update((how, f"{how}={min(len(entries), 3)}"))
        option.addends = tuple(entry.span for entry in entries)


def _beside_killed(value: int, killed: int | None) -> str:
    """How a number of those hit stands to the number killed: they may be the same persons."""
    if not killed:
        return "hit"
    return "hit-as-killed" if value == killed else "hit-or-killed" if value < killed else "hit-beside-killed"


def _attacker_died(counts: Counts) -> bool:
    told = (f for f in counts.findings if f.harm is Harm.KILLED and not f.negated and f.excluded is None)
    return any(f.rule == "self" or (f.persons and all(p.attacker for p in f.persons)) for f in told) or any(
        entry.suspect and entry.harm is Harm.KILLED for entry in counts.persons
    )


def feature_rows(found: dict[int, Option], counts: Counts) -> list[tuple[str, ...]]:
    """The features of each option, smallest value first, and last those of "none of them"."""
    rows = [tuple(sorted(option.features)) for option in found.values()]
    size, told = min(len(found), 6), min(len(counts.findings), 6)
    return [*rows, ("none", f"none&options={size}", f"none&findings={told}")]
