"""Words about actors: verbs that agree with their names, for headlines and displays. Pure."""

from typing import Final

PLURAL_HEADS: Final = frozenset(
    {
        "authorities", "officials", "sources", "forces", "rebels", "militants", "insurgents", "fighters",
        "gunmen", "activists", "residents", "witnesses", "doctors", "medics", "rescuers", "police", "troops",
        "soldiers", "investigators", "prosecutors", "media", "separatists", "jihadists", "protesters",
        "houthis", "hospitals", "observers", "analysts", "experts", "firefighters", "paramedics",
    }
)  # fmt: skip
"""Last words of names that take a plural verb."""

_PLURAL_VERB: Final = {"blames": "blame", "denies": "deny", "claims": "claim", "says": "say"}


def agree(name: str, verb: str) -> str:
    """The verb (given in the singular) as it goes with an actor's name: officials blame, Turkey blames."""
    words = name.casefold().split()
    plural = bool(words) and words[-1].strip("()") in PLURAL_HEADS
    return _PLURAL_VERB.get(verb, verb) if plural else verb
