"""The sandbox: work on strangers' input in a child process that may be killed.

A hang, a crash or a memory bomb costs one request: the child is killed and started anew, and what was
behind it goes on. One child works on one request at a time; requests of a call are sent ahead so that
it never waits. The child (`services.sandbox_child`) dies with this process. May import: the standard
library, orjson, the plumbing. May not import: any service.
"""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import orjson

from services.errors import Refused
from services.logs import get_logger
from services.sandbox_frames import HEADER, HELLO, RAISED, Kind, pack
from services.settings import MIB

_log = get_logger(__name__)

_KILL_WAIT_S: Final = 5.0

ANSWER_BYTES_MAX: Final = 64 * MIB
"""A child whose answer is longer is taken for broken; an extraction has a few hundred KiB at most."""


class SandboxBroken(Refused):
    """Raised when the child cannot even start; the message is its own error."""


@dataclass(frozen=True, slots=True)
class SandboxLimits:
    """Limits of one request (time), of starting, and of the child's address space."""

    time_max_ms: int
    start_max_ms: int
    memory_max_mib: int


@dataclass(frozen=True, slots=True)
class Result:
    """What the task answered."""

    payload: bytes


@dataclass(frozen=True, slots=True)
class Broke:
    """Why there is no answer: raised, memory, timeout or crashed. `branch` is that of the error tree."""

    reason: str
    error: str
    detail: str = ""
    branch: str = ""


Reply: TypeAlias = Result | Broke


class Sandbox:
    """One child that runs one task, `module:function` called with `argument` in the child."""

    def __init__(self, target: str, argument: str, limits: SandboxLimits) -> None:
        self._command = (target, argument, str(limits.memory_max_mib))
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._answers: asyncio.StreamWriter | None = None

    async def start(self) -> bytes:
        """Start the child and wait until its task is loaded; what it says of itself.

        Call it from the main thread. Raises SandboxBroken.
        """
        await self.stop()
        await self._spawn()
        try:
            async with asyncio.timeout(self._limits.start_max_ms / 1000):
                kind, payload = await self._read_frame()
        except (TimeoutError, EOFError, OSError) as error:
            status = await self._kill()
            raise SandboxBroken(
                f"the child did not start (status {status}): {type(error).__name__}"
            ) from None
        if kind != HELLO:
            await self._kill()
            raise SandboxBroken(_broke(payload).detail)
        return payload

    async def run(self, requests: Sequence[bytes]) -> AsyncGenerator[Reply, None]:
        """Replies to the requests, in their order, each as soon as it is there."""
        answered = 0
        try:
            while answered < len(requests):
                if self._process is None:
                    await self.start()
                self._send(requests[answered:])
                async for reply in self._replies(len(requests) - answered):
                    answered += 1
                    yield reply
        finally:
            if answered < len(requests):
                await self._kill()  # else its late replies would be taken for those of the next call

    async def _replies(self, count: int) -> AsyncGenerator[Reply, None]:
        """Up to `count` replies; fewer where the child had to be killed after the last one."""
        for _ in range(count):
            reply = await self._reply()
            alive = isinstance(reply, Result) or reply.reason == "raised"
            if not alive:
                await self._kill()
            yield reply
            if not alive:
                return

    async def _reply(self) -> Reply:
        try:
            async with asyncio.timeout(self._limits.time_max_ms / 1000):
                kind, payload = await self._read_frame()
        except TimeoutError:
            return Broke("timeout", f"no answer within {self._limits.time_max_ms} ms")
        except (EOFError, OSError):
            status = await self._kill()
            return Broke("crashed", f"the process that worked on it ended with status {status}")
        return _broke(payload) if kind == RAISED else Result(payload)

    def _send(self, requests: Sequence[bytes]) -> None:
        assert self._writer is not None
        for request in requests:
            self._writer.write(pack(Kind.REQUEST, request))

    async def _read_frame(self) -> tuple[int, bytes]:
        assert self._reader is not None
        length, kind = HEADER.unpack(await self._reader.readexactly(HEADER.size))
        if length > ANSWER_BYTES_MAX:
            raise EOFError(f"an answer of {length} bytes")
        return kind, await self._reader.readexactly(length)

    async def _spawn(self) -> None:
        """Start the child with two channels: requests to it, answers from it.

        One for both would lose answers: a child that dies with requests unread resets the connection,
        and asyncio then drops what had arrived but was not read yet.
        """
        (ours, childs), (answers, childs_answers) = socket.socketpair(), socket.socketpair()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program; returns at once
                [
                    sys.executable,
                    "-m",
                    "services.sandbox_child",
                    *self._command,
                    str(childs.fileno()),
                    str(childs_answers.fileno()),
                    str(os.getpid()),
                ],
                pass_fds=[childs.fileno(), childs_answers.fileno()],
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )
        finally:
            childs.close()
            childs_answers.close()
        _, self._writer = await asyncio.open_unix_connection(sock=ours)
        self._reader, self._answers = await asyncio.open_unix_connection(sock=answers)

    async def stop(self) -> None:
        """End the child; nothing to do where there is none."""
        await self._kill()

    async def _kill(self) -> int | None:
        """Kill the child and forget it; the status it ended with."""
        process, self._process = self._process, None
        for channel in (self._writer, self._answers):
            if channel is not None:
                channel.close()
        self._reader = self._writer = self._answers = None
        if process is None:
            return None
        process.kill()
        try:
            return await asyncio.to_thread(process.wait, _KILL_WAIT_S)
        except subprocess.TimeoutExpired:
            _log.error("a child could not be killed", pid=process.pid)
            return None


def _broke(payload: bytes) -> Broke:
    return Broke(**orjson.loads(payload))
