"""Writes docs/settings.md from the settings themselves; `--check` says whether it is up to date."""

import sys
from pathlib import Path

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from services.settings import PREFIX, Settings

PAGE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"
HEAD = """# Settings

Every setting is an environment variable. Units stand last in the name (`_ms`, `_s`, `_h`, `_mib`); `_max`
is a limit. This page is made from `services/settings.py` by `make docs`; a test fails when the two differ.

Two variables are no settings of a service: `WIREFOLD_CACHE_DIR` (folder of the gazetteer's index; default:
the user's cache folder) and `WIREFOLD_DEV_DATA` ([labelled data](quality.md) for `make quality`).

| variable | default | what it is |
|---|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = [_row(name, field) for name, field in Settings.model_fields.items()]
    return HEAD + "\n".join(rows) + "\n"


def _row(name: str, field: FieldInfo) -> str:
    default = field.default
    shown = "–" if default is None or default is PydanticUndefined else f"`{_plain(default)}`"
    return f"| `{PREFIX}{name.upper()}` | {shown} | {(field.description or '').replace('|', chr(92) + '|')} |"


def _plain(value: object) -> str:
    return str(getattr(value, "value", value))


def main() -> int:
    """Write the page, or with `--check` only compare it."""
    if "--check" in sys.argv:
        return 0 if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
