"""Labelled articles as training examples of place ranking: feature rows, and which of them are right.

Data sets: `gva` (city and state of US incidents), `muc4` (country and finer places, Latin America),
`contested` and the project's own corpus (towns and villages of the world). Right is every candidate
that has the gold's name in the gold's region or country; where none has, "none" (the last row) is.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.article import RawArticle, Source
from schemas.taxonomy import Relation
from services.extract.components.dates import find_dates
from services.extract.components.frames import build_frames
from services.extract.components.places.candidates import find_places
from services.extract.components.places.rank import feature_rows
from services.extract.components.places.values import PlaceCandidate, PlaceTable
from services.extract.components.primary import primary_of
from services.extract.components.sites import find_sites
from services.extract.components.triggers import scan
from services.extract.components.views import own_places
from services.extract.document import build_document
from services.extract.model import Document, Frame
from services.extract.resources.gazetteer import Gazetteer, Kind
from services.extract.resources.gazetteer.names import loose_key, name_key
from services.ingest.identity import domain_of

Row = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """One article's list: `rows` of features (the last is "none"), the right ones, what they stand for."""

    data: str
    half: int
    held_out: bool
    rows: list[dict[str, float]]
    right: frozenset[int]
    doc: Document
    frame: Frame
    table: PlaceTable
    gold: Row

    @property
    def is_coarse(self) -> bool:
        """Whether all right answers are countries."""
        gazetteer, listed = self.table.gazetteer, self.table.candidates
        entities = [listed[n].entity for n in self.right if n < len(listed)]
        return bool(entities) and all(e is not None and gazetteer.kind(e) is Kind.COUNTRY for e in entities)


def examples(folder: Path, corpus: Path, gazetteer: Gazetteer) -> Iterator[Example]:
    """All examples of the data folder and of the project's own corpus."""
    for name in ("gva", "muc4", "ecbplus", "contested"):
        rows = _read(folder / f"{name}.dev.jsonl")
        for row in rows:
            yield from _example(name, row, row["gold"], row.get("incident_id") or row["id"], gazetteer)
    gold = {row["id"]: row for row in _read(corpus / "gold.jsonl")}
    for row in _read(corpus / "articles.jsonl"):
        yield from _example("own", row, gold[row["id"]], gold[row["id"]]["incident_id"], gazetteer)


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def half_of(group: str) -> int:
    """The half of an incident, so that reports of one stay together."""
    return int(hashlib.sha256(f"proto:{group}".encode()).hexdigest(), 16) % 2


def _example(data: str, row: Row, gold: Row, group: str, gazetteer: Gazetteer) -> Iterator[Example]:
    if data == "muc4" and not gold["templates"]:
        return
    if data == "ecbplus" and not gold["annotated_mentions"]["locations"]:
        return
    doc = build_document(article_of(row))
    places = find_places(doc, gazetteer)
    frame = main_frame(doc, places)
    if frame is None:
        return
    table = own_places(doc, places, frame)
    rows = feature_rows(doc, table, frame)
    right = frozenset(_LABELS[data](table, gold)) or frozenset({len(rows) - 1})
    held_out = gold.get("part") == "held_out"
    yield Example(data, half_of(group), held_out, rows, right, doc, frame, table, gold)


def article_of(row: Row) -> RawArticle:
    """A labelled row as the article that would be posted."""
    day = row.get("published_at")
    moment = datetime.fromisoformat(day) if day else datetime(2000, 1, 1, tzinfo=UTC)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    url = row.get("url")
    return RawArticle(
        id=row["id"],
        content_hash="0" * 64,
        url=url,
        source=Source(name=row.get("source"), domain=domain_of(url) if url else None),
        title=row.get("title"),
        text=row["text"],
        published_at=moment if day else None,
        received_at=moment,
    )


def main_frame(doc: Document, places: PlaceTable) -> Frame | None:
    """The frame of the event that an article is mainly about, as the pipeline finds it."""
    frames = build_frames(doc, scan(doc), find_dates(doc), find_sites(places))
    index = primary_of(frames)
    if index is None:
        return None
    return next((frame for frame in frames if frame.relation is Relation.MAIN), frames[index])


def _gva(table: PlaceTable, gold: Row) -> Iterator[int]:
    county = "(county)" in gold["city_or_county_raw"] or gold["city"].endswith("County")
    wanted = _city_key(gold["city"])
    for index, candidate in enumerate(table.candidates):
        where = candidate.entity if candidate.entity is not None else candidate.container
        if where is None or _region(where, table.gazetteer) != gold["state"]:
            continue
        kind = None if candidate.entity is None else table.gazetteer.kind(where)
        name = _city_key(_shown(candidate, table.gazetteer))
        if name == wanted and (kind in (None, Kind.PLACE) or (county and kind is Kind.SECOND)):
            yield index


