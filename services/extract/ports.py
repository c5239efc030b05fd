"""The extractor port: what any extractor must offer to be plugged in.

An extractor is made by a factory registered under the entry point group `wirefold.extractors`, is
deterministic for one article (or logs its response once), and depends on that article alone.
"""

from dataclasses import dataclass
from typing import Protocol

from schemas.article import RawArticle
from schemas.extraction import ExtractedEvent, ExtractorId


@dataclass(frozen=True, slots=True)
class Extraction:
    """The events of one article, and the index of the one it is mainly about (None: no event).

    `kept` are the spans of the text that are report, not page furniture (code points, in order); None
    where the extractor does not tell them apart. The sketch is made of them.
    """

    events: tuple[ExtractedEvent, ...] = ()
    primary: int | None = None
    kept: tuple[tuple[int, int], ...] | None = None


class Extractor(Protocol):
    """Finds the events of an article.

    `extract` raises `services.errors.Permanent` for an article that it can never handle and
    `services.errors.Transient` where a later try may succeed. Same article, same answer.
    """

    @property
    def id(self) -> ExtractorId: ...

    def extract(self, article: RawArticle) -> Extraction: ...
