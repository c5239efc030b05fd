"""The second look: mixed incidents are split, scattered ones merged, firm ones left alone."""

from datetime import timedelta

import pytest

from services.store.matching.index import MatchIndex
from services.store.matching.model import ReportView
from services.store.matching.review import propose_merges, review
from services.store.matching.weights import load_weights
from tests.unit.store.matching.stories import HARBOUR, HARBOUR_AGAIN, MONDAY, harbour, market, where

WEIGHTS = load_weights()


def elsewhere() -> ReportView:
    return market("m1", day=MONDAY + timedelta(days=7), later=8, place=where("Ostrand", north=50.2))


@pytest.fixture
def mixed() -> MatchIndex:
    """An incident that wrongly holds a report of a stabbing in another town a week later."""
    index = MatchIndex()
    for view in (harbour("h1"), harbour("h2", HARBOUR_AGAIN), elsewhere()):
        index.add("mixed", view)
    return index


def test_a_mixed_incident_is_split_and_the_smaller_side_leaves(mixed: MatchIndex) -> None:
    split = review("mixed", mixed, WEIGHTS)
    assert split is not None
    assert split.moving == (("m1", 0),)
    assert set(split.staying) == {("h1", 0), ("h2", 0)}
    assert sum(f.contribution for f in split.features) == pytest.approx(split.score, abs=0.1)


def test_what_was_split_is_not_merged_again(mixed: MatchIndex) -> None:
    mixed.remove("mixed", "m1", 0)
    mixed.add("split", elsewhere())
    assert propose_merges("mixed", ["split"], mixed, WEIGHTS) == ()


def test_an_incident_that_holds_together_is_left_alone() -> None:
    index = MatchIndex()
    for view in (harbour("h1"), harbour("h2", HARBOUR_AGAIN), harbour("h3", HARBOUR)):
        index.add("harbour", view)
    assert review("harbour", index, WEIGHTS) is None


def test_two_incidents_that_are_one_merge_into_the_older() -> None:
    index = MatchIndex()
    index.add("older", harbour("h1"))
    index.add("later", harbour("h2", HARBOUR_AGAIN))
    (proposal,) = propose_merges("later", ["older"], index, WEIGHTS)
    assert (proposal.from_id, proposal.into_id) == ("later", "older")


def test_incidents_that_one_article_tells_apart_never_merge() -> None:
    index = MatchIndex()
    index.add("one", harbour("h1"))
    index.add("two", harbour("h1", HARBOUR_AGAIN, index=1))
    assert propose_merges("one", ["two"], index, WEIGHTS) == ()


def test_unknown_incidents_are_passed_over() -> None:
    index = MatchIndex()
    index.add("one", harbour("h1"))
    assert propose_merges("one", ["gone"], index, WEIGHTS) == ()
