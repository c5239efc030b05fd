"""Choosing how many one event killed and injured: a list-wise softmax over the options of each.

Pure but for reading the packaged weights once. The killed are ranked first, since the injured of a
report that counts those hit are what is left of them.
"""

from collections.abc import Sequence

from schemas.extraction import Figure
from services.extract.components.counts.options import feature_rows, options
from services.extract.components.counts.values import (
    CountRow,
    Counts,
    CountTables,
    Excluded,
    Finding,
    Harm,
    Option,
    Tally,
)
from services.extract.components.counts.victims import victims_of
from services.extract.components.listwise import Weights, load_weights, softmax
from services.extract.model import Candidate, Document, Frame

KILLED_FILE, INJURED_FILE = "counts_killed.json", "counts_injured.json"
KEPT_MAX = 8
"""Rows kept of a probability table; the rest is its missing mass."""

Table = tuple[CountRow, ...]


def rank_counts(
    doc: Document,
    counts: Counts,
    frame: Frame,
    weights: tuple[Weights, Weights] | None = None,
) -> CountTables:
    """The killed and injured of one event: tables, figures, what they rest on, victims, exclusions."""
    for_killed, for_injured = weights or (load_weights(KILLED_FILE), load_weights(INJURED_FILE))
    dead = options(doc, counts, frame, Harm.KILLED, None)
    ranked = _shares(dead, counts, for_killed)
    killed = _table(dead, ranked)
    hurt = options(doc, counts, frame, Harm.INJURED, ranked[0][0])
    injured = _table(hurt, _shares(hurt, counts, for_injured))
    return CountTables(
        killed=_figure(killed, counts.findings, frame, Harm.KILLED),
        injured=_figure(injured, counts.findings, frame, Harm.INJURED),
        killed_rows=killed,
        injured_rows=injured,
        victims=victims_of(doc, counts, frame),
        excluded=_excluded(counts.findings, killed, injured),
    )


def _shares(found: dict[int, Option], counts: Counts, weights: Weights) -> list[tuple[int, float]]:
    """Each value with its probability, best first; they sum to less than one."""
    table = softmax([weights.score(names) for names in feature_rows(found, counts)])[:-1]
    return sorted(zip(found, table, strict=True), key=lambda row: (-row[1], row[0]))


def _table(found: dict[int, Option], rows: Sequence[tuple[int, float]]) -> Table:
    return tuple(_ranked(found[value], share) for value, share in rows[:KEPT_MAX])


def _ranked(option: Option, share: float) -> CountRow:
    support = tuple(_candidates(option))
    says_none = option.value == 0 and any(c.rule == "said" for c in support)
    value = None if option.value == 0 and not says_none else option.value
    return CountRow(value, share, support)


def _candidates(option: Option) -> list[Candidate[Tally]]:
    rows: list[Candidate[Tally] | None] = [_candidate(f, how, option.value) for f, how in option.findings]
    if option.addends:
        tally = Tally(option.harm, option.value, option.value, option.value)
        rows.append(Candidate(tally, option.addends[0], None, "persons", {}, option.addends))
    seen = {(row.span, row.rule): row for row in reversed(rows) if row is not None}
    return sorted(seen.values(), key=_preference)


def _candidate(finding: Finding, how: str, value: int) -> Candidate[Tally] | None:
    if not finding.spans:
        return None
    lows = [person.low for person in finding.persons if person.low is not None]
    highs = [person.high for person in finding.persons if person.high is not None]
    qualifier = next((person.qualifier for person in finding.persons if person.qualifier), None)
    direct = how in {"said", "hit"} and lows
    tally = Tally(
        finding.harm,
        sum(lows) if direct else value,
        value,
        max(sum(highs), value) if direct else value,
        qualifier,
    )
    addends = finding.spans if len(finding.spans) > 1 or not direct else ()
    return Candidate(tally, finding.spans[0], finding.sentence, how, {}, addends)


def _preference(candidate: Candidate[Tally]) -> tuple[int, int]:
    order = {"said": 0, "hit": 1, "hit-less-killed": 2, "plus": 3, "persons": 4, "implied": 5}
    return order.get(candidate.rule, 6), candidate.sentence or 0


def _support(table: Table) -> tuple[Candidate[Tally], ...]:
    return table[0].support if table else ()


def _figure(table: Table, findings: Sequence[Finding], frame: Frame, harm: Harm) -> Figure:
    """The best value with the bounds and qualifier of what says it; words alone where no number is said."""
    best = table[0].value if table else None
    if best is None:
        return Figure(qualifier=_vague(findings, frame, harm))
    support = table[0].support
    said = [c.value for c in support if c.rule in {"said", "hit"}]
    lows = [tally.low for tally in said if tally.low is not None and tally.low <= best]
    highs = [tally.high for tally in said if tally.high is not None and tally.high >= best]
    qualifier = next((tally.qualifier for tally in said if tally.qualifier), None)
    return Figure(low=min(lows, default=best), best=best, high=max(highs, default=best), qualifier=qualifier)


def _vague(findings: Sequence[Finding], frame: Frame, harm: Harm) -> str | None:
    for finding in findings:
        if finding.harm is harm and finding.excluded is None and finding.sentence in frame.sentences:
            for person in finding.persons:
                if person.kind == "vague" and person.qualifier:
                    return person.qualifier
    return None


def _excluded(findings: Sequence[Finding], killed: Table, injured: Table) -> tuple[Excluded, ...]:
    """Totals left out for a reason, those that speak for a chosen value aside."""
    chosen = {candidate.span for candidate in (*_support(killed), *_support(injured))}
    rows = []
    for finding in findings:
        if finding.excluded is None or finding.negated:
            continue
        total = sum(person.best or 0 for person in finding.persons)
        candidate = _candidate(finding, "said", total)
        if candidate is not None and total > 1 and candidate.span not in chosen:
            rows.append(Excluded(candidate, finding.excluded))
    return tuple(rows)
