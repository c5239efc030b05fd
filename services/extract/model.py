"""The typed values that the stages of the rule pipeline hand each other.

One immutable `Document` goes through all stages. A stage yields candidates: each is a value with its
span, the rule that made it and features; a ranker turns candidates into a probability table per frame.
Pure: standard library and `schemas` only.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Generic, NamedTuple, TypeVar, overload

from schemas.evidence import Where
from schemas.extraction import DateRange
from schemas.taxonomy import EventType, Relation, Stage

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801  a decorator, named like property
    """A value computed when first asked for and kept in the instance.

    Like functools.cached_property without its lock, which costs more than the values here (Python 3.11);
    two threads at worst compute the same value twice.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type | None = None) -> "lazy[T]": ...
    @overload
    def __get__(self, instance: object, owner: type | None = None) -> T: ...
    def __get__(self, instance: object | None, owner: type | None = None) -> "lazy[T] | T":
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._compute(instance)
        return value


@dataclass(frozen=True, slots=True)
class Span:
    """Code points `start:end` of the article's text or title, as posted."""

    start: int
    end: int
    where: Where = "text"

    def covers(self, other: "Span") -> bool:
        return self.where == other.where and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.where == other.where and self.start < other.end and other.start < self.end


class Token(NamedTuple):
    """A word, number or punctuation mark: `lower` is its lower-cased text, offsets in its field."""

    start: int
    end: int
    text: str
    lower: str

    def span(self, where: Where = "text") -> Span:
        return Span(self.start, self.end, where)


_TOKEN: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,:/]\d+)*[^\W\d_]*(?:-[^\W_]+)*"  # 17, 1,200, 7:45, 4/5/2016, 17th, 17-year-old, 5-10
    r"|[^\W_]+(?:['’][^\W\d_]+)*(?:-[^\W_]+(?:['’][^\W\d_]+)*)*"  # word, don't, well-known
    r"|\S"
)


def tokenize(text: str, offset: int = 0) -> tuple[Token, ...]:
    """The words, numbers and punctuation marks of a text, their offsets counted from `offset`.

    Hyphenated words are one token ("17-year-old"), so are "U.S.", "7:45", "5-10" and "Turkey's".
    """
    new = tuple.__new__  # half the cost of Token(...): a document has some 350 tokens
    return tuple(
        [
            new(Token, (offset + match.start(), offset + match.end(), match[0], match[0].lower()))
            for match in _TOKEN.finditer(text)
        ]
    )


_SPECIAL: Final = re.compile("[\n\r’]")
_PLAIN: Final = str.maketrans("\n\r’", "  '")


@dataclass(frozen=True)
class Sentence:
    """A sentence of the title (index 0, if there is a title) or of the kept text, in order.

    `index` counts through the document, `paragraph` counts paragraphs (the title is paragraph 0).
    `tokens` cover the sentence; they are made when first asked for, since most sentences never are.
    """

    index: int
    span: Span
    text: str
    paragraph: int

    @lazy
    def tokens(self) -> tuple[Token, ...]:
        return tokenize(self.text, self.span.start)

    @lazy
    def lower(self) -> str:
        """The text in lower case, line breaks as spaces, code point for code point as long as `text`."""
        lower = self.text.lower()
        if len(lower) != len(self.text):
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)
        return lower.translate(_PLAIN) if _SPECIAL.search(lower) is not None else lower


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words. `speaker` is the span of whom they are attributed to, where that is known."""

    span: Span
    speaker: Span | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """`PLACE (AGENCY), DATE —` at the head of a report, parts as spans."""

    span: Span
    place: Span | None = None
    agency: Span | None = None
    day: Span | None = None


@dataclass(frozen=True)
class Document:
    """One article, read once: cleaned by masking (offsets stay those of the text as posted).

    `sentences` leave out boilerplate; `boilerplate` holds the masked spans. `upper_case` marks
    copy without case. `published` is the day of publication, the anchor of relative dates.
    """

    article_id: str
    text: str
    title: str | None
    published: date | None
    outlet: str | None
    domain: str | None
    sentences: tuple[Sentence, ...]
    boilerplate: tuple[Span, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    dateline: Dateline | None = None
    byline: Span | None = None
    upper_case: bool = False

    def quote(self, span: Span) -> str:
        """The exact words at a span."""
        source = self.title or "" if span.where == "title" else self.text
        return source[span.start : span.end]

    @lazy
    def body(self) -> tuple[Sentence, ...]:
        """The sentences of the text, without the title's."""
        return tuple(s for s in self.sentences if s.span.where == "text")

    @lazy
    def headline(self) -> Sentence | None:
        """The title's sentence, its outlet suffix left off."""
        first = self.sentences[0] if self.sentences else None
        return first if first is not None and first.span.where == "title" else None

    @lazy
    def _starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.body]

    def sentence_at(self, span: Span) -> Sentence | None:
        """The sentence that holds a span's start."""
        if span.where == "title":
            return self.headline
        position = bisect_right(self._starts, span.start) - 1
        if position < 0:
            return None
        sentence = self.body[position]
        return sentence if span.start < sentence.span.end else None


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that tells of an event: its type, mode, strength 0…1 and stage.

    `form` is its part in the sentence: n the event as a noun, v a verb, p a thing or person that
    comes with such events, g a word that any harm may bring ("killed"), h a whole headline.
    `family` is set where the lexicon parts a mode further ("territory", "warfare").
    """

    span: Span
    sentence: int
    event_type: EventType | None
    event_mode: str | None
    weight: float
    stage: Stage
    rule: str
    form: str = "n"
    family: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """One event of the article before its fields are filled: the triggers that tell of it.

    `sentences` are the indexes of all sentences that speak of it, `core` of those with its own
    triggers. `relation` and `reason` say why it is not the main one. `foreign` are triggers of other
    events in its core sentences: what stands next to them is not its own. `told` is the date named
    beside its most specific mention.
    """

    index: int
    event_type: EventType | None
    event_mode: str | None
    stage: Stage
    relation: Relation
    salience: float
    triggers: tuple[Trigger, ...]
    sentences: tuple[int, ...]
    core: tuple[int, ...]
    reason: str | None = None
    foreign: tuple[Trigger, ...] = ()
    told: DateRange | None = None


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """A possible value of a field: where it is said, by which rule, with which features.

    `addends` are the spans a derived value was summed from. `span` None marks an assumed value.
    """

    value: T
    span: Span | None
    sentence: int | None
    rule: str
    features: Mapping[str, float] = field(default_factory=dict)
    addends: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked(Generic[T]):
    """A candidate value with its probability, and the candidates that support it, best first."""

    value: T
    p: float
    support: tuple[Candidate[T], ...]
