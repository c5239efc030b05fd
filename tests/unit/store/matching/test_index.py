"""The match index: what is filed is found, what is withdrawn is gone, snapshots are exact."""

import pytest

from services.errors import Refused
from services.store.matching.index import MatchIndex
from services.store.matching.keys import RULES, Kind, name_key
from services.store.matching.postings import Postings
from services.store.matching.profile import profile_of
from tests.unit.store.matching.stories import HARBOUR_AGAIN, harbour, market


def filled() -> MatchIndex:
    index = MatchIndex()
    index.add("harbour", harbour("h1"))
    index.add("harbour", harbour("h2", HARBOUR_AGAIN))
    index.add("market", market("m1"))
    return index


def test_a_filed_report_is_found_again() -> None:
    found = [c.incident_id for c in filled().candidates(profile_of(harbour("h3")))]
    assert found[0] == "harbour"


def test_a_removed_report_leaves_what_the_others_are_filed_under() -> None:
    index = filled()
    index.remove("harbour", "h1", 0)
    assert index.size("harbour") == 1
    assert "harbour" in {c.incident_id for c in index.candidates(profile_of(harbour("h3")))}


def test_an_incident_without_reports_is_forgotten() -> None:
    index = filled()
    index.remove("market", "m1", 0)
    assert "market" not in index
    assert "market" not in {c.incident_id for c in index.candidates(profile_of(market("m2")))}


def test_removing_what_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        filled().remove("market", "m9", 0)


def test_a_merge_moves_all_reports() -> None:
    index = filled()
    index.merge("market", "harbour")
    assert "market" not in index
    assert index.size("harbour") == 3
    assert {c.incident_id for c in index.candidates(profile_of(market("m2")))} == {"harbour"}


def test_filing_a_report_again_replaces_it() -> None:
    index = filled()
    index.add("harbour", harbour("h1", HARBOUR_AGAIN))
    assert index.size("harbour") == 2


def test_a_loaded_snapshot_answers_as_the_index_did() -> None:
    index = filled()
    loaded = MatchIndex.load(index.dump())
    profile = profile_of(harbour("h3"))
    assert loaded.candidates(profile) == index.candidates(profile)
    assert loaded.dump() == index.dump()


def test_equal_histories_give_equal_snapshots() -> None:
    assert filled().dump() == filled().dump()


def test_a_snapshot_of_another_version_is_refused() -> None:
    with pytest.raises(Refused):
        MatchIndex.load(b"\x00" + filled().dump()[1:])


def test_a_key_over_its_cap_says_nothing() -> None:
    postings, key = Postings(), name_key(7)
    for number in range(RULES[Kind.NAME].cap + 5):
        postings.file([key], number)
    assert postings.under(key) == ()
    assert postings.count(key) == RULES[Kind.NAME].cap + 1
