"""Learn the weights of matching and say how well they group, cross-fitted.

    python -m tools.train.matching CACHE --out services/store/matching/weights/reports-1.json
    python -m tools.train.matching CACHE --report

CACHE is what `tools.train.matching_extract` wrote. `--report` learns on the incidents of one half and groups
the articles of the other, all articles at full density; `--out` learns on everything.
"""

import argparse
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from services.store.matching.weights import Weights
from tools.quality.clusters import score_grouping
from tools.train.matching_fit import Pair, fit_pairs
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


BARE_WITHOUT = (
    "date",
    "place",
    "when_where",
    "busy",
    "type",
    "mode",
    "relation",
    "killed",
    "injured",
    "victim",
    "published",
    "source",
    "clocks",
    "streets",
    "blocks",
    "facility",
)
"""Features that the bare regime does not learn: its sets carry them by accident (web datelines)."""
BARE_BY_HAND = {"published.apart": -0.8, "date.after_report": -0.7}
"""What the undated set cannot teach: events of no scene are reported within days."""
BARE_SHIFT = 0.8
"""Added to the bare bias: pairs are drawn evenly, but most reports do join an incident."""


def half_of(incident: str) -> int:
    """The half an incident belongs to; the twin events of one topic share theirs."""
    name = incident.removesuffix("plus") if incident.startswith("ecb-") else incident
    return int(hashlib.sha256(f"proto:{name}".encode()).hexdigest(), 16) % 2


def learn(pairs: Mapping[str, Sequence[GoldPair]], made_by: str) -> Weights:
    """Weights from the pairs of each regime."""
    bare = fit_pairs([_text_only(p.pair) for p in pairs["bare"]], PENALTY, prior={})
    tables = {
        "located": fit_pairs([p.pair for p in pairs["located"]], PENALTY),
        "partial": fit_pairs([p.pair for p in pairs["partial"]], PENALTY),
        "bare": {**BARE_BY_HAND, **bare, "bias": round(bare["bias"] + BARE_SHIFT, 4)},
        "secondary": SECONDARY,
    }
    return Weights("reports-1", made_by, tables)


def _text_only(pair: Pair) -> Pair:
    kept = {name: value for name, value in pair.features.items() if not name.startswith(BARE_WITHOUT)}
    return Pair(kept, pair.same, pair.weight)


def in_half(pairs: Mapping[str, Sequence[GoldPair]], half: int) -> dict[str, list[GoldPair]]:
    """The pairs whose incidents both lie in a half."""
    return {
        regime: [pair for pair in some if all(half_of(incident) == half for incident in pair.incidents)]
        for regime, some in pairs.items()
    }


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
    pairs = by_regime(sets)
    if arguments.report:
        recall, candidates = blocking_recall(sets["gva"])
        print(f"gva: blocking recall {recall:.4f}, {candidates:.1f} candidates an article")
        halves = [learn(in_half(pairs, 1 - half), f"half {1 - half}") for half in (0, 1)]
        for name, articles in sets.items():
            crossfit(name, articles, halves, reviewed=False)
            crossfit(name, articles, halves)
    if arguments.out:
        write(learn(pairs, "tools/train/matching.py on all development pairs"), arguments.out)


def by_regime(sets: Mapping[str, Sequence[GoldArticle]]) -> dict[str, list[GoldPair]]:
    """The pairs that teach each regime; for `partial` the dated set is blurred to have enough."""
    sharp = [pair for name in ("gva", "contested") for pair in gold_pairs(sets[name])]
    blurred = list(gold_pairs(sets["gva"], blurred=True))
    return {
        "located": [pair for pair in sharp if pair.regime == "located"],
        "partial": [pair for pair in (*sharp, *blurred) if pair.regime == "partial"],
        "bare": list(gold_pairs(sets["ecbplus"])),
    }


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
