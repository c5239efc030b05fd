"""Frames: the mentions of an article grouped into events, and what each event is to the article.

Read in order of the text: a mention joins the event of its family that is being told, unless something
tells them apart (another day, "in a separate", an old date, retaliation). A cumulative figure is an
event to nobody: it is kept apart so that its numbers are. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from schemas.extraction import DateRange
from schemas.taxonomy import Relation, Stage
from services.extract.components.kinds import DEEDS, HARM, tier, type_and_mode
from services.extract.components.mentions import Mention, find_mentions, is_old
from services.extract.components.triggers import Scan
from services.extract.model import Candidate, Document, Frame, Trigger

POLITICAL_MAX: Final = 2
"""Political acts among them."""
OTHERS_MAX: Final = 4
"""Events beside the main one that an article may report: each becomes an incident."""
_SPLIT_MIN: Final = 0.9
"""Specificity below which a mention never opens an event of its own beside one of its family."""
_RETALIATION_MIN: Final = 0.6
_POLITICAL_MIN: Final = 0.8
_MAIN_MIN: Final = 0.9
"""Specificity that a physical event must reach to be what the article is about."""
_OTHER_MIN: Final = 1.2
"""Specificity that an event beside the main one must reach."""
_DEED_MIN: Final = 1.05
"""The same for deeds that often harm nobody: "rebels blew up a pylon" says all there is to say."""


@dataclass
class _Draft:
    """An event while the article is read."""

    family: str
    relation: Relation = Relation.OTHER
    mentions: list[Mention] = field(default_factory=list)
    reason: str | None = None

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)

    @property
    def days(self) -> set[date]:
        return {mention.day for mention in self.mentions if mention.day is not None}

    @property
    def specificity(self) -> float:
        """The best mention's specificity, and a little for each further one."""
        values = sorted((mention.specificity for mention in self.mentions), reverse=True)
        return values[0] + 0.1 * min(len(values) - 1, 5)


def build_frames(doc: Document, scan: Scan, dates: Sequence[Candidate[DateRange]]) -> tuple[Frame, ...]:
    """The events of an article, the main one first; a headline of no known type is one too."""
    mentions = find_mentions(doc, scan, dates)
    drafts = _read([m for m in mentions if not m.in_title])
    title = [m for m in mentions if m.in_title]
    _place_title([m for m in title if m.family != HARM], drafts)
    drafts = _absorbed(drafts)
    main = _main(drafts) or _main([_Draft(HARM, mentions=[m]) for m in title])
    if main is None:
        return tuple(_headline_frame(doc))
    main.mentions += [m for m in title if m.family == HARM and m not in main.mentions]
    kept = [main, *_others(main, drafts)]
    return tuple(_frame(doc, index, drafts, kept) for index in range(len(kept)))


def _read(mentions: Iterable[Mention]) -> list[_Draft]:
    """The drafts of the body's mentions, in order of the text."""
    drafts: list[_Draft] = []
    told: _Draft | None = None
    for mention in mentions:
        draft = _draft_for(mention, drafts, told)
        if draft not in drafts:
            drafts.append(draft)
        draft.add(mention)
        if tier(draft.family) == 0 and draft.relation is Relation.OTHER:
            told = draft
    return drafts


def _draft_for(mention: Mention, drafts: list[_Draft], told: _Draft | None) -> _Draft:
    apart = _apart(mention)
    if apart is not None:
        relation, reason = apart
        same = [d for d in drafts if d.family == mention.family and d.relation is relation]
        return same[-1] if same else _Draft(mention.family, relation, reason=reason)
    if mention.family == HARM:
        return told or next((d for d in drafts if d.family == HARM), None) or _Draft(HARM)
    own = [d for d in drafts if d.family == mention.family and d.relation is Relation.OTHER]
    if not own:
        return _Draft(mention.family)
    return _joined(mention, own) or _Draft(mention.family, reason="told apart by day or wording")


