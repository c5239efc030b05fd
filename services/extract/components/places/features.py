"""What speaks for a name as the place of one event: where it stands, beside what, near which trigger.

These features are of a name's mentions, so they are the same for all that the name may mean. Pure.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from services.extract.components.places.values import DATELINE, Mention, Name
from services.extract.model import Document, Frame, Span

Feature = tuple[str, float]

_NEAR_TRIGGER: Final = 60
"""Code points between name and trigger that count as beside it: about ten words."""


def name_features(doc: Document, name: Name) -> list[Feature]:
    """Features of a name that hold for any event of the article."""
    mentions = name.mentions
    features: dict[str, float] = {"mentions": math.log1p(len(mentions))}
    for mention in mentions:
        features[f"in={_zone(doc, mention)}"] = 1.0
    features.update(_cues(mentions, ""))
    whole = sum(not _is_part(mention) for mention in mentions)
    if not whole:
        features["only-part"] = 1.0
    elif whole < len(mentions):
        features["part-share"] = 1.0 - whole / len(mentions)
    features["words"] = float(name.key.count(" "))
    return list(features.items())


def _cues(mentions: Sequence[Mention], prefix: str) -> Iterator[Feature]:
    """What stands around the mentions: locative cues where any has them, the others by their share.

    One "in X" says that X is a place where things happen; one "X said" among ten mentions says little.
    """
    share = 1.0 / len(mentions)
    counts: dict[str, float] = {}
    for mention in mentions:
        for cue in mention.cues:
            counts[cue] = counts.get(cue, 0.0) + share
    for cue, value in counts.items():
        yield f"{prefix}{cue}", 1.0 if cue.startswith(_TELLING) else value


_TELLING: Final = (
    "l=in",
    "l=near",
    "l=at",
    "l=village",
    "l=city",
    "l=region",
    "r=police",
    "capital-after=police",
    "level",
)


def _zone(doc: Document, mention: Mention) -> str:
    if mention.sentence == DATELINE:
        return "dateline"
    if mention.span.where == "title":
        return "title-tail" if _is_tail(doc, mention) else "title"
    body = mention.sentence - (len(doc.sentences) - len(doc.body))
    return ("lead", "second", "third")[body] if body < 3 else "body"


def _is_tail(doc: Document, mention: Mention) -> bool:
    """Whether a headline's name stands behind a dash or bar, where outlets put their own."""
    head = (doc.title or "")[: mention.span.start]
    return " - " in head or " | " in head or " – " in head


def _is_part(mention: Mention) -> bool:
    return "capital-before" in mention.cues or "capital-after=other" in mention.cues


def frame_features(doc: Document, name: Name, frame: Frame) -> list[Feature]:
    """Features of a name for one event: how near its mentions stand to the event's sentences and triggers."""
    if not frame.core:
        return [("no-core", 1.0)]
    core, own = frozenset(frame.core), frozenset(frame.sentences)
    features: dict[str, float] = {}
    inside = [mention for mention in name.mentions if mention.sentence in core]
    features[f"distance={_distance(name.mentions, frame.core)}"] = 1.0
    if inside:
        features["core-mentions"] = math.log1p(len(inside))
        features.update(_in_core(doc, inside, frame))
    if any(mention.sentence == frame.core[0] for mention in inside):
        features["first-core"] = 1.0
    if any(mention.sentence in own for mention in name.mentions):
        features["own"] = 1.0
    return list(features.items())


def _distance(mentions: Iterable[Mention], core: tuple[int, ...]) -> str:
    nearest = min(
        (abs(m.sentence - c) for m in mentions if m.sentence != DATELINE for c in core), default=None
    )
    if nearest is None:
        return "dateline"
    return str(nearest) if nearest < 2 else "2-3" if nearest < 4 else "far"


def _in_core(doc: Document, inside: list[Mention], frame: Frame) -> Iterator[Feature]:
    yield from _cues(inside, "core&")
    gaps = [
        (abs(gap), gap, trigger.span, mention.span)
        for mention in inside
        for trigger in frame.triggers
        if trigger.sentence == mention.sentence and (gap := _gap(trigger.span, mention.span)) is not None
    ]
    if gaps:
        distance, gap, trigger, name = min(gaps, key=lambda row: row[:2])
        side = "after" if gap >= 0 else "before"
        yield f"{'beside' if distance < _NEAR_TRIGGER else 'apart'}-{side}", 1.0
        yield "gap", min(distance / 100.0, 3.0)
        if gap > 0 and _TURN.search(doc.quote(Span(trigger.end, name.start, name.where))):
            yield "behind-clause", 1.0


_TURN: Final = re.compile(
    r"\b(?:after|before|since|following|when|while|as|where|who|which|comes?|came)\b", re.IGNORECASE
)
"""Words that open another clause, with another event in it, between a trigger and a name."""


def _gap(trigger: Span, name: Span) -> int | None:
    """Code points from a trigger to a name: positive where the name follows."""
    if trigger.where != name.where:
        return None
    if name.start >= trigger.end:
        return name.start - trigger.end
    return min(name.end - trigger.start, -1)


_CROSSED: Final = ("distance", "mentions", "in=", "l=in", "first-core", "core&l=in", "level=", "core&level=")


def crossed(features: list[Feature], kind: str) -> list[Feature]:
    """A name's features, some by the kind of what it means: countries are named in other ways than cities."""
    if kind == "PLACE":
        return features
    return [*features, *((f"{name}&{kind}", value) for name, value in features if name.startswith(_CROSSED))]
