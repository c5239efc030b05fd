"""Actor phrases of a sentence, read left to right: "Russia's defence ministry", "police chief NAME".

Pure. Works on words, not on meaning: what a phrase stands for is settled in `discourse`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from services.extract.components.actors.lexicon import HEADS, NAMED, Entry, Lexicon, Part, bare
from services.extract.components.actors.vocabulary import (
    BOUND,
    BOUND_WORDS,
    DEFINITE,
    DETERMINERS,
    MODIFIERS,
    NOT_NAMES,
    PARTICLES,
    PEOPLE_TITLES,
    PRONOUNS,
)
from services.extract.model import Sentence, Span, Token

_NAME_MAX: Final = 5
_APPOSITION_MAX: Final = 16
"""Words that an apposition between commas may take."""


@dataclass(frozen=True)
class Words:
    """A sentence as looked up: full stops inside it dropped, possessive endings cut off `lower`.

    `cased` is False for copy without case. `named` is False where capitals say nothing about names.
    """

    sentence: Sentence
    cased: bool
    tokens: tuple[Token, ...]

    @cached_property
    def named(self) -> bool:
        return self.cased and not _title_case(self.tokens)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(token.text for token in self.tokens)

    @cached_property
    def lower(self) -> tuple[str, ...]:
        if "'" in self.sentence.text or "’" in self.sentence.text:
            return tuple(bare(token.lower.replace("’", "'")) for token in self.tokens)
        return tuple(token.lower for token in self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    def span(self, first: int, last: int) -> Span:
        """The span of words first … last - 1."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end, self.sentence.span.where)

    def owns(self, at: int) -> bool:
        """Whether the word at an index ends in a possessive."""
        return len(self.texts[at]) != len(self.lower[at])


def read_words(sentence: Sentence, *, upper_case: bool) -> Words:
    """The words of a sentence, and what their case is worth."""
    tokens = tuple(token for token in sentence.tokens if token.text != ".")
    cased = not upper_case and not sentence.text.isupper()
    return Words(sentence, cased, tokens)


def _title_case(tokens: tuple[Token, ...]) -> bool:
    """Headline style: hardly a long word with a small initial."""
    long = [token.text for token in tokens if len(token.text) > 3 and token.text[0].isalpha()]
    return len(long) > 3 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


@dataclass(frozen=True, slots=True)
class Phrase:
    """An actor phrase: words first … last - 1.

    `heads` are its head nouns in order, `entity` a group, organisation or medium named in it,
    `country` a code, `name` the words of a person's name, `place` words that qualify the head
    ("Houston" police). `pronoun` is set for a pronoun alone. `bare_people`: an adjective alone.
    """

    first: int
    last: int
    definite: bool = False
    heads: tuple[Entry, ...] = ()
    entity: Entry | None = None
    country: str | None = None
    leader: Entry | None = None
    name: tuple[int, int] | None = None
    place: tuple[int, int] | None = None
    pronoun: str | None = None
    bare_people: bool = False
    owner: bool = False
    core: tuple[int, int] = (0, 0)

    @property
    def head(self) -> Entry | None:
        return self.heads[-1] if self.heads else None


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


@dataclass
class _Draft:
    """A phrase while it is read."""

    at: int
    definite: bool = False
    heads: list[Entry] = field(default_factory=list)
    entity: Entry | None = None
    country: str | None = None
    adjective: bool = False
    leader: Entry | None = None
    name: tuple[int, int] | None = None
    place: tuple[int, int] | None = None
    owner: bool = False
    settled: int = 0


