"""The rule pipeline: one pass over one document, from an article to its events.

`build()` is the factory behind the entry point `rules`. Deterministic and offline: the same article and
resources give the same events. Pure but for resources, which are read once.
May import: the components, the model and the ports. May not import: any worker or the plumbing but errors.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from schemas.article import RawArticle
from schemas.extraction import ExtractorId
from services.extract.components.assemble import Values, assemble
from services.extract.components.claims import find_claims
from services.extract.components.counts import find_counts, rank_counts
from services.extract.components.dates import find_dates, rank_dates
from services.extract.components.frames import build_frames
from services.extract.components.places import find_places, rank_places
from services.extract.components.primary import primary_of
from services.extract.components.sites import find_sites
from services.extract.components.triggers import Scan, scan
from services.extract.components.views import (
    has_casualties,
    own_candidates,
    own_counts,
    own_places,
    settled_dates,
)
from services.extract.document import build_document
from services.extract.model import Document, Frame
from services.extract.ports import Extraction, Extractor
from services.extract.resources import fingerprint
from services.extract.resources.gazetteer import Gazetteer, open_gazetteer

NAME: Final = "rules"
VERSION: Final = "0.1.0"
"""Goes up whenever the same article and resources would give other events."""


@dataclass(frozen=True)
class Reading:
    """An article as the pipeline saw it: what `explain` shows and `extract` answers."""

    doc: Document
    scan: Scan
    frames: tuple[Frame, ...]
    values: tuple[Values, ...]

    @cached_property
    def extraction(self) -> Extraction:
        events = tuple(
            assemble(self.doc, frame, values) for frame, values in zip(self.frames, self.values, strict=True)
        )
        kept = tuple((sentence.span.start, sentence.span.end) for sentence in self.doc.body)
        return Extraction(events, primary_of(self.frames), kept)


class RuleExtractor:
    """The default extractor: lexicons, gazetteer, small list-wise models; no network."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        digest = hashlib.sha256((fingerprint() + gazetteer.hash).encode()).hexdigest()
        self._id = ExtractorId(name=NAME, version=VERSION, resources=digest[:12])

    @property
    def id(self) -> ExtractorId:
        return self._id

    def extract(self, article: RawArticle) -> Extraction:
        return self.read(article).extraction

    def read(self, article: RawArticle) -> Reading:
        """Everything that the pipeline finds on the way to an article's events."""
        doc = build_document(article)
        found = scan(doc)
        dates, places, counts = find_dates(doc), find_places(doc, self._gazetteer), find_counts(doc)
        frames = build_frames(doc, found, dates, find_sites(places))
        claims = find_claims(doc, frames, counts)
        values = tuple(
            Values(
                dates=settled_dates(rank_dates(doc, own_candidates(dates, frame), frame), frame),
                places=rank_places(doc, own_places(doc, places, frame), frame),
                counts=rank_counts(doc, own_counts(counts, frame), frame) if has_casualties(frame) else None,
                claims=claims.of(frame),
            )
            for frame in frames
        )
        return Reading(doc, found, frames, values)


def build() -> Extractor:
    """The extractor of the entry point `rules`, its resources read."""
    return RuleExtractor(open_gazetteer())
