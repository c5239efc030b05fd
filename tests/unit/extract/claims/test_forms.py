"""The forms in which claims are made, as a table of invented sentences: form → expected claims."""

from pathlib import Path

import pytest

from schemas.claim import Actor, Claim
from schemas.taxonomy import About, ActorKind
from tests.unit.extract.claims.invented import claims_of

_TABLE = Path(__file__).with_name("forms.tsv")
_OF_ACTORS = {"responsibility", "circumstances"}


def _rows() -> list[tuple[str, str]]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


def is_actor(actor: Actor | None, wanted: str) -> bool:
    if actor is None:
        return False
    if wanted == "OUTLET":
        return actor.kind is ActorKind.OUTLET
    return actor.country == wanted or wanted.casefold() in actor.name.casefold()


def answers(claim: Claim, wanted: str) -> bool:
    """Whether a claim is the one of a table cell."""
    head, _, rest = wanted.partition(" ")
    claimant = head
    while rest and "-" not in rest.split(" ", 1)[0] and rest.split(" ", 1)[0] not in {"denies", "confirms"}:
        word, _, rest = rest.partition(" ")
        claimant += " " + word
    act, _, target = rest.partition(" ")
    stance, _, about = act.partition("-")
    if not is_actor(claim.claimant, claimant) or claim.stance.value != stance:
        return False
    if about and claim.about.value != about:
        return False
    if not target:
        return True
    return is_actor(claim.actor, target) if about in _OF_ACTORS else str(claim.value) == target


@pytest.mark.parametrize(("text", "wanted"), [pytest.param(t, w, id=t[:60]) for t, w in _rows()])
def test_a_form_yields_its_claims_and_no_other(text: str, wanted: str) -> None:
    found = claims_of(text)
    cells = [] if wanted.startswith("-") else [cell.strip() for cell in wanted.split(";")]
    said = [f"{c.claimant.name} {c.stance}-{c.about} {c.value} {c.actor and c.actor.name}" for c in found]
    for cell in cells:
        assert any(answers(claim, cell) for claim in found), (cell, said)
    if wanted == "-?":
        return
    firm = [c for c in found if c.about in {About.RESPONSIBILITY, About.FATALITIES, About.INJURED}]
    extra = [
        s
        for c, s in zip(found, said, strict=True)
        if c in firm and not any(answers(c, cell) for cell in cells)
    ]
    assert not extra, extra
