"""Instants as the log stores them: UTC, six decimals, so that their text sorts as they do. Pure."""

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """`2020-02-27T21:30:00.000000Z`. The moment must be aware."""
    assert moment.tzinfo is not None, "a moment without a zone is not an instant"
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def from_text(text: str) -> datetime:
    """The instant of a stored text."""
    return datetime.fromisoformat(text)
