"""An actor phrase while it is read, and the word classes that steer the reading. Pure."""

from dataclasses import dataclass, field
from typing import Final

from services.extract.components.actors.lexicon import Entry
from services.extract.components.actors.wordlist import word_set


@dataclass
class Draft:
    """A phrase while it is read."""

    at: int
    definite: bool = False
    heads: list[Entry] = field(default_factory=list)
    entity: Entry | None = None
    country: str | None = None
    adjective: bool = False
    leader: Entry | None = None
    name: tuple[int, int] | None = None
    place: tuple[int, int] | None = None
    owner: bool = False
    settled: int = 0


def is_many(entry: Entry) -> bool:
    """Whether a head noun stands for several persons."""
    return entry.written.endswith(("s", "staff", "media", "people"))


VERBS_TOO: Final = word_set("suspects reports witnesses leads monitors guards patrols heads fronts agents")


OBJECT_STARTS: Final = frozenset((word,) for word in ["the", "a", "an", "that", "its", "their", "his"])


RULE_WORDS: Final = word_set("regime government administration forces army troops")


RULES: Final = frozenset((word,) for word in RULE_WORDS)


RANKS: Final = frozenset({"major", "general", "marshal", "chair"})


COMMON_VERBS: Final = word_set(
    "said says say told tells has had have is was were are will would could may can did does made "
    "took gave went came saw met left held put set spoke wrote knew think today yesterday tonight"
)
