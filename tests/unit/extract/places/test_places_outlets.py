"""An outlet's home, read off its domain or name."""

import pytest

from services.extract.components.places.outlets import home_of
from services.extract.resources.gazetteer import Gazetteer
from services.extract.resources.gazetteer.lexicon import table


@pytest.mark.parametrize(
    ("domain", "city", "region"),
    [
        ("wfla.com", "Tampa", "Florida"),
        ("www.kold.com", "Tucson", "Arizona"),
        ("pittsburgh.cbslocal.com", "Pittsburgh", "Pennsylvania"),
        ("fox5atlanta.com", "Atlanta", "Georgia"),
        ("amarillopost.com", "Amarillo", "Texas"),
        ("liverpoolecho.co.uk", "Liverpool", "England"),
        ("leedsnews.co.uk", "Leeds", "England"),
    ],
)
def test_domains_tell_where_an_outlet_is_at_home(
    world: Gazetteer, domain: str, city: str, region: str
) -> None:
    """Call letters, networks' local pages and city names in the domain of their country."""
    home = home_of(domain, None, world)
    assert home is not None
    assert home.city is not None
    assert home.region is not None
    assert (world.name(home.city), world.name(home.region)) == (city, region)


@pytest.mark.parametrize(
    "domain", ["carthagerambler.example", "bnonews.com", "theworldreport.org", "orangejuice.com"]
)
def test_domains_that_only_contain_the_letters_of_a_city_tell_nothing(world: Gazetteer, domain: str) -> None:
    """What is left beside the city must be a word of outlets' names."""
    home = home_of(domain, None, world)
    assert home is None or home.city is None


def test_national_outlets_have_a_country_and_no_city(world: Gazetteer) -> None:
    """Their stories are not those of the capital they sit in."""
    home = home_of("dailysabah.com", "Daily Sabah", world)
    assert home is not None
    assert (home.city, home.country) == (None, "TR")


def test_every_home_in_the_table_is_found(world: Gazetteer) -> None:
    """A row whose city the gazetteer lacks would be dead."""
    rows = [(place, keys.split()[0]) for place, keys in table("outlets.tsv")]
    lost = [place for place, key in rows if home_of(None, key, world) is None]
    assert lost == []
