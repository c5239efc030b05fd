"""Countries and regions as the news names them: further names, demonyms, metonyms, abbreviations.

Reads the small tables in `data/`; nothing is read at import. May be used by any stage.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, NamedTuple

from services.extract.resources.gazetteer.names import name_key

_DATA: Final = "services.extract.resources.gazetteer"


class CountryNames(NamedTuple):
    """A country's further names, its demonyms and what its government is called by."""

    country: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    metonyms: tuple[str, ...]


class RegionNames(NamedTuple):
    """A first-level region: `name` as in the derived table, `shown` the name to show, `further` names."""

    country: str
    name: str
    shown: str
    further: tuple[str, ...]


def table(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of a table in `data/`, comments left out."""
    for line in table_text(name).splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))


def table_text(name: str) -> str:
    """The content of a table in `data/`."""
    return files(_DATA).joinpath("data", name).read_text(encoding="utf-8")


@cache
def country_names() -> tuple[CountryNames, ...]:
    """The countries with further names, in the order of the table."""
    return tuple(
        CountryNames(code, *(_split(cell) for cell in (*cells, "", "", "")[:3]))
        for code, *cells in table("countries.tsv")
    )


@cache
def demonyms() -> Mapping[str, str]:
    """Demonym → ISO 3166-1 alpha-2: "Turkish" → "TR". Those of several countries are left out."""
    return MappingProxyType({word: row.country for row in country_names() for word in row.demonyms})


@cache
def government_metonyms() -> Mapping[str, str]:
    """What a government is called by, other than its capital: "Kremlin" → "RU"."""
    return MappingProxyType({word: row.country for row in country_names() for word in row.metonyms})


@cache
def region_names() -> tuple[RegionNames, ...]:
    """The first-level regions with further or better names, in the order of the table."""
    return tuple(_region(*row) for row in table("admin1_aliases.tsv") if len(row) == 3)


def _region(country: str, name: str, cell: str) -> RegionNames:
    names = _split(cell)
    if cell.startswith("="):
        return RegionNames(country, name, names[0].removeprefix("="), names[1:])
    return RegionNames(country, name, name, names)


def is_abbreviation(name: str) -> bool:
    """Whether a region's name stands for it only after a place and a comma: "Ala.", "TX", "N.H."."""
    return name.endswith(".") or (name.isupper() and len(name) <= 4)


@cache
def region_abbreviations() -> Mapping[str, tuple[str, str]]:
    """Key of an abbreviation → (country, shown name of the region): "ala" → ("US", "Alabama").

    The United States win over Canada and Australia where they share one ("MA").
    """
    found: dict[str, tuple[str, str]] = {}
    for row in region_names():
        for name in row.further:
            if is_abbreviation(name):
                found.setdefault(name_key(name), (row.country, row.shown))
    return MappingProxyType(found)


@cache
def common_words() -> frozenset[str]:
    """Ordinary English words that are also names of places, as keys."""
    return frozenset(row[0] for row in table("common_words.txt"))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)
