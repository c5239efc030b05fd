"""The documents as tests see them: fenced blocks by their info string, addresses put in their place."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.e2e.running import RunningStack

ROOT: Final = Path(__file__).resolve().parents[2]
FENCE: Final = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A page of the project, by its path from the root."""

    path: str

    @property
    def text(self) -> str:
        return (ROOT / self.path).read_text(encoding="utf-8")

    def blocks(self, info: str) -> list[str]:
        """The fenced blocks whose info string is `info`, top to bottom."""
        return [found[2] for found in FENCE.finditer(self.text) if found[1].strip() == info]

    def block_after(self, words: str, info: str) -> str:
        """The first block of this kind below some words."""
        below = self.text[self.text.index(words) :]
        return next(found[2] for found in FENCE.finditer(below) if found[1].strip() == info)


def documents() -> list[Document]:
    """README.md and the pages of docs/."""
    return [
        Document("README.md"),
        *(Document(f"docs/{one.name}") for one in sorted((ROOT / "docs").glob("*.md"))),
    ]


def addressed(commands: str, stack: RunningStack) -> str:
    """Commands with the default addresses replaced by those of a stack."""
    return commands.replace("http://127.0.0.1:8080", stack.ingest).replace(
        "http://127.0.0.1:8081", stack.query
    )
