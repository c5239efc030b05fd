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
from services.extract.components.actors.mentions import ActorMention
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
    """The findings, and one more for an armed group named beside the event, where nobody else is blamed."""
    if any(
        f.accused is not None
        and f.accused.kind is not ActorKind.CROWD
        and f.sure >= 0.4
        and f.stance is not Stance.DENIES
        for f in findings
    ):
        return findings
    near = [s for s in sentences if s.index in frame.core]
    found = [
        (_gap(mention, frame), mention)
        for sentence in near
        for mention in discourse.mentions(sentence)
        if mention.own.kind is ActorKind.ARMED_GROUP
        and mention.by_name
        and _leads(mention, sentence, frame, discourse)
    ]
    if not found:
        return findings
    _, mention = min(found, key=lambda one: one[0])
    made = Finding(
        sentence=mention.sentence,
        stance=Stance.ATTRIBUTES,
        about=About.RESPONSIBILITY,
        span=mention.span,
        cue=mention.span.start,
        accused=mention.own,
        sure=0.4,
        form="agent beside",
    )
    return (*findings, made)


def _gap(mention: ActorMention, frame: Frame) -> int:
    return min(
        (abs(t.span.start - mention.span.start) for t in frame.triggers if t.sentence == mention.sentence),
        default=1000,
    )


def _leads(mention: ActorMention, sentence: Sentence, frame: Frame, discourse: Discourse) -> bool:
    words = discourse.words(sentence).lower
    before = words[max(mention.first - 2, 0) : mention.first]
    if not {
        "against",
        "on",
        "of",
        "to",
        "in",
        "at",
        "between",
        "with",
        "from",
        "near",
        "targeting",
        "killed",
        "alleged",
    }.isdisjoint(before):
        return False
    return any(t.sentence == sentence.index and t.span.start > mention.span.start for t in frame.triggers)
