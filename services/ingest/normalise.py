"""Normalising: from what was posted to the article as wirefold keeps it. Pure.

The text stays exactly as posted: offsets of evidence point into it. Everything that can be missing may
be missing; what is there must be believable.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.ingest.faults import Fault, InvalidArticle
from services.ingest.identity import UnusableUrl, article_id, canonical_url, content_hash, domain_of
from services.ingest.posted import PostedArticle, PostedSource
from services.ingest.publication import Precision, UnreadableMoment, doubt_about, read_published_at


@dataclass(frozen=True, slots=True)
class ArticleLimits:
    """What an article may hold; see the settings of the same names."""

    article_bytes_max: int
    title_chars_max: int
    url_chars_max: int
    published_year_min: int
    published_ahead_max_h: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """An article ready for the stream: its identity, and the RawArticle as JSON-ready values."""

    id: str
    content_hash: str
    article: dict[str, Any]


def normalise(posted: PostedArticle, received_at: datetime, limits: ArticleLimits) -> Accepted:
    """The article as it goes into the stream. Raises InvalidArticle with every fault."""
    published, precision, doubt = _publication(posted.published_at, received_at, limits)
    address, address_fault = _address(posted.url, limits.url_chars_max)
    found = (_id_fault(posted.id), address_fault, *_text_faults(posted, limits), doubt)
    faults = [fault for fault in found if fault is not None]
    if faults:
        raise InvalidArticle(*faults)
    source = posted.source or PostedSource()
    digest = content_hash(
        title=posted.title,
        text=posted.text,
        language=posted.language,
        byline=posted.byline,
        published_at=published,
        published_precision=precision,
        source_name=source.name,
        source_domain=source.domain,
    )
    identity = article_id(posted.id, address, digest)
    domain = source.domain or (domain_of(address) if address else None)
    return Accepted(
        identity,
        digest,
        {
            "schema_version": 1,
            "id": identity,
            "content_hash": digest,
            "url": posted.url,
            "source": {"name": source.name, "domain": domain},
            "title": posted.title or None,
            "text": posted.text,
            "language": posted.language,
            "byline": posted.byline or None,
            "published_at": published,
            "published_precision": precision,
            "received_at": received_at,
        },
    )


def _text_faults(posted: PostedArticle, limits: ArticleLimits) -> Iterator[Fault | None]:
    yield _text_fault(posted.text, limits.article_bytes_max)
    yield _length_fault("/title", posted.title, limits.title_chars_max)
    yield _length_fault("/byline", posted.byline, limits.title_chars_max)
    if posted.source is not None:
        yield _length_fault("/source/name", posted.source.name, limits.title_chars_max)
        yield _length_fault("/source/domain", posted.source.domain, limits.title_chars_max)


def _id_fault(value: str | None) -> Fault | None:
    if value is None or (value.isprintable() and " " not in value):
        return None
    return Fault("/id", "holds spaces or control characters")


def _address(value: str | None, chars_max: int) -> tuple[str | None, Fault | None]:
    """The canonical URL, or what is wrong with the one posted."""
    if value is None:
        return None, None
    if len(value) > chars_max:
        return None, Fault("/url", f"has {len(value)} characters, at most {chars_max} are taken")
    if not value.isprintable() or " " in value:
        return None, Fault("/url", "holds spaces or control characters")
    try:
        return canonical_url(value), None
    except UnusableUrl as error:
        return None, Fault("/url", str(error))


def _text_fault(value: str, bytes_max: int) -> Fault | None:
    if not value or value.isspace():
        return Fault("/text", "is empty")
    if len(value) > bytes_max or (len(value) * 4 > bytes_max and len(value.encode()) > bytes_max):
        return Fault("/text", f"is longer than {bytes_max} bytes in UTF-8")
    return None


def _length_fault(path: str, value: str | None, chars_max: int) -> Fault | None:
    if value is None or len(value) <= chars_max:
        return None
    return Fault(path, f"has {len(value)} characters, at most {chars_max} are taken")


def _publication(
    value: str | None, received_at: datetime, limits: ArticleLimits
) -> tuple[datetime | None, Precision | None, Fault | None]:
    if value is None:
        return None, None, None
    try:
        moment, precision = read_published_at(value)
    except UnreadableMoment as error:
        return None, None, Fault("/published_at", str(error))
    doubt = doubt_about(
        moment,
        received_at,
        year_min=limits.published_year_min,
        ahead_max_h=limits.published_ahead_max_h,
    )
    return moment, precision, None if doubt is None else Fault("/published_at", doubt)
