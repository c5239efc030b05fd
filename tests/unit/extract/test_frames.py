"""Frames: which mentions tell of one event, which is main, what stays apart."""

from schemas.taxonomy import Relation
from services.extract.components.dates import find_dates
from services.extract.components.frames import build_frames
from services.extract.components.triggers import scan
from services.extract.model import Frame
from tests.unit.extract.articles import document


def frames(text: str, title: str | None = None, published: str | None = "2021-05-14") -> tuple[Frame, ...]:
    doc = document(text, title=title, published=published)
    return build_frames(doc, scan(doc), find_dates(doc))


def kinds(found: tuple[Frame, ...]) -> list[str]:
    return [f"{frame.event_type}/{frame.event_mode or '-'}" for frame in found]


def test_mentions_of_one_event_in_many_words_are_one_frame() -> None:
    """The attack, the shooting, the murders: one event, coded by its most telling words."""
    found = frames(
        "Gunmen opened fire on a minibus near Tessalit on Tuesday, killing four people.\n"
        "The attack was the third this year. The shooting began at noon, a witness said.\n"
        "The murders shocked the town."
    )
    assert kinds(found) == ["ASSAULT/firearms"]
    assert found[0].relation is Relation.MAIN


def test_an_article_on_who_is_blamed_reports_the_strike_itself() -> None:
    """The physical event leads before the talk about it, also when it is told in passing."""
    found = frames(
        "Norland said on Monday that Sudland was to blame for an air strike that killed 12 border guards last month.\n"
        "Its envoy announced new sanctions on two Sudland officials.\n"
        "Sudland says that a ceasefire deal is near.",
        title="Norland blames Sudland for killing of border guards",
    )
    assert kinds(found)[0] == "ASSAULT/aerial"
    assert "SANCTION/-" in kinds(found)


def test_a_political_act_leads_where_nothing_physical_is_reported() -> None:
    """Talks are an event of their own."""
    found = frames("Ministers of both countries held talks in Oran on Monday. The talks went on until dawn.")
    assert kinds(found)[0] == "CONSULT/-"


def test_an_event_on_another_day_is_another_event() -> None:
    """A second attack with its own day and figures is told apart; the definite noun joins what was told."""
    found = frames(
        "A car bomb killed nine people in Merka on Thursday. The bombing wounded 20 others.\n"
        "On Sunday, a car bomb killed three soldiers in Jowhar."
    )
    assert len(found) == 2
    assert [frame.relation for frame in found] == [Relation.MAIN, Relation.OTHER]


def test_another_victim_is_not_another_event() -> None:
    """Wording such as "another man was shot" tells more of the same shooting."""
    found = frames(
        "A man was killed and another was wounded in a shooting on Friday.\n"
        "Another man, 40, was shot in the arm and taken to hospital."
    )
    assert len(found) == 1


def test_a_separate_incident_is_another_event() -> None:
    """Wording that says so opens an event."""
    found = frames(
        "A man was shot dead in Elmsworth on Friday.\n"
        "In a separate incident, two teenagers were shot and wounded in Birch Hill."
    )
    assert len(found) == 2


def test_a_total_since_spring_is_not_the_event() -> None:
    """The sentence of a cumulative figure belongs to no event."""
    found = frames(
        "A roadside bomb killed two soldiers on Thursday.\n"
        "At least 59 soldiers have been killed since February."
    )
    assert len(found) == 1
    assert 1 not in found[0].core


def test_retaliation_is_an_event_of_its_own() -> None:
    """What was done in answer does not mix with what it answered."""
    found = frames(
        "An air strike killed 12 Norland soldiers on Thursday near Behal.\n"
        "Norland has since launched retaliatory strikes with artillery, killing 16 Sudland soldiers."
    )
    assert [frame.relation for frame in found] == [Relation.MAIN, Relation.RETALIATION]


def test_an_old_event_told_for_background_is_not_reported_anew() -> None:
    """What lies years back opens no incident beside a present one."""
    found = frames(
        "A ferry sank off Port Amity on Thursday, drowning eight people.\n"
        "In November 2015 a ferry capsized there, killing 31 people."
    )
    assert len(found) == 1


def test_news_of_no_known_kind_keeps_its_headline() -> None:
    """An untyped event still exists, so that its reports can be merged."""
    found = frames("The orchestra has named a new conductor.", title="New conductor for Oran orchestra")
    assert kinds(found) == ["None/-"]
    assert found[0].triggers[0].form == "h"


def test_an_empty_text_of_furniture_still_gives_at_most_one_frame() -> None:
    """Totality: no article breaks the frames."""
    assert len(frames("...")) <= 1


def test_an_arrest_after_a_shooting_is_no_second_event() -> None:
    """Consequences belong to the report of what they follow from."""
    found = frames(
        "Two women were shot dead in Elmsworth on Friday. Police arrested a 30-year-old man on Saturday."
    )
    assert kinds(found) == ["ASSAULT/firearms"]


def test_an_arrest_alone_is_an_event() -> None:
    """Without anything physical the arrest itself is reported."""
    assert kinds(frames("Police arrested nine activists in Oran on Monday."))[0] == "COERCE/arrest"


def test_what_an_event_came_after_is_not_the_event() -> None:
    """What came "a day after the club shooting" does not take the club shooting's words."""
    found = frames(
        "A man was shot to death in Birch Park on Sunday evening, police said. He died at the scene.\n"
        "Police do not think the killing is linked to Saturday's shooting at a club, in which two people died.",
        title="Man shot to death in park a day after club shooting",
    )
    assert [frame.relation for frame in found] == [Relation.MAIN, Relation.OTHER]
    assert 3 in found[1].core
    assert 3 not in found[0].sentences


def test_a_town_taken_is_apart_from_the_strike_told_beside_it() -> None:
    """The strike's words do not take the town that was retaken in the same sentence."""
    found = frames(
        "An air strike killed 12 Norland soldiers near Behal on Thursday.\n"
        "The strike came after rebels retook the key town of Sarmin."
    )
    assert [trigger.rule for trigger in found[0].foreign] == ["retook"]


def test_a_fire_is_a_fire_where_nobody_fired() -> None:
    """A burning market is an accident, a march that ends in clashes with the police a riot."""
    assert kinds(frames("A fire swept through a night market on Sunday and left four people dead.")) == [
        "ACCIDENT/fire"
    ]
    assert kinds(frames("A march against the reform ended in clashes with riot police on Saturday.")) == [
        "PROTEST/riot"
    ]


def test_an_event_told_only_by_who_did_it_still_has_its_kind() -> None:
    """Kidnappers who free pupils tell of a kidnapping."""
    found = frames("Twelve of the pupils are home again.", title="School kidnappers free 12 pupils")
    assert kinds(found) == ["ASSAULT/abduct"]
