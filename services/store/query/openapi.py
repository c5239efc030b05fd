"""The OpenAPI 3.1 document of the HTTP readers, made from the contracts. Pure."""

from typing import Any, Final, TypeAlias

from pydantic.json_schema import models_json_schema

from schemas.incident import CompactIncident, IncidentRecord, IncidentUpdate
from schemas.taxonomy import EventType, Grade
from services.health import health_paths
from services.store.figures import POLICIES
from services.store.query.explain import FIELDS
from services.store.query.filters import Sort
from services.store.query.openapi_commands import command_paths, command_schemas

REF: Final = "#/components/schemas/{model}"

Schema: TypeAlias = dict[str, Any]
Parameter: TypeAlias = tuple[Schema, str]

_TEXT: Final[Schema] = {"type": "string"}
_DAY: Final[Schema] = {"type": "string", "format": "date"}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}

_FILTERS: Final[dict[str, Parameter]] = {
    "q": (_TEXT, "Words in headline, places, actors or report titles; all must occur."),
    "type": (
        {"type": "string", "enum": [one.value for one in EventType]},
        "PLOVER type, ACCIDENT or DISASTER.",
    ),
    "mode": (_TEXT, "Mode of the type, such as aerial."),
    "country": ({"type": "string", "pattern": "^[A-Za-z]{2}$"}, "ISO 3166-1 alpha-2."),
    "bbox": (_TEXT, "west,south,east,north in degrees; west > east crosses the date line."),
    "from": (_DAY, "Incidents that end on this day or later."),
    "to": (_DAY, "Incidents that start on this day or earlier."),
    "min_fatalities": (_COUNT, "Best figure at least this; unknown figures do not pass."),
    "updated_since": (_TEXT, "Changed since this moment, or the start of this day (UTC)."),
    "grade": ({"type": "string", "enum": [*Grade]}, "Grade by the published rules."),
    "hidden": (
        {"type": "boolean"},
        "Also untyped news events, and incidents without a report left.",
    ),
}
_AFTER: Final[Parameter] = (_TEXT, "A cursor: `<log_id>:<position>`, as `next` or an event id gives it.")
_FULL: Final[Parameter] = ({"type": "boolean"}, "Send whole records.")
_PAGE: Final[dict[str, Parameter]] = {
    "limit": ({"type": "integer", "minimum": 1}, "Items of the page; the most is a setting."),
    "after": _AFTER,
}
_KNOWN: Final[dict[str, Parameter]] = {
    "as_of": (_TEXT, "Only reports published by then (UTC; a bare date means its end)."),
    "as_recorded": (_TEXT, "As this store had it: a log position, `<log_id>:<position>`, or a moment."),
    "figure_policy": ({"type": "string", "enum": list(POLICIES)}, "Compute the figures by another policy."),
}


def openapi_document() -> dict[str, Any]:
    """The whole document, JSON-ready; the committed copy is `docs/openapi-query.json`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "wirefold queries",
            "version": "1",
            "description": "Incident records, as they are now or were known on any earlier day.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {**_paths(), **command_paths(), **health_paths()},
        "components": {"schemas": {**_schemas(), **command_schemas()}},
    }


def _schemas() -> dict[str, Any]:
    models = [(model, "serialization") for model in (IncidentRecord, CompactIncident, IncidentUpdate)]
    _, definitions = models_json_schema(models, ref_template=REF)  # type: ignore[arg-type]
    return {**definitions["$defs"], "Page": _page_schema(), "Problem": _problem_schema()}


def _page_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["items", "next", "position"],
        "properties": {
            "items": {"type": "array", "items": _ref("CompactIncident")},
            "next": {"type": ["string", "null"]},
            "position": {"type": "string"},
        },
    }


def _problem_schema() -> dict[str, Any]:
    pointed = {"pointer": _TEXT, "detail": _TEXT}
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": _TEXT,
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
            "errors": {"type": "array", "items": {"type": "object", "properties": pointed}},
        },
    }


def _paths() -> dict[str, Any]:
    one = {"incident_id": "Id of an incident; an old id is answered 308."}
    record = _ok(_ref("IncidentRecord"), "The record.")
    anything = _ok({"type": "object"}, "The answer.")
    explained: dict[str, Parameter] = {
        **_KNOWN,
        "field": ({"type": "string", "enum": list(FIELDS)}, "One field only."),
    }
    sort: dict[str, Parameter] = {"sort": ({"type": "string", "enum": [*Sort]}, "Order of the list.")}
    return {
        "/v1/incidents": _get("List incidents", {**_FILTERS, **sort, **_PAGE}, _listed(), gone=True),
        "/v1/incidents/stream": _get(
            "Follow updates (server-sent events)",
            {**_FILTERS, "after": _AFTER, "full": _FULL},
            _ok({"type": "string"}, "An endless event stream.", "text/event-stream"),
            gone=True,
        ),
        "/v1/incidents/{incident_id}": _get("Read one incident", _KNOWN, record, one, gone=True),
        "/v1/incidents/{incident_id}/history": _get("What changed and why", _PAGE, anything, one, gone=True),
        "/v1/incidents/{incident_id}/explain": _get(
            "Why the record says what it says", explained, anything, one, gone=True
        ),
        "/v1/articles/{article_id}": _get(
            "Read one article", {}, anything, {"article_id": "Id of an article."}
        ),
        "/v1/stats": _get("Counts of the store", {}, anything),
    }


def _listed() -> dict[str, Any]:
    listed = _ok(_ref("Page"), "A page.")
    listed["200"]["content"]["application/geo+json"] = {"schema": {"type": "object"}}
    return listed


def _get(
    summary: str,
    query: dict[str, Parameter],
    answers: dict[str, Any],
    path: dict[str, str] | None = None,
    *,
    gone: bool = False,
) -> dict[str, Any]:
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": _TEXT, "description": words}
        for name, words in (path or {}).items()
    ]
    in_query = [
        {"name": name, "in": "query", "required": False, "schema": schema, "description": words}
        for name, (schema, words) in query.items()
    ]
    refusals = {"400": "A parameter does not fit."}
    if path:
        refusals |= {"404": "Nothing by this id.", "308": "The incident lives on under another id."}
    if gone:
        refusals["410"] = "The cursor belongs to another log."
    responses = {**answers, **{status: _refusal(words) for status, words in refusals.items()}}
    return {"get": {"summary": summary, "parameters": [*in_path, *in_query], "responses": responses}}


def _ok(schema: dict[str, Any], words: str, media_type: str = "application/json") -> dict[str, Any]:
    return {"200": {"description": words, "content": {media_type: {"schema": schema}}}}


def _refusal(words: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/problem+json": {"schema": _ref("Problem")}}}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": REF.format(model=name)}
