"""Keys of names: what spellings have in common, and what stays apart."""

import pytest

from services.extract.resources.gazetteer.names import loose_key, name_key


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("St. Louis", "Saint Louis"),
        ("Şanlıurfa", "Sanliurfa"),
        ("Ta‘izz", "Taizz"),
        ("Mazār-e Sharīf", "mazar e sharif"),
        ("Winston-Salem", "WINSTON SALEM"),
        ("Washington, D.C.", "Washington DC"),
        ("Coeur d’Alene", "Coeur d'Alene"),
    ],
)
def test_spellings_that_never_tell_places_apart_have_one_key(left: str, right: str) -> None:
    """Case, diacritics, apostrophes, hyphens, dots and "St" are levelled."""
    assert name_key(left) == name_key(right)


@pytest.mark.parametrize(
    "spelling", ["Al-Hasakah", "Hassakeh", "al-Hasaka", "Hasakah", "El Hasakah", "Al Ḩasakah", "Hasakeh"]
)
def test_transliterations_of_one_arabic_name_have_one_loose_key(spelling: str) -> None:
    """Articles, vowels, doubled letters and the ending are levelled."""
    assert loose_key(name_key(spelling)) == "hasaka"


def test_a_loose_key_keeps_consonants_apart() -> None:
    """Homs and Hama are no spellings of each other."""
    assert loose_key(name_key("Homs")) != loose_key(name_key("Hama"))


def test_a_name_of_marks_only_has_an_empty_key() -> None:
    """Nothing is left of quotes and dots, and nothing fails."""
    assert name_key(" '’.- ") == ""
