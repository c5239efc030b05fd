"""The document builder: one article read once into sentences, quotations, dateline and masked furniture.

Offsets are code points of the text and title exactly as posted. Pure: no I/O, no clock.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from schemas.article import RawArticle
from services.extract.components.boilerplate import furniture, is_furniture_sentence
from services.extract.components.dateline import find_byline, find_dateline
from services.extract.components.headline import headline_span
from services.extract.components.layout import Block, blocks
from services.extract.components.quotations import find_quotations
from services.extract.components.sentences import split_sentences
from services.extract.model import Dateline, Document, Sentence, Span

_LENGTH_MAX: Final = 200_000
"""Code points read of one text; what lies behind is left out (a book, not a report)."""
_HEAD_BLOCKS: Final = 6
"""Blocks among which dateline and byline are looked for."""


def build_document(article: RawArticle) -> Document:
    """Read an article: mask furniture, split sentences, find quotations, dateline and byline."""
    text = article.text[:_LENGTH_MAX]
    upper_case = _is_upper_case(text)
    every = blocks(text)
    byline = _first_byline(every)
    marks = furniture(every, article.title)
    kept = tuple(
        block for block, masked in zip(every, marks, strict=True) if not masked and not _holds(block, byline)
    )
    kept = kept or every
    dateline, kept = _take_dateline(kept, upper_case=upper_case)
    return Document(
        article_id=article.id,
        text=article.text,
        title=article.title,
        published=article.published_at.date() if article.published_at is not None else None,
        outlet=article.source.name,
        domain=article.source.domain,
        sentences=_sentences(article, kept),
        boilerplate=tuple(
            Span(block.start, block.end) for block, masked in zip(every, marks, strict=True) if masked
        ),
        quotations=tuple(find_quotations(kept)),
        dateline=dateline,
        byline=byline,
        upper_case=upper_case,
    )


def _holds(block: Block, span: Span | None) -> bool:
    return span is not None and block.start <= span.start < block.end


def _first_byline(every: Sequence[Block]) -> Span | None:
    return next((span for block in every[:_HEAD_BLOCKS] if (span := find_byline(block)) is not None), None)


def _take_dateline(kept: tuple[Block, ...], *, upper_case: bool) -> tuple[Dateline | None, tuple[Block, ...]]:
    """The dateline of one of the first blocks, and the blocks without it."""
    for at, block in enumerate(kept[:_HEAD_BLOCKS]):
        found = find_dateline(block, upper_case=upper_case)
        if found is not None:
            cut = found.span.end - block.start
            rest = Block(found.span.end, block.end, block.text[cut:])
            return found, (*kept[:at], rest, *kept[at + 1 :])
    return None, kept


def _sentences(article: RawArticle, kept: Sequence[Block]) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(index=index, span=span, text=words, paragraph=paragraph)
        for index, (span, words, paragraph) in enumerate(_pieces(article, kept))
    )


def _pieces(article: RawArticle, kept: Sequence[Block]) -> Iterator[tuple[Span, str, int]]:
    """Span, words and paragraph number of each sentence; the title is paragraph 0."""
    if article.title is not None and (span := headline_span(article.title, article.source)) is not None:
        yield span, article.title[span.start : span.end], 0
    report = list(_body(kept, keep_furniture=False))
    yield from report or _body(kept, keep_furniture=True)


def _body(kept: Sequence[Block], *, keep_furniture: bool) -> Iterator[tuple[Span, str, int]]:
    for paragraph, block in enumerate(kept, start=1):
        for start, end in split_sentences(block.text):
            words = block.text[start:end]
            if keep_furniture or not is_furniture_sentence(words):
                yield Span(block.start + start, block.start + end), words, paragraph


_SMALL_WORD: Final = re.compile(r"[a-zß-öø-ÿ]{2,}")
_SMALL_WORDS_MAX: Final = 12
"""Words in small letters in the first thousand code points of upper-case copy, at most (units, names)."""


def _is_upper_case(text: str) -> bool:
    """Whether the copy has no case: hardly a word in small letters in its head."""
    small = islice(_SMALL_WORD.finditer(text, 0, 1000), _SMALL_WORDS_MAX)
    return sum(1 for _ in small) < _SMALL_WORDS_MAX and sum(map(str.isupper, text[:200])) > 20
