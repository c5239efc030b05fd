"""The gazetteer of the world, built once a machine (about 20 s at first)."""

import pytest

from services.extract.resources.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def world() -> Gazetteer:
    """The default gazetteer."""
    return open_gazetteer()
