"""Envelopes: what is written can be read, and ids follow from what is said."""

from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.envelope import CloudEvent
from services.envelopes import UnreadableMessage, decode, derived_id, encode, encode_parts

NOW = datetime(2024, 5, 3, 12, tzinfo=UTC)
EVENT = CloudEvent(
    id="1",
    source="/test",
    type="t",
    time=NOW,
    subject="s",
    correlationid="c",
    causationid="b",
    data={"a": "\u00e9"},
)


def test_an_envelope_comes_back_as_it_was_written() -> None:
    fields = encode(EVENT)
    assert decode(fields["data"]) == EVENT  # type: ignore[arg-type]
    assert (fields["id"], fields["type"]) == ("1", "t")


def test_the_fast_way_writes_the_same_envelope() -> None:
    fields = encode_parts(
        id="1",
        type="t",
        source="/test",
        time=NOW,
        subject="s",
        correlation_id="c",
        causation_id="b",
        data={"a": "\u00e9"},
    )
    assert decode(fields["data"]) == EVENT  # type: ignore[arg-type]


@pytest.mark.parametrize("data", [None, b"", b"{}", b"[]", b'{"specversion": "2.0"}', b"\xff"])
def test_what_is_no_envelope_is_refused(data: bytes | None) -> None:
    with pytest.raises(UnreadableMessage):
        decode(data)


def test_a_refusal_does_not_quote_the_message() -> None:
    document = orjson.loads(encode(EVENT)["data"])
    with pytest.raises(UnreadableMessage) as caught:
        decode(orjson.dumps({**document, "id": "", "data": {"text": "secret words"}}))
    assert "secret words" not in str(caught.value)


@given(st.binary(max_size=100))
def test_any_bytes_are_an_envelope_or_refused(data: bytes) -> None:
    with pytest.raises(UnreadableMessage):
        decode(data)


def test_derived_ids_tell_their_parts_apart_and_never_change() -> None:
    assert derived_id("a", "bc") != derived_id("ab", "c")
    assert derived_id("a", "b") == "3296638f-55cb-5004-8dbc-618c4da910c5"
