"""Versioned resources of the extractor: lexicons, gazetteer, weights. Data and its readers; no rules."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

_HASHED: Final = (".txt", ".tsv", ".json", ".gz")


@cache
def fingerprint() -> str:
    """SHA-256 (hex) over the names and bytes of all packaged resources, in order of their names."""
    digest = hashlib.sha256()
    for name, file in _walk(files(__name__), ""):
        digest.update(name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_HASHED):
            yield prefix + entry.name, entry
