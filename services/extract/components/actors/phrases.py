"""Actor phrases of a sentence, read left to right: “Russia's defence ministry”, “police chief NAME”.

Pure. Works on words, not on meaning: what a phrase stands for is settled in `discourse`.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from services.extract.components.actors.lexicon import NAMED, Entry, Lexicon, Part
from services.extract.components.actors.phrase import Phrase
from services.extract.components.actors.phrase_core import CoreReader
from services.extract.components.actors.phrase_draft import Draft
from services.extract.components.actors.vocabulary import BOUND, DETERMINERS, MODIFIERS, NOT_NAMES, PRONOUNS
from services.extract.components.actors.words import Words

_APPOSITION_MAX: Final = 16
"""Words that an apposition between commas may take."""


def phrases(words: Words, lexicon: Lexicon) -> Iterator[Phrase]:
    """The actor phrases of a sentence in order, none overlapping another."""
    at, floor, reader = 0, 0, _Reader(words, lexicon)
    size = len(words)
    while at < size:
        found = reader.phrase(reader.start_of(at, floor)) if reader.may_begin(at) else None
        if found is None or found.last <= at:
            at += 1
            continue
        yield found
        at = floor = found.last


_QUOTES: Final = (('"',), ("“",), ("‘",))


_LED: Final = frozenset({Part.BODY, Part.ATTACKER})
"""What an office may be of: "spokesman for the rebels"."""


class _Reader(CoreReader):
    """Reads one phrase of a sentence at a time, with what follows its core."""

    def may_begin(self, at: int) -> bool:
        """Whether a word is one that actor phrases are found by: an entry, a pronoun, a capital."""
        word = self.lower[at]
        if word in self.lexicon.tails or word in PRONOUNS:
            return True
        return self.words.named and self.texts[at][0].isupper() and word not in NOT_NAMES

    def start_of(self, at: int, floor: int) -> int:
        """Where the phrase around a word begins: its adjectives and determiners."""
        if self.lower[at] in PRONOUNS:
            return at
        while at > floor and (self.lower[at - 1] in MODIFIERS or self.lower[at - 1].endswith(BOUND)):
            at -= 1
        while at > floor and self.lower[at - 1] in DETERMINERS:
            at -= 1
        return at

    def phrase(self, start: int) -> Phrase | None:
        word = self.lower[start]
        if word in PRONOUNS:
            return Phrase(start, start + 1, pronoun=word, core=(start, start + 1), owner=word == "her")
        draft = self._core(start)
        if draft is None:
            return None
        return self._extended(self._phrase(start, draft))

    def _extended(self, phrase: Phrase) -> Phrase:
        """The phrase with what follows it: "of the …", an apposition, an acronym in brackets."""
        phrase = self._with_acronym(phrase)
        longer = self._with_owner_body(phrase)
        return self._with_apposition(longer if longer is phrase else self._with_acronym(longer))

    def _with_acronym(self, phrase: Phrase) -> Phrase:
        at = phrase.last
        if self.texts[at : at + 1] not in {("(",), ("[",)}:
            return phrase
        close = next(
            (i for i in range(at + 2, min(at + 10, len(self.texts))) if self.texts[i] in {")", "]"}), None
        )
        if close is None or (close > at + 2 and self._entity_at(at + 1) is None):
            return phrase
        entity = phrase.entity or self._entity_at(at + 1)
        return self._with_late_head(replace(phrase, last=close + 1, entity=entity))

    def _entity_at(self, at: int) -> Entry | None:
        found = self.lexicon.match(self.lower, self.texts, at, cased=self.words.cased)
        return found[1] if found is not None and found[1].part in NAMED else None

    def _with_late_head(self, phrase: Phrase) -> Phrase:
        """As in "NAME (ACRONYM) guerrillas": the head noun behind the brackets."""
        at = phrase.last
        while at < len(self.lower) and at < phrase.last + 2 and self.lower[at] in MODIFIERS:
            at += 1
        found = (
            self.lexicon.match(self.lower, self.texts, at, cased=self.words.cased)
            if at < len(self.lower)
            else None
        )
        if (
            found is None
            or found[1].part not in {Part.BODY, Part.ATTACKER, Part.FORCE}
            or phrase.entity is None
        ):
            return phrase
        return replace(phrase, last=at + found[0], heads=(*phrase.heads, found[1]))

    def _with_owner_body(self, phrase: Phrase) -> Phrase:
        """As in "spokesman for the coalition", "head of the Observatory", "officials in Ankara"."""
        head, at = phrase.head, phrase.last
        if head is None or phrase.owner or at + 1 >= len(self.lower):
            return phrase
        link = self.lower[at]
        if link == "loyal" and self.lower[at + 1 : at + 2] == ("to",):
            at, link = at + 1, "to"
        if link not in {"of", "for", "at", "with", "from", "in", "to"}:
            return phrase
        quoted = self.texts[at + 1 : at + 2] in _QUOTES or self.texts[at + 2 : at + 3] in _QUOTES
        inner = self._core(at + 1) or (
            self._core(at + 3 if self.lower[at + 1] == "the" else at + 2) if quoted else None
        )
        if inner is None or not self._complements(phrase, link, inner):
            return phrase
        heads = (*inner.heads, *phrase.heads) if link != "in" else phrase.heads
        return replace(
            phrase,
            last=inner.settled,
            heads=heads,
            entity=phrase.entity or inner.entity,
            country=phrase.country or inner.country,
            leader=phrase.leader or inner.leader,
        )

    def _complements(self, phrase: Phrase, link: str, inner: Draft) -> bool:
        assert phrase.head is not None
        if phrase.head.part in {Part.GEAR, Part.FORCE, Part.ATTACKER}:
            if link in {"of", "from"} and inner.entity is not None and inner.entity.part is Part.GROUP:
                return True
            if link == "of" and inner.heads and phrase.head.part is Part.ATTACKER:
                return inner.heads[-1].part is Part.BODY
            if link == "to":
                return inner.leader is not None or bool(inner.heads) or inner.entity is not None
            return link == "of" and inner.country is not None
        if phrase.head.part not in {Part.OFFICE, Part.BODY, Part.SOURCE}:
            return False
        if link in {"in", "from", "to"}:
            return phrase.country is None and inner.country is not None and not inner.heads
        if inner.name is not None and not inner.heads:
            return inner.country is not None and phrase.head.part is Part.OFFICE
        if inner.leader is not None:
            return False
        return (
            inner.entity is not None
            or inner.country is not None
            or (phrase.head.part is Part.OFFICE and bool(inner.heads) and inner.heads[-1].part in _LED)
        )

    def _with_apposition(self, phrase: Phrase) -> Phrase:
        """As in "NAME, the head of X," and "a spokesman, NAME,"; the commas may be lost before an office."""
        at = phrase.last
        comma = self.lower[at : at + 1] == (",",)
        if phrase.owner or at + 1 >= len(self.lower):
            return phrase
        if phrase.name is not None and not phrase.heads and phrase.entity is None:
            return self._person_then_office(phrase, at + comma, comma=comma)
        if comma and phrase.head is not None and phrase.head.part is Part.OFFICE and phrase.name is None:
            return self._office_then_person(phrase, at + 1)
        if (
            comma
            and phrase.head is not None
            and phrase.head.part in {Part.BODY, Part.ATTACKER}
            and phrase.entity is None
        ):
            return self._kind_then_group(phrase, at + 1)
        return phrase

    def _person_then_office(self, phrase: Phrase, at: int, *, comma: bool) -> Phrase:
        inner = self._core(at)
        if inner is None or inner.name is not None or not (inner.heads or inner.entity):
            return phrase
        if inner.heads and inner.heads[-1].part not in {Part.OFFICE, Part.SOURCE, Part.BODY}:
            return phrase
        if not comma and not self._is_office_of(inner):
            return phrase
        office = self._with_owner_body(self._phrase(at, inner))
        end = self._closing_comma(office.last) if comma else office.last
        if end is None:
            return phrase
        return replace(
            office, first=phrase.first, last=end, name=phrase.name, definite=phrase.definite, core=phrase.core
        )

    def _is_office_of(self, inner: Draft) -> bool:
        return bool(inner.heads) and self.lower[inner.settled : inner.settled + 1] in {("of",), ("for",)}

    def _office_then_person(self, phrase: Phrase, at: int) -> Phrase:
        end = self._name_end(at) if self.words.named else at
        if end - at < 2 or self.lower[end : end + 1] != (",",):
            return phrase
        return replace(phrase, last=end + 1, name=(at, end))

    def _kind_then_group(self, phrase: Phrase, at: int) -> Phrase:
        """As in "the group, Jundallah,": what it is, then its name."""
        inner = self._core(at)
        if (
            inner is None
            or inner.entity is None
            or inner.heads
            or self.lower[inner.settled : inner.settled + 1] != (",",)
        ):
            return phrase
        return replace(phrase, last=inner.settled + 1, entity=inner.entity)

    def _closing_comma(self, at: int) -> int | None:
        """The index after the comma that closes an apposition, or the end of the sentence part."""
        for index in range(at, min(at + _APPOSITION_MAX, len(self.lower))):
            if self.texts[index] == ",":
                return index + 1
            if self.texts[index] in {";", ":", '"', "“", "”"}:
                return None
        return None
