"""Lexicons: sectioned text files of words and patterns, read once and hashed into the extractor's version.

A file `NAME.txt` has sections `[section]`; `#` starts a comment line. A section of words holds words
parted by white space; a section of patterns holds one regular expression a line.
"""

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Final

from services.errors import Corruption

_SECTION: Final = re.compile(r"\[([\w/?-]+)\]\s*$")


@cache
def lines(name: str) -> dict[str, tuple[str, ...]]:
    """The lines of each section of a lexicon, comments and empty lines left out."""
    sections: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in _read(name).splitlines():
        header = _SECTION.match(line)
        if header is not None:
            current = sections.setdefault(header.group(1), [])
        elif line.strip() and not line.startswith("#"):
            if current is None:
                raise Corruption(f"lexicon {name}: a line before the first [section]")
            current.append(line.strip())
    return {section: tuple(found) for section, found in sections.items()}


@cache
def words(name: str, section: str) -> frozenset[str]:
    """The words of one section of a lexicon."""
    return frozenset(word for line in lines(name)[section] for word in line.split())


@cache
def pattern(name: str, section: str) -> re.Pattern[str]:
    """One section of patterns as a single regular expression without regard to case."""
    return re.compile("|".join(f"(?:{line})" for line in lines(name)[section]), re.IGNORECASE)


def fingerprint(*names: str) -> str:
    """SHA-256 (hex) over the lexicons' bytes, in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(_read(name).encode())
    return digest.hexdigest()


def _read(name: str) -> str:
    return files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
