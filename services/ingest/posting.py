"""Postings: from a body to the articles in it, one by one, and whether it was a batch. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.ingest.faults import Fault, IngestRefused
from services.ingest.formats.json_ld import article_nodes, is_json_ld, posted_of
from services.ingest.formats.json_values import BrokenJson, Line, read_json, read_lines


@dataclass(frozen=True, slots=True)
class Item:
    """One article of a posting, not yet checked; `index` counts from 0. `fault`: it can't be read."""

    index: int
    value: Any = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """The items of a request; a batch is answered item by item, a single one by itself."""

    items: tuple[Item, ...]
    batch: bool


def single(value: Any) -> Posting:
    """A posting of one article."""
    return Posting((Item(0, value),), batch=False)


def read_json_posting(body: bytes, items_max: int) -> Posting:
    """A JSON body: one article, an array of them, or JSON-LD. Raises IngestRefused."""
    try:
        value = read_json(body)
    except BrokenJson as error:
        raise IngestRefused("malformed-body", str(error), faults=(Fault("", str(error)),)) from None
    if is_json_ld(value):
        return _json_ld_posting(value, items_max)
    if isinstance(value, list):
        return _array_posting(value, items_max)
    return single(value)


def _array_posting(values: list[Any], items_max: int) -> Posting:
    if values and all(is_json_ld(value) for value in values):
        nodes = article_nodes(values)  # pages list their site and their breadcrumbs beside the article
        return _batch([Item(index, posted_of(node)) for index, node in enumerate(nodes)], items_max)
    own = [_own_form(value) for value in values[: items_max + 1]]
    return _batch([Item(index, value) for index, value in enumerate(own)], items_max)


def read_ndjson_posting(body: bytes, items_max: int) -> Posting:
    """An NDJSON body: an article per line; a broken line is the fault of its item alone."""
    lines = list(read_lines(body, items_max))
    return _batch([_line_item(index, line) for index, line in enumerate(lines)], items_max)


def _line_item(index: int, line: Line) -> Item:
    if line.broken is not None:
        return Item(index, fault=Fault("", f"line {line.number} is no JSON: {line.broken}"))
    return Item(index, _own_form(line.value))


def _json_ld_posting(value: Any, items_max: int) -> Posting:
    nodes = article_nodes(value)
    if not nodes:
        raise IngestRefused("invalid-article", "the JSON-LD has no node of type NewsArticle or Article")
    if len(nodes) == 1:
        return single(posted_of(nodes[0]))
    return _batch([Item(index, posted_of(node)) for index, node in enumerate(nodes)], items_max)


def _own_form(value: Any) -> Any:
    """An article in our own form, whatever form it came in."""
    if not is_json_ld(value):
        return value
    nodes = article_nodes(value)
    return posted_of(nodes[0]) if nodes else value


def _batch(items: list[Item], items_max: int) -> Posting:
    if not items:
        raise IngestRefused("invalid-article", "there is no article in the body")
    if len(items) > items_max:
        detail = f"more than {items_max} articles; send fewer at a time"
        raise IngestRefused("body-too-large", detail)
    return Posting(tuple(items), batch=True)


def pieces(items: tuple[Item, ...], size: int) -> Iterator[tuple[Item, ...]]:
    """The items in pieces, so that other requests get their turn between two."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
