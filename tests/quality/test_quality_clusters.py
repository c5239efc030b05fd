"""The scorer of groupings, against worked examples and against the published scorer when it is there."""

import importlib.util
import itertools
import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.quality.assignment import best_pairs, best_total
from tools.quality.clusters import (
    MEASURES,
    agreement,
    b_cubed,
    ceaf_e,
    exact_recovery,
    muc,
    pairwise,
    score_grouping,
)
from tools.quality.data_sets import development_root

GOLD = dict(zip("abcdefg", ["1", "1", "1", "1", "2", "2", "3"], strict=True))
SPLIT = dict(zip("abcdefg", ["p", "p", "q", "q", "r", "r", "r"], strict=True))

groupings = st.integers(1, 25).flatmap(
    lambda n: st.tuples(*(st.lists(st.sampled_from("vwxyz"), min_size=n, max_size=n) for _ in "ab"))
)


def as_maps(labels):
    return tuple({str(i): label for i, label in enumerate(side)} for side in labels)


def test_a_perfect_grouping_scores_one_everywhere():
    assert {score.value for score in score_grouping(GOLD, GOLD, "x")} == {1.0}


def test_b_cubed_of_a_worked_example():
    precision, recall = b_cubed(GOLD, SPLIT)
    assert precision == pytest.approx((4 * 1 + 2 * 2 / 3 + 1 / 3) / 7)
    assert recall == pytest.approx((4 * 0.5 + 2 + 1) / 7)


def test_muc_counts_links_and_is_blind_to_articles_alone():
    assert muc(GOLD, SPLIT) == (pytest.approx(3 / 4), pytest.approx(3 / 4))


def test_pairwise_counts_pairs():
    assert pairwise(GOLD, SPLIT) == (pytest.approx(3 / 5), pytest.approx(3 / 7))


def test_ceaf_matches_each_group_at_most_once():
    assert ceaf_e(GOLD, SPLIT)[0] == pytest.approx((2 * 2 / 6 + 2 * 2 / 5) / 3)


def test_only_groups_recovered_article_for_article_count_as_exact():
    assert exact_recovery(GOLD, {**SPLIT, "g": "s"}, "x").value == 0.5


def test_groupings_over_different_articles_are_refused():
    with pytest.raises(ValueError, match="1 missing, 0 unknown"):
        score_grouping(GOLD, {k: v for k, v in SPLIT.items() if k != "a"}, "x")


def test_agreement_is_the_mean_over_all_pairs_of_groupings():
    assert agreement([GOLD, GOLD, SPLIT]) == pytest.approx((1 + 0.5 + 0.5) / 3)


@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=1, max_size=5))
def test_the_assignment_is_as_good_as_the_best_of_all(weights):
    rows, columns = len(weights), 4
    best = max(
        sum(weights[r][c] for r, c in zip(rs, cs, strict=True))
        for rs in itertools.combinations(range(rows), min(rows, columns))
        for cs in itertools.permutations(range(columns), min(rows, columns))
    )
    assert best_total(weights) == best
    pairs = best_pairs(weights)
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)


@given(groupings)
def test_swapping_gold_and_prediction_swaps_precision_and_recall(labels):
    gold, predicted = as_maps(labels)
    for measure in MEASURES.values():
        assert measure(gold, predicted) == pytest.approx(measure(predicted, gold)[::-1])


@pytest.fixture(scope="module")
def published():
    root = development_root(os.environ)
    script = root / "data" / "score_clusters.py" if root else None
    if script is None or not script.is_file():
        pytest.skip("the development data is not here")
    spec = importlib.util.spec_from_file_location("score_clusters", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_our_figures_equal_those_of_the_published_scorer(published):
    for seed in range(100):
        rng = random.Random(seed)
        size = rng.randint(1, 50)
        gold, predicted = (
            {str(i): str(rng.randint(0, kinds)) for i in range(size)} for kinds in (size // 2, size // 3)
        )
        for name, ours in MEASURES.items():
            assert ours(gold, predicted) == pytest.approx(getattr(published, name)(gold, predicted))
