"""Runs one service: `python -m services.cli.service NAME`, and what `wirefold run NAME` calls.

Kept apart from the command line, so that a service does not load what only commands need.
"""

import sys
from enum import StrEnum
from importlib import import_module

from services.errors import Refused, WirefoldError
from services.settings import Settings

EXIT_FAILED = 1
EXIT_REFUSED = 2


class Service(StrEnum):
    """A worker or reader that runs as a process of its own."""

    INGEST = "ingest"
    EXTRACT = "extract"
    STORE = "store"
    QUERY = "query"


_APPS = {
    Service.INGEST: "services.ingest.app",
    Service.EXTRACT: "services.extract.app",
    Service.STORE: "services.store.app",
    Service.QUERY: "services.store.query.app",
}


def run_service(service: Service) -> int:
    """Run a service until it is told to stop; its exit status."""
    status: int | None = import_module(_APPS[service]).run(Settings())
    return status or 0


def main() -> int:
    """Run the service named by the first argument."""
    try:
        return run_service(Service(sys.argv[1]))
    except WirefoldError as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return EXIT_REFUSED if isinstance(error, Refused) else EXIT_FAILED


if __name__ == "__main__":
    sys.exit(main())
