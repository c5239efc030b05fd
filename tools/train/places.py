"""Learns the weights of place ranking and says how well they do, cross-fitted over incidents.

    python -m tools.train.places DATA --report        # each half judged by weights of the other
    python -m tools.train.places DATA --out services/extract/resources/weights/places.json

DATA is the folder of development data; the project's own corpus is added (its held-out part is only ever
judged). The sets are mixed, so that the many articles on one country do not settle the weights alone.
"""

import argparse
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from services.extract.components.listwise import softmax
from services.extract.components.places.entity_features import kilometres
from services.extract.components.places.weights import HAND_FILE, WIRE, PlaceWeights, place_weights
from services.extract.resources.gazetteer import Kind, open_gazetteer
from tools.train.places_examples import Example, candidate_country, examples, of
from tools.train.places_fit import Lists, fit

PENALTY = 3.0
WIRE_PENALTY = 10.0
"""Of wire copy there are few labelled articles of few wars, so its weights stay near those set by hand."""
MIXTURE = {"gva": 1.0, "muc4": 1.0, "ecbplus": 0.5, "contested": 3.0, "own": 3.0}
"""What one article of a set weighs: the rarer kinds more, chosen once, not tuned."""

COARSE = 0.25
"""Factor for articles whose gold is a country alone: the keys of muc4 often leave out what the text has."""

ABROAD = 0.3
"""Factor for articles of the local kind among wire copy."""

CORPUS = Path("tests/quality/corpus")
NEAR_KM = 20.0


def learn(listed: Sequence[Example], mixture: Mapping[str, float]) -> PlaceWeights:
    """Weights from examples, held-out ones never among them: local news and wire copy each for itself."""
    hand = place_weights(HAND_FILE)
    return PlaceWeights(
        fit(_lists(listed, mixture, wire=False), PENALTY, hand.local),
        fit(_lists(listed, mixture, wire=True), WIRE_PENALTY, hand.wire),
    )


def _lists(listed: Sequence[Example], mixture: Mapping[str, float], *, wire: bool) -> Lists:
    return [
        (
            e.rows,
            e.right,
            mixture[e.data]
            * (COARSE if e.is_coarse else 1.0)
            * (ABROAD if wire and e.data == "gva" else 1.0),
        )
        for e in listed
        if e.data in mixture and not e.held_out and e.table.is_wire is wire
    ]


def shares(example: Example, weights: PlaceWeights) -> list[float]:
    """The probability of each row."""
    get = (weights.wire if example.table.is_wire else weights.local).get
    return softmax([sum(get(name, 0.0) * value for name, value in row.items()) for row in example.rows])


def report(listed: Sequence[Example], weights_of: Callable[[Example], PlaceWeights], title: str) -> None:
    """Prints the figures of each set under the weights chosen for each example."""
    print(title)
    for data in MIXTURE:
        found = of(data, listed)
        print(f"  {data:10}", " ".join(_figures(found, weights_of)))
        if data == "own":
            print(f"  {'held out':10}", " ".join(_figures([e for e in found if e.held_out], weights_of)))


def _figures(listed: Sequence[Example], weights_of: Callable[[Example], PlaceWeights]) -> list[str]:
    counts = {"right": 0, "region": 0, "country": 0, "near": 0, "recall": 0}
    calibration: list[tuple[float, bool]] = []
    for example in listed:
        table = shares(example, weights_of(example))
        none = len(table) - 1
        counts["recall"] += none not in example.right
        if none == 0:
            continue
        best = max(range(none), key=table.__getitem__)
        right = best in example.right
        calibration.append((table[best], right))
        counts["right"] += right
        for name, judge in (("region", _region), ("country", _country), ("near", _near)):
            counts[name] += judge(example, best, right=right)
    size = max(len(listed), 1)
    error = sum(abs(p - r) for p, r in _bins(calibration)) if calibration else 0.0
    return [f"n={len(listed)}", *(f"{name}={n / size:.3f}" for name, n in counts.items()), f"ece={error:.3f}"]


