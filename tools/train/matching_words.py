"""Count the word tables of the sketch: how rare words are, which are mostly written small.

    python -m tools.train.matching_words ARTICLES.jsonl… --out services/extract/resources/sketch/words.json

Counted over incidents (articles without an `incident_id` count each for itself), so that a much
reported incident does not make its own names common. Only words of at least `--least` incidents are
kept: the tables are aggregate statistics and hold no text.
"""

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from services.extract.sketch import _TOKEN, _report_text
from services.extract.sketch_names import capital_runs, plain, words_from

EMPTY = {"rarity": {}, "unknown": 1.0, "rare": 0.5, "lowered": [], "common_names": []}


def main() -> None:
    """Read the articles, count, write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", nargs="+", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--least", type=int, default=6)
    arguments = parser.parse_args()
    language = json.loads((arguments.out.parent / "language.json").read_text("utf-8"))
    counted = count(rows(arguments.articles), language, arguments.least)
    arguments.out.write_text(json.dumps(counted, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def rows(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """The articles of all files."""
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def count(articles: Iterable[dict[str, Any]], language: dict[str, Any], least: int) -> dict[str, Any]:
    """The counted tables, JSON-ready."""
    words = words_from(language, EMPTY)
    holders: dict[str, set[str]] = defaultdict(set)
    pairs: dict[str, set[str]] = defaultdict(set)
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    incidents: set[str] = set()
    for article in articles:
        incident = article.get("incident_id") or article["id"]
        incidents.add(incident)
        tokens = _TOKEN.findall(_report_text(article["text"], None))
        title = _TOKEN.findall(article.get("title") or "")
        for word in {plain(token) for token in (*tokens, *title) if token[0].isalnum()}:
            holders[word].add(incident)
        if sum(token.isupper() for token in tokens) > len(tokens) / 2:
            continue
        small.update(plain(token) for token in tokens if token[0].islower())
        for run in capital_runs(tokens, words):
            capital.update(plain(word) for word in run.words[run.opens :])
            if len(run.words) > 1:
                pairs[f"{plain(run.words[0])} {plain(run.words[-1])}"].add(incident)
    total = len(incidents)
    kept = {word: len(found) for word, found in holders.items() if len(found) >= least}
    return {
        "made_by": f"tools/train/matching_words.py --least {least}: counted over {total} incidents",
        "rarity": {word: round(math.log(total / n), 3) for word, n in sorted(kept.items())},
        "unknown": round(math.log(total / (least / 2)), 3),
        "rare": round(math.log(total / (total / 40)), 3),
        "lowered": sorted(word for word in kept if small[word] > 2 * capital[word]),
        "common_names": sorted(pair for pair, found in pairs.items() if len(found) >= least),
    }


if __name__ == "__main__":
    main()
