"""The process of the embedded server: starting it safely on its data, and ending it.

Data lies in `<data_dir>/redis`; the append-only file is on, written to disk at every command by
default; it listens on a UNIX socket in that folder (or a loopback port), nowhere else. A lock on the
folder refuses a second server; the server ends with its parent, and one left behind all the same is
found by its mark and ended at the next start. May import: the standard library, redis, the plumbing.
"""

import fcntl
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from services.clock import SystemClock
from services.embedded_program import find_server_program
from services.errors import Refused, Transient
from services.lifetime import ProcessMark, dying_with_parent
from services.logs import get_logger
from services.settings import MIB, Durability, Settings

_SOCKET_PATH_MAX: Final = 100
"""Bytes of a UNIX socket's path: sun_path holds 108 on Linux, 104 elsewhere."""
_LOG_BYTES_MAX: Final = 10 * MIB
_POLL_S: Final = 0.02
_log = get_logger(__name__)


class DataFolderTaken(Refused):
    """Raised when another process runs the embedded server of this data folder."""


class ServerDidNotStart(Transient):
    """Raised when the server ended or gave no answer in time; the message ends with its last log lines."""


class EmbeddedServer:
    """One server on one data folder. Start it from the main thread; use it as a context manager."""

    def __init__(self, settings: Settings, program: Path | None = None) -> None:
        self._settings = settings
        self._program = program
        self._folder = server_folder(settings)
        self._lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0
        self.url = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def alive(self) -> bool:
        """Whether the server runs (it may still be loading)."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def start(self) -> str:
        """Start the server, or start it again after it died; its URL, once it answers.

        Raises DataFolderTaken, NoServerProgram, ServerDidNotStart.
        """
        program = self._program or find_server_program()
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._take_lock()
        try:
            self._end_orphan()
            self._launch(program)
            self._wait_until_serving()
        except BaseException:
            self.stop()
            raise
        _log.info("embedded server started", program=str(program), pid=self.pid, folder=str(self._folder))
        return self.url

    def restart(self) -> None:
        """Start the server again on the same address after it died. Raises ServerDidNotStart."""
        self._launch(self._program or find_server_program())
        self._wait_until_serving()

    def stop(self) -> None:
        """Stop the server, wait until it has written its data, and release the folder."""
        if self._process is not None:
            self._end_process(self._process)
            self._process = None
        if self._lock is not None:
            (self._folder / "url").unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None

    def _end_process(self, process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(self._settings.embedded_stop_max_ms / 1000)
        except subprocess.TimeoutExpired:
            _log.warning("embedded server killed", pid=process.pid)
            process.kill()
            process.wait()
        self._mark_file.unlink(missing_ok=True)

    def _take_lock(self) -> None:
        """Lock the folder; the system releases it when this process ends, however it ends."""
        if self._lock is not None:
            return
        lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.pread(lock, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(lock)
            raise DataFolderTaken(
                f"the data folder {self._settings.data_dir} is in use by process {owner}: stop that one, or "
                "choose another folder with WIREFOLD_DATA_DIR"
            ) from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
        self._lock = lock

    @property
    def _mark_file(self) -> Path:
        return self._folder / "server.json"

    def _end_orphan(self) -> None:
        """End a server that an earlier `up` left behind: two on one append-only file would ruin it."""
        try:
            mark = ProcessMark(**json.loads(self._mark_file.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return
        if mark.alive:
            _log.warning("ending a server left behind", pid=mark.pid)
            mark.end(self._settings.embedded_stop_max_ms / 1000)
        self._mark_file.unlink(missing_ok=True)

    def _launch(self, program: Path) -> None:
        listen = self._listen()
        log = self._folder / "server.log"
        if log.exists() and log.stat().st_size > _LOG_BYTES_MAX:
            log.replace(self._folder / "server.log.1")
        with log.open("ab") as lines:
            self._process = subprocess.Popen(  # noqa: S603 - our own arguments
                [str(program), *_server_options(self._settings), *listen],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=lines,
                stderr=subprocess.STDOUT,
                process_group=0,  # Ctrl-C reaches the parent alone, which stops the server last
                preexec_fn=dying_with_parent(),  # noqa: PLW1509 - `up` starts it before any thread
            )
        mark = ProcessMark.of(self._process.pid)
        self._mark_file.write_text(
            json.dumps({"pid": mark.pid, "started_ticks": mark.started_ticks}), encoding="utf-8"
        )

    def _listen(self) -> list[str]:
        """The options that say where to listen; sets the URL, once for the life of this object."""
        path = self._folder / "server.sock"
        if self._settings.embedded_port == 0 and len(os.fsencode(path)) <= _SOCKET_PATH_MAX:
            path.unlink(missing_ok=True)
            self.url = f"unix://{quote(str(path))}"
            return ["--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"]
        self._port = self._port or self._settings.embedded_port or _free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"
        return ["--bind", "127.0.0.1", "--port", str(self._port)]

    def _wait_until_serving(self) -> None:
        clock = SystemClock()
        deadline = clock.monotonic() + self._settings.embedded_start_max_ms / 1000
        while self.alive and clock.monotonic() < deadline:
            if _answers(self.url):
                (self._folder / "url").write_text(self.url + "\n", encoding="utf-8")
                return
            time.sleep(_POLL_S)
        raise ServerDidNotStart(f"the embedded server did not start: {self._last_log_lines()}")

    def _last_log_lines(self) -> str:
        lines = (self._folder / "server.log").read_text(encoding="utf-8", errors="replace").splitlines()
        return " | ".join(line.strip() for line in lines[-3:])


def server_folder(settings: Settings) -> Path:
    """Where the embedded server keeps its data."""
    return settings.data_dir.absolute() / "redis"


def _server_options(settings: Settings) -> list[str]:
    fsync = "no" if settings.embedded_fsync is Durability.NONE else settings.embedded_fsync.value
    options = {
        "dir": ".",
        "appendonly": "yes",
        "appendfsync": fsync,
        "aof-load-truncated": "yes",  # a torn last write was never answered; damage elsewhere is refused
        "save": "",
        "daemonize": "no",
        "databases": "1",
        "protected-mode": "yes",
        "maxmemory-policy": "noeviction",
    }
    return [part for name, value in options.items() for part in (f"--{name}", value)]


def _answers(url: str) -> bool:
    client = redis.Redis.from_url(url, socket_timeout=1, retry=Retry(NoBackoff(), 0))
    try:
        return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        client.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
