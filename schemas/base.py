"""The base model of all contracts: frozen, strict about unknown keys, readable as JSON."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Contract(BaseModel):
    """A frozen value that refuses unknown keys and reads and writes its JSON names."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        serialize_by_alias=True,
        validate_by_name=True,
        validate_by_alias=True,
        allow_inf_nan=False,
    )

    def as_json(self) -> dict[str, Any]:
        """The value as a JSON-ready dict (aliases, ISO times)."""
        return self.model_dump(mode="json")
