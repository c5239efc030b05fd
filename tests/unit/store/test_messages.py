"""Messages of the streams: read in one pass, refused with the reason where they cannot be."""

import orjson
import pytest

from schemas.envelope import ARTICLE_RAW, EVENT_EXTRACTED, EXTRACTION_FAILED
from schemas.extraction import ExtractionFailure
from services.envelopes import UnreadableMessage, encode_parts
from services.store.messages import article_of, command_of, extraction_of
from tests.unit.store.make import DAY, EXTRACTOR, article, event, extraction


def entry(kind: str, data: object) -> bytes:
    fields = encode_parts(
        id="m1",
        type=kind,
        source="/test",
        time=DAY,
        subject="a1",
        correlation_id="a1",
        causation_id=None,
        data=data,  # type: ignore[arg-type]
    )
    found = fields["data"]
    assert isinstance(found, bytes)
    return found


def test_an_article_is_read_as_it_was_sent() -> None:
    one = article(1, text="Zwölf Tote 😀\u0000")
    assert article_of(entry(ARTICLE_RAW, one.as_json())) == one


def test_an_extraction_and_a_failure_are_told_apart_by_their_type() -> None:
    said = extraction(article(1), event(3))
    failure = ExtractionFailure(
        article_id="a1",
        content_hash="0" * 64,
        extractor=EXTRACTOR,
        error="TimeLimit",
        detail="10 s",
        deliveries=5,
    )
    assert extraction_of(entry(EVENT_EXTRACTED, said.as_json())) == said
    assert extraction_of(entry(EXTRACTION_FAILED, failure.as_json())) == failure


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"",
        b"{broken",
        b"[]",
        orjson.dumps({"type": ARTICLE_RAW}),
        entry(ARTICLE_RAW, {}),
        entry(ARTICLE_RAW, {**article(1).as_json(), "schema_version": 2}),
        entry(ARTICLE_RAW, {**article(1).as_json(), "surprise": 1}),
    ],
)
def test_what_is_no_article_is_refused(data: bytes | None) -> None:
    with pytest.raises(UnreadableMessage):
        article_of(data)


def test_an_unknown_kind_of_message_is_refused_by_name() -> None:
    with pytest.raises(UnreadableMessage, match=r"org\.example\.other"):
        extraction_of(entry("org.example.other", extraction(article(1), event(3)).as_json()))


def test_a_refusal_does_not_quote_the_message() -> None:
    with pytest.raises(UnreadableMessage) as caught:
        command_of(entry("x", {"id": "secret", "kind": "nonsense"}))
    assert "secret" not in str(caught.value)
