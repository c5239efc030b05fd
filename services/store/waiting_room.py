"""Extractions that came before their article: the two streams are read apart. Bounded. Pure.

What does not fit is left to redelivery, which comes when the article is recorded.
"""

from collections.abc import Iterable

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction

ArticleVersion = tuple[str, str]


class WaitingRoom:
    """Extractions by the article version that they wait for."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._waiting: dict[ArticleVersion, dict[str, ArticleExtraction]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def keep(self, extraction: ArticleExtraction) -> bool:
        """Keep an extraction until its article comes; False when there is no room."""
        version = (extraction.article_id, extraction.content_hash)
        kept = self._waiting.get(version, {})
        if str(extraction.extractor) in kept:
            return True
        if self._count >= self._limit:
            return False
        self._waiting.setdefault(version, {})[str(extraction.extractor)] = extraction
        self._count += 1
        return True

    def due(self, articles: Iterable[RawArticle]) -> list[ArticleExtraction]:
        """The extractions that waited for these articles; they stay until `leave`."""
        versions = dict.fromkeys((article.id, article.content_hash) for article in articles)
        return [one for version in versions for one in self._waiting.get(version, {}).values()]

    def leave(self, extractions: Iterable[ArticleExtraction]) -> None:
        """Forget extractions that are recorded."""
        for one in extractions:
            kept = self._waiting.pop((one.article_id, one.content_hash), {})
            self._count -= len(kept)
