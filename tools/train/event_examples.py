"""Labelled events as training examples of dates and counts: what the article offers, and what is right.

Data sets: `gva` (the main event of US reports), `muc4` (events aligned to templates of their type),
`contested` and the project's own corpus (its held-out part is marked, and only ever judged). Every article
goes through the stages of the pipeline up to its frames, so that what is learnt is what will be met.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from schemas.extraction import DateRange
from services.extract.components.counts import Counts, find_counts
from services.extract.components.dates import find_dates, rank_dates
from services.extract.components.frames import build_frames
from services.extract.components.places.candidates import find_places
from services.extract.components.primary import primary_of
from services.extract.components.sites import find_sites
from services.extract.components.triggers import scan
from services.extract.components.views import own_candidates, own_counts
from services.extract.document import build_document
from services.extract.model import Candidate, Document, Frame
from services.extract.resources.gazetteer import Gazetteer
from tools.quality.muc4 import align
from tools.quality.parts import part_of
from tools.train.places_examples import article_of

Row = dict[str, Any]
KINDS = ("gva", "muc4", "contested", "own")


@dataclass(frozen=True)
class Answer:
    """What is right of one event; None where it was not labelled. `days` are accepted ISO days."""

    days: frozenset[str] | None = None
    killed: int | None = None
    injured: int | None = None


@dataclass(frozen=True)
class Example:
    """One event as the pipeline offers it to the rankers, and the right answers."""

    kind: str
    id: str
    half: int
    held_out: bool
    doc: Document
    frame: Frame
    dates: Sequence[Candidate[DateRange]]
    counts: Counts
    answer: Answer


@dataclass(frozen=True)
class _Read:
    doc: Document
    frames: tuple[Frame, ...]
    dates: tuple[Candidate[DateRange], ...]
    counts: Counts

    def example(
        self, kind: str, row: Row, frame: Frame, answer: Answer, *, held_out: bool = False
    ) -> Example:
        group = row.get("incident_id") or row["id"]
        return Example(
            kind, row["id"], part_of(group, 2), held_out, self.doc, frame,
            own_candidates(self.dates, frame), own_counts(self.counts, frame), answer,
        )  # fmt: skip


def examples(folder: Path, corpus: Path, gazetteer: Gazetteer) -> Iterator[Example]:
    """All examples of the data folder and of the project's own corpus."""
    for kind in ("gva", "contested"):
        for row in _rows(folder / f"{kind}.dev.jsonl"):
            yield from _main(kind, row, _ANSWERS[kind](row["gold"]), gazetteer)
    for row in _rows(folder / "muc4.dev.jsonl"):
        yield from _templates(row, gazetteer)
    gold = {row["id"]: row for row in _rows(corpus / "gold.jsonl")}
    for row in _rows(corpus / "articles.jsonl"):
        label = gold[row["id"]]
        yield from _main(
            "own", row | {"incident_id": label["incident_id"]}, _own(label), gazetteer,
            held_out=label["part"] == "held_out",
        )  # fmt: skip


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _read(row: Row, gazetteer: Gazetteer) -> _Read:
    doc = build_document(article_of(row))
    dates = tuple(find_dates(doc))
    frames = build_frames(doc, scan(doc), dates, find_sites(find_places(doc, gazetteer)))
    return _Read(doc, tuple(frames), dates, find_counts(doc))


def _main(
    kind: str, row: Row, answer: Answer, gazetteer: Gazetteer, *, held_out: bool = False
) -> Iterator[Example]:
    read = _read(row, gazetteer)
    index = primary_of(read.frames)
    if index is not None:
        yield read.example(kind, row, read.frames[index], answer, held_out=held_out)


def _templates(row: Row, gazetteer: Gazetteer) -> Iterator[Example]:
    """The events that the scorer would align to a template, each with the template's answers."""
    if not row["gold"]["templates"]:
        return
    read = _read(row, gazetteer)
    events = [_event(read, frame) for frame in read.frames]
    for pair in align(events, row["gold"]["templates"]).pairs:
        frame = next(f for f, event in zip(read.frames, events, strict=True) if event is pair.event)
        yield read.example("muc4", row, frame, _template_answer(pair.template))


def _event(read: _Read, frame: Frame) -> Row:
    ranked = rank_dates(read.doc, own_candidates(read.dates, frame), frame)
    day = ranked[0].value if ranked else None
    return {
        "relation": frame.relation.value,
        "stage": frame.stage.value,
        "event_type": frame.event_type.value if frame.event_type else None,
        "event_mode": frame.event_mode,
        "date": {"start": day.start.isoformat(), "end": day.end.isoformat()} if day else None,
    }


def _template_answer(template: Row) -> Answer:
    spans = [span for span in template["date_alternatives"] if span]
    days = frozenset(s["from"] for s in spans if s["from"] is not None and s["from"] == s["to"])
    return Answer(days or None, template["killed_derived"], template["injured_derived"])


def _gva(gold: Mapping[str, Any]) -> Answer:
    return Answer(frozenset({gold["date"]}), gold["killed"], gold["injured"])


def _contested(gold: Mapping[str, Any]) -> Answer:
    days = frozenset({gold["event_date"]}) if gold["event_date"] else None
    return Answer(days, gold["lead_killed"] or 0, gold["lead_injured"] or 0)


def _own(gold: Mapping[str, Any]) -> Answer:
    day = gold.get("date")
    return Answer(
        _days(day) if day is not None else None,
        _best(gold.get("killed")),
        _best(gold.get("injured")),
    )


def _days(span: Mapping[str, str]) -> frozenset[str]:
    """All days of a label: where only "last month" is said, any day in it is right."""
    first, last = date.fromisoformat(span["start"]), date.fromisoformat(span["end"])
    return frozenset((first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1))


def _best(figure: Mapping[str, int | None] | None) -> int | None:
    """The number that is right; 0 stands for "nothing said" too, None for not asked."""
    return None if figure is None else figure["best"] or 0


_ANSWERS = {"gva": _gva, "contested": _contested}
