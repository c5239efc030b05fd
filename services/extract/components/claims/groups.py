"""Which named group unnamed fighters are of: “the guerrillas” of an article that names one. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from schemas.claim import Actor
from schemas.taxonomy import About, ActorKind, Stance
from services.extract.components.actors import Discourse
from services.extract.components.actors.lexicon import Part
from services.extract.components.actors.mentions import ActorMention, party_of
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.cues import ACCUSE, BLAME, CONDEMN, DENY, SAY
from services.extract.components.claims.findings import Finding
from services.extract.model import Frame, Sentence

_FIGHTERS: Final = re.compile(
    r"guerr?illa|rebel|insurgent|militant|terrorist|jihadist|extremist|separatist|subversive|commando|islamist|sapper"
)
_SURE: Final = 0.5
"""Confidence that unnamed fighters are of the one group named; set by hand."""


def with_group(
    findings: Sequence[Finding], sentences: Sequence[Sentence], discourse: Discourse
) -> Sequence[Finding]:
    """The findings, and one more that names the group of unnamed fighters, where the article allows it.

    `sentences` are those that name an armed group.
    """
    blamed = [f for f in findings if f.accused is not None and f.stance is not Stance.DENIES]
    if any(f.accused is not None and f.accused.kind is ActorKind.ARMED_GROUP for f in blamed):
        return findings
    unnamed = next(
        (f for f in blamed if f.accused is not None and _FIGHTERS.search(f.accused.name.lower())), None
    )
    if unnamed is None:
        return findings
    group = _only_group(sentences, discourse)
    if group is None:
        return findings
    return (*findings, replace(unnamed, accused=group, sure=_SURE, form="agent of a group"))


def _only_group(sentences: Sequence[Sentence], discourse: Discourse) -> Actor | None:
    """The armed group that the article names, or names more than twice as often as any other."""
    named = Counter(
        mention.own
        for sentence in sentences
        for mention in discourse.mentions(sentence)
        if mention.own.kind is ActorKind.ARMED_GROUP and mention.by_name and mention.part is not Part.COUNTRY
    )
    best = named.most_common(2)
    if not best or (len(best) > 1 and best[0][1] <= 2 * best[1][1]):
        return None
    return best[0][0]


def beside(
    findings: Sequence[Finding], frame: Frame, sentences: Sequence[Sentence], discourse: Discourse
) -> Sequence[Finding]:
    """The findings, and one more for an armed group that leads up to the event, where nobody is blamed.

    “The EPL ambush of a patrol”, “members of the EPL, in two cars, …”: a possible perpetrator, no claim.
    """
    named = [f for f in findings if f.accused is not None and f.accused.kind is not ActorKind.CROWD]
    if any(f.sure >= _BESIDE and f.stance is not Stance.DENIES for f in named):
        return findings
    cleared = {party_of(f.accused) for f in named if f.accused is not None and f.stance is Stance.DENIES}
    mention = _leading(frame, sentences, discourse)
    if mention is None or party_of(mention.own) in cleared:
        return findings
    made = Finding(
        sentence=mention.sentence,
        stance=Stance.ATTRIBUTES,
        about=About.RESPONSIBILITY,
        span=mention.span,
        cue=mention.span.start,
        accused=mention.own,
        sure=_BESIDE,
        form="agent beside",
    )
    return (*findings, made)


_BESIDE: Final = 0.4
"""Confidence in a group that is only named before the event; set by hand."""


def _leading(frame: Frame, sentences: Sequence[Sentence], discourse: Discourse) -> ActorMention | None:
    """The armed group named before a trigger of its sentence, nearest to it."""
    found = [
        (trigger.span.start - mention.span.start, mention)
        for sentence in sentences
        for trigger in frame.triggers
        if trigger.sentence == sentence.index
        for mention in discourse.mentions(sentence)
        if mention.span.start < trigger.span.start and _may_lead(mention, discourse.words(sentence).lower)
    ]
    return min(found, key=lambda one: one[0])[1] if found else None


def _may_lead(mention: ActorMention, lower: tuple[str, ...]) -> bool:
    """Whether a mention is an armed group that may act: no target, no speaker, no office of it."""
    if mention.own.kind is not ActorKind.ARMED_GROUP or not mention.by_name or mention.part is Part.OFFICE:
        return False
    before = lower[max(mention.first - 2, 0) : mention.first]
    after = lower[mention.last : mention.last + 3]
    return _TARGETS.isdisjoint(before) and _SPEAKS.isdisjoint(after)


_TARGETS: Final = word_set(
    "against on of to in at between with from near targeting targeted killed alleged former"
)
_SPEAKS: Final = (SAY | DENY | CONDEMN | ACCUSE | BLAME) - word_set("claimed claims")
