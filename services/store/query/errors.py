"""What a reader may be told no for, each with the problem document it becomes."""

from dataclasses import dataclass
from typing import Any

from services.errors import Refused
from services.problems import problem


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one parameter."""

    parameter: str
    detail: str


class ReadRefused(Refused):
    """Raised when a read cannot be met; `document` says why in the words of RFC 9457."""

    slug = "bad-parameter"

    @property
    def document(self) -> dict[str, Any]:
        return problem(self.slug, str(self))


class BadParameter(ReadRefused):
    """Raised when query parameters do not fit; 400."""

    def __init__(self, *errors: FieldError) -> None:
        super().__init__("; ".join(f"{one.parameter}: {one.detail}" for one in errors))
        self.errors = errors

    @property
    def document(self) -> dict[str, Any]:
        errors = [{"pointer": f"?{one.parameter}", "detail": one.detail} for one in self.errors]
        return problem(self.slug, str(self), errors=errors)


class Unknown(ReadRefused):
    """Raised for an id that this store has never had, or did not have at that time; 404."""

    slug = "unknown-id"


class ForeignCursor(ReadRefused):
    """Raised for a cursor of another log; 410: start again without it."""

    slug = "foreign-cursor"

    @property
    def document(self) -> dict[str, Any]:
        return problem(self.slug, str(self), restart="/v1/incidents")
