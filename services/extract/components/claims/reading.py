"""A sentence as the claim rules see it: words, actor mentions by word, and steps along them. Pure."""

from dataclasses import dataclass
from functools import cached_property

from services.extract.components.actors.lexicon import Part
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.actors.vocabulary import DETERMINERS
from services.extract.components.actors.wordlist import word_set
from services.extract.components.actors.words import Words
from services.extract.components.claims.cues import ACCUSE, ADVERBS, BLAME, CONDEMN, DENY, DID, SAY
from services.extract.model import Sentence, Span

_STOPS = frozenset({";", ":"})
_QUOTES = frozenset({'"', "“", "”", "''"})


@dataclass(frozen=True)
class Reading:
    """The words of a sentence and its actor mentions."""

    words: Words
    mentions: tuple[ActorMention, ...]

    @property
    def sentence(self) -> Sentence:
        return self.words.sentence

    @cached_property
    def lower(self) -> tuple[str, ...]:
        return self.words.lower

    @cached_property
    def by_word(self) -> dict[int, ActorMention]:
        """The mention that covers each word."""
        return {at: mention for mention in self.mentions for at in range(mention.first, mention.last)}

    def span(self, first: int, last: int) -> Span:
        """The span of words first … last - 1, trailing commas and quote marks left off."""
        while last - 1 > first and self.lower[last - 1] in {",", ";", "-", "–", "—"}:
            last -= 1
        return self.words.span(first, last)

    def word(self, at: int) -> str:
        """The word at an index, empty beyond the ends."""
        return self.lower[at] if 0 <= at < len(self.lower) else ""

    def any_of(self, words: frozenset[str], first: int, last: int) -> bool:
        """Whether one of the words stands between two indexes."""
        return not words.isdisjoint(self.lower[max(first, 0) : max(last, 0)])

    def mention_from(self, at: int, reach: int = 3) -> ActorMention | None:
        """The mention that starts at a word or at most `reach` words after it."""
        for index in range(at, min(at + reach + 1, len(self.lower))):
            found = self.by_word.get(index)
            if found is not None:
                return found if found.first >= at else None
            if self.lower[index] in _STOPS or self.lower[index] == ",":
                return None
        return None

    def subject_of(self, verb: int, *, reach: int = 12) -> ActorMention | None:
        """The mention that is the subject of a verb: adverbs, appositions and relative clauses skipped."""
        at = self._skip_adverbs(verb - 1, verb - reach)
        if at < 0:
            return None
        found = self.by_word.get(at)
        if found is not None:
            return self._before_relative(found) or self.front_of(found)
        if self.lower[at] == ",":
            return self._before_comma_pair(at)
        if self.lower[at] in {"and", "but"} and (shared := self.shared_subject(at)) is not None:
            return shared
        return self._nearest_in_clause(at)

    def _before_relative(self, found: ActorMention) -> ActorMention | None:
        """As in "the charity that runs them said": who stands before the relative clause."""
        for at in range(found.first - 1, max(found.first - 6, 0), -1):
            if self.lower[at] in {"that", "which", "who"} or (
                at in self.by_word and self.by_word[at].pronoun == "who"
            ):
                before = self.by_word.get(at - 1)
                return before if at < found.first - 1 and before is not None else None
            if self.lower[at] in _BREAKS or at in self.by_word:
                return None
        return None

    def shared_subject(self, conjunction: int) -> ActorMention | None:
        """As in "X denied … and said …": the subject of the verb of saying before."""
        for index in range(conjunction - 1, max(conjunction - 40, -1), -1):
            if self.lower[index] in _SPEECH_ACTS and index not in self.by_word:
                return self.subject_of(index)
        return None

    def _skip_adverbs(self, at: int, floor: int) -> int:
        while (
            at >= max(floor, 0)
            and at not in self.by_word
            and (self.lower[at] in ADVERBS or self.lower[at].endswith("ly") or self.lower[at] in _QUOTES)
        ):
            at -= 1
        return at

    def front_of(self, found: ActorMention) -> ActorMention:
        """A mention behind a preposition belongs to what stands before it: the phrase's front."""
        at = self._before_phrase(found)
        if self.word(at) not in {"of", "for", "in", "at", "from", "with", "near", "to", "by", "on"}:
            return found
        return self._nearest_in_clause(at) or found

    def led_by_preposition(self, found: ActorMention) -> bool:
        """Whether a preposition stands before a mention, its own adjectives left aside."""
        return self.word(self._before_phrase(found)) in _PREPOSITIONS

    def _before_phrase(self, found: ActorMention) -> int:
        at = found.first - 1
        while at > found.first - 4 and (
            self.word(at) in DETERMINERS or self.word(at).endswith(("ern", "ed", "al", "ing"))
        ):
            if self.word(at) in _PREPOSITIONS:
                break
            at -= 1
        return at

    def _before_comma_pair(self, comma: int) -> ActorMention | None:
        """As in "X, which had …, said": X."""
        for index in range(comma - 1, max(comma - 25, -1), -1):
            found = self.by_word.get(index)
            if self.lower[index] == "," and index not in self.by_word:
                return self.by_word.get(index - 1)
            if found is not None and found.last == index + 1 and self.lower[index] == ",":
                return found
        return None

    def _nearest_in_clause(self, at: int) -> ActorMention | None:
        """The last mention of a clause that no preposition leads in."""
        for index in range(at, max(at - 16, -1), -1):
            word = self.lower[index]
            found = self.by_word.get(index)
            if found is not None:
                if found.first == index and self.word(index - 1) not in _PREPOSITIONS and not found.adjective:
                    return found
            elif word in _BREAKS:
                return None
        return None

    def inverted_subject(self, verb: int) -> ActorMention | None:
        """The mention right after a verb of saying: "…, said the ministry"."""
        found = self.mention_from(verb + 1, 2)
        if found is None or found.pronoun in {"who", "which"} or self.word(found.last) in _VERBAL:
            return None
        return (
            found
            if all(self.lower[i] in {"the", "a", "an", "local"} for i in range(verb + 1, found.first))
            else None
        )

    def can_speak(self, mention: ActorMention | None) -> bool:
        """Whether a mention can be one who says something."""
        if mention is None or mention.adjective or mention.owner:
            return False
        if mention.pronoun is not None:
            return mention.resolved and mention.pronoun not in {"we", "i", "him", "her", "them"}
        return mention.part is not Part.GEAR


_SPEECH_ACTS = SAY | ACCUSE | BLAME | DENY | CONDEMN
_VERBAL = (
    word_set("had has have was were is are will would could that may might did does came said and") | DID
)
_PREPOSITIONS = word_set(
    "of in at near from to by on with for against between into over under after before since during "
    "amid among inside outside behind via through"
)
_BREAKS = word_set(', ; : “ ” " that and but while when as because after before where if although though')
