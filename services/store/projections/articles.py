"""Articles: every version, and which one stands."""

from collections.abc import Iterable
from typing import Final

from schemas.article import RawArticle
from services.errors import Corruption
from services.store import events
from services.store.event_log.timestamps import to_text
from services.store.facts import ArticleState, Facts
from services.store.projections.change import Change, Put, RowChange
from services.store.stored_values import json_text

_STANDING: Final = (events.ARTICLE_RECORDED, events.ARTICLE_RETRACTED, events.ARTICLE_REINSTATED)


class ArticlesProjection:
    """Tables `articles` and `article_versions`."""

    name = "articles"
    version = 1

    def rows(self, change: Change, facts: Facts) -> Iterable[RowChange]:
        event, state = change.effect.event, change.effect.article
        if event.type == events.ARTICLE_RECORDED:
            held = event.data["article"]
            yield Put(
                "article_versions",
                {
                    "article_id": held["id"],
                    "content_hash": held["content_hash"],
                    "article": json_text(held),
                    "position": event.position,
                },
            )
        if state is not None and event.type in _STANDING:
            current = facts.article_version(state.article_id, state.content_hash)
            if current is None:
                raise Corruption(f"the current version of article {state.article_id} is not in the log")
            yield _standing(state, current, event.position)


def _standing(state: ArticleState, current: RawArticle, position: int) -> Put:
    return Put(
        "articles",
        {
            "article_id": state.article_id,
            "content_hash": state.content_hash,
            "versions": json_text(state.versions),
            "retracted": state.retracted,
            "source": current.source.name,
            "domain": current.source.domain,
            "title": current.title,
            "url": current.url,
            "language": current.language,
            "published_at": None if current.published_at is None else to_text(current.published_at),
            "received_at": to_text(current.received_at),
            "position": position,
        },
    )
