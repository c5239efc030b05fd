"""Extractions that came before their article: kept to a limit, handed out when it comes."""

from schemas.article import RawArticle
from services.store.waiting_room import Waiting, WaitingRoom
from tests.unit.store.make import article, event, extraction


def early(of: RawArticle, entry_id: str = "1-0") -> Waiting:
    return Waiting(entry_id, extraction(of, event(3)))


def test_an_extraction_waits_until_its_article_comes() -> None:
    room, one, other = WaitingRoom(10), article(1), article(2)
    said = early(one)
    assert room.keep(said)
    assert room.due([other]) == []
    assert room.due([one, one]) == [said]


def test_it_stays_until_it_is_recorded() -> None:
    room, one = WaitingRoom(10), article(1)
    room.keep(early(one))
    room.leave(room.due([one]))
    assert room.due([one]) == []
    assert len(room) == 0


def test_another_version_of_the_article_does_not_do() -> None:
    room = WaitingRoom(10)
    room.keep(early(article(1)))
    assert room.due([article(1, content_hash="f" * 64)]) == []


def test_a_full_room_keeps_no_more_but_knows_what_it_has() -> None:
    room = WaitingRoom(1)
    said = early(article(1))
    assert room.keep(said)
    assert room.keep(said)
    assert not room.keep(early(article(2), "2-0"))
    assert len(room) == 1


def test_a_redelivery_of_the_same_entry_takes_no_second_place() -> None:
    room, one = WaitingRoom(2), article(1)
    for entry_id in ("1-0", "1-0", "2-0"):
        assert room.keep(early(one, entry_id))
    assert [waiting.entry_id for waiting in room.due([one])] == ["1-0", "2-0"]
    room.leave(room.due([one]))
    assert len(room) == 0
