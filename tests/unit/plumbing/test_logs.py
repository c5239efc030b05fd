"""Logs: lines that nobody can forge, without article text."""

import io
import json
import logging

import pytest

from services.logs import configure_logs, correlated, get_logger, printable
from services.settings import LogFormat


def written(log_format: LogFormat = LogFormat.JSON) -> io.StringIO:
    stream = io.StringIO()
    configure_logs("ingest", log_format=log_format, stream=stream)
    return stream


def test_a_line_carries_the_service_and_the_correlation_id() -> None:
    stream = written()
    with correlated("article-1"):
        get_logger(__name__).info("posted", outcome="accepted")
    line = json.loads(stream.getvalue())
    assert (line["service"], line["correlation_id"], line["event"]) == ("ingest", "article-1", "posted")


@pytest.mark.parametrize("key", ["text", "title", "body", "password", "redis_url"])
def test_article_text_and_secrets_never_enter_a_line(key: str) -> None:
    stream = written()
    get_logger(__name__).info("posted", **{key: "secret words"})
    assert "secret words" not in stream.getvalue()


@pytest.mark.parametrize("log_format", [LogFormat.JSON, LogFormat.CONSOLE])
def test_a_value_cannot_forge_a_line_or_move_the_cursor(log_format: LogFormat) -> None:
    stream = written(log_format)
    get_logger(__name__).info("posted", source="a\nforged \x1b[2J\r\u2028end")
    assert len(stream.getvalue().splitlines()) == 1
    assert "\x1b[2J" not in stream.getvalue()


def test_lines_of_libraries_have_the_same_form() -> None:
    stream = written()
    logging.getLogger("some.library").warning("took %s", "long\nforged")
    line = json.loads(stream.getvalue())
    assert (line["service"], line["level"], line["event"]) == ("ingest", "warning", "took long\\nforged")


def fail_at(words: str) -> None:
    raise ValueError(len(words))


def test_a_traceback_does_not_print_the_values_of_variables() -> None:
    stream = written(LogFormat.CONSOLE)
    try:
        fail_at("-".join(["nobody", "may", "read", "this"]))
    except ValueError:
        get_logger(__name__).exception("failed")
    assert "ValueError: 20" in stream.getvalue()
    assert "nobody-may-read-this" not in stream.getvalue()


def test_a_long_value_is_cut_and_its_length_told() -> None:
    assert printable("x" * 5_000).endswith("… (5000 characters)")


def test_lines_below_the_level_are_not_written() -> None:
    stream = io.StringIO()
    configure_logs("ingest", log_format=LogFormat.JSON, level="warning", stream=stream)
    get_logger(__name__).info("posted")
    assert stream.getvalue() == ""
