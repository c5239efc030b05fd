"""Commands of analysts on their way to the writer: sent through `store.command`, answered from the log.

The writer alone changes anything; this only hands on and waits. Sent twice with one Idempotency-Key, a
command acts once.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

import orjson
from pydantic import ValidationError
from redis import exceptions as redis_errors

from schemas.command import CommandAnswer, StoreCommand
from schemas.envelope import STORE_COMMAND
from services.broker import Client, as_wirefold_error
from services.clock import Clock
from services.envelopes import derived_id, encode_parts
from services.errors import Transient
from services.settings import Settings
from services.store.query.errors import BadParameter, FieldError, ReadRefused

BODY_BYTES_MAX: Final = 256 * 1024
FIXED: Final = frozenset({"id", "kind", "schema_version"})
"""What the path and the headers say; a body may not."""


class CommandDenied(ReadRefused):
    """Raised when the writer refuses a command; the slug is the writer's."""

    def __init__(self, slug: str, detail: str) -> None:
        super().__init__(detail)
        self.slug = slug


class NoAnswer(Transient):
    """Raised when the writer did not answer in time; the command may still be carried out."""


def read_command(kind: str, body: bytes, path: Mapping[str, Any], key: str | None) -> StoreCommand:
    """The command that a request makes. Raises BadParameter naming every wrong field."""
    try:
        given = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError as error:
        raise BadParameter(FieldError("body", f"is not JSON: {error}")) from error
    if not isinstance(given, dict):
        raise BadParameter(FieldError("body", "a JSON object is expected"))
    taken = sorted((FIXED | path.keys()) & given.keys())
    if taken:
        raise BadParameter(*(FieldError(name, "is said by the path, not by the body") for name in taken))
    command_id = str(uuid4()) if key is None else derived_id("command", key)
    try:
        return StoreCommand.model_validate({**given, **path, "id": command_id, "kind": kind})
    except ValidationError as error:
        faults = error.errors(include_url=False)
        raise BadParameter(*(_fault(fault) for fault in faults)) from error


def _fault(fault: Any) -> FieldError:
    where = "/".join(str(part) for part in fault["loc"]) or "body"
    return FieldError(where, fault["msg"].removeprefix("Value error, "))


class Desk:
    """Sends commands and waits for what became of them."""

    def __init__(self, client: Client, settings: Settings, clock: Clock) -> None:
        self._client = client
        self._settings = settings
        self._clock = clock

    async def carry_out(self, command: StoreCommand) -> CommandAnswer:
        """The writer's answer, once it is in the log.

        Raises CommandDenied for a refusal, NoAnswer after `command_time_max_ms`, and an error of the
        broker where the server of streams is away or too many commands wait.
        """
        try:
            answer = await self._ask(command)
        except (redis_errors.RedisError, OSError) as error:
            raise as_wirefold_error(error) from error
        if not answer.accepted:
            raise CommandDenied(answer.slug or "conflict", answer.detail or "refused")
        return answer

    async def _ask(self, command: StoreCommand) -> CommandAnswer:
        streams = self._settings.streams
        if await self._client.xlen(streams.store_command) >= self._settings.store_command_length_max:
            raise NoAnswer("too many commands wait for the store; try again later")
        await self._client.xadd(streams.store_command, self._message(command))
        return await self._await(streams.reply(command.id), command.id)

    async def _await(self, key: str, command_id: str) -> CommandAnswer:
        """Wait in short turns, so that no connection's own time limit is met."""
        deadline = self._clock.monotonic() + self._settings.command_time_max_ms / 1000
        while self._clock.monotonic() < deadline:
            found: Any = await self._client.blpop([key], timeout=1)
            if found:
                return CommandAnswer.model_validate_json(found[1])
            await asyncio.sleep(0)
        raise NoAnswer(
            f"the store did not answer in time; send the command again with Idempotency-Key {command_id!r}"
        )

    def _message(self, command: StoreCommand) -> Any:
        return encode_parts(
            id=command.id,
            type=STORE_COMMAND,
            source="/wirefold/query",
            time=self._clock.now(),
            subject=command.incident_id or command.article_id or command.id,
            correlation_id=command.article_id or command.id,
            causation_id=None,
            data=command.model_dump(mode="json"),
        )
