"""Names of the streams, groups and keys: spelled here and nowhere else.

The prefix carries a hash tag, so that all keys of one atomic step share a slot of a cluster.
"""

from dataclasses import dataclass
from typing import Final

EXTRACT_GROUP: Final = "extract"
STORE_GROUP: Final = "store"


@dataclass(frozen=True, slots=True)
class Streams:
    """The keys of one wirefold on a Redis server, under one prefix such as `{wf}:`."""

    prefix: str = "{wf}:"

    @property
    def article_raw(self) -> str:
        return f"{self.prefix}article.raw"

    @property
    def event_extracted(self) -> str:
        return f"{self.prefix}event.extracted"

    @property
    def incident_merged(self) -> str:
        return f"{self.prefix}incident.merged"

    @property
    def store_command(self) -> str:
        return f"{self.prefix}store.command"

    def dead(self, stream: str) -> str:
        """The dead-letter stream of a stream."""
        return f"{stream}.dead"

    def seen(self, article_id: str) -> str:
        """The key that remembers an accepted article version (for 200 instead of 202)."""
        return f"{self.prefix}seen:{article_id}"

    def idempotency(self, key_hash: str) -> str:
        """The key that remembers the answer to an Idempotency-Key."""
        return f"{self.prefix}idempotency:{key_hash}"

    def reply(self, command_id: str) -> str:
        """The list on which the answer to a store command is awaited."""
        return f"{self.prefix}reply:{command_id}"

    def trouble(self, group: str) -> str:
        """The key that says what holds a group up, while something does."""
        return f"{self.prefix}trouble:{group}"

    @property
    def trimmed_to(self) -> str:
        """The highest id that a length cap removed from `incident.merged`."""
        return f"{self.prefix}incident.merged:trimmed_to"

    @property
    def merged_log(self) -> str:
        """The id of the log that `incident.merged` tells of; gone when the server lost its data."""
        return f"{self.prefix}incident.merged:log_id"

    def groups(self) -> dict[str, tuple[str, ...]]:
        """The consumer groups of each stream that is read by groups."""
        return {
            self.article_raw: (EXTRACT_GROUP, STORE_GROUP),
            self.event_extracted: (STORE_GROUP,),
            self.store_command: (STORE_GROUP,),
        }
