"""The merger's memory: which reports each incident holds, found again by blocking keys.

In memory, fed only from recorded decisions, deterministic: the same calls in the same order give the same
index and the same snapshot. A look-up costs the same however many incidents there are. Not thread-safe.
Pure; the decider owns one.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from services.store.matching.keys import RULES, VOTE_LEAST, filed_keys, kind_of, looked_up_keys
from services.store.matching.model import ReportKey, ReportView
from services.store.matching.packing import freeze, pack, thaw, unpack
from services.store.matching.postings import Postings
from services.store.matching.profile import Profile, profile_of

CANDIDATES_MAX: Final = 16
"""Incidents scored for a report, those with most votes."""
_UNPACKED_MAX: Final = 4096
"""Profiles kept unpacked (about 15 kB each), the last used ones: incidents come in bursts."""


class Candidate(NamedTuple):
    """An incident that shares keys with a report; `votes` say how many and how telling."""

    incident_id: str
    votes: float


class MatchIndex:
    """Incidents by blocking key, and the profiles of their reports."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._ids: dict[int, str] = {}
        self._reports: dict[int, dict[ReportKey, bytes]] = {}
        self._postings = Postings()
        self._next = 0
        self._unpacked: dict[bytes, Profile] = {}

    def __len__(self) -> int:
        """How many incidents there are."""
        return len(self._numbers)

    def __contains__(self, incident_id: str) -> bool:
        return incident_id in self._numbers

    def add(self, incident_id: str, view: ReportView) -> None:
        """File a report with an incident; a report that the incident holds already is replaced."""
        self.add_profile(incident_id, profile_of(view))

    def add_profile(self, incident_id: str, profile: Profile) -> None:
        """The same for a report that is boiled down already."""
        if profile.key in self._reports.get(self._numbers.get(incident_id, -1), {}):
            self.remove(incident_id, *profile.key)
        number = self._number(incident_id)
        self._reports[number][profile.key] = pack(profile)
        self._postings.file(filed_keys(profile), number)

    def remove(self, incident_id: str, article_id: str, event_index: int) -> None:
        """Take a report out of an incident; an incident without reports is forgotten. KeyError if absent."""
        number = self._numbers[incident_id]
        reports = self._reports[number]
        gone = self._unpack(reports.pop((article_id, event_index)))
        kept = {key for packed in reports.values() for key in filed_keys(self._unpack(packed))}
        self._postings.withdraw((key for key in filed_keys(gone) if key not in kept), number)
        if not reports:
            self._forget(incident_id)

    def merge(self, from_id: str, into_id: str) -> None:
        """Move all reports of one incident into another. KeyError if the first is absent."""
        if from_id not in self._numbers:
            raise KeyError(from_id)
        for profile in self.reports(from_id):
            self.remove(from_id, *profile.key)
            self.add_profile(into_id, profile)

    def reports(self, incident_id: str) -> Sequence[Profile]:
        """The profiles of an incident's reports in order of arrival; none for an unknown incident."""
        number = self._numbers.get(incident_id)
        return () if number is None else tuple(map(self._unpack, self._reports[number].values()))

    def size(self, incident_id: str) -> int:
        """How many reports an incident holds."""
        return len(self._reports.get(self._numbers.get(incident_id, -1), ()))

    def candidates(self, profile: Profile, exclude: Collection[str] = ()) -> list[Candidate]:
        """The incidents that share most keys with a report, best first, ties oldest first; bounded."""
        votes: dict[int, float] = {}
        for key in dict.fromkeys(looked_up_keys(profile)):
            found = self._postings.under(key)
            worth = RULES[kind_of(key)].worth(len(found)) if found else 0.0
            for number in found:
                votes[number] = votes.get(number, 0.0) + worth
        ranked = sorted((-total, number) for number, total in votes.items() if total >= VOTE_LEAST)
        best = (Candidate(self._ids[number], -total) for total, number in ranked)
        return [c for c in best if c.incident_id not in exclude][:CANDIDATES_MAX]

    def frequency(self, key: int) -> int:
        """How many incidents are filed under a key, up to a little over its cap."""
        return self._postings.count(key)

    def incidents(self) -> Iterator[str]:
        """All incidents, oldest first."""
        return iter(self._numbers)

    def is_older(self, incident_id: str, than: str) -> bool:
        """Whether an incident was opened before another one. KeyError if one is absent."""
        return self._numbers[incident_id] < self._numbers[than]

    def dump(self) -> bytes:
        """A snapshot: the same index gives the same bytes."""
        incidents = [
            (number, self._ids[number], list(reports.items())) for number, reports in self._reports.items()
        ]
        return freeze((self._next, incidents, self._postings.dump()))

    @classmethod
    def load(cls, snapshot: bytes) -> "MatchIndex":
        """The index of a snapshot. Raises Refused for one of another version."""
        following, incidents, postings = thaw(snapshot)
        index = cls()
        index._next = following
        for number, incident_id, reports in incidents:
            index._numbers[incident_id] = number
            index._ids[number] = incident_id
            index._reports[number] = dict(reports)
        index._postings = Postings.load(postings)
        return index

    def _unpack(self, packed: bytes) -> Profile:
        profile = self._unpacked.pop(packed, None) or unpack(packed)
        self._unpacked[packed] = profile
        if len(self._unpacked) > _UNPACKED_MAX:
            del self._unpacked[next(iter(self._unpacked))]
        return profile

    def _number(self, incident_id: str) -> int:
        number = self._numbers.get(incident_id)
        if number is None:
            number = self._numbers[incident_id] = self._next
            self._ids[number] = incident_id
            self._reports[number] = {}
            self._next += 1
        return number

    def _forget(self, incident_id: str) -> None:
        number = self._numbers.pop(incident_id)
        del self._ids[number], self._reports[number]
