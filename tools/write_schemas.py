"""Write the JSON Schema of each message and record to `schemas/versions/`, one file a version.

`python -m tools.write_schemas` adds what is missing and says what differs; a published version is never
overwritten but with `--force`, since a change of a contract needs a new version. A test compares the files
with the models.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from schemas.article import RawArticle
from schemas.command import CommandAnswer, StoreCommand
from schemas.envelope import CloudEvent
from schemas.extraction import ArticleExtraction, ExtractionFailure
from schemas.incident import IncidentRecord, IncidentUpdate

FOLDER: Final = Path(__file__).parents[1] / "schemas" / "versions"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
CLOUD_EVENT_VERSION: Final = 1

CONTRACTS: Final[dict[str, tuple[type[BaseModel], int]]] = {
    "raw_article": (RawArticle, RawArticle.SCHEMA_VERSION),
    "article_extraction": (ArticleExtraction, ArticleExtraction.SCHEMA_VERSION),
    "extraction_failure": (ExtractionFailure, ExtractionFailure.SCHEMA_VERSION),
    "incident_record": (IncidentRecord, IncidentRecord.SCHEMA_VERSION),
    "incident_update": (IncidentUpdate, IncidentUpdate.SCHEMA_VERSION),
    "store_command": (StoreCommand, StoreCommand.SCHEMA_VERSION),
    "command_answer": (CommandAnswer, CommandAnswer.SCHEMA_VERSION),
    "cloud_event": (CloudEvent, CLOUD_EVENT_VERSION),
}
"""File name → (model, its current version)."""


def expected_files() -> dict[Path, str]:
    """The files of the current versions, with their text."""
    return {
        FOLDER / f"{name}.v{version}.json": schema_text(model) for name, (model, version) in CONTRACTS.items()
    }


def schema_text(model: type[BaseModel]) -> str:
    """The JSON Schema of what the model writes, as text with sorted keys."""
    schema: dict[str, Any] = {"$schema": DIALECT, **model.model_json_schema(mode="serialization")}
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write the missing files; 1 where a published one differs and `--force` was not given."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    differing = 0
    for path, text in expected_files().items():
        if path.exists() and path.read_text(encoding="utf-8") != text and "--force" not in arguments:
            print(f"{path.name} differs from its model: add a version and an upcaster, or use --force")
            differing = 1
            continue
        path.write_text(text, encoding="utf-8")
    return differing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
