"""Runs of capitalised words, and what they are: persons' names or streets; with their word tables.

The tables lie in `resources/sketch`: `language.json` is written by hand, `words.json` is counted (how
it was made stands in it). May be imported by `services.extract.sketch` and the tool that counts.
Imports the standard library only.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final, NamedTuple

_OPENING: Final = frozenset('.!?:\n“”"')
"""After these a capital says nothing."""
_ARTICLES: Final = frozenset({"al-", "el-"})
_NAME_LENGTH: Final = range(2, 5)
"""Words of a full name: given name, surname, at most two between."""


class Run(NamedTuple):
    """Capitalised words in a row. `opens`: the first begins a sentence; numbers right before and behind."""

    words: tuple[str, ...]
    opens: bool
    before: str | None
    behind: str | None


@dataclass(frozen=True, slots=True)
class SketchWords:
    """The frozen word tables. `rarity`: log(incidents / incidents with the word); `rare` halves them.

    `lowered`: words that are mostly written without a capital. `common_names`: pairs of capitalised
    words that many incidents share.
    """

    rarity: Mapping[str, float]
    unknown: float
    rare: float
    lowered: frozenset[str]
    common_names: frozenset[str]
    not_names: frozenset[str]
    titles: frozenset[str]
    suffixes: frozenset[str]
    connectors: frozenset[str]
    streets: Mapping[str, str]
    numbered_roads: frozenset[str]
    directions: Mapping[str, str]

    def idf(self, word: str) -> float:
        """How rare a word is; numbers and unknown words count as seen in few incidents."""
        return self.rarity.get(word, self.unknown)


@cache
def sketch_words() -> SketchWords:
    """The tables, read once a process."""
    language, counted = _json("language.json"), _json("words.json")
    return words_from(language, counted)


def words_from(language: Mapping[str, Any], counted: Mapping[str, Any]) -> SketchWords:
    """The tables as their JSON files hold them."""
    return SketchWords(
        rarity=counted["rarity"],
        unknown=counted["unknown"],
        rare=counted["rare"],
        lowered=frozenset(counted["lowered"]),
        common_names=frozenset(counted["common_names"]),
        not_names=frozenset(language["not_names"]),
        titles=frozenset(language["titles"]),
        suffixes=frozenset(language["suffixes"]),
        connectors=frozenset(language["connectors"]),
        streets=language["streets"],
        numbered_roads=frozenset(language["numbered_roads"]),
        directions=language["directions"],
    )


def _json(name: str) -> dict[str, Any]:
    data = resources.files("services.extract.resources").joinpath("sketch", name).read_bytes()
    loaded: dict[str, Any] = json.loads(data)
    return loaded


@lru_cache(maxsize=1 << 16)
def plain(token: str) -> str:
    """A word as key: lower case, no possessive, no accents."""
    word = token.lower()
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return word


def capital_runs(tokens: Sequence[str], words: SketchWords) -> Iterator[Run]:
    """The runs of capitalised words among the tokens of a text, in order.

    A full stop after an initial or a title ("J.", "Sgt.") does not end a run, nor does a connector
    ("de", "bin") between two capitals.
    """
    capital = {token for token in dict.fromkeys(tokens) if _is_capital(token)}
    capitals = [at for at, token in enumerate(tokens) if token in capital]
    run: list[str] = []
    before, last = "\n", -2
    for at in capitals:
        gap = at - last
        if run and not (gap == 1 or (gap == 2 and _joins(tokens[last], tokens[at - 1], words))):
            yield _run(run, before, tokens[last + 1])
            run = []
        if not run:
            before = tokens[at - 1] if at else "\n"
        run.append(tokens[at])
        last = at
    if run:
        yield _run(run, before, tokens[last + 1] if last + 1 < len(tokens) else "\n")


def _run(run: Sequence[str], before: str, behind: str) -> Run:
    return Run(tuple(run), before in _OPENING, _number(before), _number(behind))


def _number(token: str) -> str | None:
    return token if token[0].isdigit() else None


def _is_capital(token: str) -> bool:
    return token[0].isupper() or (token[:3] in _ARTICLES and token[3:4].isupper())


def _joins(last: str, mark: str, words: SketchWords) -> bool:
    """Whether what stands between two capitalised words leaves them in one run."""
    if mark == ".":
        return len(last) == 1 or last.lower() in words.titles or last.lower() in words.directions
    return mark in words.connectors


def full_name(run: Run, words: SketchWords) -> str | None:
    """The person's name that a run of capitalised words is, as "given surname"; None if it is none."""
    parts = [plain(word) for word in run.words]
    while parts and parts[0] in words.titles:
        parts.pop(0)
    while parts and parts[-1] in words.suffixes:
        parts.pop()
    if len(parts) not in _NAME_LENGTH or any(_is_no_name(part, words) for part in parts):
        return None
    name = f"{parts[0]} {parts[-1]}"
    return None if name in words.common_names or len(parts[-1]) < 2 else name


def _is_no_name(part: str, words: SketchWords) -> bool:
    return part in words.not_names or part in words.streets or part in words.lowered


def street_in(run: Run, words: SketchWords) -> str | None:
    """The street that a run names, as "cerise ave", "5th st" or "hwy 61"; None if it names none."""
    parts = [plain(word) for word in run.words]
    if run.behind is not None and parts[-1] in words.numbered_roads:
        return f"{words.streets.get(parts[-1], parts[-1])} {run.behind}"
    if run.before is not None and not run.before.isdigit() and parts[0] in words.streets:
        return f"{run.before} {words.streets[parts[0]]}"
    for at in range(len(parts) - 1, 0, -1):
        if parts[at] in words.streets:
            return _street_name(parts[:at], words.streets[parts[at]], words)
    return None


def _street_name(parts: Sequence[str], kind: str, words: SketchWords) -> str | None:
    named = [part for part in parts if part not in words.directions]
    return f"{' '.join(named[-2:])} {kind}" if named else None
