"""Lifetimes of processes: children that end with their parent, and processes known again by number.

A process number alone is reused by the system, so a process is known by its number and its start time.
May import: the standard library, `services.clock`.
"""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from services.clock import SystemClock

_PR_SET_PDEATHSIG: Final = 1
"""From linux/prctl.h: the signal a process gets when its parent dies."""

_POLL_S: Final = 0.02


@dataclass(frozen=True, slots=True)
class ProcessMark:
    """A process's number and start time (clock ticks since boot; None where the system has no /proc)."""

    pid: int
    started_ticks: int | None

    @classmethod
    def of(cls, pid: int) -> Self:
        return cls(pid, _started_ticks(pid))

    @property
    def alive(self) -> bool:
        """Whether this very process still runs; a zombie does not."""
        if self.started_ticks is not None:
            return _started_ticks(self.pid) == self.started_ticks and _state(self.pid) not in "ZX"
        try:
            os.kill(self.pid, 0)
        except (ProcessLookupError, PermissionError):
            return False
        return True

    def end(self, grace_s: float) -> bool:
        """Ask the process to stop, and kill it after `grace_s`; whether it had to be killed."""
        _signal(self.pid, signal.SIGTERM)
        if self.wait(grace_s):
            return False
        _signal(self.pid, signal.SIGKILL)
        self.wait(grace_s)
        return True

    def wait(self, limit_s: float) -> bool:
        """Wait until the process is gone; False after `limit_s`."""
        clock = SystemClock()
        deadline = clock.monotonic() + limit_s
        while self.alive:
            if clock.monotonic() > deadline:
                return False
            time.sleep(_POLL_S)
        return True


def dying_with_parent(
    signal_number: int = signal.SIGTERM, *, parent: int | None = None
) -> Callable[[], None]:
    """What a child calls to be told of its parent's death (`preexec_fn`, or first of all by itself).

    Linux tells it when the *thread* that started it ends, so start children from the main thread.
    Elsewhere it does nothing; there the parent must find and end what it left behind.
    """
    expected = parent or os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def arrange() -> None:
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, signal_number)
            if os.getppid() != expected:
                os.kill(os.getpid(), signal_number)

    return arrange


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _started_ticks(pid: int) -> int | None:
    fields = _stat(pid)
    return int(fields[19]) if fields else None


def _state(pid: int) -> str:
    fields = _stat(pid)
    return fields[0] if fields else "X"


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name, which may hold spaces (proc(5): state is first)."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()
