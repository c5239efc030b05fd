"""Bodies and formats: whatever bytes come, they are read or refused, never more."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from services.errors import Refused
from services.ingest.decompression import DecompressionLimits, decompress
from services.ingest.faults import IngestRefused, InvalidArticle, pointer
from services.ingest.formats.json_ld import posted_of
from services.ingest.formats.json_values import BrokenJson, read_json
from services.ingest.idempotency import fingerprint, read_key
from services.ingest.posted import read_posted
from services.ingest.posting import read_json_posting, read_ndjson_posting

LIMITS = DecompressionLimits(bytes_max=4_000_000, ratio_max=100)

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
LD_KEYS = st.sampled_from(
    ["@type", "@graph", "headline", "articleBody", "author", "publisher", "url", "name"]
)


def refusal_of(call: Callable[..., object], *arguments: object) -> Refused | None:
    """The refusal that a call ends with, or None; any other error fails the test."""
    try:
        call(*arguments)
    except Refused as error:
        return error
    return None


@given(st.binary(max_size=60))
def test_any_bytes_are_json_or_refused(body: bytes) -> None:
    refusal = refusal_of(read_json, body)
    assert refusal is None or str(refusal)


@given(st.binary(max_size=80))
def test_any_bytes_make_a_posting_or_a_refusal(body: bytes) -> None:
    for read in (read_json_posting, read_ndjson_posting):
        refusal = refusal_of(read, body, 10)
        if isinstance(refusal, IngestRefused):
            assert refusal.slug in {"malformed-body", "invalid-article", "body-too-large"}
        else:
            assert read(body, 10).items


@given(JSON_VALUES)
def test_any_value_is_an_article_or_has_faults_with_pointers(value: Any) -> None:
    refusal = refusal_of(read_posted, value)
    if isinstance(refusal, InvalidArticle):
        assert refusal.faults
        assert all(fault.pointer == "" or fault.pointer.startswith("/") for fault in refusal.faults)
    else:
        assert read_posted(value).text == value["text"]


@given(st.dictionaries(LD_KEYS, JSON_VALUES, max_size=6))
def test_any_json_ld_gives_texts_or_nothing(node: dict[str, Any]) -> None:
    assert all(isinstance(value, str) and value for value in posted_of(node).values())


@pytest.mark.parametrize("body", [b"NaN", b'{"a": Infinity}', b"{'a': 1}", b'{"a": 1,}', b"\xff", b'"\x01"'])
def test_near_json_is_refused(body: bytes) -> None:
    with pytest.raises(BrokenJson):
        read_json(body)


def test_a_byte_order_mark_is_skipped() -> None:
    assert read_json(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_a_pointer_escapes_what_rfc_6901_says() -> None:
    assert pointer("a/b", 0, "m~n") == "/a~1b/0/m~0n"


@given(st.binary(max_size=5_000), st.sampled_from(["gzip", "zstd"]))
def test_what_was_compressed_comes_back(content: bytes, encoding: str) -> None:
    squeeze = {"gzip": gzip.compress, "zstd": zstandard.compress}[encoding]
    assert decompress(squeeze(content), encoding, LIMITS) == content
    assert decompress(squeeze(content) + squeeze(content), encoding, LIMITS) == content * 2


@given(st.binary(max_size=200), st.sampled_from(["gzip", "zstd"]))
def test_any_bytes_are_decompressed_or_refused(body: bytes, encoding: str) -> None:
    refusal = refusal_of(decompress, body, encoding, LIMITS)
    if isinstance(refusal, IngestRefused):
        assert refusal.slug in {"malformed-body", "body-too-large"}
    else:
        assert refusal is None


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_a_body_cut_anywhere_is_refused(encoding: str) -> None:
    squeeze = {"gzip": gzip.compress, "zstd": zstandard.compress}[encoding]
    whole = squeeze(bytes(range(256)) * 20)
    for end in range(1, len(whole)):
        with pytest.raises(IngestRefused):
            decompress(whole[:end], encoding, LIMITS)


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_more_than_the_limit_is_refused_though_the_ratio_is_honest(encoding: str) -> None:
    squeeze = {"gzip": gzip.compress, "zstd": zstandard.compress}[encoding]
    content = b"".join(str(i * i).encode() for i in range(600_000))
    with pytest.raises(IngestRefused, match="more than 4000000 bytes"):
        decompress(squeeze(content), encoding, LIMITS)


@pytest.mark.parametrize(
    ("header", "key"), [('"a b"', "a b"), ("a-b", "a-b"), (r'"a\"b"', 'a"b'), (' "x" ', "x")]
)
def test_a_key_is_read_quoted_or_bare(header: str, key: str) -> None:
    assert read_key(header) == key


def test_a_fingerprint_tells_where_a_part_ends() -> None:
    assert fingerprint(b"ab", b"c") != fingerprint(b"a", b"bc")