def _bins(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Summed probability and summed right answers by tenths, each over the number of all."""
    sums: dict[int, list[float]] = {}
    for p, right in pairs:
        row = sums.setdefault(min(int(10 * p), 9), [0.0, 0.0])
        row[0] += p / len(pairs)
        row[1] += right / len(pairs)
    return [(row[0], row[1]) for row in sums.values()]


def _where(example: Example, index: int) -> int | None:
    candidate = example.table.candidates[index]
    return candidate.entity if candidate.entity is not None else candidate.container


def _region(example: Example, index: int, *, right: bool) -> bool:
    where, gazetteer = _where(example, index), example.table.gazetteer
    region = gazetteer.region(where) if where is not None else None
    if example.data == "gva":
        return region is not None and gazetteer.name(region) == example.gold["state"]
    return right


def _country(example: Example, index: int, *, right: bool) -> bool:
    found = candidate_country(example.table.candidates[index], example.table)
    if example.data == "gva":
        return found == "US"
    if example.data == "muc4":
        names = {(t["location_raw"] or "").split(":")[0].strip("( ") for t in example.gold["templates"]}
        return found in {_MUC_COUNTRIES.get(name) for name in names}
    if example.data == "own":
        return example.gold["place"] is None or found == example.gold["place"]["country"]
    return right or found in {"SY", "AF", "GB"}


_MUC_COUNTRIES = {
    "EL SALVADOR": "SV", "COLOMBIA": "CO", "GUATEMALA": "GT", "PERU": "PE", "CHILE": "CL", "HONDURAS": "HN",
    "BOLIVIA": "BO", "ARGENTINA": "AR", "ECUADOR": "EC", "PANAMA": "PA", "NICARAGUA": "NI", "VENEZUELA": "VE",
    "MEXICO": "MX", "COSTA RICA": "CR", "BRAZIL": "BR", "UNITED STATES": "US", "SPAIN": "ES", "ITALY": "IT",
}  # fmt: skip


def _near(example: Example, index: int, *, right: bool) -> bool:
    where, point = _where(example, index), example.gold.get("lat_lon")
    if right or where is None or not point or point[0] is None:
        return right
    gazetteer = example.table.gazetteer
    local = gazetteer.kind(where) in (Kind.PLACE, Kind.SECOND)
    return local and kilometres(gazetteer.point(where), tuple(point)) < NEAR_KM


def cross_fitted(
    listed: Sequence[Example], mixture: Mapping[str, float]
) -> Callable[[Example], PlaceWeights]:
    """For each example the weights learnt on the half of incidents that it is not in."""
    tables = [learn([e for e in listed if e.half != half], mixture) for half in (0, 1)]
    return lambda example: tables[example.half]


def write(path: Path, weights: PlaceWeights, listed: Sequence[Example]) -> None:
    """Writes a weight file, small weights left out; those of wire copy as differences."""
    local, names = weights.local, sorted({*weights.local, *weights.wire})
    values = {name: local.get(name, 0.0) for name in names}
    values |= {WIRE + name: weights.wire.get(name, 0.0) - local.get(name, 0.0) for name in names}
    kept = {name: round(value, 3) for name, value in values.items() if abs(value) >= 0.01}
    sizes = {data: len([e for e in of(data, listed) if not e.held_out]) for data in MIXTURE}
    digest = hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:12]
    made = {
        "how": "conditional logit over an article's candidates and none, tools/train/places.py",
        "articles": sizes,
        "mixture": MIXTURE,
        "penalty": [PENALTY, WIRE_PENALTY],
        "centre": HAND_FILE,
    }
    content = {"name": "places", "version": digest, "made": made, "weights": kept}
    path.write_text(json.dumps(content, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{path}: {len(kept)} weights, version {digest}")


def main() -> None:
    """Reports, or learns on everything and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    listed = list(examples(options.data, CORPUS, open_gazetteer()))
    if options.report:
        hand = place_weights(HAND_FILE)
        report(listed, lambda _: hand, "by hand")
        report(listed, cross_fitted(listed, {"gva": 1.0}), "learnt on gva, cross-fitted")
        report(listed, cross_fitted(listed, MIXTURE), "learnt on the mixture, cross-fitted")
    if options.out:
        write(options.out, learn(listed, MIXTURE), listed)


if __name__ == "__main__":
    main()
