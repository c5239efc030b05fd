"""The project's own labelled corpus: fields, types, claims, traps and grouping.

Pure; standard library only. A label row stands for one article; `tests/quality/corpus/README.md`
says how they were made and what each key means.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from tools.quality.claim_scores import score_claims, score_denials, score_withdrawals
from tools.quality.claims import Statement, is_scored, labelled, predicted_statements
from tools.quality.clusters import score_grouping
from tools.quality.evidence import score_evidence
from tools.quality.fields import Judge
from tools.quality.names import same_place_name, same_region_name
from tools.quality.records import representative
from tools.quality.rows import Fold, Row, Score, grouping, part, primary_of, share
from tools.quality.wrong_incident import score_misplaced

RULES, HELD_OUT = "rules", "held_out"


def score_own(articles: Sequence[Row], gold: Sequence[Row], fold: Fold, prefix: str = "own") -> list[Score]:
    """All figures over the corpus; per-article ones also over the held-out part alone."""
    incident = {row["id"]: row["incident_id"] for row in gold}
    labels = labelled_claims(gold)
    held_out = [row for row in gold if row["part"] == HELD_OUT]
    return [
        *score_articles(gold, fold, prefix),
        *score_articles(held_out, fold, f"{prefix}.held_out"),
        *score_grouping(incident, grouping(fold, incident), prefix),
        score_misplaced(labels, fold, incident, prefix),
        score_secondary(gold, fold, prefix),
        *score_evidence(articles, fold, prefix),
    ]


def score_articles(gold: Sequence[Row], fold: Fold, prefix: str) -> list[Score]:
    """Fields, claims, denials and traps of the labelled articles."""
    guesses = predicted_statements(fold, [row["id"] for row in gold if row["id"] in fold.extractions])
    statements = labelled_claims(gold)
    told = [s for s in statements if is_scored(s)]
    denials = [s for s in statements if s.stance == "denies"]
    return [
        *score_fields(gold, fold, prefix),
        score_untyped(gold, fold, prefix),
        *score_claims(told, guesses, f"{prefix}.claims"),
        score_denials(denials, guesses, prefix),
        score_withdrawals(statements, guesses, prefix),
        score_traps(gold, fold, prefix),
    ]


def score_fields(gold: Sequence[Row], fold: Fold, prefix: str) -> list[Score]:
    """Shares of articles whose primary event has the labelled value; a field without a label is not asked."""
    scores = []
    for name, field, judge in JUDGES:
        asked = [(row, primary_of(fold, row["id"])) for row in gold if row.get(field) is not None]
        right = (event is not None and judge(event, row) for row, event in asked)
        scores.append(share(f"{prefix}.{name}", right))
    return scores


def score_untyped(gold: Sequence[Row], fold: Fold, prefix: str) -> Score:
    """The share of articles about no known type of event that got no type, or no event that happened."""
    events = [primary_of(fold, row["id"]) for row in gold if row["event_type"] is None]
    right = (e is None or e.get("event_type") is None or e.get("stage") != "happened" for e in events)
    return share(f"{prefix}.untyped", right)


def labelled_claims(gold: Iterable[Row]) -> list[Statement]:
    """The labelled claims with their article and, where they are of another, their incident."""
    return [
        labelled({**claim, "article_id": row["id"]}, claim.get("incident_id") or row["incident_id"])
        for row in gold
        for claim in row["claims"]
    ]


def score_traps(gold: Sequence[Row], fold: Fold, prefix: str) -> Score:
    """The share of trap numbers (cumulative, background, another incident's) that stayed outside.

    A number is kept out when neither the killed nor the injured figure of the article's primary
    event, nor of the record that it went to, shows it.
    """
    verdicts = [trap not in shown_counts(row["id"], fold) for row in gold for trap in row["trap_counts"]]
    return share(f"{prefix}.traps", verdicts)


def shown_counts(article_id: str, fold: Fold) -> set[Any]:
    """All numbers that the article's primary event and its record show as killed or injured."""
    record = fold.incidents_by_id.get(fold.assignments.get(article_id, {}).get("incident_id") or "")
    rows = [row for row in (primary_of(fold, article_id), record) if row is not None]
    figures = [row.get(field) for row in rows for field in ("fatalities", "injured")]
    return {part(figure, bound) for figure in figures for bound in ("low", "best", "high")}


def score_secondary(gold: Sequence[Row], fold: Fold, prefix: str) -> Score:
    """Of the further incidents that articles report, the share whose record the article went to as well.

    Only incidents that are some other article's main one have a record to go to.
    """
    main = {i: frozenset(r["id"] for r in gold if r["incident_id"] == i) for i in _mains(gold)}
    asked = [(row["id"], main[i]) for row in gold for i in row["incident_ids"][1:] if i in main]
    return share(f"{prefix}.secondary", (_went_to(article, group, fold) for article, group in asked))


def _mains(gold: Iterable[Row]) -> set[str]:
    return {row["incident_id"] for row in gold}


def _went_to(article_id: str, group: frozenset[str], fold: Fold) -> bool:
    record = representative(group, fold)
    return record is not None and record["id"] in fold.assignments[article_id]["incident_ids"]


def _date_right(event: Row, gold: Row) -> bool:
    """The event's days lie within the labelled ones; a labelled day is answered by that day alone."""
    date, label = event.get("date"), gold["date"]
    return date is not None and bool(label["start"] <= date["start"] and date["end"] <= label["end"])


def _place_right(event: Row, gold: Row) -> bool:
    """The name and country agree; where the label has no name (a province), its admin1 does."""
    place, label = event.get("place"), gold["place"]
    field = "name" if label["name"] else "admin1"
    names = same_place_name if field == "name" else same_region_name
    return _country_right(event, gold) and names(part(place, field), label[field])


def _country_right(event: Row, gold: Row) -> bool:
    return bool(part(event.get("place"), "country") == gold["place"]["country"])


def _type_right(event: Row, gold: Row) -> bool:
    return bool(event.get("event_type") == gold["event_type"])


def _mode_right(event: Row, gold: Row) -> bool:
    return _type_right(event, gold) and str(event.get("event_mode")) in gold["event_mode"].split("|")


def _count_right(measure: str, label: str) -> Judge:
    def judge(event: Row, gold: Row) -> bool:
        return same_or_unsaid(part(event.get(measure), "best"), gold[label]["best"])

    return judge


def same_or_unsaid(predicted: Any, gold: int | None) -> bool:
    """Equal; or null where the label is 0. A label of null ("nothing said") is answered by null alone."""
    return bool(predicted == gold or (predicted is None and gold == 0))


def _span_right(measure: str, label: str) -> Judge:
    """Low, best and high all agree."""

    def judge(event: Row, gold: Row) -> bool:
        bounds = ("low", "best", "high")
        figure = event.get(measure)
        return all(same_or_unsaid(part(figure, b), gold[label][b]) for b in bounds)

    return judge


JUDGES: tuple[tuple[str, str, Judge], ...] = (
    ("type", "event_type", _type_right),
    ("mode", "event_mode", _mode_right),
    ("date", "date", _date_right),
    ("place", "place", _place_right),
    ("country", "place", _country_right),
    ("killed", "killed", _count_right("fatalities", "killed")),
    ("killed.span", "killed", _span_right("fatalities", "killed")),
    ("injured", "injured", _count_right("injured", "injured")),
    ("injured.span", "injured", _span_right("injured", "injured")),
)
