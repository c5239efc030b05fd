"""What two reports have in common and in which they contradict each other, as named numbers.

Features lie in 0…1 mostly; their weights are learned (`weights/`). A feature that cannot be
compared is left out, so unknown is neither agreement nor conflict. Pure; imported by matching only.
"""

import math
from collections.abc import Callable
from typing import Final

from services.store.matching.geometry import kilometres
from services.store.matching.keys import cell_day, name_key
from services.store.matching.pair_text import Features, compare_texts
from services.store.matching.profile import CountRow, Profile

Frequency = Callable[[int], int]
"""How many incidents are filed under a blocking key."""

_GAP_BINS: Final = ((0, "0"), (1, "1"), (2, "2"), (7, "week"), (31, "month"))
_KM_BINS: Final = ((1.0, "here"), (8.0, "near"), (25.0, "around"), (80.0, "region"))
_LIKELY: Final = 0.15
"""Rows of a table at least so likely take part in "nearest" comparisons."""
_SURE: Final = 0.5
"""From this probability on a value can contradict another."""
_COARSE_PLACE: Final = 4
_SCENES: Final = 5
"""More streets, or persons' ages, than one incident needs: a round-up."""
_MANY: Final = 5
"""Figures from here on are told apart by their ratio; below, by being equal."""
_FREQUENT: Final = 12
"""A name in so many incidents (an official's, mostly) says nothing."""


def compare(a: Profile, b: Profile, frequency: Frequency) -> Features:
    """The features of a pair. Symmetric but for `count` features, which look at who reported later."""
    found: Features = {}
    _dates(a, b, found)
    _places(a, b, found)
    _counts(a, b, found)
    _kinds(a, b, found)
    _persons(a, b, found, frequency)
    _scene(a, b, found)
    compare_texts(a, b, found)
    _sources(a, b, found)
    _joint(a, found, frequency)
    return found


def _bin(value: float, bins: tuple[tuple[float, str], ...], beyond: str) -> str:
    return next((name for bound, name in bins if value <= bound), beyond)


def _dates(a: Profile, b: Profile, found: Features) -> None:
    _too_late(a, b, found)
    _too_late(b, a, found)
    if not a.dates or not b.dates:
        found["date.unknown"] = 1.0
        return
    same = near = within = 0.0
    gap = 10_000
    for start, end, p in a.dates:
        for other_start, other_end, q in b.dates:
            apart = max(start - other_end, other_start - end, 0)
            exact = start == end and other_start == other_end
            if apart == 0:
                same += p * q if exact else 0.0
                within += 0.0 if exact else p * q
            elif apart == 1:
                near += p * q
            if p >= _LIKELY and q >= _LIKELY:
                gap = min(gap, apart)
    mass = sum(row[2] for row in a.dates) * sum(row[2] for row in b.dates)
    found["date.conflict"] = max(mass - same - near - within, 0.0)
    found["date.same"] = same
    found["date.log"] = math.log(same + 0.5 * near + 0.3 * within + 0.02) + 2.0
    found["date.within"] = within
    found["date.next_day"] = near
    if gap < 10_000:
        found["date.gap." + _bin(gap, _GAP_BINS, "more")] = 1.0


def _too_late(a: Profile, b: Profile, found: Features) -> None:
    """How sure it is that a's event came after b was published."""
    if b.published:
        later = sum(p for start, _, p in a.dates if start > b.published)
        if later > 0:
            found["date.after_report"] = found.get("date.after_report", 0.0) + later


def _places(a: Profile, b: Profile, found: Features) -> None:
    if not a.places or not b.places:
        found["place.unknown"] = 1.0
        return
    same = region = country = within = 0.0
    nearest = 20_000.0
    for row in a.places:
        for other in b.places:
            weight = row[6] * other[6]
            same_country = row[2] == other[2] or not (row[2] and other[2])
            same_region = same_country and row[1] == other[1] and row[1] != 0
            country += weight * same_country
            region += weight * same_region
            coarse = max(row[5], other[5]) >= _COARSE_PLACE
            if coarse:
                within += weight * (same_region or (same_country and not (row[1] and other[1])))
            elif row[3] is not None and other[3] is not None:
                km = kilometres(row[3], row[4] or 0.0, other[3], other[4] or 0.0)
                same += weight * (row[0] == other[0] or km <= 1.0) * (km < 25.0)
                if row[6] >= _LIKELY and other[6] >= _LIKELY:
                    nearest = min(nearest, km)
    mass = sum(row[6] for row in a.places) * sum(row[6] for row in b.places)
    found["place.conflict"] = max(mass - same - within, 0.0)
    found["place.abroad"] = max(mass - country, 0.0)
    found["place.same"] = same
    found["place.log"] = math.log(same + 0.2 * within + 0.02) + 2.0
    found["place.region"] = region
    found["place.within"] = within
    if nearest < 20_000:
        found["place.km." + _bin(nearest, _KM_BINS, "far")] = 1.0


def _counts(a: Profile, b: Profile, found: Features) -> None:
    earlier, later = (a, b) if a.reported < b.reported else (b, a)
    _count("killed", earlier.killed, later.killed, found)
    _count("injured", earlier.injured, later.injured, found)


