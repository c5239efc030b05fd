"""Wording: how a sentence speaks of an event where its trigger stands at `at`: the, another, a day after …

All texts are sentences in lower case, all places code points within them. Pure.
"""

import re
from typing import Final

_PERSONS: Final = (
    r"people|persons?|men|man|women|woman|boys?|girls?|children|child|teens?|teenagers?|soldiers?|troops?"
    r"|police\w*|officers?|civilians?|victims?|others|students?|guards?|peasants?|workers?|farmers?|members"
    r"|rebels|guerrillas|militants|terrorists|villagers|residents|priests?|journalists?|passengers?|family"
    r"|agents?|deputies|bodies|dead|killed|wounded|injured|employees|hostages|tourists?|worshippers|protesters"
    r"|migrants|males?|females?|pupils?|teachers?|vendors?|miners?|fishermen|sailors?|patients|nurses|drivers?"
    r"|inmates|prisoners|refugees|settlers|pilgrims|fighters|insurgents|herders"
)
_NUMBER: Final = (
    r"\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty"
    r"|dozens|scores|several|hundreds|thousands|another|one|an?"
)
_FIGURE: Final = re.compile(rf"\b(?:{_NUMBER})\s+(?:\S+\s+){{0,3}}?(?:{_PERSONS})\b")
_MULTITUDE: Final = re.compile(r"\b(?:hundreds|thousands|tens of)\b")
_HABITUAL: Final = re.compile(r"\b(?:are|is|being|always|often|every)\s+(?:\w+\s+)?$")
_ACT: Final = re.compile(
    r"\b(?:announc|impos|sign|agree|reach|approv|declar|order|slapp|unveil|clos|struck|seal|broker)\w*\s+"
    r"(?:[\w-]+\s+){0,3}$"
)
_OTHER_EVENT: Final = re.compile(
    r"\b(?:another|separate|second|third|unrelated|different|similar|other|earlier|subsequent|previous)"
    r"\s+(?:(?!and\b|or\b)[\w-]+\s+){0,2}$"
)
_ELSEWHERE: Final = re.compile(
    r"\W*(?:elsewhere|meanwhile|in (?:a |an |another |the other |yet another )?"
    r"(?:separate|unrelated|another|other|second|different|similar)\b"
    r"|in a third\b|in the (?:other|second|third)\b)"
)
_ASIDE: Final = re.compile(
    r"\b(?:(?:hours?|days?|weeks?|months?|years?)\s+after"
    r"|(?:revenge|retaliation|reprisals?|retaliatory \w+)\s+(?:\w+\s+)?for)\s+(?:[^\s,]+\s+){0,5}$"
)
_DONE_FOR: Final = re.compile(r"\s+for\b")
_NAMED_DAY: Final = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day's\s+(?:[\w-]+\s+){0,2}$")
_DEFINITE: Final = re.compile(r"\b(?:the|this|that|these|those|his|her|its|their)\s+(?:\w+\s+){0,2}$")


def counts_persons(text: str) -> bool:
    """Whether a number of persons is said."""
    return _FIGURE.search(text) is not None


def counts_multitudes(text: str) -> bool:
    """Whether hundreds or thousands are spoken of."""
    return _MULTITUDE.search(text) is not None


def is_definite(text: str, at: int) -> bool:
    """Whether the event is one already told of: "the attack"."""
    return _DEFINITE.search(text, max(0, at - 40), at) is not None


def is_habitual(text: str, at: int) -> bool:
    """Whether such events in general are meant: "people are kidnapped"."""
    return _HABITUAL.search(text, max(0, at - 30), at) is not None


def is_act(text: str, at: int) -> bool:
    """Whether a political act is done, not only spoken of: "announced new sanctions"."""
    return _ACT.search(text, max(0, at - 60), at) is not None


def tells_another(text: str, at: int, *, noun: bool) -> bool:
    """Whether the words say that this is another event: "another shooting", "Elsewhere, …"."""
    another = noun and _OTHER_EVENT.search(text, max(0, at - 40), at) is not None
    return another or _ELSEWHERE.match(text) is not None


def is_aside(text: str, at: int) -> bool:
    """Whether the event is only what the reported one came after or was done for."""
    return _ASIDE.search(text, max(0, at - 60), at) is not None


def is_done_for(text: str, end: int) -> bool:
    """Whether "for" follows: "a revenge attack for …"."""
    return _DONE_FOR.match(text, end) is not None


def is_called_by_day(text: str, at: int) -> bool:
    """Whether the event is called by its day: "Saturday's shooting"."""
    return _NAMED_DAY.search(text, max(0, at - 40), at) is not None
