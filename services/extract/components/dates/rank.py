"""Choosing among an article's dates for one event: a list-wise softmax, summed by value.

Pure but for reading the packaged weights once. The day of publication is always in the list as an
assumed value without a span: what an article leaves unsaid is most often of the day, but a stated
date wins over it unless it belongs to something else.
"""

from collections import defaultdict
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
    """The probability table of an event's date, best first; empty where nothing is known at all."""
    listed = [*candidates, *assumed(doc)]
    chosen = weights or load_weights(WEIGHTS_FILE)
    scores = [chosen.score(names) for names in feature_lists(doc, listed, frame)]
    return by_value(listed, softmax(scores))


def assumed(doc: Document) -> list[Candidate[DateRange]]:
    """The day of publication as a value that nothing states."""
    day = anchor_day(doc)
    return [Candidate(exact(day), None, None, "assumed", {"assumed": 1.0})] if day else []


def feature_lists(
    doc: Document, listed: Sequence[Candidate[DateRange]], frame: Frame
) -> list[tuple[str, ...]]:
    """All features of each candidate for one event, in the candidates' order."""
    kind = story(doc)
    exact_days = {c.value.start for c in listed if c.span is not None and c.value.precision == 1}
    repeats: dict[DateRange, int] = defaultdict(int)
    for candidate in listed:
        repeats[candidate.value] += 1
    return [
        (*candidate.features, *_relative(candidate, kind, len(listed), repeats, exact_days), *frame_features(candidate.sentence, frame))
        for candidate in listed
    ]


def _relative(candidate, kind, size, repeats, exact_days) -> list[str]:
    names = [f"repeats={min(repeats[candidate.value] - (candidate.span is not None), 3)}"]
    if candidate.span is None:
        names += [f"assumed&{kind}", f"assumed&others={min(size - 1, 3)}"]
        return names
    lag = next((name for name in candidate.features if name.startswith("lag=")), "")
    names.append(f"{kind}&{lag}")
    if candidate.value.precision > 1 and any(
        candidate.value.start <= day <= candidate.value.end for day in exact_days
    ):
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
