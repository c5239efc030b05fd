"""Perpetrators: who, how sure, and what is left out."""

from schemas.extraction import Perpetrator
from services.extract.components.weapon import Weapon
from tests.unit.extract.claims.invented import found_in


def _named(text: str) -> dict[str, Perpetrator]:
    return {one.name: one for one in found_in(text).perpetrators}


def test_an_admission_makes_a_surer_perpetrator_than_an_accusation() -> None:
    owned = _named("Al-Shabaab claimed responsibility for the bombing.")["al-Shabaab"]
    accused = _named("The Somali army blamed al-Shabaab for the bombing.")["al-Shabaab"]
    assert owned.confidence > 0.9 > accused.confidence > 0.5


def test_two_accusers_make_one_perpetrator_surer() -> None:
    one = _named("Kyiv blamed Russia for the strike.")["Russia"]
    two = _named("Kyiv blamed Russia for the strike. Poland blamed Russia for the strike, too.")["Russia"]
    assert two.confidence > one.confidence


def test_a_denial_lowers_the_confidence_and_alone_makes_no_perpetrator() -> None:
    blamed = _named("Kyiv blamed Russia for the strike.")["Russia"]
    contested = _named("Kyiv blamed Russia for the strike. Russia denied involvement in the strike.")[
        "Russia"
    ]
    assert contested.confidence < blamed.confidence
    assert _named("Russia denied involvement in the strike.") == {}


def test_speculation_makes_no_perpetrator() -> None:
    assert _named("There was speculation that Israel had carried out the strike.") == {}


def test_a_group_that_only_speaks_about_an_attack_is_no_perpetrator() -> None:
    assert _named("Hamas condemned the attack in Rafah.") == {}
    assert _named("Hamas denied involvement in the attack in Rafah.") == {}


def test_unnamed_fighters_are_of_the_one_group_that_the_article_names() -> None:
    text = "Guerrillas attacked a bridge near Arauca. The ELN has fought in the province for decades."
    assert _named(text)["National Liberation Army (ELN)"].confidence == 0.5


def test_unnamed_attackers_are_a_crowd() -> None:
    assert _named("Gunmen killed three policemen in Karachi.")["Gunmen"].kind.value == "crowd"


def test_an_accused_leader_stands_for_his_state() -> None:
    assert _named("France blamed President Bashar al-Assad for the gas attack.")["Syria"].country == "SY"


def test_copy_without_case_names_its_organisations() -> None:
    text = "THE FERRYMAN WAS KILLED BY FOLLOWERS OF THE FARABUNDO MARTI NATIONAL LIBERATION FRONT (FMLN)."
    assert list(_named(text)) == ["Farabundo Marti National Liberation Front (FMLN)"]


def test_both_sides_of_a_fight_take_part_in_it() -> None:
    text = "Two farmers died in fighting between the Colombian army and the ELN near Arauca."
    assert set(_named(text)) == {"Colombian army", "National Liberation Army (ELN)"}


def _weapon(text: str) -> Weapon | None:
    return found_in(text).weapon


def test_the_weapon_is_the_most_telling_one_named() -> None:
    found = _weapon("A bomb went off in Basra. The car bomb killed three people.")
    assert found is not None
    assert found.value == "car bomb"


def test_an_event_without_a_weapon_has_none() -> None:
    assert _weapon("Three people were beaten to death in Lagos.") is None
