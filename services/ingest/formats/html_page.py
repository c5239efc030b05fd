"""HTML pages: from a page to a posted article, by trafilatura. Runs in the sandbox: pages are strangers'.

May import: the standard library, orjson, trafilatura, `services.errors`.
"""

from typing import Any

import orjson

from services.errors import Permanent

TARGET = f"{__name__}:build"
"""What the sandbox loads."""


class NoArticleInPage(Permanent):
    """Raised for a page in which no article is found."""


class PageReader:
    """The sandbox task: a request is a JSON line `{"url": …}` followed by the page's bytes."""

    hello = b"html"

    def __call__(self, request: bytes) -> bytes:
        head, _, page = request.partition(b"\n")
        return orjson.dumps(read_page(page, orjson.loads(head)["url"]))


def build(_argument: str) -> PageReader:
    """Load trafilatura before the first page comes."""
    import trafilatura  # noqa: F401 - loading takes half a second

    return PageReader()


def request_for(page: bytes, url: str | None) -> bytes:
    """The request for a page."""
    return orjson.dumps({"url": url}) + b"\n" + page


def read_page(page: bytes, url: str | None) -> dict[str, Any]:
    """The posted article in a page. Raises NoArticleInPage."""
    import trafilatura

    document = trafilatura.bare_extraction(
        page, url=url, with_metadata=True, include_comments=False, include_tables=False
    )
    found = {} if document is None or isinstance(document, dict) else _fields(document.as_dict())
    text = found.get("text")
    if not text or text.isspace():
        raise NoArticleInPage("no article found in the page")
    address = url or found.get("url")
    posted = {
        "url": address,
        "source": found.get("sitename"),
        "title": found.get("title"),
        "text": text,
        "language": found.get("language"),
        "byline": found.get("author"),
        "published_at": found.get("date"),
    }
    return {name: value for name, value in posted.items() if value}


def _fields(found: Any) -> dict[str, str]:
    """What was found, as strings, without characters that no text may hold."""
    return {name: _clean(value) for name, value in found.items() if isinstance(value, str)}


def _clean(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
