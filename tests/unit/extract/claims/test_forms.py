"""The forms in which claims are made, as a table of invented sentences: form → expected claims."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.article import RawArticle, Source
from schemas.claim import Actor, Claim
from schemas.taxonomy import About, ActorKind, EventType, Relation, Stage
from services.extract.components.claims import find_claims
from services.extract.document import build_document
from services.extract.model import Document, Frame

_TABLE = Path(__file__).with_name("forms.tsv")
_DAY = datetime(2024, 5, 15, tzinfo=UTC)


def _rows() -> list[tuple[str, str]]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


def document(text: str, title: str | None = None) -> Document:
    """A document of an invented article."""
    return build_document(
        RawArticle(
            id="made-up", content_hash="0" * 64, source=Source(name="The Daily"), title=title, text=text,
            published_at=_DAY, received_at=_DAY,
        )
    )  # fmt: skip


def one_frame(doc: Document) -> Frame:
    """An event that the whole article tells of."""
    every = tuple(sentence.index for sentence in doc.sentences)
    return Frame(0, EventType.ASSAULT, None, Stage.HAPPENED, Relation.MAIN, 1.0, (), every, every)


def claims_of(text: str) -> tuple[Claim, ...]:
    """The claims of an invented text, as if all of it told of one event."""
    doc = document(text)
    frame = one_frame(doc)
    return find_claims(doc, (frame,)).of(frame).claims


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
    return is_actor(claim.actor, target) if about == "responsibility" or about == "circumstances" else str(claim.value) == target


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
    extra = [s for c, s in zip(found, said, strict=True) if c in firm and not any(answers(c, cell) for cell in cells)]
    assert not extra, extra
