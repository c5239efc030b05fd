"""When something was said: the day beside the verb of saying or the speaker's next words. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.extract.components.actors import Discourse
from services.extract.components.actors.mentions import party_of
from services.extract.components.actors.wordlist import word_set
from services.extract.components.actors.words import Words
from services.extract.components.claims.cues import EVENT
from services.extract.components.claims.findings import Finding
from services.extract.components.dates.expressions import scan
from services.extract.components.dates.find import anchor_day, meaning
from services.extract.components.dates.said import Expression
from services.extract.model import Document, Sentence

_BEFORE: Final = 6
_AFTER: Final = 5
"""Words on either side of the verb in which its day stands."""
_BARRIERS: Final = frozenset(
    {"that", "killed", "wounded", "strike", "strikes", "attack", "attacks", "after", "before", ";", ":"}
)
_CIRCUMSTANCES: Final = word_set(
    "on in a an the late early statement reporters interview twitter facebook to at news conference "
    "briefing press released issued morning evening night afternoon , his her its televised address "
    "remarks message communique"
)
_EVENTS: Final = frozenset((word,) for word in EVENT)
_DAY_WORDS: Final = word_set(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday january february march "
    "april may june july august september october november december"
)
_TELLING: Final = word_set(
    "statement remarks comments said told announced speaking spoke interview conference"
)


class Days:
    """The days on which the speakers of an article said what they said."""

    def __init__(self, document: Document, discourse: Discourse) -> None:
        self._discourse = discourse
        self._anchor = anchor_day(document)
        self._sentences: Sequence[Sentence] = document.sentences

    def said_at(self, finding: Finding) -> date | None:
        """The day of a statement; None where the article does not say."""
        if self._anchor is None or finding.claimant is None or finding.verb is None:
            return None
        sentence = self._sentences[finding.sentence]
        return self._beside(sentence, finding.verb) or self._in_next(finding, sentence)

    def _beside(self, sentence: Sentence, verb: int) -> date | None:
        """The day nearest to the verb that nothing said stands between."""
        words = self._discourse.words(sentence)
        if _DAY_WORDS.isdisjoint(words.lower):
            return None
        found = []
        for said in scan(words.lower, words.texts):
            first, last = (said.last, verb) if said.last <= verb else (verb + 1, said.first)
            if self._goes_with(sentence, said, verb):
                found.append((last - first, said))
        for _, said in sorted(found, key=lambda one: one[0]):
            value = meaning(said, self._anchor, None)
            if value is not None and value.precision == 1:
                return value.start
        return None

    def _goes_with(self, sentence: Sentence, said: Expression, verb: int) -> bool:
        """Whether a date tells when the verb's subject spoke, and not when what is told happened."""
        words, mentions = self._discourse.words(sentence), self._discourse.mentions(sentence)
        if words.owns(said.last - 1) or words.lower[said.last : said.last + 1] in _EVENTS:
            return False
        if said.last <= verb:
            if not _BARRIERS.isdisjoint(words.lower[said.last : verb]) or verb - said.last > _BEFORE:
                return said.first <= 1 and verb - said.last <= 2 * _BEFORE
            return said.first <= 1 or not any(m.first >= said.last and m.last <= verb for m in mentions)
        between = range(verb + 1, said.first)
        covered = {at for m in mentions if m.first <= verb + 2 for at in range(m.first, m.last)}
        return len(between) <= 2 * _AFTER and all(
            words.lower[i] in _CIRCUMSTANCES or i in covered for i in between
        )

    def _in_next(self, finding: Finding, sentence: Sentence) -> date | None:
        """As in "He made the statement on Tuesday": the next sentence, by the same speaker."""
        assert finding.claimant is not None
        index = sentence.index + 1
        if index >= len(self._sentences) or self._sentences[index].span.where != sentence.span.where:
            return None
        words = self._discourse.words(self._sentences[index])
        if _DAY_WORDS.isdisjoint(words.lower) or _TELLING.isdisjoint(words.lower):
            return None
        mentions = self._discourse.mentions(self._sentences[index])
        if not mentions or mentions[0].first > 1 or mentions[0].party != party_of(finding.claimant):
            return None
        return self._day_of(words)

    def _day_of(self, words: Words) -> date | None:
        """The first single day of a sentence that is not the day of an event."""
        for said in scan(words.lower, words.texts):
            value = meaning(said, self._anchor, None)
            of_event = words.owns(said.last - 1) or words.lower[said.last : said.last + 1] in _EVENTS
            if value is not None and value.precision == 1 and not of_event:
                return value.start
        return None
