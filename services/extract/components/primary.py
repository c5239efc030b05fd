"""Which event an article is mainly about. Pure."""

from collections.abc import Sequence

from schemas.taxonomy import Relation, Stage
from services.extract.model import Frame


def primary_of(frames: Sequence[Frame]) -> int | None:
    """The index of the main event; None where the article reports none at all.

    Frames come with the main one first, chosen physical before political (see `frames`).
    """
    for index, frame in enumerate(frames):
        if frame.relation is Relation.MAIN and frame.stage is not Stage.DENIED:
            return index
    return 0 if frames else None
