"""The registry of extractors: entry points of the group `wirefold.extractors`, loaded by name.

An entry point is a factory without arguments that returns an `Extractor` (see `ports`).
"""

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import Final, cast

from services.errors import Refused
from services.extract.ports import Extractor

GROUP: Final = "wirefold.extractors"
DEFAULT: Final = "rules"


def names() -> tuple[str, ...]:
    """The names of all installed extractors, sorted."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def load(name: str = DEFAULT) -> Extractor:
    """Make the extractor of a name, or of a factory given as `module:function`.

    Raises Refused where none is installed or it cannot be made.
    """
    if ":" in name:
        return _factory(EntryPoint(name=name, value=name, group=GROUP))()
    found = [point for point in entry_points(group=GROUP) if point.name == name]
    if not found:
        raise Refused(f"no extractor is called {name!r}; installed are: {', '.join(names()) or 'none'}")
    return _factory(found[0])()


def _factory(point: EntryPoint) -> Callable[[], Extractor]:
    try:
        return cast("Callable[[], Extractor]", point.load())
    except ImportError as error:
        raise Refused(
            f"the extractor {point.name!r} needs a package that is not installed: {error}"
        ) from error
