"""Who counts as one outlet. Pure."""

from services.store.facts import ReportFact


def outlet(fact: ReportFact) -> str:
    """The key of a report's outlet: its domain or name; the article itself where neither is known."""
    source = fact.article.source
    return (source.domain or source.name or f"article:{fact.article.id}").casefold()
