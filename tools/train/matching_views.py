"""Extracted articles with their gold incidents: what matching is trained and measured on.

Reads what `tools.train.matching_extract` wrote.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction
from services.store.matching.model import ReportView

SETS = {
    "gva": "gva.dev.jsonl",
    "ecbplus": "ecbplus.dev.jsonl",
    "contested": "contested.dev.jsonl",
    "seeds": "../seeds/articles.jsonl",
}
UNDATED = datetime(2100, 1, 1, tzinfo=UTC)
"""Undated articles are folded last."""


@dataclass(frozen=True)
class GoldArticle:
    """One article: the views of its events, which of them is primary, its gold incident."""

    article_id: str
    incident: str
    day: date | None
    views: tuple[ReportView, ...]
    primary: int | None


def article_of(row: dict[str, Any]) -> RawArticle:
    """A development row as the article that would be posted."""
    published = row.get("published_at")
    moment = _moment(published) if published else None
    return RawArticle(
        id=row.get("id") or row["url"],
        content_hash="0" * 64,
        url=row.get("url"),
        source={"name": row.get("source"), "domain": row.get("source")},  # type: ignore[arg-type]
        title=row.get("title"),
        text=row["text"],
        published_at=moment,
        received_at=moment or UNDATED,
    )


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def load(cache: Path, name: str) -> list[GoldArticle]:
    """The articles of a set in the order in which they are folded."""
    with (cache / f"{name}.jsonl").open(encoding="utf-8") as lines:
        found = [_gold(json.loads(line)) for line in lines]
    return sorted(found, key=lambda article: article.views[0].reported_at if article.views else UNDATED)


def _gold(entry: dict[str, Any]) -> GoldArticle:
    extraction = ArticleExtraction.model_validate(entry["extraction"])
    article = RawArticle.model_validate({**entry["article"], "text": " "})
    return GoldArticle(
        article_id=article.id,
        incident=entry["incident"],
        day=article.published_at.date() if article.published_at else None,
        views=tuple(views_of(article, extraction)),
        primary=extraction.primary,
    )


def views_of(article: RawArticle, extraction: ArticleExtraction) -> Iterator[ReportView]:
    """The reports that an extraction makes."""
    for index, event in enumerate(extraction.events):
        yield ReportView(
            article_id=article.id,
            event_index=index,
            event=event,
            sketch=extraction.sketch,
            published=article.published_at.date() if article.published_at else None,
            reported_at=article.reported_at,
            source=article.source.name,
            domain=article.source.domain,
            title=article.title,
            is_primary=index == extraction.primary,
        )
