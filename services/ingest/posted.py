"""PostedArticle: what a client may post, checked field by field. Pure."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from services.ingest.faults import Fault, InvalidArticle, pointer

_EXPECTED = "null, or leave it out"


def _no_nul(value: Any) -> Any:
    if isinstance(value, str) and "\x00" in value:
        raise ValueError(f"holds NUL (U+0000) at character {value.index(chr(0))}")
    return value


def _no_surrogate(value: Any) -> Any:
    """A lone half of a surrogate pair is no character; JSON can write it, UTF-8 can't."""
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise ValueError(f"holds half of a surrogate pair at character {error.start}") from None
    return value


_CHECKS = (BeforeValidator(_no_surrogate), BeforeValidator(_no_nul))
Text = Annotated[str, *_CHECKS]
IdText = Annotated[str, Field(min_length=1, max_length=200), *_CHECKS]
LanguageText = Annotated[
    str, Field(pattern=r"^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$", max_length=35), *_CHECKS
]


class PostedSource(BaseModel):
    """The outlet, as an object; a plain string is its name."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Text | None = Field(default=None, description="The outlet's name.")
    domain: Text | None = Field(default=None, description="The outlet's domain, such as example.org.")


def _source_of_name(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class PostedArticle(BaseModel):
    """An article as posted. Only `text` is required; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: IdText | None = Field(
        default=None, description="The client's id; else it follows from the URL, else from the content."
    )
    url: Text | None = Field(default=None, description="Absolute http(s) URL.")
    source: Annotated[PostedSource | None, BeforeValidator(_source_of_name)] = Field(
        default=None, description="The outlet: its name, or an object with name and domain."
    )
    title: Text | None = Field(default=None, description="The headline.")
    text: Text = Field(description="The report, exactly as offsets shall point into it.")
    language: LanguageText | None = Field(default=None, description="BCP 47, such as en or en-GB.")
    byline: Text | None = Field(default=None, description="Who wrote it.")
    published_at: Text | None = Field(
        default=None, description="A day (2024-05-03) or a moment (2024-05-03T10:00:00Z)."
    )


def read_posted(value: Any) -> PostedArticle:
    """The posted article in a JSON value. Raises InvalidArticle with every fault."""
    if not isinstance(value, dict):
        raise InvalidArticle(Fault("", f"an article is a JSON object, not {_json_name(value)}"))
    try:
        return PostedArticle.model_validate(value)
    except ValidationError as error:
        raise InvalidArticle(*(_fault(row) for row in error.errors(include_url=False))) from None


def _fault(row: Any) -> Fault:
    path = pointer(*row["loc"])
    if row["type"] == "extra_forbidden":
        known = ", ".join(PostedArticle.model_fields)
        return Fault(
            _encodable(path), f"unknown field; known are {known}" if len(row["loc"]) == 1 else "unknown field"
        )
    if row["type"] == "missing":
        return Fault(path, "is required")
    if row["type"] == "string_unicode":
        return Fault(path, "holds half of a surrogate pair")
    if row["type"] == "string_type":
        return Fault(path, f"must be a string, not {_json_name(row['input'])}")
    return Fault(_encodable(path), row["msg"].removeprefix("Value error, "))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _json_name(value: Any) -> str:
    names = {
        bool: "a boolean",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "an array",
        dict: "an object",
    }
    return names.get(type(value), "null")
