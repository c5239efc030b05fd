"""The committed JSON Schemas are those of the models, and what the models write is valid by them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction, ExtractorId
from schemas.incident import IncidentRecord
from tools.write_schemas import CONTRACTS, FOLDER, expected_files

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
EXAMPLES: list[tuple[str, BaseModel]] = [
    ("raw_article", RawArticle(id="a", content_hash="0" * 64, text="words", received_at=NOON)),
    (
        "article_extraction",
        ArticleExtraction(
            article_id="a", content_hash="0" * 64, extractor=ExtractorId(name="x", version="1")
        ),
    ),
    ("incident_record", IncidentRecord(id="i", headline="something")),
]


@pytest.mark.parametrize("path", list(expected_files()), ids=lambda path: path.name)
def test_a_committed_schema_is_what_its_model_says(path: Path) -> None:
    """A difference means: add a version with its upcaster, then run `python -m tools.write_schemas`."""
    assert path.read_text(encoding="utf-8") == expected_files()[path]


def test_every_committed_schema_is_of_a_known_contract_and_no_newer_version() -> None:
    for path in FOLDER.glob("*.json"):
        name, version = path.stem.rsplit(".v", 1)
        assert int(version) <= CONTRACTS[name][1]


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_what_a_model_writes_is_valid_by_its_schema(name: str, example: BaseModel) -> None:
    schema = json.loads((FOLDER / f"{name}.v{CONTRACTS[name][1]}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(example.model_dump_json()))
