"""Extract the development sets once, for training and measuring matching.

    python -m tools.train.matching_extract DATA CACHE [--only gva,ecbplus,contested,seeds]

runs the default extractor over the development sets and writes `CACHE/<set>.jsonl`, a line per article:
the article's envelope without text, its extraction, its gold incident.
"""

import argparse
import json
import time
from pathlib import Path

from schemas.extraction import ArticleExtraction
from services.extract.pipeline import build
from services.extract.sketch import build_sketch
from tools.train.matching_views import SETS, article_of


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
                sketch=build_sketch(article, found.kept),
            )
            entry = {
                "article": article.model_dump(mode="json", exclude={"text"}),
                "extraction": extraction.model_dump(mode="json", by_alias=True),
                "incident": row.get("incident_id", "seed"),
            }
            out.write(json.dumps(entry, ensure_ascii=False) + "\n")
            count += 1
    return count


if __name__ == "__main__":
    main()
