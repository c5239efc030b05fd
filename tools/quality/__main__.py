"""`python -m tools.quality`: fold every labelled set, print the figures, hold them to their floors.

Exit status 0: every figure is at or above its floor; 1: the gate fails; 2: a fold failed.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.quality import gate
from tools.quality.crossfit import OverlayRefused, measure_crossfit
from tools.quality.data_sets import REPOSITORY, Found, development_root, file_hashes, locate
from tools.quality.folding import Folder, FoldFailed, make_folder
from tools.quality.measures import MEASURES, combined, measure_shuffles
from tools.quality.rows import Score
from tools.quality.table import table

BASELINE = REPOSITORY / "tests" / "quality" / "baseline.json"
GOALS = Path(__file__).with_name("goals.json")
SHUFFLE_FIGURES = "gva.shuffle"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the gate and give its exit status."""
    options = parse(argv)
    root = options.data or development_root(os.environ)
    found, absent = locate(root)
    if options.only:
        found = [s for s in found if s.name in options.only]
    warn_absent(absent, root)
    try:
        folder = make_folder(REPOSITORY, options.cache, options.workers)
        scores = measure(found, folder, quick=options.quick)
        scores += measure_crossfit(found, folder, options.crossfit) if options.crossfit else []
    except (FoldFailed, OverlayRefused) as error:
        print(error, file=sys.stderr)
        return 2
    return hold(scores, found, options)


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """The options of the command."""
    parser = argparse.ArgumentParser(prog="python -m tools.quality", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="SET", choices=sorted(MEASURES), help="these sets alone")
    parser.add_argument("--data", type=Path, help="folder that holds data/ and seeds/ (default ../shared)")
    parser.add_argument("--cache", type=Path, default=REPOSITORY / ".cache" / "quality")
    parser.add_argument("--workers", type=int, default=1, help="worker processes of each fold")
    parser.add_argument("--quick", action="store_true", help="leave out the five shuffles of gva")
    parser.add_argument("--crossfit", type=Path, metavar="FOLDER", help="weights by half: see crossfit.py")
    parser.add_argument("--full", action="store_true", help="print every figure, not only gated ones")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure to FILE as well")
    parser.add_argument("--baseline", type=Path, default=BASELINE)
    parser.add_argument("--update", action="store_true", help="raise floors to today's figures")
    parser.add_argument("--lower-floors", action="store_true", help="with --update: lower them too")
    options = parser.parse_args(argv)
    if options.lower_floors and not options.update:
        parser.error("--lower-floors goes with --update")
    return options


def warn_absent(absent: Sequence[str], root: Path | None) -> None:
    """Say loudly which sets are not there, so that a short table is never taken for a good one."""
    if absent:
        where = f"in {root}" if root else "(no ../shared, WIREFOLD_DEV_DATA not set)"
        print(f"*** DEVELOPMENT DATA ABSENT {where}: {', '.join(absent)} NOT MEASURED ***", file=sys.stderr)


def measure(found: Sequence[Found], folder: Folder, *, quick: bool) -> list[Score]:
    """All figures of the sets that are there, in the order of the table."""
    by_name = {data_set.name: data_set for data_set in found}
    scores: list[Score] = []
    for name, measure_set in MEASURES.items():
        if name in by_name:
            print(f"measuring {name} …", file=sys.stderr)
            scores += measure_set(by_name[name], folder)
    if "gva" in by_name and not quick:
        scores += measure_shuffles(by_name["gva"], folder)
    return scores + combined(scores)


def hold(scores: Sequence[Score], found: Sequence[Found], options: argparse.Namespace) -> int:
    """Print the table, then update the baseline or judge by it."""
    config = json.loads(GOALS.read_text(encoding="utf-8"))
    baseline, hashes = gate.read_baseline(options.baseline), file_hashes(found)
    measured = {score.name: score for score in scores}
    if options.json:
        options.json.write_text(json.dumps({s.name: [s.value, s.count] for s in scores}, indent=1) + "\n")
    if options.update:
        baseline = gate.raised(baseline, measured, hashes, config["gated"], lower=options.lower_floors)
        gate.write_baseline(options.baseline, baseline)
    print(*table(scores, baseline.floors, config["goals"], full=options.full), sep="\n")
    breaches = gate.judge(baseline, measured, hashes, left_out(found, quick=options.quick))
    for breach in breaches:
        print(f"FAILED {breach.figure}: {breach.message}", file=sys.stderr)
    return 1 if breaches else 0


def left_out(found: Sequence[Found], *, quick: bool) -> list[str]:
    """Sets and figures whose floors are not asked for in this run."""
    names = {data_set.name for data_set in found}
    absent = [name for name in MEASURES if name not in names]
    both_denials = [] if {"contested", "seeds"} <= names else ["denials"]
    return [*absent, *both_denials, *([SHUFFLE_FIGURES] if quick else [])]


if __name__ == "__main__":
    sys.exit(main())
