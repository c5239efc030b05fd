"""Fields of fused records against gold incidents, over the system's own grouping.

Pure; standard library only. A gold incident of two or more articles is represented by the predicted
record that holds most of its articles (on a tie the one with the fewest others, then the smaller
id): a record of another incident's articles is a wrong answer, and so is none.
"""

from collections.abc import Mapping, Sequence

from tools.quality.clusters import members
from tools.quality.fields import JUDGES
from tools.quality.rows import Fold, Row, Score, share


def score_records(gold: Sequence[Row], fold: Fold, prefix: str = "gva.record") -> list[Score]:
    """Shares of multi-article gold incidents whose record has the right value, by field."""
    several = [group for group in gold_groups(gold).values() if len(group) > 1]
    truth = {row["id"]: row["gold"] for row in gold}
    pairs = [(representative(group, fold), truth[min(group)]) for group in several]
    return [
        share(f"{prefix}.{name}", (record is not None and judge(record, answer) for record, answer in pairs))
        for name, judge in JUDGES
    ]


def gold_groups(gold: Sequence[Row]) -> Mapping[str, frozenset[str]]:
    """Gold incident → its articles."""
    return members({row["id"]: row["incident_id"] for row in gold})


def representative(group: frozenset[str], fold: Fold) -> Row | None:
    """The record that holds most of the group's articles by their primary event, or None."""
    by_id = fold.incidents_by_id
    primary = [fold.assignments.get(article, {}).get("incident_id") for article in sorted(group)]
    candidates = {incident for incident in primary if incident in by_id}
    return min((by_id[i] for i in candidates), key=lambda r: _rank(r, primary), default=None)


def _rank(record: Row, primary: Sequence[str | None]) -> tuple[int, int, str]:
    return -primary.count(record["id"]), len(record["articles"]), record["id"]
