"""`wirefold fold`: the pipeline over files, without Redis and without a network.

Runs the extractor and the store that the workers run: extraction in processes of its own, merging in
the store over a database in memory, on a clock that follows the articles. docs/fold.md gives the formats.
"""

import gc
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, TypeVar

import orjson

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction
from services.cli.articles import Line
from services.clock import FixedClock
from services.errors import Permanent, Refused
from services.extract import registry
from services.extract.ports import Extractor
from services.extract.sketch import build_sketch
from services.ingest.app import article_limits
from services.ingest.faults import InvalidArticle
from services.ingest.normalise import normalise
from services.ingest.posted import PostedArticle, read_posted
from services.ingest.publication import UnreadableMoment, read_published_at
from services.settings import Settings
from services.store.decider import Decider
from services.store.fusion import FUSION_VERSION
from services.store.grade import GRADE_RULES
from services.store.matching.weights import load_weights
from services.store.store import Store

POSTED_KEYS: Final = frozenset(PostedArticle.model_fields)
CHUNK: Final = 32
"""Articles that an extracting process takes at once."""
BATCH: Final = 100
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was skipped, and why."""

    where: str
    why: str


@dataclass(slots=True)
class Summary:
    """Counts and seconds of one fold, for `summary.json`."""

    extractor: str
    matching: str
    fusion: str
    grade_rules: str
    figure_policy: str
    articles: int = 0
    bad_lines: int = 0
    repeated_lines: int = 0
    failed_extractions: int = 0
    events: int = 0
    incidents: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    articles_per_second: float = 0.0

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Note how long a stage took."""
        began = time.perf_counter()
        yield
        self.seconds[stage] = round(time.perf_counter() - began, 3)


@dataclass(frozen=True, slots=True)
class Folded:
    """What a fold found: extractions in input order, records, and the incidents of each article."""

    extractions: Sequence[ArticleExtraction]
    incidents: Sequence[dict[str, Any]]
    assignments: Sequence[dict[str, Any]]
    summary: Summary


def read_input(lines: Iterable[Line], settings: Settings) -> tuple[list[RawArticle], list[BadLine], int]:
    """The articles in input order, the bad lines, and how many lines repeated an article.

    Unknown keys are left out. `received_at` is `published_at`; an undated article counts as received
    with the latest dated one. Of one id, the last version stands.
    """
    limits = article_limits(settings)
    good: list[tuple[Line, PostedArticle, datetime | None]] = []
    bad: list[BadLine] = []
    for line in lines:
        try:
            good.append((line, *_posted(line)))
        except (InvalidArticle, UnreadableMoment) as error:
            bad.append(BadLine(line.where, str(error)))
    latest = max((moment for *_, moment in good if moment is not None), default=EPOCH)
    articles: dict[str, RawArticle] = {}
    for line, posted, moment in good:
        try:
            accepted = normalise(posted, moment or latest, limits)
        except InvalidArticle as error:
            bad.append(BadLine(line.where, str(error)))
            continue
        articles[accepted.id] = RawArticle.model_validate(accepted.article)
    return list(articles.values()), bad, len(good) - len(articles)


def _posted(line: Line) -> tuple[PostedArticle, datetime | None]:
    if line.article is None:
        raise UnreadableMoment(line.error or "not an article")
    posted = read_posted({key: value for key, value in line.article.items() if key in POSTED_KEYS})
    return posted, read_published_at(posted.published_at)[0] if posted.published_at else None


def fold(
    articles: Sequence[RawArticle],
    *,
    extractor: str,
    workers: int,
    figure_policy: str,
    progress: Callable[[str, int], None],
) -> Folded:
    """Extract and merge articles. The result does not depend on `workers`.

    `progress` is told the stage and how many articles it has done.
    """
    weights = load_weights()
    summary = Summary(
        extractor=str(registry.load(extractor).id),
        matching=weights.version,
        fusion=FUSION_VERSION,
        grade_rules=GRADE_RULES,
        figure_policy=figure_policy,
        articles=len(articles),
    )
    with summary.timed("extract"):
        extractions = _extract_all(articles, extractor, workers, progress, summary)
    gc.collect()
    gc.freeze()  # what was extracted lives on: collecting it again and again slows merging
    with summary.timed("merge"):
        incidents, homes = _merge_all(articles, extractions, Decider(weights), figure_policy, progress)
    summary.events = sum(len(one.events) for one in extractions)
    summary.incidents = len(incidents)
    total = sum(summary.seconds.values())
    summary.articles_per_second = round(len(articles) / total, 1) if total else 0.0
    return Folded(extractions, incidents, [_assignment(one, homes) for one in extractions], summary)


