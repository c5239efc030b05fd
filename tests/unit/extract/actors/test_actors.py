"""Actors: their names, kinds and countries, and whom pronouns and bare nouns stand for."""

import pytest

from schemas.taxonomy import ActorKind
from services.extract.components.actors import ActorMention, find_actors
from tests.unit.extract.claims.invented import document


def _mentions(text: str) -> dict[str, ActorMention]:
    doc = document(text)
    return {doc.quote(mention.span): mention for mention in find_actors(doc)}


@pytest.mark.parametrize(
    ("text", "words", "name", "kind", "country"),
    [
        ("Russia’s defense ministry spoke.", "Russia’s defense ministry", "Russian Defence Ministry", "ministry", "RU"),
        ("The Russian Ministry of Defence spoke.", "Russian Ministry of Defence", "Russian Defence Ministry", "ministry", "RU"),
        ("Ankara has answered.", "Ankara", "Turkey", "state", "TR"),
        ("The Kremlin has answered.", "Kremlin", "Russia", "state", "RU"),
        ("Turkish officials met.", "Turkish officials", "Turkish officials", "official", "TR"),
        ("Syrian regime forces advanced.", "Syrian regime forces", "Syrian forces", "military", "SY"),
        ("Russian warplanes flew.", "Russian warplanes", "Russian forces", "military", "RU"),
        ("U.S. Secretary of State Ann Lee met them.", "U.S. Secretary of State Ann Lee", "Ann Lee", "official", "US"),
        ("The Daesh group spoke.", "Daesh group", "Islamic State", "armed_group", None),
        ("ISIL spoke.", "ISIL", "Islamic State", "armed_group", None),
        ("Syrian rebels spoke.", "Syrian rebels", "Syrian rebels", "armed_group", "SY"),
        ("The Houston Police Department spoke.", "Houston Police Department", "Houston Police Department", "police", None),
        ("Syrias state news agency spoke.", "Syrias state news agency", "Syrian state media", "government", "SY"),
        ("The head of Human Rights Watch spoke.", "head of Human Rights Watch", "Human Rights Watch", "monitor", None),
        ("Doctors spoke.", "Doctors", "Doctors", "medical", None),
        ("Residents spoke.", "Residents", "Residents", "witness", None),
    ],
)  # fmt: skip
def test_an_actor_has_one_name_whatever_it_is_called(
    text: str, words: str, name: str, kind: str, country: str | None
) -> None:
    found = _mentions(text)[words].actor
    assert (found.name, found.kind.value, found.country) == (name, kind, country)


def test_a_compound_does_not_make_an_actor_of_its_first_part() -> None:
    found = _mentions("The Saudi-backed government and the U.S.-led coalition met Britain-based activists.")
    assert {m.actor.country for m in found.values()} == {"US", None}


def test_it_and_they_stand_for_the_body_named_before() -> None:
    found = _mentions("Turkey has protested. It said the planes came from the south.")
    assert found["It"].actor.country == "TR"


def test_he_stands_for_the_person_named_before() -> None:
    found = _mentions("Chilean minister Ana Rojas flew to Lima. She spoke on Monday.")
    assert (found["She"].actor.name, found["She"].actor.country) == ("Ana Rojas", "CL")


def test_a_family_name_stands_for_the_person_with_the_office() -> None:
    found = _mentions("Kenyan minister Paul Otieno flew to Lamu. Otieno spoke on Monday.")
    assert (found["Otieno"].actor.name, found["Otieno"].actor.kind) == ("Paul Otieno", ActorKind.OFFICIAL)


def test_the_ministry_stands_for_the_ministry_named_before() -> None:
    found = _mentions("The Iraqi interior ministry spoke. The ministry gave no reason.")
    assert found["ministry"].actor.name == "Iraqi Interior Ministry"


def test_its_aircraft_belong_to_whom_its_stands_for() -> None:
    found = _mentions("Sudan said its aircraft were not involved.")
    assert found["aircraft"].actor.country == "SD"


def test_pronouns_without_anyone_before_them_are_left_out() -> None:
    assert "it" not in _mentions("On Monday it rained in Lyon.")


def test_a_place_of_lower_case_is_no_country() -> None:
    assert "turkey" not in _mentions("They ate turkey and china broke.")


def test_us_in_small_letters_is_a_pronoun() -> None:
    assert "us" not in _mentions("He told us nothing.")


def test_an_acronym_that_is_a_word_means_nothing_in_copy_without_case() -> None:
    found = _mentions("THE ARMY IS IN THE CAPITAL AND IT IS THERE FOR US.")
    assert {m.actor.kind for m in found.values()} == {ActorKind.MILITARY}


def test_spans_are_the_words_without_their_articles() -> None:
    doc = document("Later the Somali national army attacked.")
    assert [doc.quote(m.span) for m in find_actors(doc)] == ["Somali national army"]
