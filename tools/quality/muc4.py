"""Event templates per article (muc4): types, and date, counts and perpetrators of aligned events.

Pure; standard library only. Predicted events are read as MUC-4 types by `muc_type`, then aligned to
an article's templates one to one: the types must agree, agreeing dates and places break ties. A
template marked optional counts when found and is no miss when not (MUC-4 scoring guidelines).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tools.quality.assignment import best_pairs
from tools.quality.fields import same_count
from tools.quality.names import same_organisation, words
from tools.quality.rows import Fold, Row, Score, events_of, part, precision_recall, share

_ELIGIBLE_RELATIONS = frozenset({"main", "other", "retaliation", None})
_ELIGIBLE_STAGES = frozenset({"happened", "planned", None})
_BOMBING_MODES = frozenset({"explosives", "suicide-attack"})
_FIRE_WORDS = frozenset({"fire", "arson", "incendiary", "molotov", "gasoline", "petrol", "burning", "torch"})
_EXPLOSIVE_WORDS = frozenset({"bomb", "dynamite", "explosive", "explosives", "grenade", "tnt", "mine"})
_NOT_ORGANISATIONS = frozenset({"person", "crowd", "witness"})


@dataclass(frozen=True)
class Pair:
    """A predicted event and the template it was aligned to."""

    event: Row
    template: Row


@dataclass(frozen=True)
class Alignment:
    """One article's aligned pairs, its predictions without a template, and its missed templates."""

    pairs: Sequence[Pair]
    extra: Sequence[Row]
    missed: Sequence[Row]


def muc_type(event: Row) -> str | None:
    """The MUC-4 type of a predicted event, or None where MUC-4 has none.

    PLOVER → MUC-4: abduct → KIDNAPPING; explosives and suicide-attack → BOMBING; destroy → ARSON
    with fire or an unnamed weapon, BOMBING with an explosive; every other ASSAULT (aerial and
    heavy weapons among them, as the MUC-4 keys have it) → ATTACK; COERCE/seize coded as looting →
    ROBBERY. Background, cumulative, hypothetical, denied and historical events have no template.
    """
    if event.get("relation") not in _ELIGIBLE_RELATIONS or event.get("stage") not in _ELIGIBLE_STAGES:
        return None
    mode = event.get("event_mode")
    if event.get("event_type") == "COERCE":
        return "ROBBERY" if mode == "seize" and "robbery" in words(event.get("weapon")) else None
    if event.get("event_type") != "ASSAULT":
        return None
    return _assault_type(mode, frozenset(words(event.get("weapon"))))


def _assault_type(mode: str | None, weapon: frozenset[str]) -> str:
    if mode == "abduct":
        return "KIDNAPPING"
    if mode in _BOMBING_MODES:
        return "BOMBING"
    if mode == "destroy":
        return "BOMBING" if weapon & _EXPLOSIVE_WORDS and not weapon & _FIRE_WORDS else "ARSON"
    return "ATTACK"


def template_types(template: Row) -> frozenset[str]:
    """The accepted types of a template: "BOMBING / ATTACK" accepts either."""
    return frozenset(kind.strip() for kind in template["event_type"].split(" / "))


def is_optional(template: Row) -> bool:
    """Whether a system may leave the template out."""
    return "OPTIONAL" in template["template"]


def align(events: Iterable[Row], templates: Sequence[Row]) -> Alignment:
    """The one-to-one alignment with the most agreeing types, then dates and places."""
    typed = [event for event in events if muc_type(event)]
    table = [[_agreement(event, template) for template in templates] for event in typed]
    pairs = [(e, t) for e, t in best_pairs(table) if table[e][t] > 0]
    used_events, used_templates = {e for e, _ in pairs}, {t for _, t in pairs}
    return Alignment(
        pairs=[Pair(typed[e], templates[t]) for e, t in pairs],
        extra=[event for e, event in enumerate(typed) if e not in used_events],
        missed=[t for n, t in enumerate(templates) if n not in used_templates],
    )


def _agreement(event: Row, template: Row) -> float:
    """0 where the types differ; else 10, and more for a date and a place that agree.

    A required template outweighs an optional one, so that a lone prediction answers the required.
    """
    if muc_type(event) not in template_types(template):
        return 0.0
    date = 2 * date_within(event, template) if template["date_alternatives"] else 0
    return 10.0 + date + place_agrees(event, template) - 0.5 * is_optional(template)


def place_agrees(event: Row, template: Row) -> bool:
    """Whether the event's place name is one of the template's location names."""
    wanted = words(part(event.get("place"), "name"))
    found = words(template.get("location_raw"))
    return bool(wanted) and any(
        found[i : i + len(wanted)] == wanted for i in range(len(found) - len(wanted) + 1)
    )


def date_within(event: Row, template: Row) -> bool:
    """The event's days lie within an accepted span; a span without a start is open before its end."""
    start, end = part(event.get("date"), "start"), part(event.get("date"), "end")
    return start is not None and any(
        (span["from"] is None or start >= span["from"]) and (span["to"] is None or end <= span["to"])
        for span in _spans(template)
    )


