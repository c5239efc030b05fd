"""kill -9 of any process at any point: nothing accepted is lost, nothing is done twice, no orphan stays."""

import json
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.running import RunningStack, eventually, running

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

TOWNS = ("Kumasi", "Tamale", "Lokoja", "Arusha", "Gulu", "Beira", "Mopti", "Zinder", "Kassala", "Gondar")
SERVICES = ("server", "ingest", "extract", "store", "query")


def report(number: int) -> dict[str, Any]:
    """An invented report of an accident of its own."""
    town, day = TOWNS[number % len(TOWNS)], 1 + number % 28
    killed = 2 + number % 7
    return {
        "id": f"crash-{number}",
        "source": f"Daily {number % 13}",
        "published_at": f"2023-{1 + number % 12:02}-{day:02}",
        "title": f"Bus crash kills {killed} near {town}",
        "text": f"{town} - A bus left the road near {town} on kilometre {number}, killing {killed} people, police said.",
    }


def post_patiently(stack: RunningStack, articles: list[dict[str, Any]]) -> list[str]:
    """Post until accepted, as a careful client does; the ids that were accepted."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            response = stack.post(*articles)
        except httpx.TransportError:
            time.sleep(0.05)
            continue
        if response.status_code in (200, 202):
            return [one["id"] for one in response.json()["articles"]]
        time.sleep(0.05)
    raise AssertionError("never accepted")


@pytest.mark.timeout(300)
def test_after_a_kill_of_each_process_in_turn_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with running(folder, min_idle_ms="1000", reclaim_interval_ms="200", lease_ttl_ms="2000") as stack:
        accepted: list[str] = []
        stop = threading.Event()

        def client() -> None:
            number = 0
            while not stop.is_set():
                accepted.extend(post_patiently(stack, [report(number + i) for i in range(5)]))
                number += 5
                time.sleep(0.02)

        thread = threading.Thread(target=client)
        thread.start()
        for service in SERVICES:
            time.sleep(1.0)
            for pid in stack.children()[service]:
                os.kill(pid, signal.SIGKILL)
            eventually(lambda name=service: stack.children().get(name), 60)  # type: ignore[misc]
        time.sleep(1.0)
        stop.set()
        thread.join()
        stack.extracted(len(set(accepted)))
        stats = stack.read("/v1/stats")
        assert stats["articles"] == len(set(accepted))
        assert stats["extractions_failed"] == 0
        verified = stack.run("verify", "--json")
        assert verified.returncode == 0, verified.stderr
        assert stack.stop() == 0
    counted = _facts(folder)
    assert counted == {"ArticleRecorded": len(set(accepted)), "EventsExtracted": len(set(accepted))}


def _facts(folder: Path) -> dict[str, int]:
    """How often the log tells of an article and of an extraction."""
    import sqlite3

    with sqlite3.connect(folder / "wirefold.sqlite3") as database:
        rows = database.execute(
            "SELECT type, count(*) FROM events WHERE type IN ('ArticleRecorded', 'EventsExtracted') GROUP BY type"
        )
        return dict(rows.fetchall())


def test_a_killed_stack_leaves_no_process_and_starts_again_on_its_data(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with running(folder) as stack:
        stack.post(report(1))
        stack.extracted(1)
        before = stack.read("/v1/stats")
        os.kill(stack.process.pid, signal.SIGKILL)
        stack.process.wait(30)
        eventually(lambda: not stack.children() or None, 30)
    with running(folder) as again:
        assert again.read("/v1/stats") == before
        assert again.stop() == 0
        eventually(lambda: not again.children() or None, 30)


def test_a_second_stack_on_the_same_folder_is_refused_clearly(stack: RunningStack) -> None:
    ports = {"WIREFOLD_INGEST_PORT": "0", "WIREFOLD_QUERY_PORT": "0"}
    second = RunningStack(stack.data_dir, "", "", {**stack.environment, **ports}, stack.process).run("up")
    assert second.returncode == 2
    assert "refused" in second.stderr
    assert json.dumps(str(stack.data_dir)).strip('"') in second.stderr.replace("\n", "")
