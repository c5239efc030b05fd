"""Sandbox tasks for the transport benchmark: all of an extract worker but the extractor."""

from schemas.article import RawArticle
from schemas.extraction import ExtractorId
from services.clock import SystemClock
from services.extract.ports import Extraction
from services.extract.worker_task import ExtractionTask


class NothingExtractor:
    """Finds no event."""

    id = ExtractorId(name="nothing", version="1")

    def extract(self, article: RawArticle) -> Extraction:
        del article
        return Extraction()


class EchoTask:
    """Answers at once, without reading the article."""

    hello = NothingExtractor.id.model_dump_json().encode()

    def __call__(self, request: bytes) -> bytes:
        return b"id\ncorrelation\n" + request[:500]


def build_echo(_argument: str) -> EchoTask:
    return EchoTask()


def build_sketch_only(_argument: str) -> ExtractionTask:
    """Reads, checks and sketches the article, as every worker does, but extracts nothing."""
    return ExtractionTask(NothingExtractor(), SystemClock())
