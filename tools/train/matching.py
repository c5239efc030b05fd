"""Learn the weights of matching and say how well they group, cross-fitted.

    python -m tools.train.matching CACHE --out services/store/matching/weights/reports-1.json
    python -m tools.train.matching CACHE --report

CACHE is what `tools.train.matching_views` wrote. `--report` learns on the incidents of one half and groups
the articles of the other, all articles at full density; `--out` learns on everything.
"""

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from services.store.matching.weights import Weights
from tools.quality.clusters import score_grouping
from tools.train.matching_fit import fit_pairs
from tools.train.matching_pass import GoldPair, Grouped, blocking_recall, gold_pairs, group
from tools.train.matching_views import GoldArticle, load

PENALTY = 1.0
SECONDARY = {
    "bias": -7.0,
    "when_where": 5.0,
    "place.same": 1.0,
    "date.same": 1.0,
    "killed.same": 1.0,
    "killed.same_large": 1.0,
    "injured.same": 0.7,
    "names.shared": 3.0,
    "names.more": 1.0,
    "victims.differ": -2.0,
    "killed.rises": -0.7,
    "killed.falls": -0.7,
    "killed.rises_far": -1.5,
    "killed.falls_far": -1.5,
    "type.differs": -3.0,
    "mode.differs": -1.5,
    "relation.differs": -1.5,
    "busy": -1.0,
    "type.unknown": -1.0,
}
"""Set by hand: no gold tells where the lesser events of an article belong, so they attach only on
the same day, place and kind."""


def half_of(incident: str) -> int:
    """The half an incident belongs to."""
    return int(hashlib.sha256(f"proto:{incident}".encode()).hexdigest(), 16) % 2


def learn(located: Sequence[GoldPair], generic: Sequence[GoldPair], made_by: str) -> Weights:
    """Weights from pairs: each regime from the pairs it is for."""
    tables = {
        "located": fit_pairs([p.pair for p in located], PENALTY),
        "generic": fit_pairs([p.pair for p in generic], PENALTY),
        "secondary": SECONDARY,
    }
    return Weights("reports-1", made_by, tables)


def in_half(pairs: Sequence[GoldPair], half: int) -> list[GoldPair]:
    return [pair for pair in pairs if all(half_of(incident) == half for incident in pair.incidents)]


def crossfit(
    name: str, articles: Sequence[GoldArticle], by_half: Sequence[Weights], *, reviewed: bool = True
) -> Grouped:
    """Group a set, each article by the weights that its own half did not teach; print the scores."""
    grouped = group(articles, lambda article: by_half[half_of(article.incident)], reviewed=reviewed)
    gold = {article.article_id: article.incident for article in articles}
    scores = {s.name.removeprefix(f"{name}."): s.value for s in score_grouping(gold, grouped.incidents, name)}
    pairwise = "/".join(f"{scores[f'pairwise.{side}']:.3f}" for side in ("p", "r", "f1"))
    print(
        f"{name}: pairwise {pairwise} CoNLL {scores['conll']:.4f} B3 {scores['b_cubed.f1']:.4f} "
        f"exact {scores['exact_multi']:.4f} {grouped.ms_per_article:.2f} ms/article",
        flush=True,
    )
    return grouped


def main() -> None:
    """Learn, and report or write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cache", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--report", action="store_true")
    arguments = parser.parse_args()
    sets = {name: load(arguments.cache, name) for name in ("gva", "ecbplus", "contested")}
    pairs = {name: list(gold_pairs(articles)) for name, articles in sets.items()}
    located, generic = by_regime(pairs)
    if arguments.report:
        recall, candidates = blocking_recall(sets["gva"])
        print(f"gva: blocking recall {recall:.4f}, {candidates:.1f} candidates an article")
        halves = [learn(in_half(located, 1 - h), in_half(generic, 1 - h), f"half {1 - h}") for h in (0, 1)]
        for name, articles in sets.items():
            crossfit(name, articles, halves, reviewed=False)
            crossfit(name, articles, halves)
    if arguments.out:
        write(learn(located, generic, "tools/train/matching.py on all development pairs"), arguments.out)


def by_regime(pairs: dict[str, list[GoldPair]]) -> tuple[list[GoldPair], list[GoldPair]]:
    """The pairs that teach each regime."""
    located = [pair for pair in pairs["gva"] if pair.regime == "located"]
    generic = [pair for name in pairs for pair in pairs[name] if pair.regime == "generic"]
    return located, generic


def write(weights: Weights, path: Path) -> None:
    """Write the packaged file."""
    data = {
        "version": weights.version,
        "made_by": weights.made_by,
        "regimes": {name: dict(table) for name, table in weights.regimes.items()},
    }
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
