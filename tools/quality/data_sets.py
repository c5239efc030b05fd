"""Where the labelled data lies, and its hashes. The project's own corpus is always there.

The development data belongs to its publishers and is no part of the project: it is looked for beside
the repository (`../shared`) or where `WIREFOLD_DEV_DATA` says (a folder holding `data/` and `seeds/`).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
OWN, SAMPLES = "own", "samples"


@dataclass(frozen=True)
class DataSet:
    """A named set: the file that is folded first, its labels (if apart) after it; relative paths."""

    name: str
    files: tuple[str, ...]


SETS = (
    DataSet("gva", ("data/gva.dev.jsonl",)),
    DataSet("muc4", ("data/muc4.dev.jsonl",)),
    DataSet("ecbplus", ("data/ecbplus.dev.jsonl",)),
    DataSet("contested", ("data/contested.dev.jsonl", "data/contested.dev.incidents.jsonl")),
    DataSet("seeds", ("seeds/articles.jsonl",)),
    DataSet(SAMPLES, ("samples/articles.jsonl",)),
    DataSet(OWN, ("tests/quality/corpus/articles.jsonl", "tests/quality/corpus/gold.jsonl")),
)


@dataclass(frozen=True)
class Found:
    """A data set with the paths of its files, which exist."""

    name: str
    paths: tuple[Path, ...]


def development_root(environ: Mapping[str, str], repository: Path = REPOSITORY) -> Path | None:
    """The folder of the development data, or None where there is none."""
    folder = Path(environ.get("WIREFOLD_DEV_DATA") or repository.parent / "shared")
    return folder if folder.is_dir() else None


def locate(root: Path | None, repository: Path = REPOSITORY) -> tuple[list[Found], list[str]]:
    """The data sets that are there, and the names of those that are not."""
    found, absent = [], []
    for data_set in SETS:
        base = repository if data_set.name in (OWN, SAMPLES) else root
        paths = tuple(base / file for file in data_set.files) if base else ()
        if paths and all(path.is_file() for path in paths):
            found.append(Found(data_set.name, paths))
        else:
            absent.append(data_set.name)
    return found, absent


def file_hashes(found: Iterable[Found]) -> dict[str, str]:
    """SHA-256 (hex) by `set/file name`."""
    return {f"{s.name}/{path.name}": sha256_of(path) for s in found for path in s.paths}


def sha256_of(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
