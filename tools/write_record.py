"""Runs the demo and puts the record that it prints for the strike into README.md, as it stands.

Not part of `make docs`: it takes a minute, and changes with every change of extraction.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

README: Final = Path(__file__).resolve().parents[1] / "README.md"
MARKS: Final = re.compile(r"(<!-- record:[^\n]*-->\n)(.*?)(<!-- /record -->)", re.DOTALL)
WIDTH: Final = 118


def demo() -> str:
    """What `wirefold demo` prints on a wide terminal."""
    command = [sys.executable, "-m", "services.cli.main", "demo"]
    environment = {**os.environ, "COLUMNS": str(WIDTH), "TERM": "dumb", "NO_COLOR": "1"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def first_panel(printed: str) -> str:
    """The first framed record: the incident with most articles."""
    lines = printed.splitlines()
    top = next(number for number, line in enumerate(lines) if line.startswith("╭"))
    bottom = next(number for number, line in enumerate(lines) if line.startswith("╰"))
    return "\n".join(line.rstrip() for line in lines[top : bottom + 1])


def main() -> int:
    """Write the record into the page."""
    block = f"```text\n{first_panel(demo())}\n```\n"
    page = README.read_text(encoding="utf-8")
    README.write_text(MARKS.sub(lambda found: found[1] + block + found[3], page, count=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
