"""An outlet's home as its name tells: call letters, a city in the domain, a country's top-level domain.

The table `outlets.tsv` holds call letters, domains and names of outlets with their homes, from general
knowledge; nothing is learnt from articles. Pure over the gazetteer and the table.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from services.extract.resources.gazetteer import Gazetteer, Kind
from services.extract.resources.gazetteer.lexicon import region_abbreviations, table
from services.extract.resources.gazetteer.names import name_key


class Home(NamedTuple):
    """Where an outlet is at home: city and first-level region as entities, country; and its letters."""

    city: int | None
    region: int | None
    country: str | None
    letters: str


_GENERIC: Final = frozenset(
    {
        "com", "org", "net", "tv", "info", "news", "co", "uk", "au", "ca", "us", "ie", "nz", "za", "in",
        "blog", "wordpress", "blogspot", "www"
    }
)  # fmt: skip
_COUNTRY_ENDINGS: Final = {"uk": "GB", "us": "US", "gov": "US", "mil": "US"}
_CALL: Final = re.compile(r"^([kw][a-z]{2,3})(?=[^a-z]|tv|am|fm|news|action|local|$)")
_AROUND: Final = re.compile(
    r"(?:the|my|new|news|newspapers?|online|daily|evening|morning|sunday|times?|post|tribune|herald|dispatch|sentinel|"
    r"gazette|journal|star|sun|press|record|register|recorder|reporter|examiner|chronicle|courier|observer|enterprise|"
    r"republic|republican|democrat|leader|ledger|mail|echo|argus|advertiser|advocate|advance|citizen|commercial|banner|"
    r"bulletin|beacon|telegraph|telegram|standard|statesman|independent|inquirer|intelligencer|messenger|monitor|mirror|"
    r"weekly|today|now|live|local|patch|tv|radio|fm|am|abc|nbc|cbs|cw|fox|wire|city|first|alert|eagle|pilot|voice|world|"
    r"review|union|transcript|free|guardian|blog|police|sheriff|crime|us|usa|and|of|on|in|at|\d+)*$"
)
"""What may stand beside a city's name in a domain: words of outlets' names, networks and channel numbers."""

_CITY_PEOPLE: Final = 15_000
_WORLD_CITY_PEOPLE: Final = 300_000
"""People that a city must have to be read off a domain, and off one that tells no country."""

_CITY_MIN: Final = 5
"""Letters a city's name must have to be read off the start of a domain."""


@lru_cache(maxsize=20_000)
def home_of(domain: str | None, outlet: str | None, gazetteer: Gazetteer) -> Home | None:
    """The home of an outlet, or None where neither domain nor name tells."""
    labels = _labels(domain) or _labels(outlet if outlet and "." in outlet and " " not in outlet else None)
    name = "".join(char for char in (outlet or "").lower() if char.isalnum()).removeprefix("the")
    letters = "".join(labels) or name
    for key in (*_keys(labels), name):
        found = _table(gazetteer).get(key)
        if found is not None:
            return found._replace(letters=letters)
    country = _country(domain)
    for label in labels or (name,):
        city = _city_in(label, country, gazetteer)
        if city is not None:
            return Home(city, gazetteer.region(city), gazetteer.country(city), letters)
    return Home(None, None, country, letters) if country or letters else None


def _labels(domain: str | None) -> tuple[str, ...]:
    """The telling labels of a domain, the last first ("pittsburgh.cbslocal.com" → cbslocal, pittsburgh)."""
    if not domain:
        return ()
    parts = domain.lower().split(":")[0].split(".")
    return tuple(part for part in reversed(parts[:-1]) if part not in _GENERIC)


def _keys(labels: tuple[str, ...]) -> list[str]:
    keys = list(labels)
    for label in labels:
        call = _CALL.match(label)
        if call:
            keys.append(call.group(1))
    return keys


def _country(domain: str | None) -> str | None:
    ending = (domain or "").rsplit(".", 1)[-1].lower()
    if len(ending) == 2 and ending not in {"tv", "co", "me", "io", "fm", "ly", "cc", "ws", "to", "ai"}:
        return _COUNTRY_ENDINGS.get(ending, ending.upper())
    return _COUNTRY_ENDINGS.get(ending)


def _city_in(label: str, country: str | None, gazetteer: Gazetteer) -> int | None:
    """The city whose name begins or ends a domain's label, when what is left are words of outlets' names."""
    text = label.replace("-", "")
    for size in range(len(text), _CITY_MIN - 1, -1):
        for part, rest in ((text[:size], text[size:]), (text[-size:], text[:-size])):
            if _AROUND.fullmatch(rest):
                city = _city(part, country, gazetteer)
                if city is not None:
                    return city
    return None


def _city(letters: str, country: str | None, gazetteer: Gazetteer) -> int | None:
    """The place of that name, written without blanks: in the domain's country, else large or American.

    Most local outlets under endings of no country are of the United States.
    """
    splits = (letters, *(f"{letters[:n]} {letters[n:]}" for n in range(3, len(letters) - 3)))
    for key in splits:
        places = [n >> 1 for n in gazetteer.find(key).entities if not n & 1]
        places = [e for e in places if gazetteer.kind(e) is Kind.PLACE and _fits(e, country, gazetteer)]
        if places:
            return max(places, key=lambda e: (gazetteer.country(e) == "US", gazetteer.population(e)))
    return None


def _fits(entity: int, country: str | None, gazetteer: Gazetteer) -> bool:
    people = gazetteer.population(entity)
    if country is not None:
        return gazetteer.country(entity) == country and people >= _CITY_PEOPLE
    return people >= (_CITY_PEOPLE if gazetteer.country(entity) == "US" else _WORLD_CITY_PEOPLE)


@lru_cache(maxsize=4)
def _table(gazetteer: Gazetteer) -> dict[str, Home]:
    """Call letters, domain labels and names (letters only) → home."""
    homes: dict[str, Home] = {}
    for place, keys in table("outlets.tsv"):
        home = _resolve(place, gazetteer)
        if home is not None:
            for key in keys.split():
                homes.setdefault(key, home)
    return homes


def _resolve(place: str, gazetteer: Gazetteer) -> Home | None:
    """A place of the table as a home: "Austin, TX", "Leeds, GB" or "TR"."""
    name, _, region = place.rpartition(", ")
    if not name:
        return Home(None, None, region, "")
    country, shown = region_abbreviations().get(region.lower(), (region, ""))
    for number in gazetteer.find(name_key(name)).entities:
        entity = number >> 1
        if gazetteer.kind(entity) is Kind.PLACE and gazetteer.country(entity) == country:
            first = gazetteer.region(entity)
            if not shown or (first is not None and gazetteer.name(first) == shown):
                return Home(entity, first, country, "")
    return None
