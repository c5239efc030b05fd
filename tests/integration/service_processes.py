"""Services as real processes, for tests that kill them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.settings import PREFIX, Settings

_RUN = (
    "import sys; from {module} import run; from services.settings import Settings; sys.exit(run(Settings()))"
)


def environment(settings: Settings) -> dict[str, str]:
    """The variables that give a process these settings."""
    given = {name: getattr(settings, name) for name in settings.model_fields_set}
    own = {PREFIX + name.upper(): _written(value) for name, value in given.items()}
    return {**os.environ, **own, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def _written(value: object) -> str:
    return value.get_secret_value() if hasattr(value, "get_secret_value") else str(value)


@contextmanager
def service(module: str, settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """A running service; ended by its number when the test is done."""
    command = [sys.executable, "-c", _RUN.format(module=module)]
    process = subprocess.Popen(command, env=environment(settings), stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def kill(process: subprocess.Popen[bytes]) -> None:
    """`kill -9`."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def terminate(process: subprocess.Popen[bytes], limit_s: float = 15.0) -> int:
    """SIGTERM; the exit status."""
    process.terminate()
    return process.wait(limit_s)


def children_of(pid: int) -> list[int]:
    """The numbers of a process's children, from /proc."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in children.split()]
