"""schema.org articles as JSON-LD: from NewsArticle and its kin to a posted article. Pure.

Only what describes the report is taken; JSON-LD is open, so other members are left aside.
"""

from collections.abc import Iterator
from typing import Any, Final

ARTICLE_TYPES: Final = frozenset(
    {
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "LiveBlogPosting",
        "BlogPosting",
        "Report",
    }
)
_TEXTS_JOINED_BY: Final = ", "


def is_json_ld(value: Any) -> bool:
    """Whether a JSON object is JSON-LD rather than an article of our own form."""
    return isinstance(value, dict) and bool(value.keys() & {"@context", "@type", "@graph"})


def article_nodes(value: Any) -> list[dict[str, Any]]:
    """The article nodes of a JSON-LD document: itself, or those of its `@graph` or list."""
    return [node for node in _nodes(value) if _types(node) & ARTICLE_TYPES]


def posted_of(node: dict[str, Any]) -> dict[str, Any]:
    """The posted article in an article node; members that are missing stay out."""
    found = {
        "url": _url(node),
        "source": _source(node.get("publisher")),
        "title": _text(node.get("headline")) or _text(node.get("name")),
        "text": _text(node.get("articleBody")) or _text(node.get("text")),
        "language": _language(node.get("inLanguage")),
        "byline": _names(node.get("author")),
        "published_at": _text(node.get("datePublished")) or _text(node.get("dateCreated")),
    }
    return {name: value for name, value in found.items() if value is not None}


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part)
    elif isinstance(value, dict):
        if isinstance(value.get("@graph"), list):
            yield from _nodes(value["@graph"])
        yield value


def _types(node: dict[str, Any]) -> set[str]:
    stated = node.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return {name.rpartition("/")[2].removeprefix("schema:") for name in names if isinstance(name, str)}


def _url(node: dict[str, Any]) -> str | None:
    page = node.get("mainEntityOfPage")
    page_id = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    for candidate in (node.get("url"), page_id, node.get("@id")):
        if isinstance(candidate, str) and candidate.startswith(("http://", "https://")):
            return candidate
    return None


def _source(publisher: Any) -> Any:
    return _names(publisher)


def _names(value: Any) -> str | None:
    """The name of a person or organisation, or the names of several."""
    parts = value if isinstance(value, list) else [value]
    names = [_text(part.get("name")) if isinstance(part, dict) else _text(part) for part in parts]
    return _TEXTS_JOINED_BY.join(name for name in names if name) or None


def _language(value: Any) -> str | None:
    return _text(value.get("alternateName")) if isinstance(value, dict) else _text(value)


def _text(value: Any) -> str | None:
    """A text, the value of a language-tagged one, or the first of several."""
    if isinstance(value, list) and value:
        return _text(value[0])
    if isinstance(value, dict):
        return _text(value.get("@value"))
    return value if isinstance(value, str) and value else None
