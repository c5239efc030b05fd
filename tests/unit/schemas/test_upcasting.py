"""Messages of earlier versions are brought up to date; newer ones are refused, never guessed at."""

import json
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from schemas.upcasting import read_message, upcast


class Note(BaseModel):
    """A message in its third version: `text` was `body` once, `author` came later."""

    model_config = ConfigDict(extra="forbid")
    schema_version: Literal[3] = 3
    text: str
    author: str | None


def note_v1_to_v2(document: dict[str, Any]) -> dict[str, Any]:
    return {"text": document["body"]}


def note_v2_to_v3(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "author": None}


STEPS = {("Note", 1): note_v1_to_v2, ("Note", 2): note_v2_to_v3}


def read(document: object) -> Note:
    return read_message(Note, json.dumps(document).encode(), STEPS)


def test_the_oldest_version_goes_through_every_step() -> None:
    assert read({"schema_version": 1, "body": "hello"}) == Note(text="hello", author=None)


def test_the_current_version_is_read_as_it_is() -> None:
    assert read({"schema_version": 3, "text": "hello", "author": "ana"}).author == "ana"


def test_a_newer_version_is_refused() -> None:
    with pytest.raises(ValidationError, match="schema_version"):
        read({"schema_version": 4, "text": "hello", "author": "ana", "mood": "good"})


@pytest.mark.parametrize(
    "document", [[], "text", 3, {"schema_version": "1"}, {"schema_version": True}, {"schema_version": 1}]
)
def test_what_is_no_message_is_refused(document: object) -> None:
    with pytest.raises(ValidationError):
        read(document)


def test_broken_json_is_refused() -> None:
    with pytest.raises(ValidationError):
        read_message(Note, b"{broken", STEPS)


def test_a_step_does_not_change_the_document_it_is_given() -> None:
    document = {"schema_version": 2, "text": "hello"}
    upcast("Note", document, STEPS)
    assert document == {"schema_version": 2, "text": "hello"}
