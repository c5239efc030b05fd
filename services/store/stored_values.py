"""Values of the core as JSON text, and back: what the read models and the log keep of them. Pure.

Everything is read through pydantic's JSON mode, never from a parsed dict: only there does a union such
as `date | datetime` come back as it was written.
"""

from collections.abc import Mapping
from typing import Any, Final

import orjson
from pydantic import TypeAdapter, ValidationError

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction
from schemas.incident import IncidentRecord
from services.errors import Corruption
from services.store.incident import Incident

_INCIDENT: Final = TypeAdapter(Incident)


def json_text(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, UTF-8."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def article_from(data: Mapping[str, Any]) -> RawArticle:
    """An article version without its text (the empty string), from the data of ArticleRecorded."""
    held = orjson.dumps({**data["article"], "text": "?"})
    try:
        return RawArticle.model_validate_json(held).model_copy(update={"text": ""})
    except ValidationError as error:
        raise Corruption(f"a recorded article cannot be read: {error}") from error


def extraction_from(data: Mapping[str, Any]) -> ArticleExtraction:
    """What an extractor said, from the data of EventsExtracted."""
    try:
        return ArticleExtraction.model_validate_json(orjson.dumps(data["extraction"]))
    except ValidationError as error:
        raise Corruption(f"a recorded extraction cannot be read: {error}") from error


def incident_text(state: Incident) -> str:
    """The folded state of an incident."""
    return _INCIDENT.dump_json(state).decode()


def incident_from(text: str) -> Incident:
    """The state that `incident_text` wrote."""
    try:
        return _INCIDENT.validate_json(text)
    except ValidationError as error:
        raise Corruption(f"a stored incident cannot be read: {error}") from error


def record_from(text: str) -> IncidentRecord:
    """A record that the incidents projection wrote."""
    try:
        return IncidentRecord.model_validate_json(text)
    except ValidationError as error:
        raise Corruption(f"a stored record cannot be read: {error}") from error
