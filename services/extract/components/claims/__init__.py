"""Claims: who says what about which event of an article, and the perpetrators that follow."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.claim import Claim
from schemas.extraction import Perpetrator
from services.extract.components.actors import Discourse
from services.extract.components.actors.lexicon import load
from services.extract.components.claims.assign import frame_of
from services.extract.components.claims.build import claims
from services.extract.components.claims.findings import Finding
from services.extract.components.claims.gate import GROUP, WEAPON, WORTH, hints
from services.extract.components.claims.groups import beside, with_group
from services.extract.components.claims.perpetrators import perpetrators
from services.extract.components.claims.said import Days
from services.extract.components.claims.scan import scan
from services.extract.components.counts.values import Counts
from services.extract.components.counts.values import Finding as Casualty
from services.extract.components.weapon import Weapon, find_weapon
from services.extract.model import Document, Frame

__all__ = ["EventClaims", "FrameClaims", "find_claims"]


@dataclass(frozen=True, slots=True)
class EventClaims:
    """The claims, perpetrators and weapon of one event."""

    claims: tuple[Claim, ...] = ()
    perpetrators: tuple[Perpetrator, ...] = ()
    weapon: Weapon | None = None


@dataclass(frozen=True, slots=True)
class FrameClaims:
    """What was found for each frame, by its index; `unplaced` counts statements about no event."""

    events: dict[int, EventClaims] = field(default_factory=dict)
    unplaced: int = 0

    def of(self, frame: Frame) -> EventClaims:
        """The claims of a frame; empty where there are none."""
        return self.events.get(frame.index, EventClaims())


def find_claims(document: Document, frames: Sequence[Frame], counts: Counts | None = None) -> FrameClaims:
    """The claims of an article, each given to one event."""
    discourse = Discourse(document, load())
    casualties: dict[int, list[Casualty]] = {}
    for casualty in counts.findings if counts is not None else ():
        casualties.setdefault(casualty.sentence, []).append(casualty)
    placed: dict[int, list[Finding]] = {}
    unplaced, armed, grouped = 0, set(), []
    for sentence in document.sentences:
        found = hints(sentence)
        if found & WEAPON:
            armed.add(sentence.index)
        if found & GROUP:
            grouped.append(sentence)
        if not found & WORTH:
            continue
        for finding in scan(sentence, discourse, found, casualties.get(sentence.index, ())):
            frame = frame_of(document, frames, finding)
            if frame is None:
                unplaced += 1
            else:
                placed.setdefault(frame.index, []).append(finding)
    days = Days(document, discourse)
    events = {
        frame.index: EventClaims(
            claims=claims(document, placed.get(frame.index, ()), days),
            perpetrators=perpetrators(
                document,
                beside(
                    with_group(placed.get(frame.index, ()), grouped, discourse), frame, grouped, discourse
                ),
            ),
            weapon=find_weapon(document, frame, armed),
        )
        for frame in frames
    }
    return FrameClaims(events, unplaced)
