"""Kinds: which triggers can tell of the same event, and which type and mode an event's triggers add up to.

A *family* is a group of modes that reports use for one event in turn ("gunmen ambushed", "the shooting",
"the murder"). *Tiers* order families: a physical event before its consequences (arrest, displacement),
those before politics. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from schemas.taxonomy import EventType
from services.extract.model import Trigger

_ASSAULT_FAMILIES: Final = {
    "firearms": "violence",
    "targeted": "violence",
    "clash": "violence",
    "primitive": "violence",
    "beat": "violence",
    "explosives": "bombing",
    "suicide-attack": "bombing",
    "aerial": "bombardment",
    "drone": "bombardment",
    "heavy-weapons": "bombardment",
    "abduct": "abduction",
    "destroy": "arson",
    "sexual": "abuse",
    "torture": "abuse",
    "unconventional": "chemical",
    "crowd-control": "protest",
}
_COERCE_FAMILIES: Final = {"arrest": "arrest", "seize": "robbery", "displace": "displacement"}
_FAMILIES: Final = {
    EventType.ACCIDENT: "accident",
    EventType.DISASTER: "disaster",
    EventType.PROTEST: "protest",
}
PHYSICAL: Final = frozenset(
    ("violence", "bombing", "bombardment", "abduction", "arson", "abuse", "chemical", "territory")
) | {"accident", "disaster", "protest"}
CONSEQUENCES: Final = frozenset(("arrest", "robbery", "displacement", "measures", "court", "warfare"))
VIOLENT: Final = frozenset(("violence", "bombing", "bombardment", "abduction", "arson", "territory", "harm"))
DEEDS: Final = frozenset(("bombing", "arson", "abduction", "territory"))
HARM: Final = "harm"
"""The family of words that any event may bring ("killed", "attack"); they join what is there."""


def family_of(trigger: Trigger) -> str:
    """The family of a trigger; political acts are a family each by type and mode."""
    if trigger.family:
        return trigger.family
    kind, mode = trigger.event_type, trigger.event_mode
    if kind is EventType.ASSAULT:
        return _ASSAULT_FAMILIES[mode] if mode is not None else "violence" if trigger.weight >= 0.8 else HARM
    if kind is EventType.ACCIDENT and mode is None:
        return HARM
    if kind is EventType.COERCE:
        return _COERCE_FAMILIES.get(mode or "", "measures")
    if kind is EventType.SANCTION and mode == "convict":
        return "court"
    if kind is None:
        return "other"
    return _FAMILIES.get(kind, str(kind))


def tier(family: str) -> int:
    """0 physical, 1 a consequence of something physical, 2 political, 3 harm without a kind."""
    if family in PHYSICAL:
        return 0
    if family in CONSEQUENCES:
        return 1
    return 3 if family == HARM else 2


def type_and_mode(weighted: Iterable[tuple[Trigger, float]]) -> tuple[EventType | None, str | None]:
    """The type and mode with most weight; a mode wins over none where it has a third of the weight.

    Words such as "gunman" or "rocket" count half: they tell of means, not of the event.
    """
    modes: dict[tuple[EventType | None, str | None], float] = defaultdict(float)
    for trigger, weight in weighted:
        share = 0.5 if trigger.form == "p" else 1.0
        modes[trigger.event_type, trigger.event_mode] += share * weight * trigger.weight
    if not modes:
        return None, None
    types: dict[EventType | None, float] = defaultdict(float)
    for (kind, _), value in modes.items():
        types[kind] += value
    kind = max(types, key=lambda key: (types[key], str(key)))
    return kind, _mode(kind, modes, types[kind])


def _mode(
    kind: EventType | None, modes: dict[tuple[EventType | None, str | None], float], total: float
) -> str | None:
    named = {mode: value for (of, mode), value in modes.items() if of is kind and mode is not None}
    if not named:
        return None
    best = max(named, key=lambda mode: (named[mode], mode))
    return best if named[best] * _SHARE.get(best, 8) >= total else None


_SHARE: Final = {"destroy": 3}
"""What part of a type's weight its best mode must hold: an eighth, but a third for property burnt down in an
attack on people, which is not what the attack was."""
