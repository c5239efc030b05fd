"""The event log in memory against the contract."""

from dataclasses import replace
from typing import cast

import pytest

from services.clock import FixedClock
from services.store.event_log.memory import LogMemory, MemoryEventLog
from services.store.ports import EventLog
from tests.contract.event_log_contract import EventLogContract


class TestMemoryEventLog(EventLogContract):
    @pytest.fixture
    def log(self, clock: FixedClock) -> EventLog:
        return MemoryEventLog(LogMemory("log-1"), clock)

    def reopen(self, log: EventLog, clock: FixedClock) -> EventLog:
        return MemoryEventLog(_memory(log), clock)

    def two_holders(self, clock: FixedClock) -> tuple[EventLog, EventLog]:
        memory = LogMemory("log-1")
        old = MemoryEventLog(memory, clock, token=memory.lend())
        return old, MemoryEventLog(memory, clock, token=memory.lend())

    def flip_a_byte(self, log: EventLog, position: int) -> None:
        entries = _memory(log).entries
        entry = entries[position]
        entries[position] = replace(entry, data=entry.data.replace("plain", "plaim"))

    def drop_entry(self, log: EventLog, position: int) -> None:
        del _memory(log).entries[position]


def _memory(log: EventLog) -> LogMemory:
    return cast("MemoryEventLog", log)._memory
