"""Triggers: phrases, senses, stages."""

import pytest

from services.extract.components.triggers import scan
from services.extract.model import Trigger
from tests.unit.extract.articles import document


def triggers(text: str) -> list[Trigger]:
    return [t for t in scan(document(text)).triggers if t.form != "p"]


def kinds(text: str) -> set[str]:
    return {f"{t.event_type}/{t.event_mode or '-'}" for t in triggers(text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gunmen opened fire on a bus near the port.", "ASSAULT/firearms"),
        ("An air strike hit the depot.", "ASSAULT/aerial"),
        ("A drone strike hit the depot.", "ASSAULT/drone"),
        ("Troops shelled the village.", "ASSAULT/heavy-weapons"),
        ("A roadside bomb destroyed the lorry.", "ASSAULT/explosives"),
        ("A man blew himself up at the gate.", "ASSAULT/suicide-attack"),
        ("Rebels clashed with the army.", "ASSAULT/clash"),
        ("The mayor was kidnapped.", "ASSAULT/abduct"),
        ("The judge was assassinated.", "ASSAULT/targeted"),
        ("Two men were stabbed.", "ASSAULT/primitive"),
        ("A mob set fire to the town hall.", "ASSAULT/destroy"),
        ("Police arrested nine people.", "COERCE/arrest"),
        ("Thousands took to the streets.", "PROTEST/demo"),
        ("Bus drivers went on strike.", "PROTEST/strike"),
        ("Youths rioted in the suburbs.", "PROTEST/riot"),
        ("About 900 families fled their homes.", "COERCE/displace"),
        ("A coach collided with a lorry.", "ACCIDENT/crash"),
        ("A ferry capsized in the strait.", "ACCIDENT/capsize"),
        ("The express derailed at dawn.", "ACCIDENT/derailment"),
        ("An earthquake shook the coast.", "DISASTER/earthquake"),
        ("Flash floods swept the valley.", "DISASTER/flood"),
        ("The council imposed sanctions on the bank.", "SANCTION/-"),
        ("Both sides signed a peace deal.", "AGREE/-"),
        ("The minister resigned.", "RETREAT/resign"),
        ("Ministers held talks in Oran.", "CONSULT/-"),
        ("The junta deployed troops on the border.", "MOBILIZE/troops"),
    ],
)
def test_each_kind_of_event_has_words_that_tell_of_it(text: str, kind: str) -> None:
    """One plain sentence per type and mode."""
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "He died of a heart attack.",
        "She got a flu shot.",
        "The deadline is a big deal.",
        "Homicide detectives came.",
        "It was a long shot.",
        "The bloodshot eyes of a slingshot maker.",
    ],
)
def test_phrases_that_only_sound_like_events_are_none(text: str) -> None:
    """Fixed phrases cancel the words in them; parts of words are no words."""
    assert not [t for t in triggers(text) if t.weight >= 0.5]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Warplanes returned at noon. The strike killed nine rebels.", "ASSAULT/aerial"),
        ("The union of teachers said the strike would last.", "PROTEST/strike"),
        ("A blast tore through the market. Police found parts of a bomb.", "ASSAULT/explosives"),
        ("A blast tore through the gas plant.", "ACCIDENT/explosion"),
        ("Planes bombed the ridge.", "ASSAULT/aerial"),
        ("Guerrillas bombed the pylon.", "ASSAULT/explosives"),
        ("The fire gutted a warehouse, fire crews said.", "ACCIDENT/fire"),
    ],
)
def test_words_of_several_senses_are_decided_by_their_company(text: str, kind: str) -> None:
    """Words such as "strike", "blast", "bombed" and "fire" take the sense that the article gives."""
    assert kind in kinds(text)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("A bomb exploded at noon.", "happened"),
        ("They plan to bomb the bridge; the group vowed to attack.", "planned"),
        ("Police foiled a bombing.", "planned"),
        ("If the rebels attack, the town will fall.", "hypothetical"),
        ("The army may attack.", "hypothetical"),
        ("There was no shooting.", "denied"),
        ("He was allegedly shot by a guard.", "happened"),
    ],
)
def test_stages_are_told_apart(text: str, stage: str) -> None:
    """Planned, possible and denied events did not happen; doubts about who did it leave them happened."""
    assert triggers(text)[-1].stage == stage
