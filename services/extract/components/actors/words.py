"""The words of a sentence as actor phrases and claims look them up. Pure."""

from dataclasses import dataclass
from functools import cached_property

from services.extract.components.actors.lexicon import bare
from services.extract.model import Sentence, Span, Token


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
