"""A grouping of articles against the gold incidents: B-cubed, MUC, CEAF-e, CoNLL, pairwise, exact.

Pure; standard library only. Definitions: Bagga & Baldwin 1998 (B-cubed), Vilain et al. 1995 (MUC),
Luo 2005 (CEAF with φ4); CoNLL F1 is the mean of the three F1 (Pradhan et al. 2012). Both groupings
map the same article ids to a group's id.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tools.quality.assignment import best_total
from tools.quality.rows import Score, harmonic

Grouping = Mapping[str, str]
PrecisionRecall = tuple[float, float]


def score_grouping(gold: Grouping, predicted: Grouping, prefix: str) -> list[Score]:
    """All clustering figures as `prefix.pairwise.f1`, `prefix.conll` and so on.

    Raises ValueError where the two groupings cover different articles.
    """
    check_same_articles(gold, predicted)
    measures = {name: measure(gold, predicted) for name, measure in MEASURES.items()}
    f1 = {name: harmonic(*measures[name]) for name in measures}
    conll = (f1["b_cubed"] + f1["muc"] + f1["ceaf_e"]) / 3
    figures = [(f"{name}.{side}", value) for name in measures for side, value in _sides(measures[name])]
    figures += [("conll", conll)]
    scores = [Score(f"{prefix}.{name}", value, len(gold)) for name, value in figures]
    return [*scores, exact_recovery(gold, predicted, prefix)]


def check_same_articles(gold: Grouping, predicted: Grouping) -> None:
    """Raise ValueError where an article is missing on either side, so that none is left out quietly."""
    if set(gold) != set(predicted):
        missing, unknown = set(gold) - set(predicted), set(predicted) - set(gold)
        raise ValueError(f"article sets differ: {len(missing)} missing, {len(unknown)} unknown")


def _sides(measure: PrecisionRecall) -> Iterator[tuple[str, float]]:
    yield from zip(("p", "r", "f1"), (*measure, harmonic(*measure)), strict=True)


def members(grouping: Grouping) -> dict[str, frozenset[str]]:
    """Group id → its articles."""
    groups: dict[str, set[str]] = defaultdict(set)
    for article, group in grouping.items():
        groups[group].add(article)
    return {group: frozenset(articles) for group, articles in groups.items()}


def shared_articles(gold: Grouping, predicted: Grouping) -> Counter[tuple[str, str]]:
    """(gold group, predicted group) → how many articles they share; pairs that share none are left out."""
    return Counter((gold[article], predicted[article]) for article in gold)


def b_cubed(gold: Grouping, predicted: Grouping) -> PrecisionRecall:
    """Each article's share of right companions, averaged over articles."""
    if not gold:
        return 0.0, 0.0
    gold_size, predicted_size = Counter(gold.values()), Counter(predicted.values())
    shared = shared_articles(gold, predicted).items()
    precision = sum(n * n / predicted_size[p] for (_, p), n in shared) / len(gold)
    recall = sum(n * n / gold_size[g] for (g, _), n in shared) / len(gold)
    return precision, recall


def muc(gold: Grouping, predicted: Grouping) -> PrecisionRecall:
    """Right links over links; an article alone carries no link, so MUC is blind to it."""
    return _link_recall(predicted, gold), _link_recall(gold, predicted)


def _link_recall(key: Grouping, response: Grouping) -> float:
    groups = members(key).values()
    links = sum(len(group) - 1 for group in groups)
    kept = sum(len(group) - len({response[article] for article in group}) for group in groups)
    return kept / links if links else 0.0


def pairwise(gold: Grouping, predicted: Grouping) -> PrecisionRecall:
    """Pairs of articles put together rightly, over pairs put together, over pairs that belong together."""
    together = sum(_pairs(n) for n in shared_articles(gold, predicted).values())
    put = sum(_pairs(n) for n in Counter(predicted.values()).values())
    belong = sum(_pairs(n) for n in Counter(gold.values()).values())
    return (together / put if put else 0.0, together / belong if belong else 0.0)


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def ceaf_e(gold: Grouping, predicted: Grouping) -> PrecisionRecall:
    """Best one-to-one match of groups by φ4 = 2·shared/(size + size), solved by connected component."""
    if not gold:
        return 0.0, 0.0
    gold_size, predicted_size = Counter(gold.values()), Counter(predicted.values())
    shared = shared_articles(gold, predicted)
    total = sum(
        best_total([[2 * shared[g, p] / (gold_size[g] + predicted_size[p]) for p in ps] for g in gs])
        for gs, ps in _components(shared)
    )
    return total / len(predicted_size), total / len(gold_size)


def _components(shared: Counter[tuple[str, str]]) -> Iterator[tuple[list[str], list[str]]]:
    """Gold and predicted groups that are linked by shared articles, each side sorted."""
    of_gold, of_predicted = defaultdict(set), defaultdict(set)
    for g, p in shared:
        of_gold[g].add(p)
        of_predicted[p].add(g)
    seen: set[str] = set()
    for start in of_gold:
        if start not in seen:
            gs, waiting = {start}, [start]
            ps: set[str] = set()
            while waiting:
                for p in of_gold[waiting.pop()] - ps:
                    ps.add(p)
                    waiting.extend(of_predicted[p] - gs)
                    gs |= of_predicted[p]
            seen |= gs
            yield sorted(gs), sorted(ps)


def exact_recovery(gold: Grouping, predicted: Grouping, prefix: str) -> Score:
    """The share of gold groups of two or more articles that are a predicted group, article for article."""
    several = [group for group in members(gold).values() if len(group) > 1]
    found = set(members(predicted).values())
    hits = sum(group in found for group in several)
    return Score(f"{prefix}.exact_multi", hits / len(several) if several else 0.0, len(several))


def agreement(groupings: Sequence[Grouping]) -> float:
    """The mean pairwise F1 between every two groupings; 1 where fewer than two are given."""
    pairs = [(a, b) for i, a in enumerate(groupings) for b in groupings[i + 1 :]]
    values = [harmonic(*pairwise(a, b)) for a, b in pairs]
    return sum(values) / len(values) if values else 1.0


MEASURES = {"b_cubed": b_cubed, "muc": muc, "ceaf_e": ceaf_e, "pairwise": pairwise}
