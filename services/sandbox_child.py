"""The child of the sandbox: loads one task, then answers one request after the other.

Run as `python -m services.sandbox_child TARGET ARGUMENT MEMORY_MIB FD PARENT_PID`. Limits its own address
space, dies with its parent, leaves Ctrl-C to it, and keeps standard output free of what a task
prints. May import: the standard library, orjson, the plumbing; the task imports what it needs.
"""

import gc
import os
import resource
import signal
import socket
import sys
import traceback
from importlib import import_module
from typing import Protocol, cast

import orjson

from services.errors import Corruption, Permanent, Refused, Transient
from services.lifetime import dying_with_parent
from services.sandbox_frames import HEADER, Kind, pack
from services.settings import MIB

_BRANCHES = (Transient, Permanent, Corruption, Refused)


class Task(Protocol):
    """What a sandbox runs: says what it is, and turns a request into an answer, or raises."""

    @property
    def hello(self) -> bytes: ...

    def __call__(self, request: bytes) -> bytes: ...


def main(
    target: str, argument: str, memory_max_mib: int, channel: socket.socket, answers: socket.socket
) -> None:
    """Serve until the parent closes the channel."""
    os.dup2(2, 1)
    _limit_memory(memory_max_mib)
    try:
        task = load_task(target, argument)
    except Exception as error:  # noqa: BLE001 - the parent raises it
        answers.sendall(pack(Kind.RAISED, describe(error)))
        return
    gc.collect()
    gc.freeze()
    answers.sendall(pack(Kind.HELLO, task.hello))
    while (request := _read_request(channel)) is not None:
        answers.sendall(_answer(task, request))


def load_task(target: str, argument: str) -> Task:
    """The task that `module:function` makes of the argument."""
    module, _, function = target.partition(":")
    return cast("Task", getattr(import_module(module), function)(argument))


def describe(error: BaseException) -> bytes:
    """An error as the parent reads it: reason, one line, traceback, branch of the tree."""
    branch = next((kind.__name__ for kind in _BRANCHES if isinstance(error, kind)), "")
    return orjson.dumps(
        {
            "reason": "memory" if isinstance(error, MemoryError) else "raised",
            "error": _encodable(f"{type(error).__name__}: {error}"),
            "detail": _encodable("".join(traceback.format_exception(error))),
            "branch": branch,
        }
    )


def _answer(task: Task, request: bytes) -> bytes:
    try:
        return pack(Kind.RESULT, task(request))
    except (Exception, RecursionError, MemoryError) as error:  # noqa: BLE001 - the parent decides
        return pack(Kind.RAISED, describe(error))


def _read_request(channel: socket.socket) -> bytes | None:
    header = _read(channel, HEADER.size)
    if header is None:
        return None
    length, _kind = HEADER.unpack(header)
    return _read(channel, length)


def _read(channel: socket.socket, count: int) -> bytes | None:
    buffer = bytearray(count)
    view, filled = memoryview(buffer), 0
    while filled < count:
        received = channel.recv_into(view[filled:])
        if received == 0:
            return None
        filled += received
    return bytes(buffer)


def _limit_memory(memory_max_mib: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory_max_mib * MIB, memory_max_mib * MIB))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


if __name__ == "__main__":
    _target, _argument, _memory, _requests, _replies, _parent = sys.argv[1:7]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    dying_with_parent(signal.SIGKILL, parent=int(_parent))()
    with socket.socket(fileno=int(_requests)) as _channel, socket.socket(fileno=int(_replies)) as _answers:
        main(_target, _argument, int(_memory), _channel, _answers)
