"""A frame over a whole document, for tests of what rankers do with one event."""

from schemas.taxonomy import EventType, Relation, Stage
from services.extract.model import Document, Frame


def whole(doc: Document, core: tuple[int, ...] | None = None) -> Frame:
    """An event that all sentences speak of; `core` are those with its triggers (all, if not given)."""
    every = tuple(sentence.index for sentence in doc.sentences)
    return Frame(
        index=0, event_type=EventType.ASSAULT, event_mode="firearms", stage=Stage.HAPPENED,
        relation=Relation.MAIN, salience=1.0, triggers=(), sentences=every, core=every if core is None else core,
    )  # fmt: skip
