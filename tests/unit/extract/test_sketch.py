"""The sketch: names, streets, times and words of an article, from that article alone."""

from datetime import UTC, datetime

from schemas.article import RawArticle
from schemas.extraction import Sketch
from services.extract.sketch import build_sketch

TEXT = """A driver was hurt on Willow Street when his van was fired at, Sgt. Nadia Brandt said. Pavel J. Orlik,
41, of Nordheim was found in the 2300 block of Willow Street at 9:45 p.m. on Sunday. "We heard four
shots," said Greta Moll."""


def sketch(text: str = TEXT, title: str | None = None, **more: object) -> Sketch:
    moment = datetime(2022, 6, 1, tzinfo=UTC)
    article = RawArticle(id="s", content_hash="0" * 64, title=title, text=text, received_at=moment)
    return build_sketch(article, **more)  # type: ignore[arg-type]


def test_full_names_are_found_without_titles_and_initials() -> None:
    assert {"nadia brandt", "pavel orlik", "greta moll"} <= set(sketch().names)


def test_streets_blocks_times_and_ages_become_keys() -> None:
    found = sketch()
    assert found.streets == ("willow st",)
    assert found.blocks == ("2300",)
    assert found.clock_times == ("2145",)
    assert found.ages == (41,)


def test_the_same_article_gives_the_same_sketch() -> None:
    assert sketch() == sketch()


def test_page_furniture_leaves_no_words() -> None:
    found = sketch("Weather\nSports\nJonas Unrelated\n" + TEXT)
    assert "jonas unrelated" not in found.names
    assert found.minhash == sketch().minhash


def test_only_the_spans_given_are_read() -> None:
    head = TEXT.index("Pavel")
    assert sketch(kept=((0, head),)).ages == ()


def test_two_versions_of_a_text_share_most_shingles() -> None:
    one, other = set(sketch().minhash), set(sketch(TEXT + " The police asked for witnesses.").minhash)
    assert len(one & other) / min(len(one), len(other)) > 0.7


def test_a_credited_agency_is_named() -> None:
    assert sketch("NORDHEIM (Reuters) - " + TEXT).agency == "reuters"
    assert sketch().agency is None


def test_an_empty_sketch_is_made_of_a_text_without_words() -> None:
    found = sketch("... --- ...")
    assert (found.names, found.terms, found.minhash) == ((), (), ())


def test_words_of_another_script_are_words() -> None:
    found = sketch("В городе Нордхайм ранен водитель, сообщил Павел Орлик в среду вечером.")
    assert "павел орлик" in found.names
    assert found.word_count > 8
