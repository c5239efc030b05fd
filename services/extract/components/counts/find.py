"""Finding what an article says of casualties: sentence by sentence, before any event is asked for.

Pure. Only sentences with a word of harm are read word by word.
"""

from collections.abc import Iterator, Sequence

from services.extract.components.counts import cues
from services.extract.components.counts.grammar import Told, fold, tell
from services.extract.components.counts.phrases import find_persons, read_items
from services.extract.components.counts.values import Counts, Finding, Harm, Person
from services.extract.model import Document, Sentence, Span, Token


def find_counts(doc: Document) -> Counts:
    """All casualties the article tells of, and its cue words by where they stand."""
    findings: list[Finding] = []
    noted: set[str] = set()
    for sentence in doc.sentences:
        lower = sentence.lower
        if cues.HARM.search(lower) is None:
            continue
        tokens = sentence.tokens
        words = [token.lower for token in tokens]
        noted.update(f"{_zone(sentence)}:{word}" for word in cues.CUE_WORDS.intersection(words))
        findings.extend(_in_sentence(doc, sentence, tokens, words))
    return Counts(tuple(findings), frozenset(noted))


def _zone(sentence: Sentence) -> str:
    if sentence.span.where == "title":
        return "title"
    return "lead" if sentence.index < 4 else "body"


def _in_sentence(
    doc: Document, sentence: Sentence, tokens: Sequence[Token], words: Sequence[str]
) -> Iterator[Finding]:
    title = sentence.span.where == "title"
    reading = read_items(words, tokens, names=not (title or doc.upper_case))
    phrases = list(find_persons(words, tokens, reading))
    line = fold(reading, phrases)
    reason = _excluded(sentence.lower)
    for told in tell(line):
        yield _finding(sentence, tokens, told, reason)
    yield from _multiples(sentence, tokens, words, reason)
    for _, _, person in phrases:
        if person.noun in {"dead", "wounded"}:
            pass


def _excluded(lower: str) -> str | None:
    if cues.CUMULATIVE.search(lower):
        return "cumulative"
    return "other incident" if cues.OTHER_INCIDENT.search(lower) else None


def _finding(sentence: Sentence, tokens: Sequence[Token], told: Told, reason: str | None) -> Finding:
    spans = tuple(_span(sentence, tokens, person) for person in told.persons)
    excluded = "hypothetical" if told.hypothetical else reason
    return Finding(sentence.index, told.harm, told.persons, spans, told.rule, told.negated, excluded)


def _span(sentence: Sentence, tokens: Sequence[Token], person: Person) -> Span:
    return Span(tokens[person.first].start, tokens[person.last - 1].end, sentence.span.where)


def _multiples(
    sentence: Sentence, tokens: Sequence[Token], words: Sequence[str], reason: str | None
) -> Iterator[Finding]:
    """"Triple shooting", "double homicide"."""
    for at, word in enumerate(words[:-1]):
        number = cues.MULTIPLES.get(word)
        if number is None:
            continue
        follow = words[at + 1 : at + 3]
        harm = (
            Harm.KILLED if cues.KILLING_NOUNS & set(follow) else Harm.HIT if cues.HITTING_NOUNS & set(follow) else None
        )
        if harm is not None:
            person = Person(at, at + 2, "count", number, number, number)
            yield Finding(sentence.index, harm, (person,), (_span(sentence, tokens, person),), "multiple", excluded=reason)
