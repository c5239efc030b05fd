"""Writes docs/openapi-ingest.json and docs/openapi-query.json from the services; `--check` only compares."""

import json
import sys
from pathlib import Path
from typing import Final

from services.ingest.openapi import openapi_document as ingest_document
from services.store.query.openapi import openapi_document as query_document

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"


def expected_files() -> dict[Path, str]:
    """The files, with their text."""
    documents = {"openapi-ingest.json": ingest_document(), "openapi-query.json": query_document()}
    return {
        DOCS / name: json.dumps(document, indent=1, ensure_ascii=False) + "\n"
        for name, document in documents.items()
    }


def main(arguments: list[str]) -> int:
    """Write the files, or with `--check` say which differ."""
    differing = 0
    for path, text in expected_files().items():
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            print(f"{path.name} differs from what runs: python -m tools.write_openapi")
            differing = 1
    return differing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
