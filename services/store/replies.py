"""Answers to commands, left where the reader that sent the command waits for them."""

from redis import exceptions as redis_errors

from schemas.command import CommandAnswer
from services.broker import Client, as_wirefold_error
from services.settings import Settings

_KEPT_PER_WAIT = 6
"""An answer is kept six times as long as a reader waits: a retried request still finds it."""


class Replies:
    """Pushes each answer on the list of its command, which the server forgets after a while."""

    def __init__(self, client: Client, settings: Settings) -> None:
        self._client = client
        self._streams = settings.streams
        self._kept_ms = settings.command_time_max_ms * _KEPT_PER_WAIT

    async def send(self, answer: CommandAnswer) -> None:
        """Leave an answer. Raises an error of our tree."""
        key = self._streams.reply(answer.command_id)
        try:
            async with self._client.pipeline(transaction=True) as pipeline:
                pipeline.rpush(key, answer.model_dump_json())
                pipeline.pexpire(key, self._kept_ms)
                await pipeline.execute()
        except (redis_errors.RedisError, OSError) as error:
            raise as_wirefold_error(error) from error
