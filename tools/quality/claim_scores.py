"""Recall and precision of claims, denials and withdrawals found.

Pure; standard library only. `tools.quality.claims` says when a prediction answers a label.
"""

from collections.abc import Iterable, Sequence

from tools.quality.claims import FIGURES, Statement, answers, is_scored, overlapping
from tools.quality.names import same_actor
from tools.quality.rows import Score, precision_recall, share


def score_claims(gold: Sequence[Statement], guesses: Sequence[Statement], prefix: str) -> list[Score]:
    """Recall over labels and precision over predictions, by subject and together.

    Precision is over the claims of primary events, and those of other events that answer a label:
    what an article says of incidents that nobody labelled cannot be judged.
    """
    scores = []
    for name, subjects in SUBJECTS:
        wanted = [s for s in gold if s.about in subjects]
        offered = [g for g in guesses if g.about in subjects and is_scored(g)]
        offered = [g for g in offered if g.primary or any(answers(g, s) for s in wanted)]
        scores += precision_recall(
            f"{prefix}.{name}",
            hits_predicted=sum(any(answers(g, s) for s in wanted) for g in offered),
            predicted=len(offered),
            hits_gold=sum(any(answers(g, s) for g in guesses) for s in wanted),
            gold=len(wanted),
        )
    return [*scores, any_claimant_recall(gold, guesses, prefix), quote_overlap(gold, guesses, prefix)]


def any_claimant_recall(gold: Sequence[Statement], guesses: Sequence[Statement], prefix: str) -> Score:
    """Recall where the claimant is not asked for: what is lost on naming the speaker alone."""
    found = (any(answers(g, s, any_claimant=True) for g in guesses) for s in gold)
    return share(f"{prefix}.any_claimant.r", found)


def quote_overlap(gold: Sequence[Statement], guesses: Sequence[Statement], prefix: str) -> Score:
    """Of the labels that were answered, the share with an answer whose quote shares words with theirs."""
    answered = ((s, [g for g in guesses if answers(g, s)]) for s in gold)
    return share(
        f"{prefix}.quote_overlap",
        (any(overlapping(g.quote, s.quote) for g in found) for s, found in answered if found),
    )


def score_withdrawals(gold: Sequence[Statement], guesses: Sequence[Statement], prefix: str) -> Score:
    """The share of labelled retractions and disputed figures with one of the same claimant in the article."""
    wanted = [s for s in gold if s.stance in {"retracts", "disputes_figure"}]
    found = (
        any(
            (g.article_id, g.stance) == (s.article_id, s.stance) and same_actor(g.claimant, s.claimant)
            for g in guesses
        )
        for s in wanted
    )
    return share(f"{prefix}.withdrawals", found)


def denial_found(gold: Statement, guesses: Iterable[Statement]) -> bool:
    """Whether a denial in the same article has the same claimant, or the same words."""
    return any(
        g.stance == "denies"
        and g.article_id == gold.article_id
        and (same_actor(g.claimant, gold.claimant) or overlapping(g.quote, gold.quote))
        for g in guesses
    )


def score_denials(gold: Sequence[Statement], guesses: Sequence[Statement], prefix: str) -> Score:
    """How many labelled denials were found (a number, not a share)."""
    hits = sum(denial_found(s, guesses) for s in gold)
    return Score(f"{prefix}.denials_found", float(hits), len(gold))


SUBJECTS = (
    ("figures", FIGURES),
    ("responsibility", frozenset({"responsibility"})),
    ("all", FIGURES | {"responsibility"}),
)