def _apart(mention: Mention) -> tuple[Relation, str] | None:
    """Why a mention belongs to no current event of the article, or None."""
    if mention.retaliation and tier(mention.family) in {0, 3}:
        return Relation.RETALIATION, "in retaliation"
    if mention.cumulative and mention.figures and not mention.definite:
        return Relation.CUMULATIVE, "a total over time"
    if is_old(mention):
        return Relation.BACKGROUND, "long before the report"
    return None


def _joined(mention: Mention, own: list[_Draft]) -> _Draft | None:
    """Which of the drafts of its family a mention joins; None opens a new one."""
    if mention.day is not None:
        same_day = [draft for draft in own if mention.day in draft.days]
        if same_day:
            return same_day[-1]
    if mention.specificity < _SPLIT_MIN or mention.court or mention.definite:
        return own[-1]
    if mention.separate or (mention.figures and all(_other_day(mention, draft) for draft in own)):
        return None
    return own[-1]


def _other_day(mention: Mention, draft: _Draft) -> bool:
    """Whether a mention's day lies more than a day from every day told of a draft (midnight, time zones)."""
    day = mention.day
    return day is not None and bool(draft.days) and all(abs((day - other).days) > 1 for other in draft.days)


def _place_title(mentions: Sequence[Mention], drafts: list[_Draft]) -> None:
    """Add the title's mentions of a kind to the first event of their family."""
    for mention in mentions:
        own = [d for d in drafts if d.family == mention.family and d.relation is Relation.OTHER]
        if own:
            own[0].add(mention)
        else:
            drafts.append(_Draft(mention.family, mentions=[mention]))


def _absorbed(drafts: list[_Draft]) -> list[_Draft]:
    """Drafts after weak families joined the strong one that they are only other words for."""
    current = [d for d in drafts if d.relation is Relation.OTHER]
    physical = [d for d in current if tier(d.family) == 0]
    if not physical:
        return drafts
    strongest = max(physical, key=_weight)
    gone: list[_Draft] = []
    for draft in current:
        if draft is not strongest and (draft.family == HARM or _is_echo(draft, strongest)):
            strongest.mentions += draft.mentions
            gone.append(draft)
    return [d for d in drafts if d not in gone]


def _is_echo(draft: _Draft, strongest: _Draft) -> bool:
    """Whether a draft of another family only adds words to the strongest event."""
    if tier(draft.family) != 0 or draft.family == strongest.family:
        return False
    shared = {m.sentence for m in strongest.mentions}
    beside = sum(m.sentence in shared for m in draft.mentions)
    return beside * 2 >= len(draft.mentions) or draft.specificity < _SPLIT_MIN


def _weight(draft: _Draft) -> float:
    """How much of the article tells of a draft: mentions weighed by where they stand."""
    return sum(mention.specificity * _position(mention) for mention in draft.mentions)


def _position(mention: Mention) -> float:
    """The title counts three times, the lead twice."""
    if mention.in_title:
        return 3.0
    return 2.0 if mention.sentence <= 2 else 1.4 if mention.sentence <= 5 else 1.0


def _main(drafts: Sequence[_Draft]) -> _Draft | None:
    """The event that the article is mainly about: physical, else a consequence, else politics."""
    current = [d for d in drafts if d.relation is Relation.OTHER] or list(drafts)
    for rank in (0, 1, 2, 3):
        of_rank = [d for d in current if _rank(d) == rank and _may_lead(d)]
        if of_rank:
            return max(of_rank, key=_weight)
    return None


def _rank(draft: _Draft) -> int:
    """A draft's tier; harm told with who, how many or when is as good as a physical event."""
    harm = draft.family == HARM and draft.specificity >= _MAIN_MIN
    return 0 if harm else tier(draft.family)


def _may_lead(draft: _Draft) -> bool:
    """Whether a draft tells of an event rather than of such events in general."""
    if _rank(draft) == 0:
        return draft.specificity >= _MAIN_MIN or any(
            m.in_title and m.specificity >= 0.6 for m in draft.mentions
        )
    return _weight(draft) >= 0.8


