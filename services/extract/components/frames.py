"""Frames: the mentions of an article grouped into events, and what each event is to the article.

Read in order of the text: a mention joins the event of its family that is being told, unless something
tells them apart (another day, "in a separate", an old date, retaliation). A cumulative figure is an
event to nobody: it is kept apart so that its numbers are. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from schemas.extraction import DateRange
from schemas.taxonomy import Relation, Stage
from services.extract.components.drafts import Draft, absorbed, place_title, position, read_drafts, weight
from services.extract.components.kinds import DEEDS, HARM, tier, type_and_mode
from services.extract.components.mentions import Mention, find_mentions
from services.extract.components.sites import Site
from services.extract.components.triggers import Scan
from services.extract.model import Candidate, Document, Frame, Trigger

POLITICAL_MAX: Final = 2
"""Political acts among them."""
OTHERS_MAX: Final = 4
"""Events beside the main one that an article may report: each becomes an incident."""
_RETALIATION_MIN: Final = 0.6
_POLITICAL_MIN: Final = 0.8
_MAIN_MIN: Final = 0.9
"""Specificity that a physical event must reach to be what the article is about."""
_OTHER_MIN: Final = 1.1
"""Specificity that an event beside the main one must reach."""
_DEED_MIN: Final = 1.05
"""The same for deeds that often harm nobody: "rebels blew up a pylon" says all there is to say."""


def build_frames(
    doc: Document,
    scan: Scan,
    dates: Sequence[Candidate[DateRange]],
    sites: Mapping[int, tuple[Site, ...]] = MappingProxyType({}),
) -> tuple[Frame, ...]:
    """The events of an article, the main one first; a headline of no known type is one too."""
    mentions = find_mentions(doc, scan, dates, sites)
    told = [mention for mention in mentions if not mention.means_only]
    drafts = read_drafts([m for m in told if not m.in_title])
    title = [m for m in told if m.in_title]
    place_title([m for m in title if m.family != HARM], drafts)
    drafts = absorbed(drafts)
    main = _main(drafts) or _main([Draft(HARM, mentions=[m]) for m in title]) or _of_means(mentions)
    if main is None:
        return tuple(_headline_frame(doc))
    main.relation = Relation.MAIN
    main.mentions += [m for m in title if m.family == HARM and m not in main.mentions]
    kept = [main, *_others(main, drafts)]
    return tuple(_frame(doc, index, drafts, kept) for index in range(len(kept)))


def _main(drafts: Sequence[Draft]) -> Draft | None:
    """The event that the article is mainly about: physical, else a consequence, else politics."""
    current = [d for d in drafts if d.relation is Relation.OTHER] or list(drafts)
    current = [draft for draft in current if not draft.aside] or current
    for rank in (0, 1, 2, 3):
        of_rank = [d for d in current if _rank(d) == rank and _may_lead(d)]
        if of_rank:
            return max(of_rank, key=weight)
    return None


def _of_means(mentions: Sequence[Mention]) -> Draft | None:
    """An event told only by who or what came with it ("kidnappers free pupils"), in title or lead."""
    early = [m for m in mentions if m.means_only and m.family != HARM and (m.in_title or m.order <= 1)]
    if not early:
        return None
    return Draft(early[0].family, mentions=[m for m in mentions if m.family == early[0].family])


def _rank(draft: Draft) -> int:
    """A draft's tier; harm told with who, how many or when is as good as a physical event."""
    harm = draft.family == HARM and draft.specificity >= _MAIN_MIN
    return 0 if harm else tier(draft.family)


def _may_lead(draft: Draft) -> bool:
    """Whether a draft tells of an event rather than of such events in general."""
    if _rank(draft) == 0:
        return draft.specificity >= _MAIN_MIN or any(
            m.in_title and m.specificity >= 0.6 for m in draft.mentions
        )
    return weight(draft) >= 0.8


def _others(main: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    """The events beside the main one that are worth an incident, best first."""
    found = sorted((d for d in drafts if d is not main and _is_worth(d)), key=weight, reverse=True)
    political = [draft for draft in found if tier(draft.family) == 2][:POLITICAL_MAX]
    return [d for d in found if tier(d.family) != 2 or d in political][:OTHERS_MAX]


def _is_worth(draft: Draft) -> bool:
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


def _frame(doc: Document, index: int, drafts: Sequence[Draft], kept: Sequence[Draft]) -> Frame:
    draft = kept[index]
    triggers = tuple(trigger for mention in draft.mentions for trigger in mention.triggers)
    kind, mode = type_and_mode(
        (trigger, position(mention)) for mention in draft.mentions for trigger in mention.triggers
    )
    core = tuple(sorted({mention.sentence for mention in draft.mentions}))
    rivals = [d for d in drafts if d is not draft and _claims_words(d, kept)]
    total = sum(weight(d) for d in drafts) or 1.0
    return Frame(
        index=index,
        event_type=kind,
        event_mode=mode,
        stage=_stage(draft),
        relation=draft.relation,
        salience=round(min(1.0, weight(draft) / total), 3),
        triggers=triggers,
        sentences=_sentences(doc, draft, rivals),
        foreign=tuple(
            trigger
            for rival in rivals
            for mention in rival.mentions
            if mention.sentence in core and mention.triggers[0] not in triggers
            for trigger in mention.triggers
        ),
        core=core,
        reason=draft.reason,
        told=_told(draft),
    )


def _stage(draft: Draft) -> Stage:
    """Happened as soon as one mention of weight says so; else what most of them say."""
    if any(m.stage is Stage.HAPPENED and m.specificity >= 0.4 for m in draft.mentions):
        return Stage.HAPPENED
    stages = [mention.stage for mention in draft.mentions]
    return max(set(stages), key=lambda stage: (stages.count(stage), stage))


def _told(draft: Draft) -> DateRange | None:
    """The date beside the most specific mention that has one."""
    dated = [mention for mention in draft.mentions if mention.when is not None]
    return max(dated, key=lambda mention: mention.specificity).when if dated else None


def _claims_words(draft: Draft, kept: Sequence[Draft]) -> bool:
    """Whether the words next to a draft's triggers are lost to all other events of the article."""
    return draft in kept or draft.relation is not Relation.OTHER or draft.family == "territory"


def _sentences(doc: Document, draft: Draft, rivals: Sequence[Draft]) -> tuple[int, ...]:
    """All sentences that speak of an event: its own, and those after them that tell of no other."""
    others = {mention.sentence for rival in rivals for mention in rival.mentions}
    own = {mention.sentence for mention in draft.mentions}
    found, telling = set(own), draft.relation is Relation.MAIN
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