def date_exact(event: Row, template: Row) -> bool:
    """The event's first and last day are one accepted single day."""
    days = {span["from"] for span in _spans(template) if span["from"] == span["to"]}
    start, end = part(event.get("date"), "start"), part(event.get("date"), "end")
    return start is not None and start == end and start in days


def date_bound(event: Row, template: Row) -> bool:
    """The event's first day is the first or the last day of an accepted span ("by 8 January" → the 8th).

    Stricter than `date_within` on open spans, and asked of every dated template: the reading in which
    earlier work on these templates gave its exact dates.
    """
    start = part(event.get("date"), "start")
    return start is not None and any(start in (span["from"], span["to"]) for span in _spans(template))


def _spans(template: Row) -> Iterator[Mapping[str, str | None]]:
    return (span for span in template["date_alternatives"] if span)


def has_single_day(template: Row) -> bool:
    """Whether an accepted answer is one day."""
    return any(span["from"] is not None and span["from"] == span["to"] for span in _spans(template))


def organisations(event: Row) -> list[str]:
    """Names of the event's perpetrators that are organisations: persons and crowds left out."""
    return [p["name"] for p in event.get("perpetrators", ()) if p.get("kind") not in _NOT_ORGANISATIONS]


def accepted_organisations(template: Row) -> list[tuple[list[str], bool]]:
    """(accepted names, whether optional) of each perpetrator organisation of the template."""
    slots = ((slot["alternatives"], slot["optional"]) for slot in template["perp_organization"])
    named = (([name for name in names if words(name)], optional) for names, optional in slots)
    return [(names, optional) for names, optional in named if names]


def score_organisations(pairs: Sequence[Pair], prefix: str) -> list[Score]:
    """Precision and recall of perpetrator organisations over aligned events."""
    predicted = hits_predicted = gold = hits_gold = 0
    for pair in pairs:
        names, slots = organisations(pair.event), accepted_organisations(pair.template)
        found = [any(same_organisation(name, slot) for name in names) for slot, _ in slots]
        predicted += len(names)
        hits_predicted += sum(any(same_organisation(name, slot) for slot, _ in slots) for name in names)
        gold += sum(hit or not optional for hit, (_, optional) in zip(found, slots, strict=True))
        hits_gold += sum(found)
    return precision_recall(
        f"{prefix}.perpetrator",
        hits_predicted=hits_predicted, predicted=predicted, hits_gold=hits_gold, gold=gold,
    )  # fmt: skip


def score_templates(gold: Sequence[Row], fold: Fold, prefix: str = "muc4") -> list[Score]:
    """All figures over the labelled articles, relevant or not."""
    alignments = [align(events_of(fold, row["id"]), row["gold"]["templates"]) for row in gold]
    pairs = [pair for alignment in alignments for pair in alignment.pairs]
    extra = sum(len(alignment.extra) for alignment in alignments)
    missed = sum(not is_optional(t) for alignment in alignments for t in alignment.missed)
    return [
        *precision_recall(
            f"{prefix}.type",
            hits_predicted=len(pairs), predicted=len(pairs) + extra,
            hits_gold=len(pairs), gold=len(pairs) + missed,
        ),
        *score_pairs(pairs, prefix),
        *score_organisations(pairs, prefix),
        relevance(gold, alignments, prefix),
    ]  # fmt: skip


def score_pairs(pairs: Sequence[Pair], prefix: str) -> Iterator[Score]:
    """Date and counts over aligned events; a template that leaves the answer open is left out."""
    single = [pair for pair in pairs if has_single_day(pair.template)]
    dated = [pair for pair in pairs if pair.template["date_alternatives"]]
    yield share(f"{prefix}.date.exact", (date_exact(p.event, p.template) for p in single))
    yield share(f"{prefix}.date.bound", (date_bound(p.event, p.template) for p in dated))
    yield share(f"{prefix}.date.within", (date_within(p.event, p.template) for p in dated))
    for name, field, answer in COUNTS:
        asked = [p for p in pairs if p.template[answer] is not None]
        yield share(f"{prefix}.{name}", (_count_right(p, field, answer) for p in asked))


def _count_right(pair: Pair, field: str, answer: str) -> bool:
    """Null answers 0: a template without dead is the rule in this gold, not a statement."""
    return same_count(part(pair.event.get(field), "best"), pair.template[answer], strict=False)


def relevance(gold: Sequence[Row], alignments: Sequence[Alignment], prefix: str) -> Score:
    """The share of articles rightly seen as having or not having a template at all."""
    said = [bool(a.pairs or a.extra) for a in alignments]
    right = (row["gold"]["relevant"] == answer for row, answer in zip(gold, said, strict=True))
    return share(f"{prefix}.relevance", right)


COUNTS = (("killed", "fatalities", "killed_derived"), ("injured", "injured", "injured_derived"))