def _extract_all(
    articles: Sequence[RawArticle],
    name: str,
    workers: int,
    progress: Callable[[str, int], None],
    summary: Summary,
) -> list[ArticleExtraction]:
    found: list[ArticleExtraction] = []
    for extraction, failed in _extracting(articles, name, workers):
        found.append(extraction)
        summary.failed_extractions += failed
        progress("extract", len(found))
    return found


def _extracting(
    articles: Sequence[RawArticle], name: str, workers: int
) -> Iterator[tuple[ArticleExtraction, bool]]:
    if workers == 1:
        extractor = registry.load(name)
        yield from (extract_one(extractor, article) for article in articles)
        return
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_prepare, initargs=(name,)
    ) as pool:
        yield from pool.map(_extract_here, articles, chunksize=CHUNK)


_EXTRACTOR: list[Extractor] = []
"""The extractor of this process, where it is one that extracts."""


def _prepare(name: str) -> None:
    _EXTRACTOR.append(registry.load(name))


def _extract_here(article: RawArticle) -> tuple[ArticleExtraction, bool]:
    return extract_one(_EXTRACTOR[0], article)


def extract_one(extractor: Extractor, article: RawArticle) -> tuple[ArticleExtraction, bool]:
    """What the extractor says of an article, and whether it could not say anything (Permanent)."""
    try:
        found, failed = extractor.extract(article), False
    except Permanent:
        found, failed = None, True
    return (
        ArticleExtraction(
            article_id=article.id,
            content_hash=article.content_hash,
            extractor=extractor.id,
            events=found.events if found else (),
            primary=found.primary if found else None,
            sketch=build_sketch(article, found.kept if found else None),
        ),
        failed,
    )


def _merge_all(
    articles: Sequence[RawArticle],
    extractions: Sequence[ArticleExtraction],
    decider: Decider,
    figure_policy: str,
    progress: Callable[[str, int], None],
) -> tuple[list[dict[str, Any]], dict[tuple[str, int], str]]:
    """The records in the order they were opened, and the incident of each (article, event)."""
    clock = FixedClock(EPOCH)
    store = Store.open(clock=clock, decider=decider, policies={"figure_policy": figure_policy}, log_id="fold")
    pairs = sorted(zip(articles, extractions, strict=True), key=lambda pair: _day(pair[0]))
    done = 0
    for batch in _chunks(pairs, BATCH):
        clock.set(batch[-1][0].received_at)
        store.ingest([pair[0] for pair in batch], [pair[1] for pair in batch])
        done += len(batch)
        progress("merge", done)
    records = list(store.records())
    store.close()
    homes = {
        (report.article_id, report.event_index): record.id
        for record in records
        for report in record.reports
        if report.status == "current"
    }
    return [record.as_json() for record in records], homes


def _day(article: RawArticle) -> tuple[bool, str]:
    published = article.published_at
    return published is None, "" if published is None else published.date().isoformat()


def _assignment(extraction: ArticleExtraction, homes: dict[tuple[str, int], str]) -> dict[str, Any]:
    found = [homes.get((extraction.article_id, number)) for number in range(len(extraction.events))]
    primary = None if extraction.primary is None else found[extraction.primary]
    return {
        "article_id": extraction.article_id,
        "incident_id": primary,
        "incident_ids": list(dict.fromkeys(one for one in found if one is not None)),
    }


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def write_output(folded: Folded, out: Path) -> None:
    """Write the four files, each under a temporary name first. Raises Refused for an unusable folder."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"cannot write to {out}: {error.strerror}") from error
    _write(out / "extractions.jsonl", map(_extraction_row, folded.extractions))
    _write(out / "incidents.jsonl", folded.incidents)
    _write(out / "assignments.jsonl", folded.assignments)
    summary = {name: getattr(folded.summary, name) for name in Summary.__slots__}
    _replace(out / "summary.json", json.dumps(summary, indent=1).encode() + b"\n")


def _extraction_row(extraction: ArticleExtraction) -> dict[str, Any]:
    return {
        "article_id": extraction.article_id,
        "extractor": str(extraction.extractor),
        "events": [event.as_json() for event in extraction.events],
        "primary": extraction.primary,
    }


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    _replace(path, b"".join(orjson.dumps(row) + b"\n" for row in rows))


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_suffix(path.suffix + ".part")
    temporary.write_bytes(content)
    temporary.replace(path)
