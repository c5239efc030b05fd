"""Mentions: what one sentence tells of one kind of event, and how specific it is about it.

A mention gathers the triggers of one family in one sentence with the signs that tell events apart: the
day named beside it, figures, "another", "since January", "in retaliation". Pure.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from schemas.extraction import DateRange
from schemas.taxonomy import Stage
from services.extract.components import wording
from services.extract.components.kinds import HARM, family_of, tier
from services.extract.components.sites import Site
from services.extract.components.stages import Cue
from services.extract.components.triggers import Scan
from services.extract.model import Candidate, Document, Sentence, Trigger

_OLD_DAYS: Final = 300
"""An event this many days before publication is background, unless the whole article is about it."""
_DAY_REACH: Final = 90
"""Code points between a trigger and the day it happened on."""
_RETALIATION_REACH: Final = 60
_WEEK: Final = 3
"""date_prec beyond which a multitude is a total over time ("hundreds killed since last November")."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One kind of event in one sentence.

    `when` is the date named beside it, `days_old` its distance from publication.
    `specificity` is about 0 (talk of such events in general) to 2 (who, how many, on which day).
    """

    sentence: int
    family: str
    triggers: tuple[Trigger, ...]
    head: Trigger
    sites: tuple[Site, ...]
    when: DateRange | None
    days_old: int | None
    figures: bool
    definite: bool
    act: bool
    separate: bool
    aside: bool
    named_day: bool
    cumulative: bool
    retaliation: bool
    court: bool
    in_title: bool
    order: int
    specificity: float

    @property
    def means_only(self) -> bool:
        """Whether only persons and things that come with such events are named ("kidnappers")."""
        return self.head.form == "p"

    @property
    def stage(self) -> Stage:
        """The stage of the trigger that the mention turns on."""
        return self.head.stage


def head_of(triggers: Sequence[Trigger]) -> Trigger:
    """The strongest trigger; event words before persons and things."""
    return max(triggers, key=lambda t: (t.form != "p", t.weight, -t.span.start))


def find_mentions(
    doc: Document,
    scan: Scan,
    dates: Sequence[Candidate[DateRange]],
    sites: Mapping[int, tuple[Site, ...]],
) -> tuple[Mention, ...]:
    """The mentions of all sentences in order."""
    by_sentence: dict[int, list[Trigger]] = defaultdict(list)
    for trigger in scan.triggers:
        by_sentence[trigger.sentence].append(trigger)
    dates_in: dict[int, list[Candidate[DateRange]]] = defaultdict(list)
    for candidate in dates:
        if candidate.span is not None and candidate.sentence is not None:
            dates_in[candidate.sentence].append(candidate)
    titles = len(doc.sentences) - len(doc.body)
    return tuple(
        mention
        for index, triggers in by_sentence.items()
        for mention in _in_sentence(
            _Surroundings(
                doc.published,
                doc.sentences[index],
                index - titles,
                scan.cues.get(index, ()),
                dates_in.get(index, ()),
                sites.get(index, ()),
                figures=wording.counts_persons(doc.sentences[index].lower),
            ),
            triggers,
        )
    )


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What a sentence says beside its triggers."""

    published: date | None
    sentence: Sentence
    order: int
    cues: Sequence[Cue]
    dates: Sequence[Candidate[DateRange]]
    sites: Sequence[Site]
    figures: bool

    def cued(self, name: str) -> bool:
        return any(cue.name == name for cue in self.cues)

    def cued_near(self, name: str, at: int, reach: int) -> bool:
        """Whether the cue stands within `reach` code points of a place in the sentence."""
        return any(cue.name == name and cue.start - reach <= at <= cue.end + reach for cue in self.cues)


def _in_sentence(around: _Surroundings, triggers: Sequence[Trigger]) -> Iterator[Mention]:
    for clause in _clauses(around, triggers):
        for family, own in _families(clause).items():
            yield _mention(around, family, tuple(own))


def _clauses(around: _Surroundings, triggers: Sequence[Trigger]) -> Iterator[Sequence[Trigger]]:
    """The triggers of a sentence, parted where it turns from an event to what it came after or led to."""
    text, base = around.sentence.lower, around.sentence.span.start
    turns = {cue.start for cue in around.cues if cue.name == "retaliation"}
    clause: list[Trigger] = []
    for trigger in triggers:
        at = trigger.span.start - base
        last = clause[-1].span.end - base if clause else at
        turned = any(last <= turn < at for turn in turns) and not wording.is_done_for(
            text, trigger.span.end - base
        )
        if clause and (turned or wording.is_aside(text, at)):
            yield clause
            clause = []
        clause.append(trigger)
    yield clause


