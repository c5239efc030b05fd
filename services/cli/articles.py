"""Articles from files, folders and standard input, one at a time with where they came from."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from services.errors import Refused

SUFFIXES = (".jsonl", ".ndjson", ".json")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of input: where it stands, and its article or why it has none."""

    where: str
    article: dict[str, Any] | None
    error: str | None = None


def read_articles(inputs: list[str]) -> Iterator[Line]:
    """All articles of the inputs, in order; `-` is standard input. Raises Refused for a missing path."""
    for name in inputs:
        if name == "-":
            yield from _lines(sys.stdin, "-")
        else:
            yield from _from_path(Path(name))


def _from_path(path: Path) -> Iterator[Line]:
    if path.is_dir():
        for child in sorted(path.iterdir()):
            if child.suffix in SUFFIXES:
                yield from _from_path(child)
        return
    if not path.is_file():
        raise Refused(f"{path}: no such file or folder")
    with path.open(encoding="utf-8", errors="surrogateescape") as file:
        if path.suffix == ".json":
            yield from _whole(file.read(), str(path))
        else:
            yield from _lines(file, str(path))


def _whole(text: str, name: str) -> Iterator[Line]:
    try:
        value = json.loads(text)
    except ValueError:
        yield from _each(text.split("\n"), name)
        return
    for number, item in enumerate(value if isinstance(value, list) else [value], start=1):
        yield _checked(item, f"{name}:{number}")


def _lines(file: TextIO, name: str) -> Iterator[Line]:
    yield from _each(file, name)


def _each(lines: Any, name: str) -> Iterator[Line]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _parsed(line, f"{name}:{number}")


def _parsed(line: str, where: str) -> Line:
    try:
        return _checked(json.loads(line), where)
    except (ValueError, RecursionError) as error:
        return Line(where, None, f"not JSON: {error}")


def _checked(item: Any, where: str) -> Line:
    if not isinstance(item, dict):
        return Line(where, None, "not a JSON object")
    return Line(where, item)
