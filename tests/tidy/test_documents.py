"""The documents are complete: settings, variables, commands, metrics, problems, streams; their links lead somewhere."""

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
import typer.main

from services.cli.main import app
from services.problems import TITLES
from services.settings import PREFIX, Settings
from services.store import events
from services.streams import Streams
from tests.tidy.sources import ROOT, modules, project_files
from tools import write_settings

PAGES: Final = [path for path in project_files() if path.endswith(".md")]
DOCS: Final = ["README.md", *(path for path in PAGES if path.startswith("docs/"))]
VARIABLE: Final = re.compile(r"\bWIREFOLD_[A-Z][A-Z_]*[A-Z]\b")
LINK: Final = re.compile(r"\]\(([^)\s]+)\)")


def text_of(*paths: str) -> str:
    return "\n".join((ROOT / path).read_text(encoding="utf-8") for path in paths)


def test_the_page_of_settings_is_what_the_source_says() -> None:
    """A difference means: run `make docs`."""
    assert write_settings.PAGE.read_text(encoding="utf-8") == write_settings.page()


def test_every_setting_says_what_it_is() -> None:
    silent = [name for name, field in Settings.model_fields.items() if not field.description]
    assert silent == []


def test_every_variable_that_anything_names_is_documented() -> None:
    files = [path for path in project_files() if path.endswith((".py", ".yml", ".yaml", ".sh", "Dockerfile"))]
    named = {
        name for path in files for name in VARIABLE.findall(text_of(path)) if not path.startswith("tests/")
    }
    assert named - set(VARIABLE.findall(text_of(*DOCS))) == set()


def test_every_variable_that_the_documents_name_exists() -> None:
    code = "\n".join(module.text for module in modules("services/", "tools/"))
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | set(VARIABLE.findall(code))
    assert {name for page in PAGES for name in VARIABLE.findall(text_of(page))} - known == set()


def commands(group: Any, path: str = "wirefold") -> list[tuple[str, Any]]:
    """Every command of the command line that people see, with its full name."""
    if hasattr(group, "commands"):
        inner: dict[str, Any] = group.commands
        return [one for name, child in inner.items() for one in commands(child, f"{path} {name}")]
    return [(path, group)]


ALL_COMMANDS: Final = commands(typer.main.get_command(app))


def test_every_command_is_named_in_the_documents() -> None:
    said = text_of(*DOCS)
    names = [name for name, _ in ALL_COMMANDS]
    assert len(names) > 10
    assert [
        name for name in names if f"{name}" not in said and f"`{name.partition(' ')[2]}`" not in said
    ] == []


def test_every_command_and_option_has_help() -> None:
    silent = [
        f"{name} {option.name}"
        for name, command in ALL_COMMANDS
        for option in command.params
        if not getattr(option, "help", None)
    ]
    assert silent == []
    assert [name for name, command in ALL_COMMANDS if not command.help] == []


def test_every_command_that_the_documents_show_exists() -> None:
    top = {name.split()[1] for name, _ in ALL_COMMANDS}
    shown = {
        found[1]
        for page in PAGES
        for found in re.finditer(
            r"(?:`|    |^```sh test\n(?:[^`]*\n)?)wirefold ([a-z][a-z-]*)", text_of(page), re.M
        )
    }
    assert shown - top == set()


def test_every_metric_is_named_on_the_page_of_operation() -> None:
    source = "\n".join(module.text for module in modules("services/"))
    metrics = set(re.findall(r'"(wirefold_[a-z_]+)"', source))
    assert len(metrics) > 10
    page = text_of("docs/operating.md")
    assert {name for name in metrics if f"`{name}`" not in page} == set()


def test_every_problem_type_is_named_on_the_page_of_the_api() -> None:
    page = text_of("docs/api.md")
    assert [slug for slug in TITLES if slug not in page] == []


def test_every_event_of_the_log_is_explained() -> None:
    page = text_of("docs/event-log.md")
    types = {value for name, value in vars(events).items() if name.isupper() and isinstance(value, str)}
    types.discard(events.STORE_STREAM)
    assert {one for one in types if f"`{one}`" not in page} == set()


def test_every_stream_is_named_in_the_documents() -> None:
    said = text_of(*DOCS)
    streams = Streams("")
    assert [name for name in (*streams.groups(), streams.incident_merged) if name not in said] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    broken = [
        target
        for target in LINK.findall(text_of(page))
        if "://" not in target
        and not target.startswith("#")
        and not (ROOT / Path(page).parent / target.partition("#")[0]).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("page", PAGES)
def test_every_anchor_is_a_heading(page: str) -> None:
    for target in LINK.findall(text_of(page)):
        file, _, anchor = target.partition("#")
        if "://" in target or not anchor or not (file or page).endswith(".md"):
            continue
        there = (ROOT / Path(page).parent / file if file else ROOT / page).read_text(encoding="utf-8")
        headings = {
            re.sub(r"[^\w\- ]", "", line.lstrip("#").strip()).lower().replace(" ", "-")
            for line in there.splitlines()
            if line.startswith("#")
        }
        assert anchor in headings, f"{page}: {target}"


def test_the_documents_name_every_make_target() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*##", text_of("Makefile"), re.MULTILINE)) - {
        "help",
        "setup",
        "clean",
        "lock",
    }
    said = text_of(*DOCS, "CONTRIBUTING.md")
    assert {one for one in targets if f"make {one}" not in said} == set()


def test_every_sample_article_is_json() -> None:
    lines = (ROOT / "samples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["text"] for line in lines)
