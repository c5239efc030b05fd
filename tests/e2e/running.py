"""A whole stack as its user runs it: `wirefold up` as a process, spoken to over HTTP only."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx

from services.cli.stack import free_port
from services.cli.supervisor import wirefold_command

READY_WITHIN_S = 90.0
DONE_WITHIN_S = 60.0
T = TypeVar("T")


@dataclass(slots=True)
class RunningStack:
    """Where a stack answers, its data folder, and its supervising process."""

    data_dir: Path
    ingest: str
    query: str
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes]

    def post(self, *articles: Mapping[str, Any]) -> httpx.Response:
        body = "\n".join(json.dumps(article) for article in articles)
        headers = {"content-type": "application/x-ndjson"}
        return httpx.post(f"{self.ingest}/v1/articles", content=body.encode(), headers=headers, timeout=30)

    def get(self, path: str, **params: Any) -> httpx.Response:
        return httpx.get(f"{self.query}{path}", params=params, timeout=30)

    def read(self, path: str, **params: Any) -> Any:
        response = self.get(path, **params)
        assert response.status_code == 200, response.text
        return response.json()

    def extracted(self, count: int) -> None:
        """Wait until so many articles went through the pipeline."""
        eventually(lambda: self.read("/v1/stats")["articles_extracted"] >= count or None)

    def largest(self) -> dict[str, Any]:
        """The record with most articles."""
        item = self.read("/v1/incidents", sort="-articles", limit=1)["items"][0]
        record: dict[str, Any] = self.read(f"/v1/incidents/{item['id']}")
        return record

    def run(self, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
        """Another `wirefold` command on this stack's settings."""
        return subprocess.run(
            wirefold_command(*arguments), env=dict(self.environment), capture_output=True, text=True,
            timeout=120, check=False, **more,
        )  # fmt: skip

    def children(self) -> dict[str, list[int]]:
        """Process ids of the services by name, found by their command line."""
        found: dict[str, list[int]] = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and (name := self._service(folder)):
                found.setdefault(name, []).append(int(folder.name))
        return found

    def _service(self, folder: Path) -> str | None:
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            environment = (folder / "environ").read_bytes().decode(errors="replace")
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return None
        if state == "Z":
            return None
        if f"WIREFOLD_DATA_DIR={self.data_dir}\0" in environment + "\0" and "services.cli.service" in words:
            return words[words.index("services.cli.service") + 1]
        if str(self.data_dir) in " ".join(words) and "server" in words[0]:
            return "server"
        return "up" if f"WIREFOLD_DATA_DIR={self.data_dir}\0" in environment + "\0" else None

    def stop(self) -> int:
        """End the stack as Ctrl-C does; its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def eventually(look: Callable[[], T | None], within_s: float = DONE_WITHIN_S) -> T:
    """What `look` finds, once it finds something; fails after `within_s`."""
    deadline = time.monotonic() + within_s
    while True:
        try:
            found = look()
        except httpx.TransportError:
            found = None
        if found is not None:
            return found
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)


@contextmanager
def running(data_dir: Path, *arguments: str, **settings: str) -> Iterator[RunningStack]:
    """A stack on a folder, ready; whatever is left of it is killed at the end."""
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith("WIREFOLD_") or name == "WIREFOLD_CACHE_DIR"
        },
        "WIREFOLD_DATA_DIR": str(data_dir),
        "WIREFOLD_INGEST_PORT": str(free_port()),
        "WIREFOLD_QUERY_PORT": str(free_port()),
        **{f"WIREFOLD_{name.upper()}": value for name, value in settings.items()},
    }
    log = (data_dir.parent / f"{data_dir.name}.log").open("ab")
    process = subprocess.Popen(wirefold_command("up", *arguments), env=environment, stdout=log, stderr=log)
    stack = RunningStack(
        data_dir,
        f"http://127.0.0.1:{environment['WIREFOLD_INGEST_PORT']}",
        f"http://127.0.0.1:{environment['WIREFOLD_QUERY_PORT']}",
        environment,
        process,
    )
    try:
        eventually(lambda: _ready(stack), READY_WITHIN_S)
        yield stack
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)
        log.close()


def _ready(stack: RunningStack) -> bool | None:
    assert stack.process.poll() is None, "`wirefold up` ended"
    answers = [httpx.get(f"{url}/readyz", timeout=5) for url in (stack.ingest, stack.query)]
    return all(one.status_code == 200 for one in answers) or None
