"""Honest figures for learned weights: each half of a set folded with weights that the other half taught.

    python -m tools.quality --crossfit FOLDER

FOLDER holds `half0/` and `half1/`: weight files by their path in the repository, learned on that half of
the incidents alone (`tools.quality.parts` says which half an incident is in). Each is laid over a copy
of the source tree, and the whole set is folded with it, at full density; then every article takes its
results from the fold that its own half did not teach.

What this cannot see: a wrong merge of an article of one half with one of the other. Grouping precision
is therefore flattered; trainers that group in one pass, with weights chosen by article, have the last
word on it. Fields and records are not touched by this.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from services.errors import Refused
from tools.quality.clusters import score_grouping
from tools.quality.data_sets import Found
from tools.quality.fields import score_fields
from tools.quality.folding import SOURCE_FOLDERS, Folder, source_hash
from tools.quality.muc4 import score_templates
from tools.quality.parts import part_of
from tools.quality.records import score_records
from tools.quality.rows import Fold, Row, Score, grouping, make_fold, read_rows


class OverlayRefused(Refused):
    """Raised when weights of a half are missing, or would replace no file of the source tree."""


OVERLAYS = ("half0", "half1")

Sets = Sequence[Found]


def measure_crossfit(found: Sets, folder: Folder, overlays: Path) -> list[Score]:
    """`gva.crossfit.*` and `muc4.crossfit.*`, for those of the two sets that are there."""
    folders = [overlaid(folder, overlays / name) for name in OVERLAYS]
    by_name = {data_set.name: read_rows(data_set.paths[0]) for data_set in found}
    scores: list[Score] = []
    if gold := by_name.get("gva"):
        scores += score_gva(gold, crossed("gva", gold, folders))
    if gold := by_name.get("muc4"):
        scores += score_templates(gold, crossed("muc4", gold, folders), "muc4.crossfit")
    return scores


def score_gva(gold: Sequence[Row], fold: Fold) -> list[Score]:
    """Fields, grouping and records of a crossed fold."""
    truth = {row["id"]: row["incident_id"] for row in gold}
    return [
        *score_fields(gold, fold, "gva.crossfit"),
        *score_grouping(truth, grouping(fold, truth), "gva.crossfit"),
        *score_records(gold, fold, "gva.crossfit.record"),
    ]


def overlaid(folder: Folder, overlay: Path) -> Folder:
    """A folder whose source tree is a copy of the given one with the overlay's files in place.

    Raises OverlayRefused where an overlay file replaces nothing: a weight file under a wrong name
    would leave the weights in place that it was to replace.
    """
    tree = folder.cache / f"tree-{overlay.name}"
    shutil.rmtree(tree, ignore_errors=True)
    for name in SOURCE_FOLDERS:
        shutil.copytree(folder.repository / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in _files(overlay):
        target = tree / path.relative_to(overlay)
        if not target.is_file():
            raise OverlayRefused(f"{path} replaces nothing in the source tree")
        shutil.copyfile(path, target)
    return Folder(tree, folder.cache, folder.workers, folder.settings, source_hash(tree))


def _files(overlay: Path) -> list[Path]:
    files = sorted(path for path in overlay.rglob("*") if path.is_file())
    if not files:
        raise OverlayRefused(f"no weight files in {overlay}")
    return files


def crossed(name: str, gold: Sequence[Row], folders: Sequence[Folder]) -> Fold:
    """One fold in which every article's results come from the folder that its half did not teach."""
    half = {row["id"]: part_of(row["incident_id"] or row["id"], len(folders)) for row in gold}
    folds = [folder.fold(f"{name}-taught-by-{taught}", gold) for taught, folder in enumerate(folders)]
    return join(folds, lambda article: 1 - half[article])


def join(folds: Sequence[Fold], taught: Callable[[str], int]) -> Fold:
    """A fold made of several: each article's rows from the fold that `taught` names, incidents kept apart."""
    return make_fold(
        (row for i, fold in enumerate(folds) for a, row in fold.extractions.items() if taught(a) == i),
        ({**row, "id": f"{i}:{row['id']}"} for i, fold in enumerate(folds) for row in fold.incidents),
        (row for i, fold in enumerate(folds) for row in _assignments(i, fold, taught)),
    )


def _assignments(index: int, fold: Fold, taught: Callable[[str], int]) -> Iterator[Row]:
    for article, row in fold.assignments.items():
        if taught(article) == index:
            incident = row["incident_id"]
            named = f"{index}:{incident}" if incident else None
            yield {**row, "incident_id": named, "incident_ids": list(_named(index, row["incident_ids"]))}


def _named(index: int, incidents: Iterable[str]) -> Iterator[str]:
    return (f"{index}:{incident}" for incident in incidents)
