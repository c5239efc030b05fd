"""Extractions that came before their article: kept to a limit, handed out when it comes."""

from services.store.waiting_room import WaitingRoom
from tests.unit.store.make import article, event, extraction


def test_an_extraction_waits_until_its_article_comes() -> None:
    room, one, other = WaitingRoom(10), article(1), article(2)
    said = extraction(one, event(3))
    assert room.keep(said)
    assert room.due([other]) == []
    assert room.due([one, one]) == [said]


def test_it_stays_until_it_is_recorded() -> None:
    room, one = WaitingRoom(10), article(1)
    room.keep(extraction(one, event(3)))
    room.leave(room.due([one]))
    assert room.due([one]) == []
    assert len(room) == 0


def test_another_version_of_the_article_does_not_do() -> None:
    room = WaitingRoom(10)
    room.keep(extraction(article(1), event(3)))
    assert room.due([article(1, content_hash="f" * 64)]) == []


def test_a_full_room_keeps_no_more_but_knows_what_it_has() -> None:
    room = WaitingRoom(1)
    said = extraction(article(1), event(3))
    assert room.keep(said)
    assert room.keep(said)
    assert not room.keep(extraction(article(2), event(3)))
    assert len(room) == 1
