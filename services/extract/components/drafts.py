"""Drafts: the mentions of an article joined into events while it is read, from top to bottom.

A mention joins the event of its family that is being told, unless something tells them apart: another
day or town, "in a separate", an old date, retaliation, a total over time. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from schemas.extraction import DateRange
from schemas.taxonomy import Relation
from services.extract.components.kinds import DEEDS, HARM, VIOLENT, tier
from services.extract.components.mentions import Mention, is_old
from services.extract.components.sites import far_apart

SPLIT_MIN: Final = 0.9
"""Specificity below which a mention never opens an event of its own beside one of its family."""
_POSITIONS: Final = (2.2, 2.0, 1.8, 1.4, 1.4, 1.4, 1.0)
"""What a mention counts by the sentence of the text it stands in."""
_DAY: Final = timedelta(days=1)
_HARM_SPLIT_MIN: Final = 1.0
"""The same for words of harm, which would join any event."""


@dataclass
class Draft:
    """An event while the article is read."""

    family: str
    relation: Relation = Relation.OTHER
    mentions: list[Mention] = field(default_factory=list)
    reason: str | None = None

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)

    @property
    def times(self) -> set[DateRange]:
        return {mention.when for mention in self.mentions if mention.when is not None}

    @property
    def aside(self) -> bool:
        """Whether it is only named as what the reported event came after."""
        return all(mention.aside for mention in self.mentions)

    @property
    def specificity(self) -> float:
        """The best mention's specificity, and a little for each further one."""
        values = sorted((mention.specificity for mention in self.mentions), reverse=True)
        return values[0] + 0.1 * min(len(values) - 1, 5)


def read_drafts(mentions: Iterable[Mention]) -> list[Draft]:
    """The drafts of the body's mentions, in order of the text."""
    drafts: list[Draft] = []
    told: Draft | None = None
    for mention in mentions:
        draft = _draft_for(mention, drafts, told)
        if draft not in drafts:
            drafts.append(draft)
        draft.add(mention)
        if tier(draft.family) == 0 and draft.relation is Relation.OTHER and not mention.aside:
            told = draft
    return drafts


def _draft_for(mention: Mention, drafts: list[Draft], told: Draft | None) -> Draft:
    apart = _apart(mention)
    if apart is not None:
        relation, reason = apart
        same = [d for d in drafts if d.family == mention.family and d.relation is relation]
        return same[-1] if same else Draft(mention.family, relation, reason=reason)
    if mention.family == HARM:
        return _harm_draft(mention, drafts, told)
    own = [d for d in drafts if d.family == mention.family and d.relation is Relation.OTHER]
    if not own:
        return Draft(mention.family)
    return _joined(mention, own) or Draft(mention.family, reason="told apart by day or wording")


def _harm_draft(mention: Mention, drafts: list[Draft], told: Draft | None) -> Draft:
    """Harm joins what is being told, unless it was done on another day or in another town."""
    if told is None:
        return next((d for d in drafts if d.family == HARM), None) or Draft(HARM)
    if mention.specificity < _HARM_SPLIT_MIN or mention.court or mention.definite or not mention.figures:
        return told
    if mention.when is not None and mention.when.precision > _WEEK:
        return told
    current = [d for d in drafts if d.relation is Relation.OTHER and tier(d.family) == 0]
    if any(not (_other_time(mention, d) or _elsewhere(mention, d)) for d in current):
        return told
    return Draft("violence", reason="harm on another day or in another town")


def _apart(mention: Mention) -> tuple[Relation, str] | None:
    """Why a mention belongs to no current event of the article, or None."""
    if mention.retaliation and mention.family in VIOLENT and not mention.aside:
        return Relation.RETALIATION, "in retaliation"
    if mention.cumulative and mention.figures and not mention.definite:
        return Relation.CUMULATIVE, "a total over time"
    if is_old(mention):
        return Relation.BACKGROUND, "long before the report"
    return None


