"""How many articles a second the whole store path takes: decide, append, project, commit.

`python -m benchmarks.store_path [ARTICLES] [--stub]`: batches of 100 into a SQLite file, then a rebuild and a
verify of it. `--stub` opens an incident an article instead of matching. Prints CPU and wall figures: on
a shared machine only the first compare.
"""

import gc
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from schemas.article import RawArticle, Source
from schemas.extraction import (
    ArticleExtraction,
    DateRange,
    ExtractedEvent,
    ExtractorId,
    Figure,
    Place,
    Sketch,
)
from schemas.taxonomy import EventType
from services.clock import FixedClock, SystemClock
from services.store import events
from services.store.decider import Decider
from services.store.facts import Facts
from services.store.identity import incident_id
from services.store.incident import ReportRef
from services.store.matching.index import MatchIndex
from services.store.matching.weights import load_weights
from services.store.ports import NewEvent
from services.store.rebuild import rebuild
from services.store.store import Store
from services.store.verify import verify

BATCH = 100
START = datetime(2024, 1, 1, tzinfo=UTC)
EXTRACTOR = ExtractorId(name="benchmark", version="1")


class OpenAll(Decider):
    """Opens an incident an article: the store path without matching."""

    def decide_extraction(
        self, extraction: ArticleExtraction, facts: Facts, index: MatchIndex, now: datetime
    ) -> list[NewEvent]:
        del facts, index
        fact = events.events_extracted(extraction, now)
        ref = ReportRef(extraction.article_id, extraction.content_hash, fact.event_id, 0)
        home = incident_id(extraction.article_id, 0, "benchmark")
        reason = {"code": "new_report"}
        opened = events.report_event(events.INCIDENT_OPENED, home, ref, occurred_at=now, reason=reason)
        return [fact, opened]

    def look_again(self, *_arguments: object) -> list[NewEvent]:
        return []


def message(number: int) -> tuple[RawArticle, ArticleExtraction]:
    """An invented article of 3 kB, one of four on the same incident, with a sketch of usual size."""
    story, moment = number // 4, START + timedelta(hours=number // 8)
    article = RawArticle(
        id=f"b{number}",
        content_hash=f"{number:064x}",
        source=Source(name=f"outlet {number % 90}"),
        title=f"Report {number} of story {story}",
        text=f"Invented words of story {story}, report {number}. " * 60,
        published_at=moment,
        received_at=moment,
    )
    day = (START + timedelta(days=story // 8)).date()
    place = Place(name=f"town {story % 700}", country="KE", latitude=-1.5, longitude=40.0, precision=1)
    event = ExtractedEvent(
        event_type=EventType.ASSAULT,
        event_mode="firearms",
        date=DateRange(start=day, end=day, precision=1),
        place=place,
        fatalities=Figure(low=story % 5, best=story % 5, high=story % 5),
    )
    sketch = Sketch(
        version="1",
        names=(f"person {story}", f"person {story} brother"),
        terms=tuple((f"word{(story * 37 + one) % 5000}", 0.1) for one in range(60)),
        minhash=tuple((number * 7919 + one * 104729) % 2**32 for one in range(64)),
        word_count=480,
    )
    said = ArticleExtraction(
        article_id=article.id,
        content_hash=article.content_hash,
        extractor=EXTRACTOR,
        events=(event,),
        primary=0,
        sketch=sketch,
    )
    return article, said


def main(arguments: Sequence[str]) -> None:
    """Run the benchmark and print its figures."""
    numbers = [int(one) for one in arguments if one.isdigit()]
    messages = [message(number) for number in range(numbers[0] if numbers else 3000)]
    decider = (OpenAll if "--stub" in arguments else Decider)(load_weights())
    gc.collect()
    gc.freeze()
    with TemporaryDirectory() as folder:
        store = Store.open(str(Path(folder) / "store.db"), clock=FixedClock(START), decider=decider)
        wall, cpu = time.perf_counter(), time.process_time()
        for first in range(0, len(messages), BATCH):
            batch = messages[first : first + BATCH]
            store.ingest([one for one, _ in batch], [said for _, said in batch])
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(
            f"store: {len(messages) / cpu:.0f} articles per CPU second, {len(messages) / wall:.0f} per second"
        )
        done = rebuild(store.database, SystemClock(), "bench")
        print(f"rebuild: {done.events} events, {done.events_per_second:.0f} per second")
        assert verify(store.database).rows_hash == done.rows_hash
        store.close()


if __name__ == "__main__":
    main(sys.argv[1:])
