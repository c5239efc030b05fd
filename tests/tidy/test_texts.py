"""What no file of the project may hold: this machine's paths, a registry's address, a secret."""

import re
from typing import Final

from tests.tidy.sources import ROOT, project_files

MACHINE_PATHS: Final = re.compile(r"(?<![\w.~$}])/(work|root|home/\w+|Users/\w+|tmp/[a-z]\w*)/")
REGISTRIES: Final = re.compile(
    r"https?://[^\s/'\"]*(pypi|pythonhosted|artifactory|nexus|registry|mirror)[^\s/'\"]*"
    r"|^\s*(--|-i )?(extra-)?index-url[ =]|--trusted-host",
    re.IGNORECASE | re.MULTILINE,
)
SECRETS: Final = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}")
THIS_FILE: Final = "tests/tidy/test_texts.py"
BYTES_MAX: Final = 2_000_000


def texts() -> dict[str, str]:
    """Every readable text file of the project but this one."""
    found = {}
    for path in project_files():
        file = ROOT / path
        if path == THIS_FILE or file.stat().st_size > BYTES_MAX:
            continue
        try:
            found[path] = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def holding(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}: {hit.group(0).strip()}" for path, text in texts().items() for hit in pattern.finditer(text)
    ]


def test_no_file_names_a_path_of_one_machine() -> None:
    assert holding(MACHINE_PATHS) == []


def test_no_file_names_the_address_of_a_package_registry() -> None:
    assert holding(REGISTRIES) == []


def test_no_file_holds_a_secret() -> None:
    assert holding(SECRETS) == []


def test_text_files_end_with_one_newline_and_have_no_carriage_returns() -> None:
    source = {path: text for path, text in texts().items() if path.endswith((".py", ".md", ".toml", ".sh"))}
    wrong = [path for path, text in source.items() if text and (not text.endswith("\n") or "\r" in text)]
    assert wrong == []
