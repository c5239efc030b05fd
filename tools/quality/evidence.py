"""Evidence: every stated or derived value's quote is the text at its offsets, and every value has one.

Pure; standard library only.
"""

from collections.abc import Iterable, Iterator, Mapping

from tools.quality.rows import Fold, Row, Score, events_of, part, share

_VALUES = ("event_type", "date", "place", "fatalities", "injured")


def score_evidence(articles: Iterable[Row], fold: Fold, prefix: str) -> list[Score]:
    """The share of exact spans, and the share of values that have evidence at all.

    `assumed` evidence is right when it has no span. `count` is the number of spans, of values.
    """
    rows = [row for row in articles if row["id"] in fold.extractions]
    exact = [is_exact(span, row) for row in rows for span in spans_of(fold, row["id"])]
    covered = [known for row in rows for event in events_of(fold, row["id"]) for known in coverage(event)]
    return [share(f"{prefix}.evidence.exact", exact), share(f"{prefix}.evidence.covered", covered)]


def spans_of(fold: Fold, article_id: str) -> Iterator[Row]:
    """Every piece of evidence of the article's events, claims and perpetrators."""
    for event in events_of(fold, article_id):
        yield from event.get("evidence", ())
        yield from (claim["evidence"] for claim in event.get("claims", ()))
        yield from (p["evidence"] for p in event.get("perpetrators", ()) if p.get("evidence"))


def is_exact(span: Row, article: Mapping[str, str | None]) -> bool:
    """Whether the quote is the article's text (or title) at the offsets; assumed: whether it has none."""
    if span.get("kind") == "assumed":
        return span.get("start") is None and span.get("quote") is None
    source = article.get("title" if span.get("in") == "title" else "text") or ""
    start, end = span.get("start"), span.get("end")
    return start is not None and end is not None and start < end and source[start:end] == span.get("quote")


def coverage(event: Row) -> Iterator[bool]:
    """For each known value of the event, whether a piece of evidence names its field."""
    named = {span["field"].split(".")[0] for span in event.get("evidence", ())}
    for field in _VALUES:
        value = event.get(field)
        known = part(value, "best") if field in {"fatalities", "injured"} else value
        if known is not None:
            yield field in named
