"""The gazetteer of the world: what a news reader must find in it."""

import pytest

from services.extract.resources.gazetteer import Gazetteer, Kind, demonyms, government_metonyms
from services.extract.resources.gazetteer.lexicon import region_abbreviations, region_names, table
from services.extract.resources.gazetteer.names import name_key


def first(gazetteer: Gazetteer, name: str, kind: Kind) -> tuple[str, str]:
    """Name and country of the first entity of a kind that bears the name as its own."""
    for number in gazetteer.find(name_key(name)).entities:
        if not number & 1 and gazetteer.kind(number >> 1) is kind:
            return gazetteer.name(number >> 1), gazetteer.country(number >> 1)
    return "", ""


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Raqqa", "SY"),
        ("Hasakah", "SY"),
        ("Deir Ezzor", "SY"),
        ("Nineveh", "IQ"),
        ("Salahuddin", "IQ"),
        ("Kunar", "AF"),
        ("Hodeidah", "YE"),
        ("North Darfur", "SD"),
        ("Antioquia", "CO"),
        ("Usulután", "SV"),
        ("Petén", "GT"),
        ("Khyber Pakhtunkhwa", "PK"),
        ("North Sinai", "EG"),
        ("Ontario", "CA"),
        ("New South Wales", "AU"),
        ("West Bank", "PS"),
    ],
)
def test_first_level_regions_go_by_the_names_of_the_news(world: Gazetteer, name: str, country: str) -> None:
    """Spellings and English names, not only the source's own."""
    assert first(world, name, Kind.FIRST)[1] == country


@pytest.mark.parametrize("name", ["Darfur", "Donbas", "Kurdistan Region", "Sinai", "Waziristan"])
def test_areas_that_are_no_division_are_known(world: Gazetteer, name: str) -> None:
    """News names them as if they were."""
    assert first(world, name, Kind.REGION) != ("", "")


@pytest.mark.parametrize(
    ("name", "country"), [("Ivory Coast", "CI"), ("UK", "GB"), ("Burma", "MM"), ("U.S.", "US"), ("DRC", "CD")]
)
def test_countries_go_by_their_other_names(world: Gazetteer, name: str, country: str) -> None:
    """Also by abbreviations and former names."""
    assert first(world, name, Kind.COUNTRY)[1] == country


def test_counties_of_the_united_states_have_points(world: Gazetteer) -> None:
    """A second-level region lies among its places, and its point is marked as derived."""
    harris = world.find("harris county").entities
    texan = [n >> 1 for n in harris if world.name(world.region(n >> 1) or 0) == "Texas"]
    latitude, longitude = world.point(texan[0])
    assert (round(latitude), round(longitude)) == (30, -95)
    assert world.is_derived(texan[0])


def test_new_york_is_the_city_under_its_short_name(world: Gazetteer) -> None:
    """GeoNames calls it New York City; the news does not."""
    assert first(world, "New York", Kind.PLACE) == ("New York", "US")


@pytest.mark.parametrize("spelling", ["Qameshli", "Kamishly", "Qamishly"])
def test_loose_spellings_find_a_transliterated_town(world: Gazetteer, spelling: str) -> None:
    """The town stands among the guesses of `find_loose`."""
    countries = {world.country(n >> 1) for n in world.find_loose(name_key(spelling)).entities}
    assert "SY" in countries


def test_every_region_that_the_tables_rename_exists() -> None:
    """A row of aliases that names no derived region would be dead."""
    known = {(row[0], row[2]) for row in table("admin1.tsv")}
    assert [row for row in region_names() if (row.country, row.name) not in known] == []


def test_every_place_that_the_tables_rename_exists(world: Gazetteer) -> None:
    """A row of aliases for an id that GeoNames no longer has would be dead."""
    ids = {world.geonames_id(entity) for entity in range(world.entities)}
    assert [row for row in table("place_aliases.tsv") if int(row[1]) not in ids] == []


def test_demonyms_and_metonyms_name_countries() -> None:
    """They are shared with the recognition of actors."""
    assert demonyms()["Turkish"] == "TR"
    assert demonyms()["Salvadoran"] == "SV"
    assert government_metonyms()["Kremlin"] == "RU"
    assert all(len(code) == 2 for code in demonyms().values())


def test_state_abbreviations_are_read_in_both_styles() -> None:
    """Postal and newspaper abbreviations mean the same state."""
    assert region_abbreviations()["fla"] == region_abbreviations()["fl"] == ("US", "Florida")
    assert region_abbreviations()["alta"] == ("CA", "Alberta")
