"""The OpenAPI and AsyncAPI documents are valid, are what the source says, and name every route and stream."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from prometheus_client import CollectorRegistry
from starlette.routing import Route

from services.broker import connect
from services.clock import SystemClock
from services.ingest import app as ingest
from services.settings import Settings
from services.store.query import app as query
from services.store.query.answers import Answers
from services.store.query.desk import Desk
from services.streams import Streams
from tests.tidy.sources import ROOT
from tools import write_asyncapi, write_openapi

DOCS: Final = ROOT / "docs"
METHODS: Final = {"get", "post", "put", "patch", "delete"}
NOWHERE: Final = "redis://127.0.0.1:1/0"


def document(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DOCS / f"openapi-{name}.json").read_text(encoding="utf-8"))
    return loaded


def described(name: str) -> set[tuple[str, str]]:
    """(method, path) of every operation in a document."""
    paths = document(name)["paths"]
    return {(method, path) for path, item in paths.items() for method in item if method in METHODS}


def offered(routes: list[Any]) -> set[tuple[str, str]]:
    """(method, path) of every route of an application; HEAD comes with GET."""
    return {
        (method.lower(), route.path.replace(":path", ""))
        for route in routes
        if isinstance(route, Route)
        for method in (route.methods or ())
        if method != "HEAD"
    }


def ingest_routes(folder: Path) -> list[Any]:
    settings = Settings(data_dir=folder)
    return list(
        ingest.build_app(ingest.build_parts(connect(NOWHERE, settings), settings, SystemClock())).routes
    )


def query_routes(folder: Path) -> list[Any]:
    settings = Settings(data_dir=folder)
    desk = Desk(connect(NOWHERE, settings), settings, SystemClock())
    parts = query.Parts(
        settings=settings,
        answers=Answers(None, settings.figure_policy, settings.page_items_max),  # type: ignore[arg-type]
        hub=query.Hub(log_id="log", read=lambda _after, _limit: [], read_head=lambda: 0, subscribers_max=1),
        health=query.Health("query", ()),
        registry=CollectorRegistry(),
        desk=desk,
    )

    async def keep_up() -> None:
        return

    return list(query.build_app(parts, keep_up).routes)


@pytest.mark.parametrize("path", list(write_openapi.expected_files()), ids=lambda path: path.name)
def test_a_committed_openapi_document_is_what_runs(path: Path) -> None:
    """A difference means: run `make openapi` and look at what changed for clients."""
    assert path.read_text(encoding="utf-8") == write_openapi.expected_files()[path]


@pytest.mark.parametrize("name", ["ingest", "query"])
def test_an_openapi_document_is_valid(name: str) -> None:
    validate(document(name))


def test_every_route_of_ingest_is_described_and_nothing_else(tmp_path: Path) -> None:
    assert offered(ingest_routes(tmp_path)) == described("ingest")


def test_every_route_of_the_readers_is_described_and_nothing_else(tmp_path: Path) -> None:
    assert offered(query_routes(tmp_path)) == described("query")


def test_the_asyncapi_document_is_what_the_source_says() -> None:
    """A difference means: run `make openapi`."""
    assert write_asyncapi.PAGE.read_text(encoding="utf-8") == write_asyncapi.text()


def streams_document() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DOCS / "asyncapi.yaml").read_text(encoding="utf-8"))
    return loaded


def test_the_asyncapi_document_names_every_stream_and_dead_letter_stream() -> None:
    streams = Streams("{prefix}")
    live = {*streams.groups(), streams.incident_merged}
    dead = {streams.dead(one) for one in streams.groups()}
    assert {one["address"] for one in streams_document()["channels"].values()} == live | dead


def references(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*(references(value) for value in node.values()))
    if isinstance(node, list):
        return set().union(*(references(value) for value in node))
    return set()


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    whole = streams_document()
    for reference in references(whole):
        file, _, inside = reference.partition("#")
        found: Any = whole if not file else json.loads((DOCS / file).read_text(encoding="utf-8"))
        for part in filter(None, inside.split("/")):
            found = found[part]
        assert found


def test_every_payload_and_every_set_of_fields_is_a_valid_json_schema() -> None:
    for message in streams_document()["components"]["messages"].values():
        payload = message["payload"]
        Draft202012Validator.check_schema(payload.get("schema", payload))
        Draft202012Validator.check_schema(message["headers"])
