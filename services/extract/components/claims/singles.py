"""Single persons told of as harmed: "a guard was shot dead", "a third person has died". Pure."""

from typing import Final

from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.word_tests import Lower, word_at

_PERSON: Final = word_set(
    "person man woman boy girl child civilian soldier officer policeman policewoman guard driver passenger "
    "worker student teacher nurse doctor medic resident farmer villager pilot miner firefighter volunteer "
    "journalist reporter priest judge deputy trooper sergeant corporal captain colonel tourist pilgrim "
    "protester demonstrator pedestrian cyclist motorcyclist migrant fisherman mother father son daughter "
    "teenager toddler baby infant victim shopkeeper watchman peacekeeper militant fighter rebel guerrilla "
    "bystander patient prisoner candidate mayor councillor lawyer businessman activist paramedic rescuer"
)
_ORDINALS: Final = {
    word: value
    for value, word in enumerate(
        [
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        start=2,
    )
}
_AFTER_ORDINAL: Final = word_set(
    "person victim man woman boy girl child passenger soldier officer fatality death"
)
_REACH: Final = 5
"""Words between an article and the person's noun."""


def single_at(lower: Lower, at: int) -> tuple[int, int, int] | None:
    """(first, last, value) of one person told of from a word on; `last` is behind the noun."""
    word = lower[at]
    if word in {"a", "an", "another"} and word_at(lower, at + 1) not in {"few", "number", "dozen", "hundred"}:
        return _one(lower, at)
    if word == "both" and word_at(lower, at + 1).endswith("s"):
        return at, at + 1, 2
    value = _ORDINALS.get(word)
    if value is not None and word_at(lower, at + 1) in _AFTER_ORDINAL:
        return at, at + 2, value
    return None


def _one(lower: Lower, at: int) -> tuple[int, int, int] | None:
    if word_at(lower, at + 1) in _ORDINALS:
        return None
    for index in range(at + 1, min(at + _REACH + 1, len(lower))):
        word = lower[index]
        if word in _PERSON and word_at(lower, index + 1) not in _PERSON:
            return at, index + 1, 1
        if not word[0].isalnum() or word in _NOT_INSIDE:
            return None
    return None


_NOT_INSIDE: Final = word_set(
    "of in on at by for to from with and or that who which was were is are has had said after when where"
)
