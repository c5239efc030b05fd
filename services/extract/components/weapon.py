"""With what: the weapon that an event's own sentences name. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from schemas.taxonomy import EventType
from services.extract.model import Document, Frame, Sentence, Span

_WEAPONS: Final = (
    r"(?:car|truck|vehicle|roadside|motorcycle|nail|petrol|gasoline|fire|time|pipe|barrel|cluster|letter|parcel|incendiary|"
    r"suicide|napalm|homemade|home-made|phosphorus|smoke|tnt|dynamite|car-)[ -]?bombs?",
    r"improvised explosive devices?", r"explosive devices?", r"explosives?[- ](?:laden|packed) (?:truck|car|vehicle|van)",
    r"explosive belts?", r"suicide vests?", r"explosive vests?", r"ieds?", r"land ?mines?", r"mines?",
    r"bombs?", r"dynamite(?: (?:charges?|sticks?))?", r"explosives?", r"tnt", r"c-4", r"detonators?", r"car-bombs?",
    r"(?:hand |rifle |stun |fragmentation |rocket[- ]propelled )?grenades?", r"grenade launchers?", r"rpg(?:-\d+)?s?", r"bazookas?",
    r"molotov cocktails?", r"molotovs?",
    r"(?:ballistic |cruise |anti-tank |surface-to-air |guided )?missiles?", r"rocket launchers?", r"rockets?", r"mortars?(?: shells?)?",
    r"artillery(?: shells?)?", r"shells?", r"howitzers?", r"tanks?", r"helicopter gunships?", r"drones?",
    r"(?:assault|automatic|semi-automatic|semiautomatic|sniper|hunting|high-powered|ar-15|ak-47|fal|galil|m-16|bolt-action) ?(?:style )?rifles?",
    r"sub-?machine ?guns?", r"machine ?guns?", r"m-?16s?", r"ak-?47s?", r"ak-m", r"kalashnikovs?", r"ar-?15s?", r"uzis?",
    r"(?:sawed-off |12-gauge |pump-action )?shotguns?", r"(?:\.\d\d[- ]cali(?:ber|bre) )?(?:handguns?|pistols?|revolvers?)",
    r"\.\d\d[- ]cali(?:ber|bre)(?: (?:rifles?|guns?|handguns?|pistols?|revolvers?))?",
    r"\d(?:\.\d\d)?[- ]?mm (?:handguns?|pistols?|guns?|sub-?machine ?guns?|rounds?)", r"bb guns?", r"air guns?",
    r"rifles?", r"firearms?", r"guns?", r"machetes?", r"knife|knives", r"axes?", r"swords?", r"crossbows?",
    r"chlorine(?: gas)?", r"sarin", r"mustard gas", r"nerve agents?", r"chemical weapons?", r"poison gas", r"tear gas",
    r"white phosphorus", r"napalm", r"anthrax",
)  # fmt: skip
_WEAPON: Final = re.compile(rf"(?<![\w-])(?:{'|'.join(_WEAPONS)})(?![\w-])", re.IGNORECASE)
_ARMED: Final = frozenset({EventType.ASSAULT, EventType.ACCIDENT, None})
_GENERIC: Final = re.compile(
    r"guns?|tanks?|shells?|mines?|axes?|explosives?|bombs?|firearms?", re.IGNORECASE
)
_NEAR: Final = 90
"""Code points from an event's trigger within which a weapon belongs to it."""


@dataclass(frozen=True, slots=True)
class Weapon:
    """The weapon in the article's words, lower case, and where it is named."""

    value: str
    span: Span


def find_weapon(document: Document, frame: Frame, naming: Collection[int]) -> Weapon | None:
    """The weapon of an event: the most telling one near its triggers, the earliest of equals.

    `naming` are the sentences that hold a word of weapons at all.
    """
    if frame.event_type not in _ARMED:
        return None
    found = [
        (score, -sentence.index, -weapon.span.start, weapon)
        for sentence in document.sentences
        if sentence.index in frame.core and sentence.index in naming
        for score, weapon in _in_sentence(sentence, frame)
    ]
    return max(found, key=lambda one: one[:3])[3] if found else None


def _in_sentence(sentence: Sentence, frame: Frame) -> Iterator[tuple[float, Weapon]]:
    for match in _WEAPON.finditer(sentence.text):
        start = sentence.span.start + match.start()
        span = Span(start, sentence.span.start + match.end(), sentence.span.where)
        gaps = [
            max(t.span.start - span.end, span.start - t.span.end, 0)
            for t in frame.triggers
            if t.sentence == sentence.index
        ]
        gap = min(gaps, default=_NEAR)
        generic = 0.5 if _GENERIC.fullmatch(match.group()) else 0.0
        if gap <= _NEAR:
            yield 1.0 - generic - gap / (4 * _NEAR), Weapon(match.group().lower(), span)
