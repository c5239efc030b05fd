"""The inverted index of incidents: key → the few incidents filed under it. Bounded, deterministic.

A key that holds more incidents than its kind's cap says nothing and is passed over; it stays closed until
incidents leave it. Pure; imported by the index only.
"""

from collections.abc import Iterable

from services.store.matching.keys import RULES, kind_of


class Postings:
    """Key → incident numbers in order of filing. One number lies bare, several in a list (memory)."""

    def __init__(self) -> None:
        self._held: dict[int, int | list[int]] = {}

    def __len__(self) -> int:
        return len(self._held)

    def file(self, keys: Iterable[int], number: int) -> None:
        """File an incident under keys; a key over its cap takes one more and no other."""
        held = self._held
        for key in keys:
            found = held.setdefault(key, number)
            if found == number:
                continue
            if isinstance(found, int):
                held[key] = [found, number]
            elif number not in found and len(found) <= RULES[kind_of(key)].cap:
                found.append(number)

    def withdraw(self, keys: Iterable[int], number: int) -> None:
        """Take an incident away from keys."""
        held = self._held
        for key in keys:
            found = held.get(key)
            if found == number:
                del held[key]
            elif isinstance(found, list) and number in found:
                found.remove(number)
                if len(found) == 1:
                    held[key] = found[0]

    def under(self, key: int) -> tuple[int, ...] | list[int]:
        """The incidents under a key; none where it is over its cap."""
        found = self._held.get(key)
        if found is None:
            return ()
        if isinstance(found, int):
            return (found,)
        return found if len(found) <= RULES[kind_of(key)].cap else ()

    def count(self, key: int) -> int:
        """How many incidents are filed under a key, at most one more than its cap."""
        found = self._held.get(key)
        return 0 if found is None else 1 if isinstance(found, int) else len(found)

    def dump(self) -> list[tuple[int, int | list[int]]]:
        """All keys with what they hold, in order of first filing."""
        return list(self._held.items())

    @classmethod
    def load(cls, dumped: Iterable[tuple[int, int | list[int]]]) -> "Postings":
        """The postings that were dumped."""
        postings = cls()
        postings._held = dict(dumped)
        return postings
