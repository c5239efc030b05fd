"""Who says what in a sentence: the speaker, and the words that are said. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from schemas.claim import Actor
from services.extract.components.actors.lexicon import Part
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.cues import ADVERBS, NOT_SAY_AFTER, SAY, SAY_THAT, TOLL_SAY
from services.extract.components.claims.reading import Reading

_MEDIA: Final = frozenset({Part.AGENCY, Part.OUTLET, Part.STATE_MEDIA})
_TAIL_MAX: Final = 3
"""Content words after a verb of saying up to which they are taken as its circumstances only."""
_CIRCUMSTANCE: Final = word_set(
    "on in a an the at by to from of late early monday tuesday wednesday thursday friday saturday "
    "sunday statement communique interview twitter facebook telegram reporters reporter journalists "
    "afp ap reuters radio television tv state news agency conference briefing press morning evening "
    'night afternoon today yesterday earlier later telephone phone email e-mail local media , . ” “ " '
    "again also"
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A speaker, the index of the verb, and the ranges of words that are said.

    `reporter` is the medium that passes the words on, where the sentence names it.
    """

    speaker: ActorMention
    verb: int
    ranges: tuple[tuple[int, int], ...]
    reporter: str | None = None

    def covers(self, at: int) -> bool:
        return any(first <= at < last for first, last in self.ranges)

    def size(self) -> int:
        return sum(last - first for first, last in self.ranges)


def sayings(reading: Reading) -> tuple[Saying, ...]:
    """All sayings of a sentence, in order of their verbs."""
    return tuple(_found(reading))


def _found(reading: Reading) -> Iterator[Saying]:
    for at, word in enumerate(reading.lower):
        if word == "according" and reading.word(at + 1) == "to":
            saying = _according_to(reading, at)
        elif word in {"quoted", "quoting", "cited", "citing", "quotes", "cites"}:
            saying = _quoting(reading, at)
        elif word in _NOUNS and reading.word(at + 1) == "that":
            saying = _noun(reading, at)
        elif word in _LABELS and at not in reading.by_word:
            saying = _label(reading, at)
        elif (
            word in SAY
            or (word in SAY_THAT and reading.word(at + 1) == "that")
            or (word == "claim" and reading.word(at + 1) in {"to", "that", "they", "it"})
        ) and (at not in reading.by_word):
            saying = _verb(reading, at)
        else:
            continue
        if saying is not None:
            yield saying


def _according_to(reading: Reading, at: int) -> Saying | None:
    speaker = reading.mention_from(at + 2, 6)
    if speaker is None:
        return None
    ranges = ((0, at), (speaker.last, len(reading.lower)))
    return Saying(speaker, at, ranges, _reporter(speaker))


def _quoting(reading: Reading, at: int) -> Saying | None:
    """As in "SANA quoted a source as saying that …", "Reuters, citing officials, said …"."""
    if reading.word(at) == "quoted" and reading.word(at - 1) in {"was", "were", "is"}:
        speaker = reading.subject_of(at)
        medium = None
    else:
        speaker = reading.mention_from(at + 1, 4)
        medium = reading.subject_of(at)
    if speaker is None or not reading.can_speak(speaker):
        return None
    name = medium.actor.name if medium is not None and medium.part in _MEDIA | {Part.SOURCE} else None
    return Saying(speaker, at, ((0, max(at - 3, 0)), (speaker.last, len(reading.lower))), name)


_LABELS: Final = word_set("called calls described describes termed labelled labeled branded dubbed")


def _label(reading: Reading, at: int) -> Saying | None:
    """As in "in what X called a Y strike", "X described the blast as a Y drone strike"."""
    if reading.word(at + 1) in {"for", "on", "by", "off", "in"} or reading.word(at - 1) in {
        "so",
        "is",
        "was",
        "be",
        "been",
    }:
        return None
    speaker = reading.subject_of(at)
    if speaker is None or not reading.can_speak(speaker):
        return None
    end = next(
        (i for i in range(at + 1, len(reading.lower)) if reading.lower[i] in {",", ";"}), len(reading.lower)
    )
    return Saying(speaker, at, ((at + 1, min(end, at + 16)),))


_NOUNS: Final = word_set(
    "statement claim claims accusation accusations allegation allegations assertion conclusion belief "
    "contention announcement assessment report suspicion view"
)


def _noun(reading: Reading, at: int) -> Saying | None:
    """As in "Oman's statement that …", "reached the conclusion that …"."""
    owner = reading.by_word.get(at - 1)
    if owner is not None and (owner.owner or owner.adjective):
        return Saying(owner, at, ((at + 1, len(reading.lower)),))
    verb = next((i for i in range(at - 1, max(at - 5, -1), -1) if reading.lower[i] in _REACH), None)
    speaker = reading.subject_of(verb) if verb is not None else None
    if speaker is None or not reading.can_speak(speaker):
        return None
    return Saying(speaker, at, ((at + 1, len(reading.lower)),))


_REACH: Final = word_set("reached reach drew made issued repeated expressed voiced published released came")


