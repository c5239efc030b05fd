"""With what: the weapon that an event's own sentences name. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from schemas.taxonomy import EventType
from services.extract.model import Document, Frame, Sentence, Span

_KINDS_OF_BOMB: Final = (
    "car|truck|vehicle|roadside|motorcycle|nail|petrol|gasoline|fire|time|pipe|barrel|cluster|letter|parcel"
    "|incendiary|suicide|napalm|homemade|home-made|phosphorus|smoke|tnt|dynamite"
)
_KINDS_OF_RIFLE: Final = (
    "assault|automatic|semi-automatic|semiautomatic|sniper|hunting|high-powered|ar-15|ak-47|fal|galil|m-16"
    "|bolt-action"
)
_WEAPONS: Final = (
    rf"(?:{_KINDS_OF_BOMB})[ -]?bombs?",
    r"improvised explosive devices?|explosive devices?",
    r"explosives?[- ](?:laden|packed) (?:truck|car|vehicle|van)",
    r"explosive belts?|suicide vests?|explosive vests?|ieds?|land ?mines?|mines?|bombs?",
    r"car-bombs?|detonators?",
    r"dynamite(?: (?:charges?|sticks?))?|explosives?|tnt|c-4|molotov cocktails?|molotovs?",
    r"(?:hand |rifle |stun |fragmentation |rocket[- ]propelled )?grenades?|grenade launchers?|rpg(?:-\d+)?s?",
    r"bazookas?|(?:ballistic |cruise |anti-tank |surface-to-air |guided )?missiles?",
    r"rocket launchers?|rockets?",
    r"mortars?(?: shells?)?|artillery(?: shells?)?|shells?|howitzers?|tanks?|drones?",
    r"helicopter gunships?",
    rf"(?:{_KINDS_OF_RIFLE}) ?(?:style )?rifles?|sub-?machine ?guns?|machine ?guns?|m-?16s?|ak-?47s?|ak-m",
    r"kalashnikovs?|ar-?15s?|uzis?|(?:sawed-off |12-gauge |pump-action )?shotguns?",
    r"(?:\.\d\d[- ]cali(?:ber|bre) )?(?:handguns?|pistols?|revolvers?)",
    r"\.\d\d[- ]cali(?:ber|bre)(?: (?:rifles?|guns?|handguns?|pistols?|revolvers?))?",
    r"\d(?:\.\d\d)?[- ]?mm (?:handguns?|pistols?|guns?|sub-?machine ?guns?|rounds?)|bb guns?|air guns?",
    r"rifles?|firearms?|guns?|machetes?|knife|knives|axes?|swords?|crossbows?",
    r"chlorine(?: gas)?|sarin|mustard gas|nerve agents?|chemical weapons?|poison gas|tear gas",
    r"white phosphorus|napalm|anthrax",
)
_WEAPON: Final = re.compile(rf"(?<![\w-])(?:{'|'.join(_WEAPONS)})(?![\w-])", re.IGNORECASE)
_ARMED: Final = frozenset({EventType.ASSAULT, EventType.ACCIDENT, None})
_GENERIC: Final = re.compile(r"guns?|tanks?|shells?|mines?|axes?|explosives?|bombs?|firearms?", re.IGNORECASE)
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
