"""StoreCommand: what an analyst asks of the store's writer, and what it answers."""

from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from schemas.base import Contract

CommandKind = Literal["merge", "split", "move", "correct", "retract", "reinstate", "undo"]


class ReportPick(Contract):
    """A report of an incident: an article, and which of its events (None: all it has there)."""

    article_id: str = Field(min_length=1, max_length=200)
    event_index: int | None = Field(default=None, ge=0)


class StoreCommand(Contract):
    """One command. `id` makes it idempotent: sent twice, it acts once.

    merge: `other_id` joins `incident_id` (the older id survives). split: `reports` leave. move: the
    report of `article_id` goes to `other_id`, or to a new incident for None. correct: `field` gets
    `value`. retract and reinstate: all reports of `article_id`. undo: the change at `position`.
    """

    SCHEMA_VERSION: ClassVar[int] = 1

    schema_version: Literal[1] = 1
    id: str = Field(min_length=1, max_length=200)
    kind: CommandKind
    author: str = Field(min_length=1, max_length=200)
    reason: str = Field(min_length=1, max_length=2000)
    incident_id: str | None = Field(default=None, max_length=200)
    other_id: str | None = Field(default=None, max_length=200)
    article_id: str | None = Field(default=None, max_length=200)
    event_index: int | None = Field(default=None, ge=0)
    reports: tuple[ReportPick, ...] = Field(default=(), max_length=1000)
    field: str | None = Field(default=None, max_length=40)
    value: Any = None
    source: str | None = Field(default=None, max_length=2000)
    position: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        missing = [name for name in _NEEDS[self.kind] if not getattr(self, name)]
        if missing:
            raise ValueError(f"{self.kind} needs {', '.join(missing)}")
        return self


_NEEDS: dict[str, tuple[str, ...]] = {
    "merge": ("incident_id", "other_id"),
    "split": ("incident_id", "reports"),
    "move": ("article_id",),
    "correct": ("incident_id", "field"),
    "retract": ("article_id",),
    "reinstate": ("article_id",),
    "undo": ("incident_id", "position"),
}


class CommandAnswer(Contract):
    """What became of a command: the log positions it made, or why it was refused (`slug`, `detail`)."""

    SCHEMA_VERSION: ClassVar[int] = 1

    schema_version: Literal[1] = 1
    command_id: str
    accepted: bool
    positions: tuple[int, ...] = ()
    incident_ids: tuple[str, ...] = ()
    slug: str | None = None
    detail: str | None = None
