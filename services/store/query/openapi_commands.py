"""The OpenAPI 3.1 path items of the routes by which analysts change records, made from the contract. Pure."""

from typing import Any, Final, TypeAlias

from pydantic.json_schema import models_json_schema

from schemas.command import StoreCommand
from services.store.query.command_routes import PATHS

REF: Final = "#/components/schemas/{model}"

Schema: TypeAlias = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}

_KINDS: Final[dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    "merge": ("Merge two incidents; the older id survives", ("other_id",), ()),
    "split": ("Split reports off into an incident of their own", ("reports",), ()),
    "correct": ("Set a field by hand; it wins over the machine until undone", ("field", "value"), ()),
    "undo": ("Undo the change at a log position", ("position",), ()),
    "move": (
        "Move a report to another incident, or to a new one",
        (),
        ("other_id", "event_index", "incident_id"),
    ),
    "retract": ("Retract an article: its reports count no more", (), ()),
    "reinstate": ("Take a retraction back", (), ()),
}
"""Kind of command → summary, what its body must hold beside author and reason, what it may hold."""

_REFUSALS: Final = {
    "400": "The body or one of its fields does not fit.",
    "404": "Nothing by this id.",
    "409": "The command contradicts the present state.",
    "413": "The body is too large.",
    "503": "The store did not answer in time; send the command again with the same Idempotency-Key.",
}


def command_paths() -> dict[str, Any]:
    """The path items, in the order of the routes."""
    return {path: {"post": _post(path, kind)} for path, kind in PATHS}


def command_schemas() -> dict[str, Any]:
    """The schemas that only commands need."""
    _, definitions = models_json_schema([(StoreCommand, "validation")], ref_template=REF)
    incident = {"type": "object", "properties": {"id": _TEXT, "link": _TEXT}, "required": ["id", "link"]}
    done = {
        "command_id": _TEXT,
        "positions": {"type": "array", "items": {"type": "integer"}, "description": "Log positions made."},
        "incidents": {"type": "array", "items": incident},
    }
    return {
        "ReportPick": definitions["$defs"]["ReportPick"],
        "Done": {"type": "object", "properties": done, "required": list(done)},
    }


def _post(path: str, kind: str) -> Schema:
    summary, needed, allowed = _KINDS[kind]
    taken = path.split("{")[1].split("}", maxsplit=1)[0]
    body = {"required": True, "content": {"application/json": {"schema": _body(needed, allowed)}}}
    return {
        "operationId": f"{kind}{taken.removesuffix('_id').capitalize()}",
        "summary": summary,
        "parameters": [
            {"name": taken, "in": "path", "required": True, "schema": _TEXT},
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "schema": _TEXT,
                "description": "The same key acts once, however often the command is sent.",
            },
        ],
        "requestBody": body,
        "responses": {
            "200": {"description": "Done, and in the log.", "content": _json("Done", "application/json")},
            **{status: _refusal(words) for status, words in _REFUSALS.items()},
        },
    }


def _body(needed: tuple[str, ...], allowed: tuple[str, ...]) -> Schema:
    known = StoreCommand.model_json_schema(ref_template=REF)["properties"]
    always = ("author", "reason")
    return {
        "type": "object",
        "required": [*always, *needed],
        "properties": {name: known[name] for name in (*always, *needed, *allowed, "source")},
    }


def _refusal(words: str) -> Schema:
    return {"description": words, "content": _json("Problem", "application/problem+json")}


def _json(model: str, media_type: str) -> Schema:
    return {media_type: {"schema": {"$ref": REF.format(model=model)}}}
