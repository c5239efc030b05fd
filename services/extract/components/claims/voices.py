"""Whose words a stretch of a sentence is: a speaker's in it, the quotation's, or nobody's. Pure."""

import re
from dataclasses import dataclass
from typing import Final

from services.extract.components.actors import Discourse
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.claims.cues import SPECULATION
from services.extract.components.claims.reading import Reading
from services.extract.components.claims.speech import Saying, sayings
from services.extract.model import Document, Quotation

_QUOTE: Final = re.compile('["“”]')
_SELF: Final = frozenset({"we", "i"})


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker and, where the sentence has it, the saying; `saying` None is a quotation's speaker."""

    speaker: ActorMention
    saying: Saying | None = None

    @property
    def reporter(self) -> str | None:
        return self.saying.reporter if self.saying is not None else None


class Voices:
    """The sayings of a sentence and the speaker of the quotation that it belongs to."""

    def __init__(self, reading: Reading, discourse: Discourse) -> None:
        self.reading = reading
        self.sayings = sayings(reading)
        self._discourse = discourse

    def over(self, at: int) -> Voice | None:
        """Whose words word `at` is; the innermost saying wins."""
        covering = [saying for saying in self.sayings if saying.covers(at)]
        if covering:
            inner = min(covering, key=Saying.size)
            return Voice(inner.speaker, inner)
        speaker = self._quoted(at)
        return Voice(speaker) if speaker is not None else None

    def subject(self, mention: ActorMention | None, at: int) -> ActorMention | None:
        """The one who acts: "we" is whoever speaks."""
        if mention is not None and mention.pronoun in _SELF:
            voice = self.over(at)
            return voice.speaker if voice is not None else None
        return mention

    def is_speculation(self, at: int) -> bool:
        """Whether word `at` is what nobody named speculates."""
        before = self.reading.lower[max(0, at - 25) : at]
        return not SPECULATION.isdisjoint(before)

    def _quoted(self, at: int) -> ActorMention | None:
        document: Document = self._discourse.document
        offset = self.reading.words.tokens[at].start
        if self.reading.sentence.span.where != "text":
            return None
        for quotation in document.quotations:
            if quotation.span.start <= offset < quotation.span.end:
                if quotation.speaker is not None:
                    return self._mention_at(quotation.speaker.start, quotation.speaker.end)
                return self._goes_on(quotation)
        return None

    def _goes_on(self, quotation: Quotation) -> ActorMention | None:
        """A quotation without a speaker that follows one which the sentence before attributes."""
        sentences = self._discourse.document.sentences
        index = self.reading.sentence.index
        while index > 0 and sentences[index].span.start > quotation.span.start:
            index -= 1
        before = sentences[index - 1] if index > 0 else None
        if before is None or before.span.where != "text" or _QUOTE.search(before.text) is None:
            return None
        said = sayings(Reading(self._discourse.words(before), self._discourse.mentions(before)))
        return said[-1].speaker if said else None

    def _mention_at(self, start: int, end: int) -> ActorMention | None:
        for sentence in self._discourse.document.sentences:
            if sentence.span.where == "text" and sentence.span.start <= start < sentence.span.end:
                found = [
                    m for m in self._discourse.mentions(sentence) if m.span.start < end and start < m.span.end
                ]
                return next((m for m in found if m.resolved and not m.adjective), None)
        return None
