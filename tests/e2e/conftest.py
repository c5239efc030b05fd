"""One stack for the tests that only read and add; others start their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.running import RunningStack, running


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """A running stack shared by the tests of this session."""
    folder = tmp_path_factory.mktemp("stack") / "data"
    folder.mkdir()
    with running(Path(folder)) as one:
        yield one
