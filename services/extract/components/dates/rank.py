"""Choosing among an article's dates for one event: a list-wise softmax, summed by value.

Pure but for reading the packaged weights once. The day of publication is always in the list as an
assumed value without a span: what an article leaves unsaid is most often of the day, but a stated
date wins over it unless it belongs to something else.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from schemas.extraction import DateRange
from services.extract.components.dates.features import frame_features, story
from services.extract.components.dates.find import anchor_day
from services.extract.components.dates.resolve import exact
from services.extract.components.listwise import Weights, load_weights, softmax
from services.extract.model import Candidate, Document, Frame, Ranked

WEIGHTS_FILE = "dates.json"
KEPT_MAX = 8
"""Rows kept of a probability table; the rest is its missing mass."""


def rank_dates(
    doc: Document,
    candidates: Sequence[Candidate[DateRange]],
    frame: Frame,
    weights: Weights | None = None,
) -> tuple[Ranked[DateRange], ...]:
    """The probability table of an event's date, best first; empty where nothing is known at all.

    Its rows sum to less than one: the rest is the chance that the article does not name the day.
    """
    listed = [*candidates, *assumed(doc)]
    if not listed:
        return ()
    chosen = weights or load_weights(WEIGHTS_FILE)
    shares = softmax([chosen.score(names) for names in feature_rows(doc, listed, frame)])
    return by_value(listed, shares[:-1])


def assumed(doc: Document) -> list[Candidate[DateRange]]:
    """The day of publication as a value that nothing states."""
    day = anchor_day(doc)
    return [Candidate(exact(day), None, None, "assumed", {"assumed": 1.0})] if day else []


def feature_rows(
    doc: Document, listed: Sequence[Candidate[DateRange]], frame: Frame
) -> list[tuple[str, ...]]:
    """All features of each candidate for one event, in the candidates' order, and last those of "none"."""
    kind = story(doc)
    beside = _Beside(listed)
    rows = [
        (*candidate.features, *beside.features(candidate, kind), *frame_features(candidate.sentence, frame))
        for candidate in listed
    ]
    spoken = len(listed) - sum(candidate.span is None for candidate in listed)
    return [*rows, ("none", f"none&{kind}", f"none&others={min(spoken, 4)}")]


class _Beside:
    """What a candidate is beside the others of its article."""

    def __init__(self, listed: Sequence[Candidate[DateRange]]) -> None:
        self._size = len(listed)
        self._repeats = Counter(candidate.value for candidate in listed)
        self._days = {c.value.start for c in listed if c.span is not None and c.value.precision == 1}

    def features(self, candidate: Candidate[DateRange], kind: str) -> list[str]:
        value = candidate.value
        names = [f"repeats={min(self._repeats[value] - (candidate.span is not None), 3)}"]
        if candidate.span is None:
            return [*names, f"assumed&{kind}", f"assumed&others={min(self._size - 1, 3)}"]
        lag = next((name for name in candidate.features if name.startswith("lag=")), "")
        names.append(f"{kind}&{lag}")
        if value.precision > 1 and any(value.start <= day <= value.end for day in self._days):
            names.append("coarse-of-stated-day")
        return names


def by_value(
    listed: Sequence[Candidate[DateRange]], shares: Sequence[float]
) -> tuple[Ranked[DateRange], ...]:
    """Candidates of one value summed; best first, stated support before the assumed, ties by date."""
    total: dict[DateRange, float] = defaultdict(float)
    support: dict[DateRange, list[tuple[float, Candidate[DateRange]]]] = defaultdict(list)
    for candidate, share in zip(listed, shares, strict=True):
        total[candidate.value] += share
        support[candidate.value].append((share, candidate))
    order = sorted(total, key=lambda value: (-total[value], value.start, value.end))
    return tuple(
        Ranked(value, min(total[value], 1.0), tuple(c for _, c in sorted(support[value], key=_stated_first)))
        for value in order[:KEPT_MAX]
    )


def _stated_first(row: tuple[float, Candidate[DateRange]]) -> tuple[bool, float]:
    share, candidate = row
    return candidate.span is None, -share
