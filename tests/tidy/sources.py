"""What the tidy tests read: the project's own files, and modules as syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
LEFT_OUT: Final = {".git", ".venv", "build", "dist", "__pycache__", ".cache"}
"""Folders that are never part of the project, for a copy without git."""


@dataclass(frozen=True)
class Module:
    """A module of the project: its path from the root, its text and its tree."""

    path: str

    @cached_property
    def text(self) -> str:
        return (ROOT / self.path).read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    def calls(self) -> Iterator[tuple[int, str]]:
        """Every call by line, as written: `print`, `time.monotonic`, `datetime.now`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node.lineno, ast.unparse(node.func)

    def functions(self) -> Iterator[tuple[str, int]]:
        """Every function by name, with its length in lines."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def modules(*folders: str) -> list[Module]:
    """The modules below folders, in the order of their paths."""
    return [Module(path) for path in project_files() if path.endswith(".py") and path.startswith(folders)]


def project_files() -> list[str]:
    """Every file of the project: what git holds or would add, else what lies there."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        listed = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if not LEFT_OUT & set(path.parts)]
    return sorted(path for path in listed if (ROOT / path).is_file())
