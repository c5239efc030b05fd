"""Who says "we did it": claims of responsibility in their forms, and the absence of one. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from schemas.claim import Actor
from schemas.taxonomy import ActorKind
from services.extract.components.actors.lexicon import Part
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.cues import DID, EVENT
from services.extract.components.claims.reading import Reading

_TAKE: Final = word_set(
    "claimed claims claim claiming took takes taken taking accepted accepts accepting assumed assumes "
    "assuming admitted admits admitting acknowledged acknowledges bore"
)
_NOBODY: Final = word_set(
    "no nobody none neither nor not n't whether if any anyone hasn't haven't didn't yet without denied"
)
_ELSE: Final = word_set(
    "previous past similar earlier other recent numerous many several number dozens series string"
)
_MOTIVE: Final = word_set(
    "revenge reprisal retaliation response answer vengeance avenge punishment retribution warning "
    "martyrdom reply"
)
_ARMED: Final = frozenset({ActorKind.ARMED_GROUP, ActorKind.MILITARY, ActorKind.PARTY})


@dataclass(frozen=True, slots=True)
class Admission:
    """The actor, the cue's word index, the words that say it."""

    actor: ActorMention
    cue: int
    first: int
    last: int


def admissions(reading: Reading) -> Iterator[Admission]:
    """The claims of responsibility of a sentence; "no one claimed …" gives none."""
    for at, word in enumerate(reading.lower):
        if at in reading.by_word:
            continue
        actor = None
        if word in {"responsibility", "credit"}:
            actor = _responsibility(reading, at)
            if (called := _called(reading, at)) is not None:
                actor = replace(
                    actor or _stand_in(reading, at), settled=(called, True), part=Part.GROUP, pronoun=None
                )
        elif word in {"claimed", "claims", "claim", "claiming", "admitted", "admits"}:
            actor = _claimed(reading, at)
        elif word in _MOTIVE:
            actor = _motive(reading, at)
        if actor is not None and actor.part is None:
            actor = _unknown_group(actor)
        if actor is not None and (actor.pronoun is None or actor.resolved):
            yield Admission(
                actor, at, min(actor.first, max(at - 3, 0)), max(min(at + 6, len(reading.lower)), actor.last)
            )


def _called(reading: Reading, at: int) -> Actor | None:
    """The group of "a group calling itself NAME claimed …": a name that nobody knows yet."""
    verb = next((i for i in range(at - 1, max(at - 5, -1), -1) if reading.lower[i] in _TAKE), None)
    if verb is None or _nobody(reading, verb):
        return None
    texts = reading.words.texts
    for index in range(verb - 1, max(verb - 22, -1), -1):
        if reading.lower[index] in {"itself", "themselves"} and reading.word(index - 1) in {
            "calling",
            "called",
            "styling",
        }:
            first = index + 1 + (reading.word(index + 1) in {"the", '"', "“"})
            last = next(
                (
                    i
                    for i in range(first, verb)
                    if texts[i] in _AFTER_NAME
                    or (texts[i].islower() and reading.words.cased and texts[i] not in _LINKS)
                ),
                verb,
            )
            return _group(texts[first:last])
        if texts[index] in {'"', "”"}:
            opening = next(
                (i for i in range(index - 1, max(index - 9, -1), -1) if texts[i] in {'"', "“"}), None
            )
            near = verb - index <= 10 and not any(texts[i] in {",", ";"} for i in range(index + 1, verb))
            return _group(texts[opening + 1 : index]) if opening is not None and near else None
    return None


_LINKS: Final = frozenset({"of", "the", "for", "and", "al", "de", "in"})
_AFTER_NAME: Final = frozenset({",", '"', "”", "(", "[", "has", "later", "have"})


def _group(words: tuple[str, ...]) -> Actor | None:
    if not 1 <= len(words) <= 8 or not words[0][:1].isalpha():
        return None
    return Actor(name=" ".join(words), kind=ActorKind.ARMED_GROUP)


def _stand_in(reading: Reading, at: int) -> ActorMention:
    """A mention for a group that only its name tells of."""
    first = max(at - 3, 0)
    return ActorMention(
        own=Actor(name="group", kind=ActorKind.ARMED_GROUP), span=reading.words.span(first, at + 1),
        sentence=reading.sentence.index, first=first, last=at + 1, head="group", part=Part.GROUP,
    )  # fmt: skip


def _unknown_group(actor: ActorMention) -> ActorMention | None:
    """A name of several words that owns up to an attack and belongs to no known person is a group."""
    if actor.pronoun is not None or actor.actor.kind is not ActorKind.PERSON or " " not in actor.actor.name:
        return None if actor.pronoun is None or not actor.resolved else actor
    group = actor.actor.model_copy(update={"kind": ActorKind.ARMED_GROUP})
    return replace(actor, settled=(group, True), part=Part.GROUP)


