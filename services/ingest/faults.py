"""What is wrong with a posted article, said so that its sender can mend it. Pure."""

from dataclasses import dataclass
from typing import Any

from services.errors import Refused


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: a JSON Pointer (RFC 6901) to the value, and what is wrong with it."""

    pointer: str
    detail: str

    def as_json(self) -> dict[str, Any]:
        return {"pointer": self.pointer, "detail": self.detail}


class IngestRefused(Refused):
    """Raised for a request that is not taken; `slug` names the problem type."""

    def __init__(
        self, slug: str, detail: str, *, faults: tuple[Fault, ...] = (), headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.slug = slug
        self.detail = detail
        self.faults = faults
        self.headers = headers or {}


class InvalidArticle(Refused):
    """Raised for one article that is not valid, with all of its faults (pointers within the article)."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{fault.pointer or '/'}: {fault.detail}" for fault in faults))
        self.faults = faults


def pointer(*path: str | int) -> str:
    """The JSON Pointer of a path; `~` and `/` in names are escaped as RFC 6901 says."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)
