"""Identity: the canonical URL, the id and the content hash."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.identity import TRACKERS, UnusableUrl, article_id, canonical_url, content_hash, domain_of

CONTENT: dict[str, Any] = {
    "title": "A title",
    "text": "Some text.",
    "language": "en",
    "byline": "A. Writer",
    "published_at": datetime(2024, 5, 3, tzinfo=UTC),
    "published_precision": "day",
    "source_name": "Harbour Times",
    "source_domain": None,
}


@pytest.mark.parametrize(
    ("posted", "canonical"),
    [
        ("http://A.Example", "https://a.example/"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("http://a.example:80/x", "https://a.example/x"),
        ("https://a.example:8443/x", "https://a.example:8443/x"),
        ("https://a.example/x#part", "https://a.example/x"),
        ("https://a.example/x?id=7&utm_source=b&page=2", "https://a.example/x?id=7&page=2"),
        ("https://a.example/x?UTM_Medium=b", "https://a.example/x"),
        ("https://a.example/x?fbclid=1", "https://a.example/x"),
        ("https://a.example/x?b=2&a=1", "https://a.example/x?b=2&a=1"),
        ("https://a.example/x?", "https://a.example/x"),
        ("https://a.example/\u00e9", "https://a.example/%C3%A9"),
        ("https://[::1]:9/x", "https://[::1]:9/x"),
        ("  https://a.example/x ", "https://a.example/x"),
    ],
)
def test_a_url_becomes_canonical(posted: str, canonical: str) -> None:
    assert canonical_url(posted) == canonical


@pytest.mark.parametrize(
    "url", ["", "a.example/x", "ftp://a.example", "https://", "https://a:b/x", "https://[::1"]
)
def test_what_is_no_http_url_is_refused(url: str) -> None:
    with pytest.raises(UnusableUrl):
        canonical_url(url)


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_canonical_url_is_its_own_canonical_form(path: str, query: str) -> None:
    try:
        once = canonical_url(f"https://a.example/{path}?{query}")
    except UnusableUrl:
        return
    assert canonical_url(once) == once


@given(st.sampled_from(sorted(TRACKERS)), st.text("abc123", max_size=8))
def test_a_tracker_never_makes_another_article(name: str, value: str) -> None:
    assert canonical_url(f"https://a.example/x?id=7&{name}={value}") == "https://a.example/x?id=7"


def test_the_id_is_the_clients_else_the_addresses_else_the_contents() -> None:
    address = "https://a.example/x"
    assert article_id("mine", address, "a" * 64) == "mine"
    assert article_id(None, address, "a" * 64) == article_id(None, address, "b" * 64)
    assert article_id(None, None, "a" * 64) != article_id(None, None, "b" * 64)


def test_derived_ids_never_change() -> None:
    """Every log depends on them: a change of this test would make known articles new."""
    assert article_id(None, "https://a.example/x", "") == "b0ed1ee8-01e7-565b-a259-58cebce3fab2"
    assert content_hash(**CONTENT) == "2c718db4b44089bc0c2ed589175f88eb5ee1d23983aa4e8a1bcf7fead9aad3a9"


@pytest.mark.parametrize("field", sorted(CONTENT))
def test_every_field_of_the_content_counts(field: str) -> None:
    other = datetime(2024, 5, 4, tzinfo=UTC) if field == "published_at" else "other"
    assert content_hash(**{**CONTENT, field: other}) != content_hash(**CONTENT)


def test_the_domain_is_the_host_without_www() -> None:
    assert domain_of("https://www.a.example:8443/x") == "a.example"
