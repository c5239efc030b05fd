"""What is measured on each data set: folds it, and gives all of its figures.

Orchestration between the folder (processes) and the scorers (pure). May import everything here.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from tools.quality.claim_scores import score_claims, score_denials
from tools.quality.claims import labelled, labelled_denials, predicted_statements, scored_labels
from tools.quality.clusters import agreement, score_grouping
from tools.quality.data_sets import Found
from tools.quality.evidence import score_evidence
from tools.quality.fields import score_fields
from tools.quality.folding import Folder
from tools.quality.muc4 import score_templates
from tools.quality.own import score_own
from tools.quality.parts import FOLDS, by_part, of_part, part_of, spread
from tools.quality.records import score_records
from tools.quality.rows import Fold, Row, Score, grouping, read_rows
from tools.quality.sample_checks import score_samples
from tools.quality.seeds import denials_labelled, found_denials, score_as_known, score_seeds
from tools.quality.wrong_incident import score_misplaced

HALVES, HELD_OUT_HALF = 2, 1
"""Rules are written on half 0; figures named `half1` are taken on the other. Weights that ship are learned on
both: for those, `tools.quality.crossfit`."""

SHUFFLES = 5
AS_KNOWN_ON = ("2020-03-01", "2020-03-19")

Scores = list[Score]
Measure = Callable[[Found, Folder], Scores]


def measure_gva(found: Found, folder: Folder) -> Scores:
    """Fields an article, grouping, fused records, evidence; the other half alone."""
    gold = read_rows(found.paths[0])
    fold = folder.fold("gva", gold)
    held_out = of_part(gold, HALVES, HELD_OUT_HALF)
    return [
        *score_fields(gold, fold),
        *score_fields(held_out, fold, "gva.half1"),
        *fifths(gold, fold),
        *_score_gold_grouping(gold, fold, "gva"),
        *_score_gold_grouping(held_out, fold, "gva.half1"),
        *score_records(gold, fold),
        *score_records(held_out, fold, "gva.half1.record"),
        *score_evidence(gold, fold, "gva"),
    ]


def measure_shuffles(found: Found, folder: Folder) -> Scores:
    """The mean pairwise F1 between the groupings of gva, shuffled within each day in five ways."""
    gold = read_rows(found.paths[0])
    orders = [shuffled_within_days(gold, seed) for seed in range(SHUFFLES)]
    folds = [folder.fold(f"gva-shuffle-{seed}", order) for seed, order in enumerate(orders)]
    ids = [row["id"] for row in gold]
    return [Score("gva.shuffle.pairwise", agreement([grouping(f, ids) for f in folds]), len(folds))]


def shuffled_within_days(rows: Sequence[Row], seed: int) -> list[Row]:
    """The rows in order of publication day, those of a day in an order that the seed decides."""
    order = random.Random(seed)  # noqa: S311  the seed is the point
    by_day = sorted(rows, key=_day)
    days = (list(day) for _, day in groupby(by_day, key=_day))
    return [row for day in days for row in order.sample(day, len(day))]


def _day(row: Row) -> str:
    return str(row["published_at"] or "9999")[:10]


def _score_gold_grouping(gold: Sequence[Row], fold: Fold, prefix: str) -> Scores:
    """The grouping of the given articles, made at full density whichever of them are scored."""
    truth = {row["id"]: row["incident_id"] for row in gold}
    return score_grouping(truth, grouping(fold, truth), prefix)


def measure_muc4(found: Found, folder: Folder) -> Scores:
    """Templates over all articles and over the held-out half of them (by article id)."""
    gold = read_rows(found.paths[0])
    fold = folder.fold("muc4", gold)
    held_out = [row for row in gold if part_of(row["id"], HALVES) == HELD_OUT_HALF]
    return [
        *score_templates(gold, fold),
        *score_templates(held_out, fold, "muc4.half1"),
        *score_evidence(gold, fold, "muc4"),
    ]


def measure_ecbplus(found: Found, folder: Folder) -> Scores:
    """The grouping of undated general news."""
    gold = read_rows(found.paths[0])
    return _score_gold_grouping(gold, folder.fold("ecbplus", gold), "ecbplus")


def measure_contested(found: Found, folder: Folder) -> Scores:
    """Claims, denials, grouping, and claims that landed in another incident's record."""
    articles, incidents = (read_rows(path) for path in found.paths)
    fold = folder.fold("contested", articles)
    gold = {row["id"]: row["incident_id"] for row in articles}
    guesses = predicted_statements(fold, gold)
    labels = [labelled(claim, row["incident_id"]) for row in incidents for claim in row["claims"]]
    return [
        *score_claims(scored_labels(incidents), guesses, "contested"),
        score_denials(labelled_denials(incidents), guesses, "contested"),
        *score_grouping(gold, grouping(fold, gold), "contested"),
        score_misplaced(labels, fold, gold, "contested"),
        *score_evidence(articles, fold, "contested"),
    ]


def measure_seeds(found: Found, folder: Folder) -> Scores:
    """Every check of the seeds, also as known on two earlier days; their denials; evidence."""
    articles = read_rows(found.paths[0])
    fold = folder.fold("seeds", articles)
    earlier = {day: [row for row in articles if row["published_at"][:10] <= day] for day in AS_KNOWN_ON}
    known = [score_as_known(folder.fold(f"seeds-{day}", rows), day) for day, rows in earlier.items()]
    denials = Score("seeds.denials_found", float(len(found_denials(fold))), denials_labelled())
    return [*score_seeds(fold), *known, denials, *score_evidence(articles, fold, "seeds")]


def measure_samples(found: Found, folder: Folder) -> Scores:
    """Every check of the demo's articles; evidence."""
    articles = read_rows(found.paths[0])
    fold = folder.fold("samples", articles)
    return [*score_samples(fold), *score_evidence(articles, fold, "samples")]


def measure_own(found: Found, folder: Folder) -> Scores:
    """The project's own corpus."""
    articles, gold = (read_rows(path) for path in found.paths)
    return score_own(articles, gold, folder.fold("own", articles))


def fifths(gold: Sequence[Row], fold: Fold) -> Scores:
    """The worst and the best of five parts by incident: how far a figure moves with the sample."""
    parts = by_part(gold, FOLDS, lambda rows: score_fields(rows, fold, "gva"))
    bounds = {name: (spread(name, parts), parts[0][name].count) for name in parts[0]}
    return [
        Score(f"gva.fifths.{name.removeprefix('gva.')}.{side}", value, count)
        for name, (span, count) in bounds.items()
        for side, value in zip(("min", "max"), span, strict=True)
    ]


def combined(scores: Iterable[Score]) -> Scores:
    """Figures over several sets: the denials of contested and seeds together, where both were measured."""
    by_name = {score.name: score for score in scores}
    sides = [by_name.get(f"{name}.denials_found") for name in ("contested", "seeds")]
    known = [side for side in sides if side is not None]
    if len(known) < len(sides):
        return []
    return [Score("denials.found", sum(s.value for s in known), sum(s.count for s in known))]


MEASURES: Mapping[str, Measure] = {
    "own": measure_own,
    "samples": measure_samples,
    "seeds": measure_seeds,
    "contested": measure_contested,
    "ecbplus": measure_ecbplus,
    "muc4": measure_muc4,
    "gva": measure_gva,
}
