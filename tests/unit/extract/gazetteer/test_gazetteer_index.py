"""The index: built from rows, looked up in place."""

import random

import pytest

from services.errors import Corruption
from services.extract.resources.gazetteer import Gazetteer, Kind
from services.extract.resources.gazetteer.build import build_index
from services.extract.resources.gazetteer.names import name_key
from tests.unit.extract.gazetteer.rows import ROWS, small


def found(gazetteer: Gazetteer, name: str) -> list[tuple[str, str, bool]]:
    numbers = gazetteer.find(name_key(name)).entities
    return [(gazetteer.name(n >> 1), gazetteer.country(n >> 1), bool(n & 1)) for n in numbers]


def test_namesakes_come_with_the_most_populous_first() -> None:
    """Springfield in Missouri has more people than the one in Illinois."""
    gazetteer = small()
    numbers = gazetteer.find("springfield").entities
    assert [gazetteer.population(number >> 1) for number in numbers] == [170_188, 114_394]


def test_a_region_and_the_city_of_its_name_are_both_found() -> None:
    """Regions stand before cities; a mere spelling counts as the city's own name."""
    gazetteer = small()
    kinds = [gazetteer.kind(number >> 1) for number in gazetteer.find("tartous").entities]
    assert kinds == [Kind.FIRST, Kind.PLACE]
    assert not any(number & 1 for number in gazetteer.find("tartous").entities)


def test_another_name_is_flagged_as_not_its_own() -> None:
    """An alternate name that is no spelling of the name is an alias."""
    assert found(small(), "Tortosa") == [("Ţarţūs", "SY", True)]


@pytest.mark.parametrize("noise", ["tartws", "TTS", "Тартус"])
def test_machine_romanisations_codes_and_other_scripts_are_left_out(noise: str) -> None:
    """They never stand for a place in English text."""
    assert found(small(), noise) == []


def test_an_unknown_name_finds_nothing() -> None:
    """Nothing, and no longer names that begin with it."""
    match = small().find("nowhere at all")
    assert match.entities == ()
    assert not match.continues


def test_a_prefix_of_a_longer_name_says_so() -> None:
    """A scanner may stop where no longer name begins with what it has."""
    gazetteer = small()
    assert gazetteer.find("queen city").continues
    assert not gazetteer.find("queen city of the ozarks").continues


def test_points_regions_and_ids_are_read_back() -> None:
    """Degrees keep five decimals; a place knows its region's entity."""
    gazetteer = small()
    city = gazetteer.find("tartous").entities[1] >> 1
    assert gazetteer.point(city) == (34.88902, 35.88659)
    assert gazetteer.geonames_id(city) == 163345
    region = gazetteer.region(city)
    assert region is not None
    assert gazetteer.name(region) == "Tartus"
    assert gazetteer.is_derived(region)
    assert gazetteer.geonames_id(region) is None


def test_the_order_of_rows_does_not_matter() -> None:
    """Same rows, same bytes, same hash: the hash goes into the extractor's version."""
    rows = list(ROWS)
    random.Random(7).shuffle(rows)
    assert build_index(rows) == build_index(ROWS)


def test_another_row_is_another_hash() -> None:
    """A changed point changes the version of what is extracted."""
    moved = (*ROWS[:-1], ROWS[-1]._replace(latitude=1.0))
    assert Gazetteer(memoryview(build_index(moved))).hash != small().hash


@pytest.mark.parametrize("damage", [b"not a gazetteer", b"wfgazet1\x02\x00\x00\x00{}"])
def test_what_is_no_index_is_refused_as_corruption(damage: bytes) -> None:
    """The message says to delete the file."""
    with pytest.raises((Corruption, KeyError)):
        Gazetteer(memoryview(damage))
