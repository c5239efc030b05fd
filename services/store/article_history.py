"""The states of an article, folded from its stream. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from services.store import events
from services.store.facts import ArticleState
from services.store.ports import RecordedEvent


def evolve_article(state: ArticleState | None, event: RecordedEvent) -> ArticleState | None:
    """The article after one event of its stream; events that do not touch its standing change nothing.

    A new version is the current one and ends a retraction: its publisher put it up again.
    """
    if event.type == events.ARTICLE_RECORDED:
        article = event.data["article"]
        earlier = () if state is None else state.versions
        return ArticleState(
            article["id"], article["content_hash"], (*earlier, article["content_hash"]), retracted=False
        )
    if event.type == events.ARTICLE_RETRACTED and state is not None:
        return replace(state, retracted=True)
    if event.type == events.ARTICLE_REINSTATED and state is not None:
        return replace(state, retracted=False)
    return state


def fold_article(recorded: Iterable[RecordedEvent]) -> ArticleState | None:
    """The article after all events of its stream, in order; None if none recorded it."""
    state: ArticleState | None = None
    for event in recorded:
        state = evolve_article(state, event)
    return state
