"""Folds labelled articles through the `wirefold fold` command, and keeps the result in a cache.

The command is run as users run it, in a process of its own, so that no scorer can reach into the
pipeline. Labels are taken off first. A fold is reused only for the same articles, the same source
tree and the same WIREFOLD_ settings.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.errors import Permanent
from tools.quality.rows import Fold, Row, read_fold

_POSTED_KEYS = ("id", "url", "source", "published_at", "title", "text", "language", "byline")
_COMMAND = (sys.executable, "-c", "from services.cli.main import main; main()", "fold")
SOURCE_FOLDERS = ("schemas", "services")
_ERROR_LINES = 20


class FoldFailed(Permanent):
    """Raised when `wirefold fold` does not end with status 0; carries the end of what it said."""


@dataclass(frozen=True)
class Folder:
    """Folds rows into `cache`, with the code of `repository`."""

    repository: Path
    cache: Path
    workers: int
    settings: Sequence[tuple[str, str]]
    sources: str

    def fold(self, name: str, rows: Iterable[Row]) -> Fold:
        """The fold of the rows, in their order; `name` only makes the cache readable.

        Raises FoldFailed where the command fails, and also where it skips a line: labelled data
        has no bad lines, so one that is refused is a fault.
        """
        lines = "".join(posted_line(row) for row in rows)
        out = self.cache / f"{name}-{self._key(lines)}"
        if not (out / "summary.json").is_file():
            self._run(lines, out)
        return read_fold(out)

    def _key(self, lines: str) -> str:
        parts = (lines, self.sources, json.dumps(sorted(self.settings)))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    def _run(self, lines: str, out: Path) -> None:
        out.mkdir(parents=True, exist_ok=True)
        source = out / "input.jsonl"
        source.write_text(lines, encoding="utf-8")
        command = [*_COMMAND, str(source), "--out", str(out), "--workers", str(self.workers)]
        done = subprocess.run(command, cwd=self.repository, capture_output=True, text=True, check=False)
        if done.returncode:
            said = "\n".join(done.stderr.splitlines()[-_ERROR_LINES:])
            raise FoldFailed(f"wirefold fold ended with status {done.returncode}:\n{said}")


def make_folder(repository: Path, cache: Path, workers: int) -> Folder:
    """A folder for the source tree and the WIREFOLD_ settings as they are now."""
    settings = [(key, value) for key, value in os.environ.items() if key.startswith("WIREFOLD_")]
    return Folder(repository, cache, workers, settings, source_hash(repository))


def posted_line(row: Row) -> str:
    """The article as a line of input, without its labels."""
    return json.dumps({key: row[key] for key in _POSTED_KEYS if key in row}, ensure_ascii=False) + "\n"


def source_hash(repository: Path) -> str:
    """One SHA-256 over every file of the code and its resources, by path and content."""
    total = hashlib.sha256()
    for folder in SOURCE_FOLDERS:
        for path in sorted((repository / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                total.update(str(path.relative_to(repository)).encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def articles_per_second(folder: Path) -> float | None:
    """The speed that a fold's summary states, or None where it states none."""
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    value = summary.get("articles_per_second")
    return float(value) if isinstance(value, int | float) else None
