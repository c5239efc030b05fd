"""Choosing among an article's places for one event: a list-wise softmax over all of them and "none".

The share of "none" (the place is not said, or not known) is the table's missing mass. Pure but for
reading the packaged weights once.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from schemas.extraction import Place
from services.extract.components.listwise import softmax
from services.extract.components.places.describe import describe
from services.extract.components.places.facilities import find_facility
from services.extract.components.places.features import Feature, crossed, frame_features, name_features
from services.extract.components.places.scene import read_scene, scene_features
from services.extract.components.places.values import DATELINE, Mention, Name, PlaceCandidate, PlaceTable
from services.extract.components.places.weights import PlaceWeights, place_weights
from services.extract.model import Candidate, Document, Frame, Ranked, Span
from services.extract.resources.gazetteer import Gazetteer, Kind

KEPT_MAX: Final = 8
"""Rows kept of a probability table."""

SHARE_MIN: Final = 0.005
"""Probability below which a row is not kept."""


def rank_places(
    doc: Document, table: PlaceTable, frame: Frame, weights: PlaceWeights | None = None
) -> tuple[Ranked[Place], ...]:
    """The probability table of an event's place, best first; empty where the article names none."""
    if not table.candidates:
        return ()
    gazetteer = table.gazetteer
    chosen = weights or place_weights()
    shares = softmax(scores(doc, table, frame, chosen.wire if table.is_wire else chosen.local))[:-1]
    best = _best_placed(table.candidates, shares)
    rows = [
        (c, share, _container(c, best, gazetteer)) for c, share in zip(table.candidates, shares, strict=True)
    ]
    rows.sort(key=lambda row: -row[1])
    kept = [row for row in rows[: 2 * KEPT_MAX] if row[1] >= SHARE_MIN] or rows[:1]
    ranked = _by_value(kept, frame, gazetteer)
    return _with_facility(ranked, doc, frame)


def scores(doc: Document, table: PlaceTable, frame: Frame, weights: Mapping[str, float]) -> list[float]:
    """The score of each candidate in order, then of "none"."""
    scene = read_scene(table, frame)
    features: dict[str, list[Feature]] = {}
    shared: dict[tuple[str, str], float] = {}
    listed = []
    for candidate in table.candidates:
        name, kind = candidate.name, candidate.kind
        if name.key not in features:
            features[name.key] = _name_features(doc, name, frame)
        score = shared.get((name.key, kind))
        if score is None:
            score = shared[name.key, kind] = _sum(crossed(features[name.key], kind), weights)
        score += _sum(scene_features(candidate, scene, table.gazetteer), weights)
        listed.append(score + _sum(candidate.features, weights))
    return [*listed, _sum(none_features(table), weights)]


def _name_features(doc: Document, name: Name, frame: Frame) -> list[Feature]:
    """What a name's mentions say for one event; nothing for an assumed place, which has none."""
    return [*name_features(doc, name), *frame_features(doc, name, frame)] if name.mentions else []


def feature_rows(doc: Document, table: PlaceTable, frame: Frame) -> list[dict[str, float]]:
    """The features that `scores` weighs, a row a candidate and one for "none": what training reads."""
    scene = read_scene(table, frame)
    rows = [
        dict(
            [
                *crossed(_name_features(doc, candidate.name, frame), candidate.kind),
                *scene_features(candidate, scene, table.gazetteer),
                *candidate.features,
            ]
        )
        for candidate in table.candidates
    ]
    return [*rows, dict(none_features(table))]


def none_features(table: PlaceTable) -> list[Feature]:
    """Features of the place being none of the candidates."""
    assumed = bool(table.candidates) and not table.candidates[-1].name.mentions
    return [("none", 1.0), ("none-size", math.log1p(len(table.candidates))), ("none&assumed", float(assumed))]


def _sum(features: Sequence[Feature], weights: Mapping[str, float]) -> float:
    get, total = weights.get, 0.0
    for name, value in features:
        weight = get(name)
        if weight is not None:
            total += weight * value
    return total


def _best_placed(candidates: Sequence[PlaceCandidate], shares: Sequence[float]) -> int | None:
    """The likeliest entity that the article names, for what an unplaced name lies in."""
    placed = [
        (-share, candidate.entity)
        for candidate, share in zip(candidates, shares, strict=True)
        if candidate.entity is not None and candidate.name.mentions
    ]
    return min(placed)[1] if placed else None


def _container(candidate: PlaceCandidate, best: int | None, gazetteer: Gazetteer) -> int | None:
    """What an unplaced name lies in: what is said, else the likeliest place, or its region."""
    if candidate.container is not None or candidate.entity is not None or best is None:
        return candidate.container
    part = any(mention.level == "part" for mention in candidate.name.mentions)
    if gazetteer.kind(best) is not Kind.PLACE or part:
        return best
    return gazetteer.region(best)


def _by_value(
    rows: Sequence[tuple[PlaceCandidate, float, int | None]], frame: Frame, gazetteer: Gazetteer
) -> tuple[Ranked[Place], ...]:
    total: dict[Place, float] = defaultdict(float)
    support: dict[Place, list[Candidate[Place]]] = defaultdict(list)
    for candidate, share, container in rows:
        place = describe(candidate, container, gazetteer)
        total[place] += share
        support[place].append(_evidence(candidate, place, frame))
    order = sorted(total, key=lambda place: (-total[place], place.name or "", place.admin1 or ""))
    return tuple(Ranked(place, total[place], tuple(support[place])) for place in order[:KEPT_MAX])


def _evidence(candidate: PlaceCandidate, place: Place, frame: Frame) -> Candidate[Place]:
    """The mention that tells best of the event's place: in its core sentences, else the first."""
    features = dict(candidate.features)
    if not candidate.name.mentions:
        return Candidate(place, None, None, "outlet-home", features)
    mention = _telling(candidate.name, frame)
    rule = "unplaced" if candidate.entity is None else "loose" if candidate.name.loose else "gazetteer"
    sentence = None if mention.sentence == DATELINE else mention.sentence
    return Candidate(place, mention.span, sentence, rule, features)


def _telling(name: Name, frame: Frame) -> Mention:
    core = frozenset(frame.core)
    return min(
        name.mentions, key=lambda m: (m.sentence not in core, m.span.where == "title", "l=in" not in m.cues)
    )


def _with_facility(
    ranked: tuple[Ranked[Place], ...], doc: Document, frame: Frame
) -> tuple[Ranked[Place], ...]:
    span = find_facility(doc, frame)
    if span is None:
        return ranked
    return tuple(_at(row, span, doc) for row in ranked)


def _at(row: Ranked[Place], span: Span, doc: Document) -> Ranked[Place]:
    return replace(row, value=row.value.model_copy(update={"facility": " ".join(doc.quote(span).split())}))
