"""Finding what an article says of casualties: sentence by sentence, before any event is asked for.

Pure. Only sentences with a word of harm are read word by word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.extract.components.counts import cues
from services.extract.components.counts.folding import fold
from services.extract.components.counts.grammar import Told, by_noun, tell
from services.extract.components.counts.items import read_items
from services.extract.components.counts.ledger import Register
from services.extract.components.counts.phrases import find_persons
from services.extract.components.counts.values import Counts, Finding, Harm, Person
from services.extract.model import Document, Sentence, Span, Token


def find_counts(doc: Document) -> Counts:
    """All casualties the article tells of, and its cue words by where they stand."""
    findings: list[Finding] = []
    register = Register()
    noted: set[str] = set()
    for sentence in doc.sentences:
        lower = sentence.lower
        if cues.HARM.search(lower) is None:
            continue
        tokens = sentence.tokens
        words = [token.lower for token in tokens]
        noted.update(f"{_zone(doc, sentence)}:{word}" for word in cues.CUE_WORDS.intersection(words))
        if cues.SELF_KILLED.search(lower):
            noted.add("self")
        findings.extend(_in_sentence(doc, sentence, tokens, words, register))
    return Counts(_with_totals(findings), frozenset(noted), register.close())


TOTAL_MIN = 10
"""Smaller totals recur by chance."""

TOTAL_NEAR = 0.05
"""How far (share) a number may lie from a total over time and still be that total ("nearly 60", 59)."""


def _with_totals(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings that repeat a total over time, without saying so again, are that total too."""
    totals = [
        (f.harm, person.best)
        for f in findings
        if f.excluded == "cumulative"
        for person in f.persons
        if person.best is not None and person.best >= TOTAL_MIN
    ]
    return tuple(
        replace(f, excluded="cumulative") if f.excluded is None and _repeats(f, totals) else f
        for f in findings
    )


def _repeats(finding: Finding, totals: Sequence[tuple[Harm, int]]) -> bool:
    if len(finding.persons) != 1 or finding.persons[0].best is None:
        return False
    number = finding.persons[0].best
    return any(h is finding.harm and abs(n - number) <= TOTAL_NEAR * n for h, n in totals)


def _zone(doc: Document, sentence: Sentence) -> str:
    if sentence.span.where == "title":
        return "title"
    return "lead" if cues.body_place(doc, sentence.index) < 4 else "body"


def _in_sentence(
    doc: Document, sentence: Sentence, tokens: Sequence[Token], words: Sequence[str], register: Register
) -> Iterator[Finding]:
    title = sentence.span.where == "title"
    names = not (title or doc.upper_case)
    reading = read_items(words, tokens, names=names, surnames=register.surnames if names else frozenset())
    phrases = list(find_persons(words, tokens, reading))
    line = fold(reading, phrases, _singular(words))
    told = [
        t
        for t in (*by_noun(phrases), *tell(line))
        if t.rule != "treated" or cues.TREATMENT.search(sentence.lower)
    ]
    reason = _excluded(sentence.lower)
    found = [_finding(sentence, tokens, one, reason) for one in told]
    if not title:
        _enter(register, sentence, tokens, [phrase.person for phrase in phrases], told, found)
    yield from found
    yield from _by_word(sentence, tokens, words, reason, {finding.harm for finding in found})
    yield from _multiples(sentence, tokens, words, reason)


def _enter(
    register: Register,
    sentence: Sentence,
    tokens: Sequence[Token],
    phrases: Sequence[Person],
    told: Sequence[Told],
    found: Sequence[Finding],
) -> None:
    """The persons of a sentence in order, then what befell them."""
    hurt = {(p.first, p.last) for one in told if not one.hypothetical for p in one.persons}
    steps: list[tuple[int, int, Person | None, Finding | None]] = [
        (person.first, 0, person, None)
        for person in (*_merged(told), *phrases)
        if (person.name is not None or person.age is not None) and person.best == 1
    ]
    steps += [(finding.persons[-1].last, 1, None, finding) for finding in found if finding.persons]
    accused = bool(steps) and cues.ACCUSED.search(sentence.lower) is not None
    for _, _, person, finding in sorted(steps, key=lambda step: step[:2]):
        if person is not None:
            suspect = accused and (person.first, person.last) not in hurt
            register.meet(person, _span(sentence, tokens, person), sentence.index, suspect=suspect)
        elif finding is not None:
            register.suffer(finding)


def _merged(told: Sequence[Told]) -> list[Person]:
    """Persons as the grammar joined them (a noun phrase with the name behind it)."""
    return [
        person for one in told for person in one.persons if person.name is not None and person.age is not None
    ]


def _singular(words: Sequence[str]) -> frozenset[int]:
    """Places of auxiliaries that go with one person."""
    return frozenset(at for at, word in enumerate(words) if word in {"was", "is", "been"})


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


def _by_word(
    sentence: Sentence, tokens: Sequence[Token], words: Sequence[str], reason: str | None, told: set[Harm]
) -> Iterator[Finding]:
    """The first word of each harm that the sentence tells of without saying whom it befell."""
    for at, word in enumerate(words):
        name = cues.TELLING_WORDS.get(word)
        if name is None or Harm(name) in told:
            continue
        told = told | {Harm(name)}
        person = Person(at, at + 1, "word")
        yield Finding(
            sentence.index, Harm(name), (person,), (_span(sentence, tokens, person),), "word", excluded=reason
        )


def _multiples(
    sentence: Sentence, tokens: Sequence[Token], words: Sequence[str], reason: str | None
) -> Iterator[Finding]:
    """Reads "triple shooting", "double homicide"."""
    for at, word in enumerate(words[:-1]):
        number = cues.MULTIPLES.get(word)
        if number is None:
            continue
        follow = words[at + 1 : at + 3]
        harm = (
            Harm.KILLED
            if cues.KILLING_NOUNS & set(follow)
            else Harm.HIT
            if cues.HITTING_NOUNS & set(follow)
            else None
        )
        if harm is not None:
            person = Person(at, at + 2, "count", number, number, number)
            yield Finding(
                sentence.index,
                harm,
                (person,),
                (_span(sentence, tokens, person),),
                "multiple",
                excluded=reason,
            )
