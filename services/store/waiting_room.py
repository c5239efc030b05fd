"""Extractions that came before their article: the two streams are read apart. Bounded. Pure.

What does not fit is left to redelivery, which comes when the article is recorded.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction

ArticleVersion = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An extraction, and the stream entry that it came in and that is not answered yet."""

    entry_id: str
    extraction: ArticleExtraction

    @property
    def version(self) -> ArticleVersion:
        return (self.extraction.article_id, self.extraction.content_hash)


class WaitingRoom:
    """Extractions by the article version that they wait for."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._waiting: dict[ArticleVersion, dict[str, Waiting]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def keep(self, waiting: Waiting) -> bool:
        """Keep an extraction until its article comes; False when there is no room."""
        kept = self._waiting.get(waiting.version, {})
        if waiting.entry_id in kept:
            return True
        if self._count >= self._limit:
            return False
        self._waiting.setdefault(waiting.version, {})[waiting.entry_id] = waiting
        self._count += 1
        return True

    def due(self, articles: Iterable[RawArticle]) -> list[Waiting]:
        """What waited for these articles; it stays until `leave`."""
        versions = dict.fromkeys((article.id, article.content_hash) for article in articles)
        return [one for version in versions for one in self._waiting.get(version, {}).values()]

    def leave(self, recorded: Iterable[Waiting]) -> None:
        """Forget what is recorded."""
        for one in recorded:
            self._count -= len(self._waiting.pop(one.version, {}))