def _families(triggers: Sequence[Trigger]) -> Mapping[str, list[Trigger]]:
    """The triggers by family; words of harm join the physical event beside them."""
    families: dict[str, list[Trigger]] = defaultdict(list)
    for trigger in triggers:
        families[family_of(trigger)].append(trigger)
    telling = [f for f, own in families.items() if tier(f) == 0 and any(t.form in "nv" for t in own)]
    if telling:
        strongest = max(telling, key=lambda family: head_of(families[family]).weight)
        for family in [f for f in families if f not in telling and _only_harm(f, families[f])]:
            families[strongest] += families.pop(family)
    return families


def _only_harm(family: str, triggers: Sequence[Trigger]) -> bool:
    """Whether triggers tell of harm ("killed", "murder") without a kind of their own."""
    return family == HARM or all(trigger.form == "g" for trigger in triggers)


def _mention(around: _Surroundings, family: str, triggers: tuple[Trigger, ...]) -> Mention:
    head, text = head_of(triggers), around.sentence.lower
    at = head.span.start - around.sentence.span.start
    when = _nearest(around.dates, head, behind=around.cued("court"))
    figures = around.figures and any(t.form in "gv" for t in triggers)
    definite, habitual = wording.is_definite(text, at), wording.is_habitual(text, at)
    span = when is not None and when.precision > _WEEK and wording.counts_multitudes(text)
    cumulative = span or around.cued("cumulative")
    aside = wording.is_aside(text, at)
    return Mention(
        sentence=around.sentence.index,
        family=family,
        triggers=triggers,
        head=head,
        sites=tuple(site for site in around.sites if abs(site.start - head.span.start) <= _DAY_REACH),
        when=when,
        days_old=_days_old(around.published, when),
        figures=figures,
        definite=definite,
        act=tier(family) == 2 and wording.is_act(text, at),
        separate=aside or wording.tells_another(text, at, noun=head.form in "ng"),
        aside=aside,
        named_day=wording.is_called_by_day(text, at),
        cumulative=cumulative,
        retaliation=around.cued_near("retaliation", at, _RETALIATION_REACH),
        court=around.cued("court"),
        in_title=around.sentence.span.where == "title",
        order=around.order,
        specificity=_specificity(
            head,
            told=0.3 * (when is not None and when.precision == 1) + 0.3 * figures,
            vague=0.35 * (_is_plural(head, family) and not definite) + 0.5 * cumulative + 0.25 * habitual,
        ),
    )


def _specificity(head: Trigger, *, told: float, vague: float) -> float:
    """About 0 for talk of such events in general, up to 2 for who, how many, on which day."""
    value = (head.weight if head.form != "p" else 0.1) + told - vague + 0.15 * (head.form == "v")
    return max(0.0, value if head.stage is Stage.HAPPENED else value * 0.35)


def _is_plural(head: Trigger, family: str) -> bool:
    return head.form == "n" and head.rule.endswith("s") and tier(family) == 0


def _nearest(dates: Sequence[Candidate[DateRange]], head: Trigger, *, behind: bool) -> DateRange | None:
    """The date nearest to the trigger in its sentence, a day before a month or year.

    `behind` prefers dates behind the trigger: before it stands the day of the hearing.
    """
    near = [
        (
            behind and candidate.span.start < head.span.start,
            candidate.value.precision > 1,
            abs(candidate.span.start - head.span.start),
            at,
        )
        for at, candidate in enumerate(dates)
        if candidate.span is not None
        and abs(candidate.span.start - head.span.start) <= _DAY_REACH
        and "before=since" not in candidate.features
    ]
    return dates[min(near)[-1]].value if near else None


def _days_old(published: date | None, when: DateRange | None) -> int | None:
    if when is None or published is None:
        return None
    return (published - when.end) // timedelta(days=1)


def is_old(mention: Mention) -> bool:
    """Whether the mention's date lies long before publication."""
    return mention.days_old is not None and mention.days_old >= _OLD_DAYS
