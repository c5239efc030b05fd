"""Claims that a record carries although they were made about another incident.

Pure; standard library only.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from tools.quality.claims import Statement, answers, predicted
from tools.quality.rows import Fold, Row, Score


def gold_incident_of(record: Row, gold: Mapping[str, str]) -> str | None:
    """The labelled incident that most of a record's articles report; ties go to the first by name."""
    votes = Counter(gold[article] for article in record["articles"] if article in gold)
    return min(votes, key=lambda incident: (-votes[incident], incident)) if votes else None


def misplaced(labels: Sequence[Statement], fold: Fold, gold: Mapping[str, str]) -> list[Statement]:
    """Record claims that answer labels of other incidents only, each statement once a record."""
    found: dict[tuple[object, ...], Statement] = {}
    for record in fold.incidents:
        home = gold_incident_of(record, gold)
        for claim in record.get("claims", ()) if home else ():
            guess = predicted(claim, incident=home)
            meant = {label.incident for label in labels if answers(guess, label)}
            if meant and home not in meant:
                found[record["id"], guess.kind, guess.claimant, guess.value, guess.accused] = guess
    return list(found.values())


def score_misplaced(labels: Sequence[Statement], fold: Fold, gold: Mapping[str, str], prefix: str) -> Score:
    """Minus the number of claims in the wrong incident, over the labels that could be misplaced."""
    return Score(f"{prefix}.claims_misplaced", 0.0 - len(misplaced(labels, fold, gold)), len(labels))