def _verb(reading: Reading, at: int) -> Saying | None:
    if reading.word(at - 1) in NOT_SAY_AFTER - _BE and reading.word(at - 2) != ",":
        return None
    if reading.lower[at] in TOLL_SAY and not _gives_toll(reading, at):
        return None
    if reading.word(at - 1) in {"was", "were", "been"}:
        return _passive(reading, at)
    if reading.lower[at] in {"spoke", "spoken", "speaks"} and reading.word(at + 1) != "of":
        return None
    left = reading.subject_of(at)
    if left is None and reading.lower[at].endswith("ing"):
        left = reading.shared_subject(at)
    speaker = left if reading.can_speak(left) else _unknown_speaker(reading, at)
    inverted = reading.inverted_subject(at) if _may_invert(reading, at) else None
    if (
        inverted is not None
        and reading.can_speak(inverted)
        and (speaker is None or _content_before(reading, at))
    ):
        ranges = ((0, at), (inverted.last, len(reading.lower)))
        return Saying(inverted, at, ranges, _told(reading, at) or _reporter(inverted))
    if speaker is None:
        return None
    return Saying(speaker, at, _ranges(reading, at, speaker), _told(reading, at) or _reporter(speaker))


def _unknown_speaker(reading: Reading, verb: int) -> ActorMention | None:
    """“…, the prefecture said”: a body that no lexicon knows, by its article."""
    if reading.lower[verb] not in {"said", "says"} or (verb - 1) in reading.by_word:
        return None
    for first in range(verb - 2, max(verb - 5, -1), -1):
        words = reading.lower[first + 1 : verb]
        if reading.lower[first] in {"the", "a", "an"} and all(
            w.isalpha() and w not in ADVERBS for w in words
        ):
            name = " ".join(reading.words.texts[first + 1 : verb])
            return ActorMention(
                own=Actor(name=name),
                span=reading.words.span(first + 1, verb),
                sentence=reading.sentence.index,
                first=first,
                last=verb,
                head=words[-1],
                part=Part.BODY,
            )
    return None


def _may_invert(reading: Reading, at: int) -> bool:
    return reading.lower[at] in {
        "said",
        "says",
        "added",
        "wrote",
        "told",
        "noted",
        "reported",
        "explained",
        "stated",
        "announced",
    }


def _content_before(reading: Reading, at: int) -> bool:
    return reading.word(at - 1) in {",", '"', "”", "“", "?", "!"}


_BE: Final = frozenset({"was", "were", "been"})


def _passive(reading: Reading, at: int) -> Saying | None:
    """“the toll was raised to 45 by the ministry”."""
    for index in range(at + 1, min(at + 9, len(reading.lower))):
        if reading.lower[index] == "by":
            speaker = reading.mention_from(index + 1, 3)
            if speaker is None or not reading.can_speak(speaker):
                return None
            return Saying(speaker, at, ((0, index), (speaker.last, len(reading.lower))))
    return None


def _gives_toll(reading: Reading, at: int) -> bool:
    return reading.any_of(_TOLLS, at, at + 7)


_TOLLS: Final = word_set(
    "toll number dead casualties deaths death bodies count injured wounded figure tally killed"
)


def _ranges(reading: Reading, at: int, speaker: ActorMention) -> tuple[tuple[int, int], ...]:
    """What a subject says: the words after the verb, or, where they only tell how and when, those before."""
    end = len(reading.lower)
    after = sum(
        1
        for i in range(at + 1, end)
        if reading.lower[i] not in _CIRCUMSTANCE and i not in _told_words(reading, at)
    )
    before = (0, _first_of(reading, speaker))
    if after <= _TAIL_MAX and not reading.any_of(_TOLD, at + 1, end):
        return (before, (at + 1, end))
    if _joined_before(reading, at, speaker):
        return (before, (at + 1, end))
    return ((at + 1, end),)


_TOLD: Final = word_set("died killed dead wounded injured hurt missing")


def _told_words(reading: Reading, at: int) -> range:
    listener = reading.mention_from(at + 1, 2) if reading.lower[at] in {"told", "tells", "telling"} else None
    return range(listener.first, listener.last) if listener is not None else range(0)


def _first_of(reading: Reading, speaker: ActorMention) -> int:
    """Where the speakers begin: "residents and police said"."""
    if reading.word(speaker.first - 1) != "and":
        return speaker.first
    other = reading.by_word.get(speaker.first - 2)
    return other.first if other is not None else speaker.first


def _joined_before(reading: Reading, at: int, speaker: ActorMention) -> bool:
    """As in "…, police said, and …", "… 20 people, he said. …": a parenthesis speaks for both sides."""
    before = reading.word(_first_of(reading, speaker) - 1)
    if speaker.first < 4 or before not in {",", '"', "”"}:
        return False
    return reading.word(at + 1) in {",", '"', "“"} or before != ","


def _told(reading: Reading, at: int) -> str | None:
    """The medium that was told."""
    if reading.lower[at] not in {"told", "tells", "telling"}:
        return None
    listener = reading.mention_from(at + 1, 2)
    if listener is None or listener.part not in _MEDIA:
        return None
    return listener.reporter or listener.actor.name


def _reporter(speaker: ActorMention) -> str | None:
    return speaker.reporter
