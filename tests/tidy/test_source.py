"""The house style, as far as a program can see it."""

import ast
import json
import re
import statistics
import sys
from pathlib import Path
from typing import Final

from tests.tidy.sources import ROOT, Module, modules

CODE: Final = ("services/", "schemas/")
ALL: Final = (*CODE, "tests/", "tools/", "benchmarks/")
CLOCKS: Final = re.compile(
    r"(time\.(time|time_ns|monotonic|monotonic_ns|perf_counter|perf_counter_ns|localtime|gmtime|process_time)"
    r"|datetime\.(now|utcnow|today)|date\.today)$"
)
DRAWERS: Final = {"util", "utils", "common", "helper", "helpers", "misc", "manager", "managers", "base_utils"}
RATCHET: Final = json.loads(Path(__file__).with_name("ratchet.json").read_text(encoding="utf-8"))


def test_nothing_prints_outside_tools() -> None:
    printing = [
        f"{one.path}:{line}"
        for one in modules(*CODE, "tests/")
        for line, name in one.calls()
        if name == "print"
    ]
    assert printing == []


def test_no_except_catches_everything() -> None:
    bare = [
        f"{one.path}:{node.lineno}"
        for one in modules(*ALL)
        for node in ast.walk(one.tree)
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert bare == []


def test_only_the_clock_and_the_command_line_read_a_clock() -> None:
    reading = [
        f"{one.path}:{line} {name}"
        for one in modules(*CODE)
        if one.path != "services/clock.py" and not one.path.startswith("services/cli/")
        for line, name in one.calls()
        if CLOCKS.search(name)
    ]
    assert reading == []


def test_only_the_settings_and_their_documented_neighbours_read_the_environment() -> None:
    """WIREFOLD_CACHE_DIR, the children of the stack, and the sandbox's own environment."""
    known = {
        "services/cli/demo.py",
        "services/cli/service_commands.py",
        "services/cli/stack.py",
        "services/extract/resources/gazetteer/cache.py",
        "services/sandbox.py",
    }
    reading = {one.path for one in modules(*CODE) if re.search(r"\bos\.(environ|getenv)", one.text)}
    assert reading - known == set()


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        one.path for one in modules(*ALL) if one.text.strip() and not (ast.get_docstring(one.tree) or "")[20:]
    ]
    assert silent == []


def test_no_module_is_a_drawer() -> None:
    drawers = [one.path for one in modules(*ALL) if DRAWERS & set(Path(one.path).with_suffix("").parts)]
    assert drawers == []


def test_no_more_modules_bear_a_name_of_the_standard_library() -> None:
    named = {one.path for one in modules(*CODE) if Path(one.path).stem in sys.stdlib_module_names}
    assert named - set(RATCHET["named_as_the_standard_library"]) == set()


def test_no_file_grows_past_its_limit() -> None:
    limit, listed = RATCHET["file_lines_max"], RATCHET["longer_files"]
    long = {one.path: one.lines for one in modules(*ALL) if one.lines > listed.get(one.path, limit)}
    assert long == {}, "split the file: a file holds one idea"


def test_a_file_that_has_shrunk_leaves_the_list_of_long_ones() -> None:
    limit = RATCHET["file_lines_max"]
    short = [
        path for path in RATCHET["longer_files"] if not (ROOT / path).is_file() or Module(path).lines <= limit
    ]
    assert short == []


def test_most_files_are_short() -> None:
    lengths = [one.lines for one in modules(*ALL)]
    assert (
        sum(length <= 200 for length in lengths) / len(lengths) >= RATCHET["share_of_files_under_200_lines"]
    )


def test_functions_are_short() -> None:
    found = [(one.path, name, length) for one in modules(*CODE, "tools/") for name, length in one.functions()]
    assert statistics.median(length for *_, length in found) < 10
    listed = RATCHET["longer_functions"]
    limit = RATCHET["function_lines_max"]
    long = {
        f"{path}:{name}": length
        for path, name, length in found
        if length > listed.get(f"{path}:{name}", limit)
    }
    assert long == {}, "what is the second idea of this function?"
