"""Figures that the casualty grammar read and the claim rules did not. Pure."""

from collections.abc import Iterator, Sequence

from schemas.taxonomy import About
from services.extract.components.actors.words import Words
from services.extract.components.claims.figures import FigureSaid
from services.extract.components.counts.values import Finding as Casualty
from services.extract.components.counts.values import Harm, Person

_ABOUT = {Harm.KILLED: About.FATALITIES, Harm.INJURED: About.INJURED}
_SAID = frozenset({"count", "bare", "one", "age"})
"""Kinds of persons whose number the words themselves give."""


def further_figures(
    words: Words, known: Sequence[FigureSaid], casualties: Sequence[Casualty]
) -> Iterator[FigureSaid]:
    """The casualties of a sentence as figures, those left out that are known already."""
    seen = {figure.about for figure in known}
    for casualty in casualties:
        about = _ABOUT.get(casualty.harm)
        if about is None or about in seen or casualty.negated or casualty.excluded:
            continue
        figure = _figure(words, about, casualty.persons)
        if figure is not None:
            seen.add(about)
            yield figure


def _figure(words: Words, about: About, persons: Sequence[Person]) -> FigureSaid | None:
    if not persons or any(p.kind not in _SAID or p.best is None or p.part or p.attacker for p in persons):
        return None
    tokens = words.sentence.tokens
    starts = {token.start: at for at, token in enumerate(words.tokens)}
    first = starts.get(tokens[persons[0].first].start)
    last = starts.get(tokens[persons[-1].last - 1].start)
    if first is None or last is None:
        return None
    value = sum(p.best or 0 for p in persons)
    single = value == 1 and persons[0].kind != "count"
    qualifier = persons[0].qualifier if len(persons) == 1 else None
    return FigureSaid(about, first, last + 1, last, value, qualifier, single)
