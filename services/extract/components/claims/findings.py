"""What the claim rules find in a sentence, before it is given to an event and dated. Pure values."""

from dataclasses import dataclass

from schemas.claim import Actor, ClaimValue
from schemas.taxonomy import About, Stance
from services.extract.model import Span

UNNAMED = "unnamed sources"


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement: who takes which stance on what.

    `claimant` None is the outlet itself. `party` is the claimant's party key. `accused` is whom a
    responsibility statement speaks of, `cue` the offset of the word that carries it, `verb` the word
    index of the verb of saying (for the day it was said). `sure` 0…1 says how firmly it is put.
    """

    sentence: int
    stance: Stance
    about: About
    span: Span
    cue: int
    claimant: Actor | None = None
    accused: Actor | None = None
    value: ClaimValue = None
    qualifier: str | None = None
    reporter: str | None = None
    caveat: str | None = None
    verb: int | None = None
    sure: float = 0.8
    form: str = ""
