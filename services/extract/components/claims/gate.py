"""Which sentences are worth reading for claims: one automaton pass over each, nothing else.

Most sentences of most articles say nothing of who did it or how many; they cost only this pass.
"""

from functools import lru_cache
from typing import Any, Final

import ahocorasick

from schemas.taxonomy import ActorKind
from services.extract.components.actors.lexicon import Lexicon, Part, load
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims import cues
from services.extract.model import Sentence

STRONG: Final = 1
DEED: Final = 2
PARTY: Final = 4
HARM: Final = 8
UNHURT: Final = 16
WEAPON: Final = 32
GROUP: Final = 64
"""What the words of a sentence may be about, as bits."""


_STRONG: Final = (
    cues.ACCUSE | cues.BLAME | cues.ATTRIBUTE | cues.DENY | cues.CONDEMN | cues.RETRACT | cues.RESPONSIBILITY
    | word_set(
        "denial denials credit retaliate avenge linked linking implicated belonged belonging disputed "
        "exaggerated"
    )
) - word_set("role corrected revised contradicted involved")  # fmt: skip
_DEED: Final = (
    cues.DID | cues.EVENT | cues.RELEASED | cues.HOLD | cues.SUSPECT | cues.LINK
    | word_set(
        "attackers gunmen bombers kidnappers assailants killers behind aircraft warplanes planes jets "
        "used armed killings did between combat fighting battle "
        "claimed claim role involved charged confirmed demanded called calls"
    )
)  # fmt: skip
_HARM: Final = word_set(
    "beheaded lynched slaughtered neutralised neutralized burned treated treating figure count shot "
    "stabbed victim victims "
    "killed killing kills kill dead died dies die deaths death fatalities fatality bodies bodys "
    "corpses slain perished murdered martyred massacred executed wounded wounding injured injuring "
    "injures injuries hurt hurting casualties toll lives body hospital hospitals hospitalized "
    "hospitalised claimed lost drowned left"
)
_UNHURT: Final = word_set("unharmed uninjured unhurt unscathed safe none")
_WEAPONS: Final = [
    "bomb",
    "gun",
    "rifle",
    "grenade",
    "missile",
    "rocket",
    "mortar",
    "dynamite",
    "explosive",
    "knife",
    "knives",
    "machete",
    "pistol",
    "revolver",
    "handgun",
    "shotgun",
    "tnt",
    "mine",
    "shell",
    "artillery",
    "tank",
    "drone",
    "gunship",
    "bazooka",
    "molotov",
    "ied",
    "chlorine",
    "sarin",
    "mustard",
    "nerve",
    "gas",
    "chemical",
    "napalm",
    "phosphorus",
    "weapon",
    "caliber",
    "calibre",
    "ak-47",
    "ar-15",
    "kalashnikov",
    "uzi",
    "axe",
    "sword",
    "crossbow",
    "firearm",
    "vest",
    "belt",
    "rpg",
    "c-4",
    "mm",
    "anthrax",
    "m-16",
    "detonator",
    "howitzer",
]
_PARTS: Final = frozenset(
    {
        Part.COUNTRY,
        Part.ADJECTIVE,
        Part.GROUP,
        Part.ORGANISATION,
        Part.LEADER,
        Part.BODY,
        Part.FORCE,
        Part.GEAR,
        Part.ATTACKER,
    }
)
_COMMON: Final = word_set(
    "suspect suspects teenager robber robbers killer killers shooter shooters agent agents guard "
    "guards company school university district court council commission church union party member "
    "members group gang gangs unit units plane planes attacker bank emergency front police"
)
"""Heads that crime reports are full of and that are no party to a conflict."""


WORTH: Final = STRONG | DEED | HARM | UNHURT
"""A sentence with none of these is not read at all."""


@lru_cache(maxsize=1)
def _automaton() -> Any:
    table: dict[str, tuple[int, bool]] = {}
    for hint, words in ((STRONG, _STRONG), (DEED, _DEED), (HARM, _HARM), (UNHURT, _UNHURT)):
        for word in words:
            _add(table, word, hint)
    for word in _WEAPONS:
        for form in (word, word + "s", word + "es"):
            _add(table, form, WEAPON)
    for written, exact, hint in _parties(load()):
        _add(table, written, hint, exact=exact)
    automaton = ahocorasick.Automaton()
    for word, (hint, exact) in table.items():
        automaton.add_word(word, (len(word), hint, exact))
    automaton.make_automaton()
    return automaton


def _add(table: dict[str, tuple[int, bool]], word: str, hint: int, *, exact: bool = False) -> None:
    known, was_exact = table.get(word, (0, exact))
    table[word] = (known | hint, was_exact and exact)


def _parties(lexicon: Lexicon) -> list[tuple[str, bool, int]]:
    found = []
    for tails in lexicon.tails.values():
        for _, entry in tails:
            written = entry.written.lower()
            if entry.part in _PARTS and entry.kind is not ActorKind.POLICE and written not in _COMMON:
                armed = entry.part is Part.GROUP and entry.kind is ActorKind.ARMED_GROUP
                found.append((written, entry.case == "exact", PARTY | GROUP if armed else PARTY))
    return found


def hints(sentence: Sentence) -> int:
    """What a sentence's words may be about; whole words only."""
    text = sentence.lower
    found = 0
    size = len(text)
    for end, (length, hint, exact) in _automaton().iter(text):
        if found & hint == hint:
            continue
        start = end - length + 1
        if (start and text[start - 1].isalnum()) or (end + 1 < size and text[end + 1].isalnum()):
            continue
        if exact and not sentence.text[start : end + 1].isupper():
            continue
        found |= hint
    return found


_BOTH: Final = DEED | PARTY


def tells_of_deed(found: int) -> bool:
    """Whether the sentence may say who did it, or deny it, or take a stance."""
    return bool(found & STRONG) or found & _BOTH == _BOTH
