"""One pass over articles in their order: with gold incidents it yields pairs, with weights a grouping."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from services.store.decider import attaches
from services.store.matching.index import MatchIndex
from services.store.matching.match import match_profile
from services.store.matching.model import Decision
from services.store.matching.pair import compare
from services.store.matching.profile import Profile, profile_of
from services.store.matching.score import regime_of, sampled
from services.store.matching.weights import Weights
from tools.train.matching_fit import Pair
from tools.train.matching_views import GoldArticle


@dataclass(frozen=True)
class GoldPair:
    """A pair of primary reports that blocking brought together, with both gold incidents."""

    pair: Pair
    regime: str
    incidents: tuple[str, str]


@dataclass(frozen=True)
class Grouped:
    """A grouping of a set: article → incident of its primary event, and what it cost."""

    incidents: dict[str, str]
    decisions: dict[str, Decision]
    ms_per_article: float


def primary_profile(article: GoldArticle) -> Profile | None:
    """The profile of an article's primary event."""
    return None if article.primary is None else profile_of(article.views[article.primary])


def gold_pairs(articles: Sequence[GoldArticle]) -> Iterator[GoldPair]:
    """Each article with the incidents that blocking finds, when all before it went where gold says."""
    index = MatchIndex()
    for article in articles:
        profile = primary_profile(article)
        if profile is None:
            continue
        for candidate in index.candidates(profile):
            reports = sampled(index.reports(candidate.incident_id))
            same, weight = candidate.incident_id == article.incident, 1 / math.sqrt(len(reports))
            for other in reports:
                pair = Pair(compare(profile, other, index.frequency), same, weight)
                yield GoldPair(pair, regime_of(profile, other), (article.incident, candidate.incident_id))
        index.add_profile(article.incident, profile)


def blocking_recall(articles: Sequence[GoldArticle]) -> tuple[float, float]:
    """The share of reports whose open incident is among the candidates; candidates per article."""
    index, found, due, candidates = MatchIndex(), 0, 0, 0
    for article in articles:
        profile = primary_profile(article)
        if profile is not None:
            names = [candidate.incident_id for candidate in index.candidates(profile)]
            candidates += len(names)
            due += article.incident in index
            found += article.incident in names
            index.add_profile(article.incident, profile)
    return found / max(due, 1), candidates / max(len(articles), 1)


def group(articles: Sequence[GoldArticle], weights_of: Callable[[GoldArticle], Weights]) -> Grouped:
    """Group all events of all articles online; articles without a primary event stay alone."""
    index, incidents, decisions = MatchIndex(), {}, {}
    started = time.perf_counter()
    for article in articles:
        weights, own = weights_of(article), set[str]()
        incidents[article.article_id] = f"alone:{article.article_id}"
        ordered = sorted(article.views, key=lambda view: not view.is_primary)
        for view in ordered:
            if not (view.is_primary or attaches(view.event)):
                continue
            profile = profile_of(view)
            decision = match_profile(profile, index, weights, own)
            incident = decision.incident_id or f"{view.article_id}/{view.event_index}"
            index.add_profile(incident, profile)
            own.add(incident)
            if view.is_primary:
                incidents[article.article_id] = incident
                decisions[article.article_id] = decision
    return Grouped(incidents, decisions, (time.perf_counter() - started) / max(len(articles), 1) * 1000)
