"""Writes docs/asyncapi.yaml (AsyncAPI 3.0): the streams, their entries and who reads and writes them.

Names come from `services.streams`, types from `schemas.envelope`, payloads from the committed JSON Schemas.
`--check` only compares.
"""

import sys
from pathlib import Path
from typing import Any, Final

import yaml

from schemas.envelope import (
    ARTICLE_RAW,
    EVENT_EXTRACTED,
    EXTRACTION_FAILED,
    INCIDENT_MERGED,
    STORE_COMMAND,
)
from services.streams import Streams
from tools.write_schemas import CONTRACTS

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "asyncapi.yaml"
HEAD: Final = "# Made by `python -m tools.write_asyncapi`; a test fails when it differs from the source.\n"
SCHEMA_FORMAT: Final = "application/schema+json;version=draft-2020-12"
PREFIX: Final = "{prefix}"
_TEXT: Final = {"type": "string"}

MESSAGES: Final[dict[str, tuple[str, str, str]]] = {
    "articleRaw": (ARTICLE_RAW, "raw_article", "An article was accepted; the subject is its id."),
    "eventExtracted": (
        EVENT_EXTRACTED,
        "article_extraction",
        "What one extractor says of one article version.",
    ),
    "extractionFailed": (EXTRACTION_FAILED, "extraction_failure", "An article that could not be extracted."),
    "incidentMerged": (
        INCIDENT_MERGED,
        "incident_update",
        "One change of one incident; the entry's id is `<position>-0`.",
    ),
    "storeCommand": (STORE_COMMAND, "store_command", "What an analyst asks of the store."),
}
"""Message → CloudEvents type, contract of its data, what it says."""

CHANNELS: Final[dict[str, tuple[str, tuple[str, ...], str]]] = {
    "articleRaw": (
        "article_raw",
        ("articleRaw",),
        "Accepted articles. Trimmed below what both groups have acknowledged.",
    ),
    "eventExtracted": (
        "event_extracted",
        ("eventExtracted", "extractionFailed"),
        "Extractions. Trimmed below what the store has acknowledged.",
    ),
    "incidentMerged": (
        "incident_merged",
        ("incidentMerged",),
        "Updates in the order of the log, for subscribers. Kept to a length; older ones come from the log.",
    ),
    "storeCommand": ("store_command", ("storeCommand",), "Commands of analysts, on their way to the writer."),
}
"""Channel → attribute of `Streams`, messages, what it carries."""

OPERATIONS: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("ingestSendsArticles", "send", "articleRaw", "ingest adds what it accepted"),
    ("extractReceivesArticles", "receive", "articleRaw", "extract workers share them (group `extract`)"),
    ("storeReceivesArticles", "receive", "articleRaw", "the store records them (group `store`)"),
    ("extractSendsExtractions", "send", "eventExtracted", "added in one step with the acknowledgement"),
    ("storeReceivesExtractions", "receive", "eventExtracted", "the store merges them (group `store`)"),
    ("storeSendsUpdates", "send", "incidentMerged", "relayed from the log, in order"),
    ("querySendsCommands", "send", "storeCommand", "readers hand on what analysts post"),
    ("storeReceivesCommands", "receive", "storeCommand", "the writer carries them out (group `store`)"),
)


def document() -> dict[str, Any]:
    """The whole document."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "wirefold streams",
            "version": "1",
            "license": {"name": "Apache-2.0"},
            "description": (
                "Redis streams. Field `data` of every entry is the payload: a CloudEvents 1.0 envelope in "
                "structured JSON mode. Fields `id` and `type` repeat two of its attributes. `source` + `id` "
                "identify a message: delivery is at least once."
            ),
        },
        "defaultContentType": "application/cloudevents+json",
        "servers": {
            "streams": {
                "host": "127.0.0.1:6379",
                "protocol": "redis",
                "description": "Redis 7 or newer, or Valkey; `appendonly yes`, `appendfsync always`.",
                "bindings": {"redis": {}},
            }
        },
        "channels": {**_channels(), **_dead_channels()},
        "operations": {name: _operation(*rest) for name, *rest in OPERATIONS},
        "components": {"messages": {**_messages(), "deadLetter": _dead_letter()}},
    }


def _channels() -> dict[str, Any]:
    return {
        name: _channel(getattr(Streams(PREFIX), attribute), messages, words)
        for name, (attribute, messages, words) in CHANNELS.items()
    }


def _dead_channels() -> dict[str, Any]:
    streams = Streams(PREFIX)
    names = {getattr(streams, attribute): name for name, (attribute, *_) in CHANNELS.items()}
    words = "Entries that no delivery could handle, until someone requeues them."
    return {
        f"{names[one]}Dead": _channel(streams.dead(one), ("deadLetter",), words) for one in streams.groups()
    }


def _channel(address: str, messages: tuple[str, ...], words: str) -> dict[str, Any]:
    prefix = {
        "default": Streams().prefix,
        "description": "`WIREFOLD_STREAM_PREFIX`; its braces are a hash tag.",
    }
    return {
        "address": address,
        "description": words,
        "parameters": {"prefix": prefix},
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
    }


def _operation(action: str, channel: str, words: str) -> dict[str, Any]:
    return {"action": action, "channel": {"$ref": f"#/channels/{channel}"}, "summary": words}


def _messages() -> dict[str, Any]:
    return {name: _message(name, *rest) for name, rest in MESSAGES.items()}


def _message(name: str, kind: str, contract: str, words: str) -> dict[str, Any]:
    envelope = {"$ref": f"../schemas/versions/cloud_event.v{CONTRACTS['cloud_event'][1]}.json"}
    data = {"$ref": f"../schemas/versions/{contract}.v{CONTRACTS[contract][1]}.json"}
    return {
        "name": name,
        "title": words,
        "contentType": "application/cloudevents+json",
        "headers": _fields({}),
        "payload": {
            "schemaFormat": SCHEMA_FORMAT,
            "schema": {
                "allOf": [envelope],
                "type": "object",
                "properties": {"type": {"const": kind}, "data": data},
            },
        },
    }


def _dead_letter() -> dict[str, Any]:
    why = {
        "stream": "Where the entry came from.",
        "group": "Whose deliveries failed.",
        "entry": "Its id there.",
        "reason": "One word: raised, timeout, crashed …",
        "error": "One line.",
        "detail": "The end of the traceback.",
        "deliveries": "How often it was tried.",
        "died_at": "When, ISO 8601.",
    }
    return {
        "name": "deadLetter",
        "title": "The entry as it was, with the reason why it is here.",
        "headers": _fields({name: {**_TEXT, "description": words} for name, words in why.items()}),
        "payload": {"description": "Field `data` of the entry as it came; it may be unreadable."},
    }


def _fields(more: dict[str, Any]) -> dict[str, Any]:
    """The fields of an entry beside `data`; Redis has no other headers."""
    fields = {"id": {**_TEXT, "description": "Of the message."}, "type": _TEXT, **more}
    return {"type": "object", "required": list(fields), "properties": fields}


def text() -> str:
    """The document as YAML."""
    return HEAD + yaml.safe_dump(document(), sort_keys=False, allow_unicode=True, width=110)


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` say whether it differs."""
    if "--check" in arguments:
        return 0 if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text() else 1
    PAGE.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
