"""The probability table: evidence for each row, honest shares, the same every time."""

from services.extract.resources.gazetteer import Gazetteer
from tests.unit.extract.places.ranking import ranked

TEXT = (
    "TAMALE, Ghana (Harbour Wire) - Gunmen attacked a bus near Bawku in northern Ghana on Sunday, killing five.\n"
    "The bus was going from Accra to Bolgatanga, police said. Three of the wounded were flown to Accra."
)


def test_every_stated_row_quotes_the_article_at_its_offsets(world: Gazetteer) -> None:
    """The words at a span name the place of its row."""
    doc, table = ranked(world, TEXT, title="Five killed in bus attack near Bawku")
    quotes = [doc.quote(c.span) for row in table for c in row.support if c.span is not None]
    assert quotes
    assert {quote.lower() for quote in quotes} <= {"bawku", "ghana", "tamale", "accra", "bolgatanga"}


def test_the_best_row_quotes_the_sentence_that_tells_of_the_event(world: Gazetteer) -> None:
    """The body's core sentence comes before the headline."""
    table = ranked(world, TEXT, title="Five killed in bus attack near Bawku")[1]
    span = table[0].support[0].span
    assert table[0].value.name == "Bawku"
    assert span is not None
    assert span.where == "text"


def test_rows_stand_in_order_and_leave_mass_for_none(world: Gazetteer) -> None:
    """Shares fall and sum to less than one."""
    shares = [row.p for row in ranked(world, TEXT)[1]]
    assert shares == sorted(shares, reverse=True)
    assert 0.5 < sum(shares) < 1.0


def test_the_same_article_gives_the_same_table(world: Gazetteer) -> None:
    """Nothing depends on what was read before."""
    before = ranked(world, TEXT)[1]
    ranked(world, "A man was shot in Akron, Ohio, on Friday.", domain="wakr.net")
    assert ranked(world, TEXT)[1] == before


def test_a_local_outlets_city_is_assumed_without_a_span(world: Gazetteer) -> None:
    """A local station seldom names its city; what nothing states carries no evidence."""
    table = ranked(world, "A man was shot on the East Side on Friday night, police said.", domain="whio.com")[
        1
    ]
    row = next(row for row in table if row.value.name == "Dayton")
    assert row.support[0].span is None
    assert row.support[0].rule == "outlet-home"


def test_an_article_without_any_place_has_no_table(world: Gazetteer) -> None:
    """Unknown is nothing, never a guess at nowhere."""
    assert ranked(world, "A man was shot on Friday night, police said.")[1] == ()


def test_unknown_coordinates_are_null_and_never_zero(world: Gazetteer) -> None:
    """A name that nothing is known of has no point."""
    table = ranked(world, "Gunmen killed two herders in the village of Oumzarra on Friday, a witness said.")[
        1
    ]
    row = next(row for row in table if row.value.name == "Oumzarra")
    assert (row.value.latitude, row.value.longitude, row.value.country) == (None, None, None)
