"""JSON and NDJSON bodies: from bytes to values, saying where a body is broken. Pure.

orjson reads what is right, fast. What it refuses is read again by the standard library, which takes
lone surrogates, so that the fault can be laid at the field that holds them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import orjson

from services.errors import Refused

BOM: Final = b"\xef\xbb\xbf"


class BrokenJson(Refused):
    """Raised for bytes that are no JSON; the message says where."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an NDJSON body: its value, or why it has none. `number` counts from 1."""

    number: int
    value: Any = None
    broken: str | None = None


def read_json(body: bytes) -> Any:
    """The value of a JSON body. Raises BrokenJson."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return _read_again(body)


def read_lines(body: bytes, lines_max: int) -> Iterator[Line]:
    """The lines of an NDJSON body that are not blank, at most `lines_max` + 1 of them."""
    found = 0
    for number, line in enumerate(body.removeprefix(BOM).split(b"\n"), start=1):
        if not line or line.isspace():
            continue
        yield _read_line(number, line)
        found += 1
        if found > lines_max:
            return


def _read_line(number: int, line: bytes) -> Line:
    try:
        return Line(number, read_json(line))
    except BrokenJson as error:
        return Line(number, broken=str(error))


def _read_again(body: bytes) -> Any:
    try:
        text = body.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BrokenJson(f"not UTF-8: byte {error.start} is {body[error.start]:#04x}") from None
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise BrokenJson(f"{error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise BrokenJson("nested too deeply") from None
    except ValueError as error:
        raise BrokenJson(str(error)) from None


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
