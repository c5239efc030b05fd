"""Keeps the processes of one machine's stack running: starts, restarts, stops them together.

A child that ends on its own is restarted after a pause; one that keeps failing ends the stack. On
Linux every child dies with this process, whatever ends it.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.errors import Transient
from services.lifetime import dying_with_parent

STOP_GRACE_S: Final = 20.0
RESTART_PAUSE_S: Final = 0.5
RESTARTS_MAX: Final = 20
"""A worker that fails more often than this within `RESTART_WINDOW_S` ends the stack."""
RESTART_WINDOW_S: Final = 120.0
POLL_S: Final = 0.1


@dataclass(slots=True)
class Child:
    """One supervised process and when it was restarted."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes]
    restarts: list[float] = field(default_factory=list)


def wirefold_command(*arguments: str) -> list[str]:
    """The command line that runs `wirefold` in this interpreter."""
    return [sys.executable, "-m", "services.cli.main", *arguments]


def service_command(name: str) -> list[str]:
    """The command line that runs one service, without loading the rest of the command line."""
    return [sys.executable, "-m", "services.cli.service", name]


class Supervisor:
    """Runs named commands until asked to stop; `report` gets one line for what happens to a child."""

    def __init__(self, environment: Mapping[str, str], report: Callable[[str], None]) -> None:
        self._environment = dict(environment)
        self._report = report
        self._children: list[Child] = []
        self._stopping = False

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a child; it is restarted when it ends on its own."""
        self._children.append(Child(name, command, self._spawn(command)))

    def request_stop(self, *_: object) -> None:
        """Ask for the end; safe to call from a signal handler."""
        self._stopping = True

    @property
    def stopping(self) -> bool:
        return self._stopping

    def watch(self) -> None:
        """Keep the children alive until a stop is asked for. Raises Transient if one keeps failing."""
        while not self._stopping:
            self.check()
            time.sleep(POLL_S)

    def check(self) -> None:
        """Restart what has ended. Raises Transient if a child keeps failing."""
        for child in self._children:
            status = child.process.poll()
            if status is not None and not self._stopping:
                self._restart(child, status)

    def stop(self) -> None:
        """End all children, the last started first: SIGTERM, then SIGKILL after a grace."""
        self._stopping = True
        for child in reversed(self._children):
            if child.process.poll() is None:
                child.process.terminate()
        deadline = time.monotonic() + STOP_GRACE_S
        for child in reversed(self._children):
            self._await(child, deadline)

    def _await(self, child: Child, deadline: float) -> None:
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._report(f"{child.name} did not stop in time and was killed")
            child.process.kill()
            child.process.wait()

    def _restart(self, child: Child, status: int) -> None:
        now = time.monotonic()
        child.restarts = [at for at in child.restarts if now - at < RESTART_WINDOW_S] + [now]
        if len(child.restarts) > RESTARTS_MAX:
            raise Transient(f"{child.name} keeps failing (last status {status})")
        self._report(f"{child.name} ended with status {status}; restarting")
        time.sleep(RESTART_PAUSE_S)
        child.process = self._spawn(child.command)

    def _spawn(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own command line
            list(command),
            env=self._environment,
            stdin=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C goes to the parent, which stops its children in order
            preexec_fn=dying_with_parent(),  # noqa: PLW1509 - one system call, no locks
        )
