"""Articles with gold incidents, extracted once and kept: what matching is trained and measured on.

    python -m tools.train.matching_views DATA CACHE [--only gva,ecbplus,contested,seeds]

runs the default extractor over the development sets and writes `CACHE/<set>.jsonl`, a line per article:
the article's envelope without text, its extraction, its gold incident.
"""

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction
from services.extract.pipeline import build
from services.extract.sketch import build_sketch
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


def main() -> None:
    """Extract the sets that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--only", default=",".join(SETS))
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    for name in arguments.only.split(","):
        started = time.monotonic()
        count = extract_set(arguments.data / SETS[name], arguments.cache / f"{name}.jsonl")
        print(f"{name}: {count} articles, {count / (time.monotonic() - started):.0f}/s")


def extract_set(source: Path, target: Path) -> int:
    """Extract a file's articles; the number of articles."""
    extractor, count = build(), 0
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            row = json.loads(line)
            article = article_of(row)
            found = extractor.extract(article)
            extraction = ArticleExtraction(
                article_id=article.id,
                content_hash=article.content_hash,
                extractor=extractor.id,
                events=found.events,
                primary=found.primary,
                sketch=build_sketch(article),
            )
            entry = {
                "article": article.model_dump(mode="json", exclude={"text"}),
                "extraction": extraction.model_dump(mode="json", by_alias=True),
                "incident": row.get("incident_id", "seed"),
            }
            out.write(json.dumps(entry, ensure_ascii=False) + "\n")
            count += 1
    return count


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


if __name__ == "__main__":
    main()
