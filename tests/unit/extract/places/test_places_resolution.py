"""Which place a name means, and what becomes of names that no known place fits."""

import pytest

from services.extract.resources.gazetteer import Gazetteer
from tests.unit.extract.places.ranking import best, ranked


def test_the_state_said_after_a_name_decides_among_namesakes(world: Gazetteer) -> None:
    """Newspaper abbreviations count as the state."""
    place = best(world, "Two men were shot dead outside a bar in Springfield, Ill., on Friday night.")
    assert (place.name, place.admin1, place.country, place.precision) == ("Springfield", "Illinois", "US", 1)


def test_a_state_named_elsewhere_decides_where_none_follows_the_name(world: Gazetteer) -> None:
    """The state police of Missouri do not work in Illinois."""
    text = (
        "A man was shot in Springfield on Friday. The Missouri Highway Patrol is investigating the shooting."
    )
    assert best(world, text).admin1 == "Missouri"


def test_the_outlets_home_decides_where_the_article_names_no_state(world: Gazetteer) -> None:
    """Call letters in a domain tell whose Columbus it is."""
    text = "A man was shot in Columbus on Friday night, police said."
    assert best(world, text, domain="wtvm.com").admin1 == "Georgia"
    assert best(world, text, domain="10tv.com").admin1 == "Ohio"


@pytest.mark.parametrize(
    ("name", "state"), [("Dallas", "Vermont"), ("Boston", "Nevada"), ("Marlow Creek", "Iowa")]
)
def test_a_name_that_its_state_does_not_have_is_never_a_famous_namesake(
    world: Gazetteer, name: str, state: str
) -> None:
    """The name stays, at its state's point, with the precision of a state."""
    place = best(world, f"A farmer was shot dead in {name}, {state}, on Friday, deputies said.")
    assert (place.name, place.admin1, place.country) == (name, state, "US")
    assert (place.precision, place.contained_in, place.geonames_id) == (4, state, None)


def test_a_village_known_by_name_only_lies_where_its_province_does(world: Gazetteer) -> None:
    """It keeps its name and says whose point it has."""
    text = (
        "An air strike killed nine people in the village of Tell Ghazwan in Syria's Idlib province on Monday."
    )
    place = best(world, text)
    assert (place.name, place.admin1, place.country) == ("Tell Ghazwan", "Idlib", "SY")
    assert (place.precision, place.contained_in) == (4, "Idlib")
    assert place.latitude is not None
    assert 35 < place.latitude < 37


def test_a_province_is_no_city_of_its_name(world: Gazetteer) -> None:
    """A name called a province has the precision of a province."""
    text = "Shelling killed four people in Idlib province on Monday, a Syrian monitor said."
    place = best(world, text)
    assert (place.name, place.precision) == ("Idlib", 4)


def test_the_capital_in_a_dateline_is_not_where_it_happened(world: Gazetteer) -> None:
    """The agency sits in the capital; the bomb went off elsewhere."""
    text = (
        "KABUL, May 13 (Harbour Wire) - A roadside bomb killed six people in the Afghan city of Kunduz on "
        "Thursday, police said."
    )
    assert best(world, text).name == "Kunduz"


def test_a_namesake_abroad_does_not_win_over_the_country_that_the_article_names(world: Gazetteer) -> None:
    """There is a larger Valencia in Spain and in Venezuela."""
    text = "VALENCIA, Venezuela - A prison riot in Valencia killed eight inmates, Venezuelan officials said."
    assert best(world, text).country == "VE"


def test_a_transliteration_that_the_gazetteer_lacks_finds_its_town(world: Gazetteer) -> None:
    """Only in a country that the article names."""
    text = "A truck bomb killed 20 people in the Syrian city of Kamishly on Wednesday, state media said."
    place = best(world, text)
    assert (place.name, place.admin1, place.precision) == ("Kamishly", "Al-Hasakah", 1)


def test_upper_case_copy_names_places_too(world: Gazetteer) -> None:
    """Capitals tell nothing there; words of the language are no places."""
    text = (
        "LIMA, 13 MAY 21 (HARBOUR WIRE) -- POLICE SAID THAT A BOMB EXPLODED IN THE PERUVIAN CITY OF AYACUCHO "
        "ON THURSDAY NIGHT, KILLING THREE PEOPLE."
    )
    assert best(world, text).name == "Ayacucho"


def test_a_genitive_that_lost_its_apostrophe_is_still_the_country(world: Gazetteer) -> None:
    """What stands after such a genitive is the place."""
    text = "A bomb blast killed 12 people in Syrias Aleppo on Monday the Syrian state agency said."
    assert best(world, text).name == "Aleppo"


def test_persons_are_no_places(world: Gazetteer) -> None:
    """Austin and Jordan are first the victim's names."""
    text = "Austin Jordan, 24, was shot dead in Tulsa on Friday. Jordan was a nurse, his mother said."
    assert best(world, text).name == "Tulsa"


def test_only_near_a_place_is_not_at_it(world: Gazetteer) -> None:
    """UCDP's code for "within about 25 km"."""
    text = "A landmine killed two farmers near Mopti in central Mali on Monday, the Malian army said."
    place = best(world, text)
    assert (place.name, place.precision) == ("Mopti", 2)


def test_waters_have_no_country(world: Gazetteer) -> None:
    """A point at sea has precision 7 and a null country."""
    table = ranked(world, "Gunmen attacked a tanker in the Gulf of Aden on Monday, killing two sailors.")[1]
    sea = next(row.value for row in table if row.value.name == "Gulf of Aden")
    assert (sea.country, sea.precision) == (None, 7)


def test_a_school_is_kept_as_text(world: Gazetteer) -> None:
    """The facility is in the words of the article, the place is the town."""
    text = "A gunman shot two pupils at Lindgren High School in Duluth, Minn., on Monday, police said."
    place = best(world, text)
    assert (place.name, place.facility) == ("Duluth", "Lindgren High School")


def test_the_hospital_where_victims_died_is_not_the_facility(world: Gazetteer) -> None:
    """They were brought there."""
    text = "A man was shot in Duluth, Minn., on Monday. He was taken to Saint Olaf Hospital and died there."
    assert best(world, text).facility is None
