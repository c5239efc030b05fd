"""Commands of people, carried out by the writer and answered; one unit of work each. No streams here."""

from typing import Final

from sqlalchemy import Connection, or_, select

from schemas.command import CommandAnswer, StoreCommand
from services.clock import Clock
from services.store import events
from services.store.changes import CommandRefused
from services.store.commands import decide_command
from services.store.ports import RecordedEvent
from services.store.projections.schema import ReadTables
from services.store.store import Store
from services.store.unit_of_work import UnitOfWork

BROKEN: Final = "bad-parameter"


def carry_out(store: Store, command: StoreCommand, clock: Clock) -> CommandAnswer:
    """Do what a command asks, once, and say what became of it; a refusal is an answer too."""
    try:
        with store.batch() as unit:
            earlier = _earlier(unit.reading, store.tables, command.id)
            if earlier is not None:
                return earlier
            recorded = _record(unit, command, clock)
    except CommandRefused as refusal:
        return CommandAnswer(command_id=command.id, accepted=False, slug=refusal.slug, detail=str(refusal))
    return _accepted(command.id, recorded)


def _record(unit: UnitOfWork, command: StoreCommand, clock: Clock) -> list[RecordedEvent]:
    def stream(incident_id: str) -> list[RecordedEvent]:
        return unit.stream(events.incident_stream(incident_id))

    return unit.record(decide_command(command, unit.facts, stream, clock.now()))


def _accepted(command_id: str, recorded: list[RecordedEvent]) -> CommandAnswer:
    homes = dict.fromkeys(e.data["incident_id"] for e in recorded if e.type in events.INCIDENT_TYPES)
    return CommandAnswer(
        command_id=command_id,
        accepted=True,
        positions=tuple(event.position for event in recorded),
        incident_ids=tuple(homes),
    )


def _earlier(connection: Connection, tables: ReadTables, command_id: str) -> CommandAnswer | None:
    """The answer that the same command got before, if it changed anything then."""
    commands = tables["commands"]
    query = (
        select(commands.c.position, commands.c.incident_id)
        .where(
            or_(
                commands.c.cause == command_id,
                commands.c.cause.startswith(f"{command_id}/", autoescape=True),
            )
        )
        .order_by(commands.c.position)
    )
    found = connection.execute(query).all()
    if not found:
        return None
    homes = dict.fromkeys(row.incident_id for row in found if row.incident_id is not None)
    return CommandAnswer(
        command_id=command_id,
        accepted=True,
        positions=tuple(row.position for row in found),
        incident_ids=tuple(homes),
    )
