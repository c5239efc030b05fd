"""Which of an article's dates an event gets."""

import pytest

from services.errors import Corruption
from services.extract.components.dates import find_dates, rank_dates
from services.extract.components.listwise import load_weights, softmax
from tests.unit.extract.articles import document
from tests.unit.extract.ranked_frames import whole


def test_the_day_of_the_attack_wins_over_the_day_of_the_statement() -> None:
    doc = document("Five people were shot on Wednesday night. Police said on Friday that nobody was held.")
    best = rank_dates(doc, find_dates(doc), whole(doc, core=(0,)))[0]
    assert best.value.start.isoformat() == "2021-05-12"


def test_without_a_stated_day_the_day_of_publication_is_assumed_without_a_span() -> None:
    doc = document("Three people were wounded in a shooting at a bar.")
    best = rank_dates(doc, find_dates(doc), whole(doc))[0]
    assert best.value.start.isoformat() == "2021-05-14"
    assert [(c.span, c.rule) for c in best.support] == [(None, "assumed")]


def test_nothing_is_assumed_of_an_undated_article() -> None:
    doc = document("Three people were wounded in a shooting at a bar.", published=None)
    assert rank_dates(doc, find_dates(doc), whole(doc)) == ()


def test_a_table_is_ordered_and_leaves_room_for_none() -> None:
    doc = document("Five people were shot on Wednesday. A court meets on Monday. The bar reopens in June.")
    table = rank_dates(doc, find_dates(doc), whole(doc))
    shares = [row.p for row in table]
    assert shares == sorted(shares, reverse=True)
    assert 0 < sum(shares) < 1


def test_a_value_said_twice_is_one_row_with_both_mentions() -> None:
    doc = document("Five people were shot on Wednesday. The Wednesday attack shocked the town.")
    best = rank_dates(doc, find_dates(doc), whole(doc))[0]
    assert len([c for c in best.support if c.span is not None]) == 2


def test_a_weight_file_that_is_not_there_stops_the_service() -> None:
    with pytest.raises(Corruption):
        load_weights("no-such-table.json")


def test_hand_weights_and_learned_ones_are_both_shipped_with_how_they_were_made() -> None:
    for name in ("dates", "counts_killed", "counts_injured"):
        assert load_weights(f"{name}.hand.json").version.startswith("hand")
        assert load_weights(f"{name}.json").values


def test_softmax_survives_large_scores_and_no_scores() -> None:
    assert softmax([]) == []
    assert softmax([1000.0, 1000.0]) == [0.5, 0.5]