def _others(main: _Draft, drafts: Sequence[_Draft]) -> list[_Draft]:
    """The events beside the main one that are worth an incident, best first."""
    found = sorted((d for d in drafts if d is not main and _is_worth(d)), key=_weight, reverse=True)
    political = [draft for draft in found if tier(draft.family) == 2][:POLITICAL_MAX]
    return [d for d in found if tier(d.family) != 2 or d in political][:OTHERS_MAX]


def _is_worth(draft: _Draft) -> bool:
    """Whether a draft beside the main one is told well enough to be an incident."""
    rank = tier(draft.family)
    if draft.relation is Relation.RETALIATION:
        return draft.specificity >= _RETALIATION_MIN
    if draft.relation is not Relation.OTHER:
        return False
    if rank == 2:
        often = len({m.sentence for m in draft.mentions}) > 1
        told = often or any(m.in_title or m.act for m in draft.mentions)
        return told and max(m.specificity for m in draft.mentions) >= _POLITICAL_MIN
    return rank == 0 and draft.specificity >= (_DEED_MIN if draft.family in DEEDS else _OTHER_MIN)


def _frame(doc: Document, index: int, drafts: Sequence[_Draft], kept: Sequence[_Draft]) -> Frame:
    draft, main = kept[index], kept[0]
    triggers = tuple(trigger for mention in draft.mentions for trigger in mention.triggers)
    kind, mode = type_and_mode(
        (trigger, _position(mention)) for mention in draft.mentions for trigger in mention.triggers
    )
    core = tuple(sorted({mention.sentence for mention in draft.mentions}))
    total = sum(_weight(d) for d in drafts) or 1.0
    return Frame(
        index=index,
        event_type=kind,
        event_mode=mode,
        stage=_stage(draft),
        relation=Relation.MAIN if draft is main else draft.relation,
        salience=round(min(1.0, _weight(draft) / total), 3),
        triggers=triggers,
        sentences=_sentences(doc, draft, drafts, kept),
        core=core,
        reason=draft.reason,
    )


def _stage(draft: _Draft) -> Stage:
    """Happened as soon as one mention of weight says so; else what most of them say."""
    if any(m.stage is Stage.HAPPENED and m.specificity >= 0.4 for m in draft.mentions):
        return Stage.HAPPENED
    stages = [mention.stage for mention in draft.mentions]
    return max(set(stages), key=lambda stage: (stages.count(stage), stage))


def _sentences(
    doc: Document, draft: _Draft, drafts: Sequence[_Draft], kept: Sequence[_Draft]
) -> tuple[int, ...]:
    """All sentences that speak of an event: its own, and those after them that tell of no other."""
    others = {
        mention.sentence
        for other in drafts
        if other is not draft and (other in kept or other.relation is not Relation.OTHER)
        for mention in other.mentions
    }
    own = {mention.sentence for mention in draft.mentions}
    found, telling = set(own), draft is kept[0]
    for sentence in doc.sentences:
        if sentence.index in own:
            telling = True
        elif sentence.index in others:
            telling = False
        if telling:
            found.add(sentence.index)
    return tuple(sorted(found))


def _headline_frame(doc: Document) -> Iterable[Frame]:
    """An event of no known type, told by the headline or else the first sentence."""
    if not doc.sentences:
        return
    first = doc.sentences[0]
    trigger = Trigger(
        span=first.span, sentence=first.index, event_type=None, event_mode=None,
        weight=0.3, stage=Stage.HAPPENED, rule="headline", form="h",
    )  # fmt: skip
    yield Frame(
        index=0, event_type=None, event_mode=None, stage=Stage.HAPPENED, relation=Relation.MAIN,
        salience=1.0, triggers=(trigger,),
        sentences=tuple(s.index for s in doc.sentences), core=(first.index,),
        reason="no trigger of a known type",
    )  # fmt: skip
