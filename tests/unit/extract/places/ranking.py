"""The places of the main event of an article made for a test."""

from schemas.extraction import Place
from services.extract.components.dates import find_dates
from services.extract.components.frames import build_frames
from services.extract.components.places import find_places, rank_places
from services.extract.components.triggers import scan
from services.extract.document import build_document
from services.extract.model import Document, Ranked
from services.extract.resources.gazetteer import Gazetteer
from tests.unit.extract.articles import article


def ranked(
    world: Gazetteer,
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    domain: str | None = None,
) -> tuple[Document, tuple[Ranked[Place], ...]]:
    """The document, and the probability table of its main event's place."""
    doc = build_document(article(text, title=title, outlet=outlet, domain=domain))
    table = find_places(doc, world)
    frame = build_frames(doc, scan(doc), find_dates(doc))[0]
    return doc, rank_places(doc, table, frame)


def best(world: Gazetteer, text: str, **about: str | None) -> Place:
    """The likeliest place."""
    return ranked(world, text, **about)[1][0].value
