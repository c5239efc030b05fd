"""Actors: who is named in an article, as normalised actors with their spans."""

from services.extract.components.actors.discourse import Discourse
from services.extract.components.actors.lexicon import load
from services.extract.components.actors.mentions import ActorMention, party_of
from services.extract.model import Document

__all__ = ["ActorMention", "Discourse", "find_actors", "party_of"]


def find_actors(document: Document) -> tuple[ActorMention, ...]:
    """All actor mentions of a document in order; pronouns only where their actor was found."""
    discourse = Discourse(document, load())
    return tuple(
        mention
        for sentence in document.sentences
        for mention in discourse.mentions(sentence)
        if mention.resolved or mention.pronoun is None
    )
