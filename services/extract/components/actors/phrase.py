"""An actor phrase as a value: its head nouns, names and country, by word index. Pure."""

from dataclasses import dataclass

from services.extract.components.actors.lexicon import Entry


@dataclass(frozen=True, slots=True)
class Phrase:
    """An actor phrase: words first … last - 1.

    `heads` are its head nouns in order, `entity` a group, organisation or medium named in it,
    `country` a code, `name` the words of a person's name, `place` words that qualify the head
    ("Houston" police). `pronoun` is set for a pronoun alone. `bare_people`: an adjective alone.
    """

    first: int
    last: int
    definite: bool = False
    heads: tuple[Entry, ...] = ()
    entity: Entry | None = None
    country: str | None = None
    leader: Entry | None = None
    name: tuple[int, int] | None = None
    place: tuple[int, int] | None = None
    pronoun: str | None = None
    bare_people: bool = False
    owner: bool = False
    core: tuple[int, int] = (0, 0)

    @property
    def head(self) -> Entry | None:
        return self.heads[-1] if self.heads else None