def _city_key(name: str) -> str:
    key = re.sub(r" (?:county|parish)$", "", name_key(name))
    return re.sub(r"^mc (?=\w)", "mc", key)


def _region(entity: int, gazetteer: Gazetteer) -> str | None:
    region = gazetteer.region(entity)
    return None if region is None else gazetteer.name(region)


def _shown(candidate: PlaceCandidate, gazetteer: Gazetteer) -> str:
    return candidate.name.mentions[0].name if candidate.entity is None else gazetteer.name(candidate.entity)


def _muc4(table: PlaceTable, gold: Row) -> Iterator[int]:
    """The finest level of a template's location that any candidate has; parts of a city count with it."""
    for template in gold["templates"]:
        for location in re.split(r" / ", (template["location_raw"] or "").replace("(EL", "EL")):
            yield from _at_finest_level(table, location)


def _at_finest_level(table: PlaceTable, location: str) -> list[int]:
    levels = [_level(part) for part in location.split(":")]
    countries = {candidate_country(c, table) for c in _named(table, levels[0][0], frozenset({Kind.COUNTRY}))}
    for name, kind in reversed(levels[1:]):
        found = [
            index
            for index, c in enumerate(table.candidates)
            if _is_called(c, name)
            and (not countries or candidate_country(c, table) in {*countries, None})
            and (kind != "DEPARTMENT" or c.entity is None or table.gazetteer.kind(c.entity) is not Kind.PLACE)
            and (kind == "DEPARTMENT" or c.entity is None or table.gazetteer.kind(c.entity) is not Kind.FIRST)
        ]
        if found:
            return found
    return [
        i
        for i, c in enumerate(table.candidates)
        if c in _named(table, levels[0][0], frozenset({Kind.COUNTRY}))
    ]


def _level(part: str) -> tuple[str, str]:
    match = re.match(r"\s*\(?([^(]+?)\s*(?:\(([A-Z ]+)\))?\)?\s*(?:-.*)?$", part)
    return (name_key(match[1]), match[2] or "") if match else (name_key(part), "")


def _named(table: PlaceTable, key: str, kinds: frozenset[Kind]) -> list[PlaceCandidate]:
    return [
        c for c in table.candidates
        if c.entity is not None and table.gazetteer.kind(c.entity) in kinds
        and name_key(table.gazetteer.name(c.entity)) == key
    ]  # fmt: skip


def _is_called(candidate: PlaceCandidate, key: str) -> bool:
    return candidate.name.key == key or loose_key(candidate.name.key) == loose_key(key)


def candidate_country(candidate: PlaceCandidate, table: PlaceTable) -> str | None:
    """The country of what a candidate means, None for a name whose container is unknown."""
    where = candidate.entity if candidate.entity is not None else candidate.container
    return None if where is None else table.gazetteer.country(where)


def _contested(table: PlaceTable, gold: Row) -> Iterator[int]:
    name = name_key(re.sub(r"\b(?:al|el)-| city$", "", gold["place"].split(",")[0]))
    countries = {"SY", "AF", "GB", None}
    for index, candidate in enumerate(table.candidates):
        fits = name in candidate.name.key or loose_key(name) == loose_key(candidate.name.key)
        if fits and candidate_country(candidate, table) in countries and _is_local(candidate, table):
            yield index


def _is_local(candidate: PlaceCandidate, table: PlaceTable) -> bool:
    return candidate.entity is None or table.gazetteer.kind(candidate.entity) is Kind.PLACE


def _own(table: PlaceTable, gold: Row) -> Iterator[int]:
    if gold["place"] is None:
        return
    name = loose_key(name_key(gold["place"]["name"]))
    for index, candidate in enumerate(table.candidates):
        known = {candidate.name.key}
        if candidate.entity is not None:
            known.add(name_key(table.gazetteer.name(candidate.entity)))
        fits = name in {loose_key(key) for key in known}
        if (
            fits
            and candidate_country(candidate, table) == gold["place"]["country"]
            and _is_local(candidate, table)
        ):
            yield index


def _ecbplus(table: PlaceTable, gold: Row) -> Iterator[int]:
    """What the annotators marked as a location of the event, the finest first."""
    marked = [f" {name_key(text)} " for text in gold["annotated_mentions"]["locations"]]
    found = [
        index
        for index, candidate in enumerate(table.candidates)
        if candidate.name.mentions
        and any(f" {candidate.name.key} " in text for text in marked)
        and dict(candidate.features).get("first", 1.0)
        and _is_local(candidate, table)
    ]
    yield from found


_LABELS = {"ecbplus": _ecbplus, "gva": _gva, "muc4": _muc4, "contested": _contested, "own": _own}


def of(data: str, listed: Iterable[Example]) -> list[Example]:
    """The examples of one data set."""
    return [example for example in listed if example.data == data]
