"""Deterministic ids: the same fact gets the same id whoever computes it, whenever.

Pure. UUID version 5 (RFC 9562) in a namespace of wirefold's own.
"""

from typing import Final
from uuid import UUID, uuid5

NAMESPACE: Final = UUID("6f1f4c0e-3f5a-5d53-9a43-1f0f9a3b7c11")


def fact_id(*parts: object) -> str:
    """The id of a fact named by its parts, in order."""
    return str(uuid5(NAMESPACE, "\x1f".join(str(part) for part in parts)))


def incident_id(article_id: str, event_index: int, extractor: str) -> str:
    """The id of the incident that this report opened; fixed in IncidentOpened, never recomputed."""
    return fact_id("incident", article_id, event_index, extractor)