def _count(name: str, earlier: tuple[CountRow, ...], later: tuple[CountRow, ...], found: Features) -> None:
    mine, other = dict(earlier).get(-1, 0.0), dict(later).get(-1, 0.0)
    told = sum(p for n, p in earlier if n > 0), sum(q for m, q in later if m > 0)
    found[f"{name}.untold"] = mine * told[1] + other * told[0]
    said = [(n, p, m, q) for n, p in earlier for m, q in later if n >= 0 and m >= 0]
    if not said:
        return
    same = sum(p * q for n, p, m, q in said if n == m)
    found[f"{name}.same"] = same
    found[f"{name}.conflict"] = sum(p * q for _, p, _, q in said) - same
    found[f"{name}.same_large"] = sum(p * q for n, p, m, q in said if n == m and n >= 4)
    apart = sum(p * q * _far_apart(n, m) for n, p, m, q in said)
    if apart > 0:
        found[f"{name}.apart"] = apart
    (first, p), (then, q) = earlier[0], later[0]
    if first >= 0 and then >= 0 and min(p, q) >= _SURE and first != then:
        far = abs(first - then) > 1 + 0.25 * max(first, then)
        found[f"{name}.{'rises' if then > first else 'falls'}{'_far' if far else ''}"] = 1.0


def _far_apart(n: int, m: int) -> float:
    """By how many factors of e two figures differ, where at least one is beyond a handful."""
    return abs(math.log((1 + n) / (1 + m))) if max(n, m) >= _MANY else 0.0


def _kinds(a: Profile, b: Profile, found: Features) -> None:
    if not (a.kind or b.kind):
        pass
    elif not (a.kind and b.kind):
        found["type.unknown"] = 1.0
    elif a.kind != b.kind:
        found["type.differs"] = 1.0
    elif a.mode and b.mode and a.mode != b.mode:
        found["mode.differs"] = 1.0
    if a.relation != b.relation:
        found["relation.differs"] = 1.0


def _persons(a: Profile, b: Profile, found: Features, frequency: Frequency) -> None:
    shared = a.names & b.names
    weight = sum(_rarity(frequency(name_key(name))) for name in shared)
    if weight > 0:
        found["names.shared"] = min(weight, 1.0)
        found["names.more"] = min(max(weight - 1.0, 0.0), 3.0)
    elif len(a.names) >= 2 and len(b.names) >= 2:
        found["names.differ"] = 1.0
    if a.victims and b.victims:
        common = len(a.victims & b.victims)
        found["victims.shared" if common else "victims.differ"] = min(max(common, 1), 2)
    if a.ages and b.ages:
        _ages(a, b, found)
    if a.victim_ages and b.victim_ages:
        both = len(a.victim_ages & b.victim_ages)
        found["victim_ages.shared" if both else "victim_ages.differ"] = min(max(both, 1), 2)


def _rarity(incidents: int) -> float:
    return max(0.0, 1.0 - math.log(max(incidents, 1)) / math.log(_FREQUENT))


def _ages(a: Profile, b: Profile, found: Features) -> None:
    common = len(a.ages & b.ages)
    if common == 0:
        found["ages.differ"] = 1.0
    else:
        found["ages.shared"] = min(common, 3)
        found["ages.overlap"] = common / len(a.ages | b.ages)


def _scene(a: Profile, b: Profile, found: Features) -> None:
    for name, mine, other in (
        ("streets", a.streets, b.streets),
        ("blocks", a.blocks, b.blocks),
        ("clocks", a.clocks, b.clocks),
    ):
        if mine and other:
            common = len(mine & other)
            found[f"{name}.shared" if common else f"{name}.differ"] = float(min(max(common, 1), 2))
    crowded = max(_scenes(a), _scenes(b)) - _SCENES
    if crowded > 0:
        found["roundup"] = min(crowded, 10) / 10
    if a.facility and b.facility:
        found["facility.same" if a.facility == b.facility else "facility.differs"] = 1.0


def _scenes(profile: Profile) -> int:
    return max(len(profile.blocks), len(profile.streets), len(profile.ages))


def _sources(a: Profile, b: Profile, found: Features) -> None:
    if a.source and a.source == b.source:
        found["source.same"] = 1.0
    if a.published and b.published:
        apart = abs(a.published - b.published)
        found["published.apart"] = math.log1p(apart) / 4.0
        found["published." + _bin(apart, _GAP_BINS, "later")] = 1.0


def _joint(a: Profile, found: Features, frequency: Frequency) -> None:
    """Place and date together, and how much happens there: a meeting in a busy city says less."""
    together = (found.get("date.log", 0.0) + 2.0) * (found.get("place.log", 0.0) + 2.0) / 16.0
    found["when_where"] = together
    if "text.differs" in found and "date.same" in found:
        found["nothing.same"] = 1.0 - min(found["date.same"] + found["date.within"], 1.0)
    where = cell_day(a)
    if where is not None:
        found["when_where.busy"] = together * math.log1p(frequency(where)) / 3.0
        found["busy"] = math.log1p(frequency(where)) / 3.0
