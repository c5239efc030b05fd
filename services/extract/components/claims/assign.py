"""Which event a statement is about: the one told in its sentence, nearest to its cue. Pure."""

from collections.abc import Sequence
from typing import Final

from schemas.taxonomy import About, EventType, Relation, Stance
from services.extract.components.claims.findings import Finding
from services.extract.components.counts.cues import OTHER_INCIDENT
from services.extract.model import Document, Frame

_HARM: Final = frozenset(
    {EventType.ASSAULT, EventType.ACCIDENT, EventType.DISASTER, EventType.PROTEST, EventType.COERCE, None}
)
"""Types of events that statements on figures and responsibility can be about."""
_BLAMED: Final = frozenset({EventType.ASSAULT, EventType.ACCIDENT, EventType.COERCE, EventType.PROTEST, None})


def frame_of(document: Document, frames: Sequence[Frame], finding: Finding) -> Frame | None:
    """The frame of a statement, or None where it is about no event of the article.

    A frame with a trigger in the sentence wins, nearest to the cue; then one that the sentence
    belongs to; then, for what someone named says on responsibility, the main event.
    """
    fitting = [frame for frame in frames if _fits(frame, finding)]
    telling = [frame for frame in fitting if finding.sentence in frame.core]
    if telling:
        return min(telling, key=lambda frame: (_distance(document, frame, finding), frame.index))
    if finding.form.startswith("agent") and finding.claimant is None:
        return None
    speaking = [frame for frame in fitting if finding.sentence in frame.sentences]
    if finding.about not in {About.FATALITIES, About.INJURED}:
        speaking = [frame for frame in speaking if frame.relation is not Relation.RETALIATION]
    if speaking:
        return max(speaking, key=lambda frame: (frame.relation is Relation.MAIN, frame.salience))
    if _is_figure(finding) and (finding.claimant is None or _is_elsewhere(document, finding)):
        return None
    return next((frame for frame in fitting if frame.relation is Relation.MAIN), None)


def _fits(frame: Frame, finding: Finding) -> bool:
    if finding.form == "admission" and frame.relation is Relation.RETALIATION:
        return False
    figure = finding.about in {About.FATALITIES, About.INJURED}
    return frame.event_type in (_HARM if figure else _BLAMED)


def _is_figure(finding: Finding) -> bool:
    return finding.about in {About.FATALITIES, About.INJURED} and finding.stance is not Stance.DENIES


def _is_elsewhere(document: Document, finding: Finding) -> bool:
    """Whether a sentence that belongs to no event of the article says that it is about another one."""
    return OTHER_INCIDENT.search(document.sentences[finding.sentence].lower) is not None


def _distance(document: Document, frame: Frame, finding: Finding) -> int:
    """Code points from the cue to the frame's nearest trigger in the same sentence."""
    where = document.sentences[finding.sentence].span.where
    near = [
        max(trigger.span.start - finding.cue, finding.cue - trigger.span.end, 0)
        for trigger in frame.triggers
        if trigger.sentence == finding.sentence and trigger.span.where == where
    ]
    return min(near, default=10_000)
