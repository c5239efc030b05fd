"""Who an actor phrase stands for, given the rest of the article.

Reads sentences only when asked for, and remembers what it read: surnames, "the ministry", "it" and
"the regime" are looked up in what stands before them. Pure but for that cache.
"""

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from schemas.claim import Actor
from schemas.taxonomy import ActorKind
from services.extract.components.actors import naming
from services.extract.components.actors.lexicon import Entry, Lexicon, Part
from services.extract.components.actors.mentions import STATE_KINDS, ActorMention
from services.extract.components.actors.phrase import Phrase
from services.extract.components.actors.phrases import phrases
from services.extract.components.actors.wordlist import word_set
from services.extract.components.actors.words import Words, read_words
from services.extract.model import Document, Sentence

_BACK_MAX: Final = 5
"""Sentences looked back over for what a pronoun or a bare noun stands for."""
_DEPTH_MAX: Final = 8
"""Look-ups within look-ups: "it" for "the group" for "the rebels" …"""
T = TypeVar("T")
_PERSON_PRONOUNS: Final = frozenset({"he", "she", "him"})
_NATIONAL: Final = word_set(
    "government regime army military forces troops presidency ministry navy authorities cabinet "
    "warplanes planes jets aircraft helicopters soldiers"
)


class Discourse:
    """The actor mentions of one document, sentence by sentence, each resolved against those before."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document, self.lexicon = document, lexicon
        self._words: dict[int, Words] = {}
        self._mentions: dict[int, tuple[ActorMention, ...]] = {}
        self._people: dict[str, Actor] = {}
        self._sought: set[str] = set()
        self._depth = 0

    def words(self, sentence: Sentence) -> Words:
        """The words of a sentence."""
        found = self._words.get(sentence.index)
        if found is None:
            found = self._words[sentence.index] = read_words(sentence, upper_case=self.document.upper_case)
        return found

    def mentions(self, sentence: Sentence) -> tuple[ActorMention, ...]:
        """The actor mentions of a sentence, in order."""
        found = self._mentions.get(sentence.index)
        if found is None:
            self._mentions[sentence.index] = ()
            found = self._mentions[sentence.index] = self._resolve_all(self.words(sentence))
        return found

    def _resolve_all(self, words: Words) -> tuple[ActorMention, ...]:
        done: list[ActorMention] = []
        for phrase in phrases(words, self.lexicon):
            mention = self._mention(words, phrase, done)
            if mention is not None:
                done.append(mention)
        return tuple(done)

    def _mention(self, words: Words, phrase: Phrase, done: list[ActorMention]) -> ActorMention | None:
        if phrase.pronoun is not None:
            return self._pronoun(words, phrase, done)
        named = naming.actor(words, phrase, self.lexicon)
        if named is None:
            return None
        if phrase.name is not None:
            if phrase.heads or phrase.entity or phrase.leader:
                self._learn(words, phrase, named)
            return naming.mention(words, phrase, named, lambda: (self._person(words, phrase, named), True))
        if not self._needs_more(phrase):
            return naming.mention(words, phrase, named, None)
        count = len(done)

        def settle() -> tuple[Actor, bool]:
            found = self._deeper(lambda: self._same_head(words, phrase, done[:count], named))
            return found or named, found is not None

        return naming.mention(words, phrase, named, settle)

    def _deeper(self, look: Callable[[], T | None]) -> T | None:
        """Look something up that may need further look-ups, so many deep at most."""
        if self._depth >= _DEPTH_MAX:
            return None
        self._depth += 1
        try:
            return look()
        finally:
            self._depth -= 1

    # -- persons

    def _learn(self, words: Words, phrase: Phrase, named: Actor) -> None:
        """Remember a family name with the office that the phrase gives it."""
        assert phrase.name is not None
        family = words.lower[phrase.name[1] - 1]
        known = self._people.get(family)
        if known is None or (known.country is None and named.country):
            self._people[family] = named

    def _person(self, words: Words, phrase: Phrase, named: Actor) -> Actor:
        assert phrase.name is not None
        family = words.lower[phrase.name[1] - 1]
        known = self._people.get(family)
        if phrase.heads or phrase.entity or phrase.leader:
            return known if known is not None and known.kind is not ActorKind.PERSON else named
        if known is None and self._seek(family, words.sentence):
            known = self._people.get(family)
        return known or named

    def _seek(self, family: str, before: Sentence) -> bool:
        """Read the first sentences that give a family name with more words, to learn its office."""
        if family in self._sought:
            return False
        self._sought.add(family)
        after = f" {family}"
        hits = [s for s in self.document.sentences if s.index != before.index and after in s.lower]
        for sentence in [s for s in hits if _is_longer_name(s, family)][:2]:
            self.mentions(sentence)
        return bool(hits)

    # -- bare nouns

    def _needs_more(self, phrase: Phrase) -> bool:
        head = phrase.head
        if head is None or phrase.entity or phrase.place:
            return False
        if phrase.country:
            return head.written == "ministry"
        if head.part in {Part.SOURCE, Part.OFFICE, Part.ATTACKER} and not phrase.definite:
            return False
        return head.part in {Part.BODY, Part.FORCE, Part.GEAR} or (
            phrase.definite and head.part in {Part.OFFICE, Part.SOURCE, Part.ATTACKER}
        )

    def _same_head(
        self, words: Words, phrase: Phrase, done: list[ActorMention], named: Actor
    ) -> Actor | None:
        head = phrase.head
        assert head is not None
        noun = _noun(phrase, head)
        if (owner := _possessor(words, phrase)) is not None:
            pronoun = "they" if owner == "their" else "it"
            if (found := self._antecedent(words, phrase.first, pronoun, done)) is not None:
                return found.actor
        found = self._before(
            words,
            done,
            lambda m: (
                m.head.split()[-1:] == [noun] and m.resolved and phrase.country in {None, m.actor.country}
            ),
        )
        if found is not None:
            return found.actor
        if phrase.country:
            return named
        if phrase.definite and (test := _FITS.get(noun)) is not None:
            found = self._before(words, done, test)
            return found.actor if found is not None else None
        if noun in _NATIONAL and (
            phrase.definite or noun in {"regime", "government"} or noun in phrase.heads[0].written
        ):
            return self._national(words, phrase, done, noun)
        return None

    def _national(self, words: Words, phrase: Phrase, done: list[ActorMention], noun: str) -> Actor | None:
        """As in "The regime", "army troops": of the state whose government or forces were named before."""

        def fits(mention: ActorMention) -> bool:
            known = mention.actor.kind in {ActorKind.GOVERNMENT, ActorKind.MILITARY} and mention.actor.country
            return bool(known) and (noun != "regime" or mention.head in {"regime", "government", "president"})

        found = self._before(words, done, fits) or (self._anywhere(fits) if noun == "regime" else None)
        if found is None or found.actor.country is None:
            return None
        return naming.national(found.actor.country, phrase, self.lexicon)

    def _anywhere(self, test: Callable[[ActorMention], bool]) -> ActorMention | None:
        """The first fitting mention of the article: a headline says "regime" before any text says whose."""
        for sentence in self.document.sentences:
            if "regime" in sentence.lower or "president" in sentence.lower:
                found = next((m for m in self.mentions(sentence) if m.settle is None and test(m)), None)
                if found is not None:
                    return found
        return None

    # -- pronouns

    def _pronoun(self, words: Words, phrase: Phrase, done: list[ActorMention]) -> ActorMention | None:
        pronoun = phrase.pronoun
        assert pronoun is not None
        count = len(done)

        def settle() -> tuple[Actor, bool]:
            found = self._deeper(lambda: self._antecedent(words, phrase.first, pronoun, done[:count]))
            return (found.actor, True) if found is not None else (Actor(name=pronoun), False)

        return naming.mention(words, phrase, Actor(name=pronoun), settle)

    def _antecedent(
        self, words: Words, at: int, pronoun: str, done: list[ActorMention]
    ) -> ActorMention | None:
        if pronoun in {"who", "which"}:
            return next((m for m in reversed(done) if m.last >= at - 1 and m.pronoun is None), None)
        if pronoun in {"i", "we"}:
            return None
        if pronoun in _PERSON_PRONOUNS:
            return self._before(words, done, lambda m: m.person and (m.resolved or bool(m.head)), first=True)
        if pronoun == "it":
            return self._before(words, done, _is_body, first=True)
        return self._before(words, done, lambda m: m.plural and m.resolved, first=True) or self._before(
            words, done, _is_body, first=True
        )

    def _before(
        self,
        words: Words,
        done: list[ActorMention],
        test: Callable[[ActorMention], bool],
        *,
        first: bool = False,
    ) -> ActorMention | None:
        """The nearest fitting mention: in this sentence before it, then sentence by sentence back.

        `first` prefers a sentence's first fitting mention (mostly its subject) to its last.
        """
        for earlier in self._back(words.sentence, done):
            fitting = [m for m in earlier if m.pronoun is None and test(m)]
            if fitting:
                return fitting[0 if first else -1]
        return None

    def _back(self, sentence: Sentence, done: list[ActorMention]) -> Iterator[tuple[ActorMention, ...]]:
        yield tuple(done)
        sentences = self.document.sentences
        for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _BACK_MAX), -1):
            if sentences[index].span.where == sentence.span.where:
                yield self.mentions(sentences[index])


def _is_longer_name(sentence: Sentence, family: str) -> bool:
    """Whether a word with a capital stands before a family name: a first name or a title."""
    at = sentence.lower.find(f" {family}")
    before = sentence.text[:at].rsplit(" ", 1)[-1] if at > 0 else ""
    return before[:1].isupper()


def _possessor(words: Words, phrase: Phrase) -> str | None:
    """The possessive pronoun before a phrase."""
    return next((w for w in words.lower[phrase.first : phrase.core[0]] if w in {"its", "their", "his"}), None)


def _noun(phrase: Phrase, head: Entry) -> str:
    """The noun that tells whose a phrase is: "regime" of "regime soldiers"."""
    owner = next((h.written for h in phrase.heads if h.written in {"regime", "government"}), None)
    return owner or head.written.split()[-1]


def _is_body(mention: ActorMention) -> bool:
    kinds = STATE_KINDS | {
        ActorKind.ARMED_GROUP, ActorKind.PARTY, ActorKind.MONITOR, ActorKind.ORGANISATION, ActorKind.POLICE,
    }  # fmt: skip
    known = mention.resolved or mention.part is Part.BODY
    return known and mention.actor.kind in kinds and not mention.person and not mention.adjective


def _kind(*kinds: ActorKind) -> Callable[[ActorMention], bool]:
    wanted = frozenset(kinds)
    return lambda mention: mention.actor.kind in wanted and mention.resolved


_GROUP: Final = _kind(ActorKind.ARMED_GROUP)
_MONITOR: Final = _kind(ActorKind.MONITOR, ActorKind.ORGANISATION, ActorKind.MEDICAL)
_FITS: Final = {
**dict.fromkeys(
        (
            "group", "organization", "movement", "militants", "jihadists", "insurgents", "rebels",
            "extremists",
            "guerrillas", "militia", "terrorists", "front", "faction", "cartel", "islamists", "separatists",
        ),
        _GROUP,
    ),    **dict.fromkeys(("watchdog", "charity", "organisation", "ngo", "agency"), _MONITOR),
    **dict.fromkeys(("observatory", "monitor"), _kind(ActorKind.MONITOR)),
    "ministry": _kind(ActorKind.MINISTRY),
    "spokesman": lambda m: m.person and m.resolved,
    "spokeswoman": lambda m: m.person and m.resolved,
    "spokesperson": lambda m: m.person and m.resolved,
    "statement": lambda m: m.part in {Part.BODY, Part.ORGANISATION, Part.GROUP, Part.COUNTRY},
}  # fmt: skip
