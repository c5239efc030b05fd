"""Messages written by earlier versions, brought up to date when read; the only place that does it.

A step is a pure function dict → dict from one version to the next, listed in `schemas.upcasters`. A
message newer than this program keeps its version, and its model then refuses it: it is never
guessed at. Pure.
"""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from schemas.upcasters import UPCASTERS, Upcaster

M = TypeVar("M", bound=BaseModel)


def read_message(model: type[M], data: bytes, upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS) -> M:
    """A message from its JSON, whatever version wrote it. Raises pydantic's ValidationError.

    The current version costs nothing extra: older ones are looked at only where it does not fit.
    """
    try:
        return model.model_validate_json(data)
    except ValidationError:
        document = _parsed(data)
        try:
            updated = upcast(model.__name__, document, upcasters)
        except (LookupError, TypeError, ValueError, AttributeError):
            updated = document  # it says that it is old, and is not what that version was
        if updated is document:
            raise
        return model.model_validate_json(json.dumps(updated))


def upcast(
    kind: str, document: dict[str, Any], upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS
) -> dict[str, Any]:
    """The document in the newest version that the steps lead to; itself where there is no step."""
    version = document.get("schema_version")
    while type(version) is int and (kind, version) in upcasters:
        document = {**upcasters[(kind, version)](document), "schema_version": version + 1}
        version += 1
    return document


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        document = json.loads(data)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