def _responsibility(reading: Reading, at: int) -> ActorMention | None:
    verb = next((i for i in range(at - 1, max(at - 5, -1), -1) if reading.lower[i] in _TAKE), None)
    if reading.any_of(_ELSE, at, at + 6):
        return None
    if (
        verb is not None
        and reading.word(verb + 1) != "of"
        and reading.word(at - 1) not in {"of", "for", "any"}
    ):
        return None if _nobody(reading, verb) else _subject(reading, verb)
    if reading.word(at - 1) == "of" and reading.word(at - 2) in {"claim", "claims"}:
        return _claim_noun(reading, at)
    if (
        reading.word(at + 1) in {"was", "has", "for", "been", "is", "later"}
        or reading.word(at + 1) == "claimed"
    ):
        return _passive(reading, at)
    return None


def _nobody(reading: Reading, verb: int) -> bool:
    first = max(0, verb - 8)
    for index in range(verb - 1, first - 1, -1):
        if reading.lower[index] in _NOBODY:
            return True
        if reading.lower[index] in {",", ";", "that", "but"} or index in reading.by_word:
            before = reading.by_word.get(index)
            start = before.first if before is not None else index
            return reading.word(start) in _NOBODY or reading.word(start - 1) in _NOBODY
    return False


def _subject(reading: Reading, verb: int) -> ActorMention | None:
    found = reading.subject_of(verb)
    if found is None and reading.lower[verb].endswith("ing"):
        before = (m for m in reading.mentions if m.last <= verb and not m.owner and not m.adjective)
        found = next(before, None) or _after_comma(reading, verb)
    if found is not None and (found.owner or found.adjective):
        return None
    return found


def _after_comma(reading: Reading, verb: int) -> ActorMention | None:
    """As in "Claiming responsibility for …, X said": the subject of the main clause."""
    comma = next((i for i in range(verb, len(reading.lower)) if reading.lower[i] == ","), None)
    return reading.mention_from(comma + 1, 3) if comma is not None else None


def _claim_noun(reading: Reading, at: int) -> ActorMention | None:
    """As in "a claim of responsibility by X", "X's claim of responsibility"."""
    if reading.any_of(_NOBODY, at - 7, at - 2):
        return None
    owner = reading.by_word.get(at - 3)
    if owner is not None and owner.owner:
        return owner
    if reading.word(at + 1) in {"by", "from"}:
        return reading.mention_from(at + 2, 3)
    return None


def _passive(reading: Reading, at: int) -> ActorMention | None:
    """As in "responsibility was claimed by X"."""
    for index in range(at + 1, min(at + 12, len(reading.lower) - 1)):
        if reading.lower[index] in {"claimed", "taken", "assumed"} and reading.word(index + 1) == "by":
            return None if reading.any_of(_NOBODY, at - 3, index) else reading.mention_from(index + 2, 3)
    return None


def _claimed(reading: Reading, at: int) -> ActorMention | None:
    """As in "claimed the attack", "an attack claimed by X", "admitted carrying out the attack"."""
    if reading.any_of(_NOBODY, at - 4, at):
        return None
    if reading.word(at + 1) == "by":
        if not reading.any_of(EVENT | {"responsibility", "later", "was", "been"}, at - 7, at):
            return None
        return reading.mention_from(at + 2, 3)
    target = reading.lower[at + 1 : at + 6]
    if (
        target[:1]
        and target[0]
        in {"the", "this", "that", "both", "two", "three", "wednesday", "thursday", "friday"} | _DAYS
    ):
        noun = next((i for i, word in enumerate(target) if word in EVENT), None)
        if (
            noun is not None
            and noun <= 4
            and _ELSE.isdisjoint(target)
            and reading.word(at + 1 + noun + 1) not in _SAYS_THAT
        ):
            return _subject(reading, at)
    if target[:2] == ("to", "have") and reading.any_of(DID, at + 3, at + 6):
        return _subject(reading, at)
    if reading.lower[at].startswith("admi") and reading.any_of(_DOING, at + 1, at + 4):
        return _subject(reading, at)
    return None


_DAYS: Final = frozenset({"monday", "tuesday", "saturday", "sunday"})
_SAYS_THAT: Final = word_set(
    "was were had has targeted killed struck hit left is came and took wounded destroyed lives life lasted of"
)
_DOING: Final = word_set(
    "carrying killing bombing attacking planting firing kidnapping shooting launching conducting "
    "striking murdering setting planning ordering"
)


def _motive(reading: Reading, at: int) -> ActorMention | None:
    """An armed group that explains the attack as revenge owns it: "X spoke of the raid as revenge"."""
    verb = next((i for i in range(at - 1, max(at - 30, -1), -1) if reading.lower[i] in _SAYING), None)
    if verb is None:
        return None
    who = reading.subject_of(verb)
    if who is None or who.actor.kind not in _ARMED or who.owner or who.adjective:
        return None
    about = reading.lower[verb + 1 : at]
    if EVENT.isdisjoint(about) and "it" not in about and EVENT.isdisjoint(reading.lower[at : at + 3]):
        return None
    if not _FUTURE.isdisjoint(about):
        return None
    return who


_SAYING: Final = word_set("called calls calling said says describing described describes saying termed")
_FUTURE: Final = word_set("would will vowed threatened promised shall must pledged")
