"""The OpenAPI 3.1 document of ingest's routes, made from the models that check what is posted. Pure."""

from typing import Any, Final, TypeAlias

from pydantic.json_schema import models_json_schema

from services.health import health_paths
from services.ingest.body import Form
from services.ingest.posted import PostedArticle
from services.problems import MEDIA_TYPE as PROBLEM_MEDIA_TYPE

Schema: TypeAlias = dict[str, Any]

_REF: Final = "#/components/schemas/{model}"
_STRING: Final[Schema] = {"type": "string"}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}

_REFUSALS: Final = {
    "400": "The body can't be read, or a parameter or header does not fit.",
    "408": "The body did not arrive in time.",
    "409": "The first request with this Idempotency-Key still runs.",
    "413": "The body, one of its decompressed forms, or the number of articles is too large.",
    "415": "The media type, character set or encoding is not taken.",
    "422": "No article is valid, or the Idempotency-Key was used for another body.",
    "429": "Too many articles wait to be worked on; send the request again after Retry-After seconds.",
    "503": "Nothing can be taken now; send the request again after Retry-After seconds.",
}

_DESCRIPTION: Final = """\
Takes one article (JSON object), several (JSON array, or NDJSON with one per line), schema.org
NewsArticle as JSON-LD, or an HTML page; plain or with Content-Encoding gzip or zstd.

202: at least one article is new and lies on disk. 200: all that are valid were known already (same id and
content); repeating a request is always safe. The same id with other content is a new version (202). In
a batch the valid articles are taken whatever is wrong with the others, and each is told about.

`Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07, expired, not an RFC; quoted or not): the
answer is kept for 24 hours (`WIREFOLD_IDEMPOTENCY_TTL_MS`) and given again, with the header
`Idempotency-Replayed: true`."""


def openapi_document() -> Schema:
    """The document."""
    _, definitions = models_json_schema([(PostedArticle, "validation")], ref_template=_REF)
    schemas = {**definitions["$defs"], **_answer_schemas()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "wirefold ingest",
            "version": "1",
            "summary": "Takes news articles.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            "/v1/articles": {"post": _post()},
            **health_paths(),
        },
        "components": {"schemas": schemas},
    }


def _post() -> Schema:
    answers = {
        "202": _json("At least one article is new, and on disk.", "Taken"),
        "200": _json("All valid articles were known already.", "Taken"),
    }
    refusals = {status: _problem(status, text) for status, text in _REFUSALS.items()}
    return {
        "operationId": "postArticles",
        "summary": "Post articles",
        "description": _DESCRIPTION,
        "parameters": [
            _parameter("url", "query", "Where an HTML page is from."),
            _parameter("Idempotency-Key", "header", "Makes one answer of several same requests."),
            _parameter("X-Correlation-Id", "header", "Goes through to the incident; else the article's id."),
        ],
        "requestBody": {"required": True, "content": _contents()},
        "responses": {**answers, **refusals},
    }


def _contents() -> Schema:
    article = {"$ref": _REF.format(model="PostedArticle")}
    json_body = {"oneOf": [article, {"type": "array", "minItems": 1, "items": article}]}
    by_form = {
        Form.JSON: {"schema": json_body},
        Form.NDJSON: {"schema": {"type": "string", "description": "An article per line."}},
        Form.HTML: {"schema": {"type": "string", "description": "A page."}},
    }
    contents = {media_type: by_form[form] for form in Form for media_type in form.value}
    contents["application/ld+json"] = {
        "schema": {"type": "object", "description": "A schema.org NewsArticle, or a graph with some."}
    }
    return contents


def _answer_schemas() -> Schema:
    written = {
        "id": _STRING,
        "status": {"enum": ["accepted", "known"]},
        "content_hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "correlation_id": _STRING,
    }
    item = {
        "index": _COUNT,
        **written,
        "status": {"enum": ["accepted", "known", "refused", "not taken"]},
        "errors": {"type": "array", "items": {"$ref": _REF.format(model="FieldError")}},
    }
    batch = {
        "accepted": _COUNT,
        "known": _COUNT,
        "refused": _COUNT,
        "articles": {"type": "array", "items": _object(item, ("index", "status"))},
    }
    return {
        "Taken": {"oneOf": [_object(written, tuple(written)), _object(batch, tuple(batch))]},
        "FieldError": _object(
            {"index": _COUNT, "pointer": _STRING, "detail": _STRING}, ("pointer", "detail")
        ),
        "Problem": {
            "type": "object",
            "description": "RFC 9457 problem details.",
            "required": ["type", "title", "status", "detail"],
            "properties": {
                "type": {"type": "string", "format": "uri"},
                "title": _STRING,
                "status": {"type": "integer"},
                "detail": _STRING,
                "errors": {"type": "array", "items": {"$ref": _REF.format(model="FieldError")}},
            },
        },
    }


def _object(properties: Schema, required: tuple[str, ...]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _parameter(name: str, place: str, description: str) -> Schema:
    return {"name": name, "in": place, "required": False, "schema": _STRING, "description": description}


def _json(description: str, model: str) -> Schema:
    content = {"application/json": {"schema": {"$ref": _REF.format(model=model)}}}
    return {"description": description, "content": content}


def _problem(status: str, description: str) -> Schema:
    content = {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}}
    answer: Schema = {"description": description, "content": content}
    if status in {"429", "503"}:
        answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}
    return answer
