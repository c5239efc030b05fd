"""Builders of articles and documents for the extractor's tests."""

from datetime import UTC, datetime

from schemas.article import RawArticle, Source
from services.extract.document import build_document
from services.extract.model import Document


def article(
    text: str,
    *,
    title: str | None = None,
    published: str | None = "2021-05-14",
    outlet: str | None = "Harbour Wire",
    domain: str | None = None,
) -> RawArticle:
    """An article with the given words, published at midnight of a day (UTC)."""
    moment = None if published is None else datetime.fromisoformat(published).replace(tzinfo=UTC)
    return RawArticle(
        id="a-1",
        content_hash="0" * 64,
        source=Source(name=outlet, domain=domain),
        title=title,
        text=text,
        published_at=moment,
        received_at=moment or datetime(2021, 5, 14, tzinfo=UTC),
    )


def document(text: str, *, title: str | None = None, published: str | None = "2021-05-14") -> Document:
    """The document of such an article."""
    return build_document(article(text, title=title, published=published))
