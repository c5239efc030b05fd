"""Claims against hand-labelled ones: figures, responsibility, denials, quotes, the right incident.

Pure; standard library only. A predicted claim answers a labelled one of the same article when the
subject, the stance, the claimant and the value (or the accused) agree, all loosely:

- *stance*: `asserts` and `confirms` are one for figures;
- *claimant*: a shared actor key; "(narrator)" is the outlet, or nobody named; a list accepts any;
- *value*: the labelled number is the value or an end of the range; for words, a shared word;
- *accused*: a shared actor key; a label naming two ("Russia and Syria") is answered by either.

Statements repeated by one claimant in one article are one statement. Not scored, on either side:
"no one claimed responsibility" and other absences (no claim is made of them), condemnations,
requests and threats, causes and circumstances.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tools.quality.names import actor_keys, actor_value_keys, same_actor, words
from tools.quality.rows import Fold, Row, events_of, part

NARRATOR = "narrator"
FIGURES = frozenset({"fatalities", "injured"})
_ABSENCES = frozenset({"no claim", "unknown", "undetermined", "not yet known", "unclear"})
_SCORED = {
    "fatalities": frozenset({"asserts"}),
    "injured": frozenset({"asserts"}),
    "responsibility": frozenset({"attributes", "claims_responsibility"}),
}


@dataclass(frozen=True)
class Statement:
    """A claim, labelled or predicted, in the form in which two are compared.

    `value` is a number, a (low, high) pair, a set of words or None; `quote` is the evidence's words;
    `incident` is the labelled or predicted incident, `primary` whether it stands on the article's
    primary event (labels: None).
    """

    article_id: str
    about: str
    stance: str
    claimant: frozenset[str]
    value: Any
    accused: frozenset[str]
    quote: str
    incident: str | None = None
    primary: bool | None = None

    @property
    def kind(self) -> tuple[str, str, str]:
        """What must agree exactly: article, subject, stance."""
        return self.article_id, self.about, self.stance


def labelled(row: Row, incident: str | None = None) -> Statement:
    """A labelled claim as a statement."""
    responsible = row["about"] == "responsibility"
    accused = row.get("actor") or (row["value"] if isinstance(row.get("value"), str) else None)
    return Statement(
        article_id=row["article_id"],
        about=row["about"],
        stance=_one_stance(row["stance"]),
        claimant=_labelled_claimant(row),
        value=None if responsible else _value(row.get("value")),
        accused=actor_keys(accused) if responsible else frozenset(),
        quote=row["quote"],
        incident=incident,
    )


def _labelled_claimant(row: Row) -> frozenset[str]:
    """Keys of the labelled claimant; of any of them, where the label accepts several."""
    claimant = row["claimant"]
    if isinstance(claimant, list):
        return frozenset().union(*(_labelled_claimant({**row, "claimant": name}) for name in claimant))
    if claimant is None or NARRATOR in words(claimant):
        return frozenset({NARRATOR})
    return actor_keys(claimant, row.get("claimant_norm")) | _general_words(claimant)


def _general_words(claimant: str) -> frozenset[str]:
    """All longer words of a label, so that a bare "army spokesman" answers the captain who is one."""
    return frozenset(word for word in words(claimant) if len(word) > 3)


def predicted(row: Row, *, incident: str | None = None, primary: bool | None = None) -> Statement:
    """A predicted claim as a statement; the outlet and an unnamed voice are the narrator."""
    return Statement(
        article_id=row["article_id"],
        about=row["about"],
        stance=_one_stance(row["stance"]),
        claimant=_predicted_claimant(row.get("claimant")),
        value=_value(row.get("value")),
        accused=_accused(row),
        quote=part(row.get("evidence"), "quote") or "",
        incident=incident,
        primary=primary,
    )


def _predicted_claimant(claimant: Any) -> frozenset[str]:
    """Keys of the claimant; an outlet is the narrator as well, for some outlets are parties themselves."""
    narrated = part(claimant, "kind") in {"outlet", None}
    return actor_value_keys(claimant) | (frozenset({NARRATOR}) if narrated else frozenset())


def _accused(row: Row) -> frozenset[str]:
    """Whom a responsibility claim speaks of; who claims it speaks of himself."""
    own = row["stance"] in {"claims_responsibility", "denies"}
    return actor_value_keys(row.get("actor")) or (
        actor_value_keys(row.get("claimant")) if own else frozenset()
    )


def _one_stance(stance: str) -> str:
    return "asserts" if stance == "confirms" else stance


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return int(value) if value.isdigit() else frozenset(words(value))
    return tuple(value) if isinstance(value, Sequence) else value


def same_value(guess: Any, gold: Any) -> bool:
    """Whether a predicted value answers the labelled one; see the module."""
    if isinstance(guess, tuple) and isinstance(gold, int):
        return gold in guess
    if isinstance(guess, frozenset) and isinstance(gold, frozenset):
        return bool(guess & gold)
    return bool(guess == gold)


def answers(guess: Statement, gold: Statement, *, any_claimant: bool = False) -> bool:
    """Whether a predicted statement answers a labelled one."""
    if guess.kind != gold.kind or not (any_claimant or same_actor(guess.claimant, gold.claimant)):
        return False
    if gold.about == "responsibility":
        return not gold.accused or same_actor(guess.accused, gold.accused)
    return same_value(guess.value, gold.value)


def scored_labels(incidents: Iterable[Row]) -> list[Statement]:
    """The labelled claims that are scored: figures in numbers, attributions, admissions."""
    found = (labelled(claim, row["incident_id"]) for row in incidents for claim in row["claims"])
    return [s for s in found if is_scored(s) and not _is_absence(s)]


def is_scored(statement: Statement) -> bool:
    """Whether a statement is of a kind that precision and recall are taken over."""
    figure = statement.about in FIGURES
    return statement.stance in _SCORED.get(statement.about, ()) and (
        not figure or isinstance(statement.value, int | tuple)
    )


def _is_absence(statement: Statement) -> bool:
    said = " ".join(sorted(statement.accused))
    return any(set(words(absence)) <= set(said.split()) for absence in _ABSENCES)


def predicted_statements(fold: Fold, article_ids: Iterable[str]) -> list[Statement]:
    """All claims of the articles' events, each statement of a claimant once, primary event first."""
    found = [
        predicted(claim, primary=index == fold.extractions[article].get("primary") and _in_text(claim))
        for article in article_ids
        for index, event in enumerate(events_of(fold, article))
        for claim in event.get("claims", ())
    ]
    found.sort(key=lambda statement: not statement.primary)
    return list({(s.kind, s.claimant, s.value, s.accused): s for s in reversed(found)}.values())[::-1]


def _in_text(claim: Row) -> bool:
    """Labels are of texts: what a title repeats can answer one, and is no error where it does not."""
    return bool(part(claim.get("evidence"), "in") != "title")


def overlapping(left: str, right: str) -> bool:
    """Whether the shorter quote's words are mostly (three in five) words of the longer."""
    short, long = sorted((set(words(left)), set(words(right))), key=len)
    return bool(short) and len(short & long) >= 0.6 * len(short)


def labelled_denials(incidents: Iterable[Row]) -> list[Statement]:
    """The labelled denials, each statement of a claimant in an article once."""
    found = (labelled(claim, row["incident_id"]) for row in incidents for claim in row["claims"])
    denials = [s for s in found if s.stance == "denies"]
    return list({(s.kind, s.quote): s for s in denials}.values())
