"""What can go wrong with the log, each under the branch of `services.errors` that says what follows."""

from services.errors import Corruption, Permanent, Refused, Transient


class VersionConflict(Transient):
    """Raised when a stream, or the log's end, is not where the writer believed it to be."""


class LeaseLost(Transient):
    """Raised when a writer's fencing token is no longer the current one: it must stop writing."""


class StorageUnavailable(Transient):
    """Raised when the database cannot be reached or is busy beyond the time-out."""


class DiskFull(StorageUnavailable):
    """Raised when there is no room for a write; the transaction left no trace."""


class LogDamaged(Corruption):
    """Raised when a stored entry contradicts its checksum or its neighbours.

    `position` is the first bad one.
    """

    def __init__(self, position: int, what: str) -> None:
        super().__init__(f"log damaged at position {position}: {what}")
        self.position = position


class StorageDamaged(Corruption):
    """Raised when the database itself reports that its file is malformed."""


class UnknownSchema(Corruption):
    """Raised when the log holds an event, or the file a format, newer than this program knows."""


class WrongStatement(Permanent):
    """Raised when the database refuses a statement as such: a defect of this program."""


class NoSuchLog(Refused):
    """Raised when a log is to be read and there is none."""