def _joined(mention: Mention, own: list[Draft]) -> Draft | None:
    """Which of the drafts of its family a mention joins; None opens a new one."""
    opens = mention.specificity >= SPLIT_MIN and not mention.court
    if opens and (mention.aside or (mention.separate and not mention.definite)):
        return None
    own = [draft for draft in own if not draft.aside] or own
    when = mention.when
    if when is not None and when.precision == 1:
        same_day = [draft for draft in own if when in draft.times]
        if same_day:
            return same_day[-1]
    if not opens or mention.definite:
        return own[-1]
    if not (mention.figures or mention.named_day or mention.family in DEEDS):
        return own[-1]
    near = [d for d in own if not (_other_time(mention, d) or _elsewhere(mention, d))]
    return near[-1] if near else None


def _elsewhere(mention: Mention, draft: Draft) -> bool:
    """Whether a mention's towns all lie far from every town told of a draft."""
    told = [site for other in draft.mentions for site in other.sites]
    return bool(mention.sites and told) and all(
        far_apart(here, there) for here in mention.sites for there in told
    )


def _other_time(mention: Mention, draft: Draft) -> bool:
    """Whether a mention's time lies more than a day (midnight, time zones) from all told of a draft."""
    when, times = mention.when, draft.times
    slack = timedelta(0) if mention.named_day else _DAY
    return when is not None and bool(times) and all(_apart_in_time(when, other, slack) for other in times)


def _apart_in_time(left: DateRange, right: DateRange, slack: timedelta) -> bool:
    return left.end + slack < right.start or right.end + slack < left.start


def place_title(mentions: Sequence[Mention], drafts: list[Draft]) -> None:
    """Add the title's mentions of a kind to the first event of their family."""
    for mention in mentions:
        own = [d for d in drafts if d.family == mention.family and d.relation is Relation.OTHER]
        if own:
            own[0].add(mention)
        else:
            drafts.append(Draft(mention.family, mentions=[mention]))


def absorbed(drafts: list[Draft]) -> list[Draft]:
    """Drafts after weak families joined the strong one that they are only other words for."""
    current = [d for d in drafts if d.relation is Relation.OTHER]
    present = [draft for draft in current if not draft.aside] or current
    physical = [d for d in present if tier(d.family) == 0] or [d for d in present if d.family == HARM]
    if not physical:
        return drafts
    strongest = max(physical, key=weight)
    gone: list[Draft] = []
    for draft in current:
        if draft is not strongest and (draft.family == HARM or _is_echo(draft, strongest)):
            strongest.mentions += draft.mentions
            gone.append(draft)
    return [d for d in drafts if d not in gone]


def _is_echo(draft: Draft, strongest: Draft) -> bool:
    """Whether a draft of another family only adds words to the strongest event."""
    if draft.aside:
        return False
    if draft.family == "warfare" and _is_unnamed(strongest):
        return True
    if tier(draft.family) != 0 or draft.family in {strongest.family, "territory"}:
        return False
    if not any(m.when or m.sites or m.separate for m in draft.mentions) and _follows(draft, strongest):
        return True
    shared = {m.sentence for m in strongest.mentions}
    beside = sum(m.sentence in shared for m in draft.mentions)
    return beside * 2 >= len(draft.mentions) or draft.specificity < SPLIT_MIN


_WEEK: Final = 3
"""date_prec beyond which a time is a span of many events ("hundreds killed since November")."""
_SCENE: Final = 2
"""Sentences within which a deed without time or place of its own is of the scene just told."""


def _follows(draft: Draft, strongest: Draft) -> bool:
    """Whether all that is told of a draft stands close behind the strongest event."""
    told = {mention.sentence for mention in strongest.mentions}
    return all(any(0 <= m.sentence - at <= _SCENE for at in told) for m in draft.mentions)


def _is_unnamed(draft: Draft) -> bool:
    """Whether nothing says yet what kind of violence a draft is: then "fighting" does."""
    return draft.family == HARM or all(t.event_mode is None for m in draft.mentions for t in m.triggers)


def weight(draft: Draft) -> float:
    """How much of the article tells of a draft: mentions weighed by where they stand."""
    return sum(mention.specificity * position(mention) for mention in draft.mentions)


def position(mention: Mention) -> float:
    """The title counts three times, the lead twice, then ever less."""
    if mention.in_title:
        return 3.0
    return _POSITIONS[min(mention.order, len(_POSITIONS) - 1)]
