"""One pass over articles in their order: with gold incidents it yields pairs, with weights a grouping."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from services.store.decider import attaches
from services.store.matching.index import MatchIndex
from services.store.matching.match import match_profile
from services.store.matching.model import Decision
from services.store.matching.pair import compare
from services.store.matching.profile import Profile, profile_of
from services.store.matching.review import propose_merges, review
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


def gold_pairs(articles: Sequence[GoldArticle], *, blurred: bool = False) -> Iterator[GoldPair]:
    """Each article with the incidents that blocking finds, when all before it went where gold says.

    `blurred` takes date or place from the profiles, by turns, as reports with less in them would come.
    """
    index = MatchIndex()
    for article in articles:
        profile = primary_profile(article)
        if profile is None:
            continue
        if blurred:
            profile = blur(profile)
        for candidate in index.candidates(profile):
            reports = sampled(index.reports(candidate.incident_id))
            same, weight = candidate.incident_id == article.incident, 1 / math.sqrt(len(reports))
            for other in reports:
                pair = Pair(compare(profile, other, index.frequency), same, weight)
                yield GoldPair(pair, regime_of(profile, other), (article.incident, candidate.incident_id))
        index.add_profile(article.incident, profile)


def blur(profile: Profile) -> Profile:
    """A profile without date, without place, without both, or with its region only; by its key."""
    turn = crc32(profile.key[0].encode()) % 4
    region = tuple((0, row[1], row[2], None, None, 4, row[6]) for row in profile.places[:1])
    return replace(
        profile,
        dates=() if turn in (0, 2) else profile.dates,
        places=() if turn in (1, 2) else region if turn == 3 else profile.places,
    )


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


def group(
    articles: Sequence[GoldArticle], weights_of: Callable[[GoldArticle], Weights], *, reviewed: bool = True
) -> Grouped:
    """Group all events of all articles online; articles without a primary event stay alone."""
    index, decisions = MatchIndex(), {}
    started = time.process_time()
    for article in articles:
        weights, own = weights_of(article), set[str]()
        for view in sorted(article.views, key=lambda view: not view.is_primary):
            if view.is_primary or attaches(view.event):
                profile = profile_of(view)
                decision = match_profile(profile, index, weights, own)
                incident = decision.incident_id or f"{view.article_id}/{view.event_index}"
                index.add_profile(incident, profile)
                if view.is_primary:
                    decisions[article.article_id] = decision
                own.add(_reviewed(incident, decision, index, weights) if reviewed else incident)
    elapsed = (time.process_time() - started) / max(len(articles), 1) * 1000
    return Grouped(_grouping(articles, index), decisions, elapsed)


def _reviewed(incident: str, decision: Decision, index: MatchIndex, weights: Weights) -> str:
    """Apply the merge and the split that an attachment gives reason for; the incident's id afterwards."""
    if decision.incident_id is None:
        return incident
    for proposal in propose_merges(incident, [r.incident_id for r in decision.bridges], index, weights)[:1]:
        index.merge(proposal.from_id, proposal.into_id)
        incident = proposal.into_id
    split = review(incident, index, weights)
    if split is not None:
        profiles = {profile.key: profile for profile in index.reports(incident)}
        for key in split.moving:
            index.remove(incident, *key)
            index.add_profile(f"split:{split.moving[0]}", profiles[key])
    return incident


def _grouping(articles: Sequence[GoldArticle], index: MatchIndex) -> dict[str, str]:
    home = {profile.key: name for name in index.incidents() for profile in index.reports(name)}
    return {
        article.article_id: home.get(
            (article.article_id, article.primary or 0), f"alone:{article.article_id}"
        )
        for article in articles
    }