class _Reader:
    """Reads one phrase of a sentence at a time."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.words, self.lexicon = words, lexicon
        self.lower, self.texts = words.lower, words.texts

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

    def _phrase(self, start: int, draft: _Draft) -> Phrase:
        return Phrase(
            first=start,
            last=draft.settled,
            definite=draft.definite,
            heads=tuple(draft.heads),
            entity=draft.entity,
            country=draft.country,
            leader=draft.leader,
            name=draft.name,
            place=draft.place,
            owner=draft.owner,
            bare_people=draft.adjective and not (draft.heads or draft.entity or draft.name or draft.leader),
            core=(start + self._determiners(start), draft.settled),
        )

    def _determiners(self, start: int) -> int:
        at = start
        while at < len(self.lower) and self.lower[at] in DETERMINERS:
            at += 1
        return at - start

    def _core(self, start: int) -> _Draft | None:
        at = start + self._determiners(start)
        definite = any(word in DEFINITE for word in self.lower[start:at])
        draft = _Draft(at, definite=definite)
        while draft.at < len(self.lower) and self._step(draft):
            pass
        return draft if draft.settled > at or (draft.settled == at and draft.settled > start) else None

    def _step(self, draft: _Draft) -> bool:
        """Take the next word or entry into the draft; False where the phrase ends."""
        found = self.lexicon.match(self.lower, self.texts, draft.at, cased=self.words.cased)
        if found is not None and found[1].part not in HEADS:
            return self._take_named(draft, *found)
        if found is not None and found[1].written in _VERBS_TOO and self._is_verb(draft):
            return False
        if found is not None and self._is_adjective(draft.at, *found):
            draft.at += 1
            return True
        if found is not None and not self._is_plain_modifier(draft, *found):
            return self._take_head(draft, *found)
        if draft.name is None and (self._skip_modifier(draft) or self._skip_unknown(draft)):
            return True
        return self._take_capitals(draft)

    def _is_verb(self, draft: _Draft) -> bool:
        """"Turkey suspects the …": a verb, not a head noun."""
        after = self.lower[draft.at + 1 : draft.at + 2]
        first = draft.at == 0 or self.lower[draft.at - 1] in DETERMINERS
        return not first and after in _OBJECT_STARTS

    def _is_adjective(self, at: int, length: int, entry: Entry) -> bool:
        """"A major assault", "the general public": a rank only where a capital and a name say so."""
        if length != 1 or entry.written not in _RANKS or not self.words.cased:
            return False
        following = self.texts[at + 1 : at + 2]
        return not (self.texts[at][0].isupper() and following and following[0][0].isupper())

    def _is_plain_modifier(self, draft: _Draft, length: int, entry: Entry) -> bool:
        """A head noun that only qualifies the next one needs no entry of its own: "security forces"."""
        return length == 1 and entry.part is Part.OFFICE and entry.written in {"chief", "deputy"} and (
            draft.at + 1 < len(self.lower)
            and (after := self.lexicon.match(self.lower, self.texts, draft.at + 1, cased=self.words.cased))
            is not None
            and after[1].part in HEADS
        )

    def _take_named(self, draft: _Draft, length: int, entry: Entry) -> bool:
        last = draft.at + length - 1
        owner = entry.owner or self.words.owns(last)
        if entry.part in {Part.COUNTRY, Part.ADJECTIVE}:
            if draft.entity is not None and draft.entity.part in {Part.ORGANISATION, Part.GROUP} and not draft.owner:
                return False
            if draft.country or draft.name or (draft.heads and entry.part is Part.ADJECTIVE):
                return False
            if self._is_bound(draft, length):
                return True
            if draft.heads and not owner:
                return False
            draft.country, draft.adjective = entry.country, entry.part is Part.ADJECTIVE
        elif entry.part is Part.LEADER:
            if draft.leader or draft.name or (draft.entity and not draft.heads):
                return False
            draft.leader, draft.country = entry, draft.country or entry.country
        elif entry.part in NAMED:
            if draft.entity and not (draft.entity.part in {Part.AGENCY, Part.OUTLET} and draft.owner):
                return False
            draft.entity = entry
        draft.at += length
        draft.settled, draft.owner = draft.at, owner
        return entry.part is not Part.LEADER or owner or self.lower[draft.at : draft.at + 1] in _RULES

    def _is_bound(self, draft: _Draft, length: int) -> bool:
        """"U.S.-led" written as three words: the country does not own what follows."""
        after = draft.at + length
        if self.lower[after : after + 1] == ("-",) and self.lower[after + 1 : after + 2] <= tuple(BOUND_WORDS):
            if self.lower[after + 1] in BOUND_WORDS:
                draft.at = after + 2
                return True
        return False

    def _take_head(self, draft: _Draft, length: int, entry: Entry) -> bool:
        if draft.name is not None or (draft.leader is not None and not (draft.owner or entry.written in _RULE_WORDS)):
            return False
        if draft.heads and not self._may_follow(draft.heads[-1], entry, draft):
            return False
        draft.heads.append(entry)
        draft.at += length
        draft.settled, draft.owner = draft.at, self.words.owns(draft.at - 1)
        return True

    def _may_follow(self, before: Entry, entry: Entry, draft: _Draft) -> bool:
        if draft.owner:
            return True
        if before.part is Part.OFFICE and entry.part is not Part.OFFICE:
            return entry.part is Part.BODY and before.written.endswith("s") is False and before.kind.value == "official"
        return True

    def _skip_modifier(self, draft: _Draft) -> bool:
        word = self.lower[draft.at]
        if word in MODIFIERS or word.endswith(BOUND):
            draft.at += 1
            return True
        return False

    def _skip_unknown(self, draft: _Draft) -> bool:
        """"Turkish energy minister": one unknown noun between whose it is and the head."""
        if not (draft.country and (draft.adjective or draft.owner)) or draft.heads:
            return False
        word = self.lower[draft.at]
        if not word.isalpha() or word in NOT_NAMES or word in _COMMON_VERBS or word.endswith(("ed", "ing")):
            return False
        after = self.lexicon.match(self.lower, self.texts, draft.at + 1, cased=self.words.cased) if (
            draft.at + 1 < len(self.lower)
        ) else None
        if after is None or after[1].part not in {Part.OFFICE, Part.BODY}:
            return False
        draft.at += 1
        return True

    def _take_capitals(self, draft: _Draft) -> bool:
        end = self._capitals_end(draft)
        if end == draft.at or draft.name is not None:
            return False
        taken = (draft.at, end)
        after_head = bool(draft.heads) and not draft.owner
        if draft.heads and draft.owner:
            return False
        draft.owner = self.words.owns(end - 1)
        draft.at = end
        if after_head or not self._leads_to_head(end):
            draft.name = taken
            draft.settled = end
        else:
            draft.place = taken
        return True

    def _leads_to_head(self, at: int) -> bool:
        """Whether words after a capitalised run lead on to a head noun of the same phrase."""
        steps = 0
        while at < len(self.lower) and steps < 3:
            found = self.lexicon.match(self.lower, self.texts, at, cased=self.words.cased)
            if found is not None:
                return found[1].part in HEADS and not self._starts_apposition(at, *found)
            if self.lower[at] not in MODIFIERS:
                return False
            at, steps = at + 1, steps + 1
        return False

    def _starts_apposition(self, at: int, length: int, entry: Entry) -> bool:
        """"NAME head of the agency": the comma may be lost, the person's name stands first."""
        after = self.lower[at + length : at + length + 1]
        return entry.part is Part.OFFICE and after in {("of",), ("for",)}

    def _capitals_end(self, draft: _Draft) -> int:
        if self.words.named:
            return self._name_end(draft.at)
        if draft.heads and draft.heads[-1].part in {Part.OFFICE, Part.SOURCE} and not draft.owner:
            return self._uncased_end(draft.at)
        return draft.at

    def _name_end(self, start: int) -> int:
        at = start
        while at < len(self.lower) and at - start < _NAME_MAX and self._is_name_word(at, inside=at > start):
            at += 1
            if self.words.owns(at - 1):
                break
        return at

    def _is_name_word(self, at: int, *, inside: bool) -> bool:
        text, word = self.texts[at], self.lower[at]
        if word in NOT_NAMES:
            return False
        if inside and (word in PARTICLES or text.startswith(("al-", "el-", "ul-"))):
            return at + 1 < len(self.lower) and (text[-1] != "-")
        if not text[0].isupper() and not text.startswith(("al-", "el-")):
            return False
        if word in PEOPLE_TITLES:
            return not inside
        if at == 0 and word.endswith(("ing", "ed", "ly")):
            return False
        found = self.lexicon.match(self.lower, self.texts, at, cased=self.words.cased)
        if found is None:
            return True
        return inside and found[1].part in {Part.COUNTRY, Part.LEADER, Part.OFFICE, Part.FORCE, Part.BODY}

    def _is_entry(self, at: int) -> bool:
        return self.lexicon.match(self.lower, self.texts, at, cased=self.words.cased) is not None

    def _uncased_end(self, start: int) -> int:
        """A name in copy without case: the words up to the first known one, three at most."""
        at = start
        while at < len(self.lower) and at - start < 3 and self._may_be_name(at):
            at += 1
        return at

    def _may_be_name(self, at: int) -> bool:
        word = self.lower[at]
        return word.isalpha() and word not in NOT_NAMES and word not in MODIFIERS and not (
            self._is_entry(at) or word.endswith(("ed", "ing", "ly")) or word in _COMMON_VERBS
        )

    def _extended(self, phrase: Phrase) -> Phrase:
        """The phrase with what follows it: "of the …", an apposition, an acronym in brackets."""
        phrase = self._with_acronym(phrase)
        longer = self._with_owner_body(phrase)
        return self._with_apposition(longer if longer is phrase else self._with_acronym(longer))

    def _with_acronym(self, phrase: Phrase) -> Phrase:
        at = phrase.last
        if self.texts[at : at + 1] not in {("(",), ("[",)}:
            return phrase
        close = next((i for i in range(at + 2, min(at + 10, len(self.texts))) if self.texts[i] in {")", "]"}), None)
        if close is None or (close > at + 2 and self._entity_at(at + 1) is None):
            return phrase
        entity = phrase.entity or self._entity_at(at + 1)
        return self._with_late_head(replace(phrase, last=close + 1, entity=entity))

    def _entity_at(self, at: int) -> Entry | None:
        found = self.lexicon.match(self.lower, self.texts, at, cased=self.words.cased)
        return found[1] if found is not None and found[1].part in NAMED else None

    def _with_late_head(self, phrase: Phrase) -> Phrase:
        """"NAME (ACRONYM) guerrillas": the head noun behind the brackets."""
        at = phrase.last
        while at < len(self.lower) and at < phrase.last + 2 and self.lower[at] in MODIFIERS:
            at += 1
        found = self.lexicon.match(self.lower, self.texts, at, cased=self.words.cased) if at < len(self.lower) else None
        if found is None or found[1].part not in {Part.BODY, Part.ATTACKER, Part.FORCE} or phrase.entity is None:
            return phrase
        return replace(phrase, last=at + found[0], heads=(*phrase.heads, found[1]))

    def _with_owner_body(self, phrase: Phrase) -> Phrase:
        """"spokesman for the coalition", "head of the Observatory", "officials in Ankara"."""
        head, at = phrase.head, phrase.last
        if head is None or phrase.owner or at + 1 >= len(self.lower):
            return phrase
        link = self.lower[at]
        if link == "loyal" and self.lower[at + 1 : at + 2] == ("to",):
            at, link = at + 1, "to"
        if link not in {"of", "for", "at", "with", "from", "in", "to"}:
            return phrase
        inner = self._core(at + 1)
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

    def _complements(self, phrase: Phrase, link: str, inner: _Draft) -> bool:
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
        return inner.entity is not None or inner.country is not None or (
            phrase.head.part is Part.OFFICE and bool(inner.heads) and inner.heads[-1].part is Part.BODY
        )

    def _with_apposition(self, phrase: Phrase) -> Phrase:
        """"NAME, the head of X," and "a spokesman, NAME,"; the commas may be lost before an office."""
        at = phrase.last
        comma = self.lower[at : at + 1] == (",",)
        if phrase.owner or at + 1 >= len(self.lower):
            return phrase
        if phrase.name is not None and not phrase.heads and phrase.entity is None:
            return self._person_then_office(phrase, at + comma, comma=comma)
        if comma and phrase.head is not None and phrase.head.part is Part.OFFICE and phrase.name is None:
            return self._office_then_person(phrase, at + 1)
        if comma and phrase.head is not None and phrase.head.part in {Part.BODY, Part.ATTACKER} and phrase.entity is None:
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

    def _is_office_of(self, inner: _Draft) -> bool:
        return bool(inner.heads) and self.lower[inner.settled : inner.settled + 1] in {("of",), ("for",)}

    def _office_then_person(self, phrase: Phrase, at: int) -> Phrase:
        end = self._name_end(at) if self.words.named else at
        if end - at < 2 or self.lower[end : end + 1] != (",",):
            return phrase
        return replace(phrase, last=end + 1, name=(at, end))

    def _kind_then_group(self, phrase: Phrase, at: int) -> Phrase:
        """"the group, Jundallah,": what it is, then its name."""
        inner = self._core(at)
        if inner is None or inner.entity is None or inner.heads or self.lower[inner.settled : inner.settled + 1] != (",",):
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


_VERBS_TOO: Final = frozenset("suspects reports witnesses leads monitors guards patrols heads fronts agents".split())
_OBJECT_STARTS: Final = frozenset((word,) for word in "the a an that its their his".split())
_RULE_WORDS: Final = frozenset("regime government administration forces army troops".split())
_RULES: Final = frozenset((word,) for word in _RULE_WORDS)
_RANKS: Final = frozenset({"major", "general", "marshal", "chair"})
_COMMON_VERBS: Final = frozenset(
    "said says say told tells has had have is was were are will would could may can did does made took gave went came "
    "saw met left held put set spoke wrote knew think today yesterday tonight".split()
)
