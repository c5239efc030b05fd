"""A gazetteer of a few invented and real-sounding places, for tests that need no world."""

from services.extract.resources.gazetteer import Gazetteer, Kind
from services.extract.resources.gazetteer.build import build_index
from services.extract.resources.gazetteer.rows import Row
from services.extract.resources.gazetteer.sources import place_row

ROWS = (
    Row(Kind.COUNTRY, "Syria", "SY", "", 35.0, 38.5, 16_906_283, 163843, ("Syria",), derived=True),
    Row(Kind.FIRST, "Tartus", "SY", "14", 34.98, 36.07, 500_893, 0, ("Tartus", "Tartous"), derived=True),
    place_row(
        name="Ţarţūs",
        country="SY",
        admin1="14",
        point=(34.88902, 35.88659),
        population=89_457,
        geonames_id=163345,
        alternates=["Tartous", "Tortosa", "tartws", "TTS", "Тартус"],
    ),
    place_row(
        name="Springfield",
        country="US",
        admin1="IL",
        point=(39.80172, -89.64371),
        population=114_394,
        geonames_id=4250542,
        alternates=[],
    ),
    place_row(
        name="Springfield",
        country="US",
        admin1="MO",
        point=(37.21533, -93.29824),
        population=170_188,
        geonames_id=4409896,
        alternates=["Queen City of the Ozarks"],
    ),
)


def small() -> Gazetteer:
    """A gazetteer of the rows above."""
    return Gazetteer(memoryview(build_index(ROWS)))
