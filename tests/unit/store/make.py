"""Makers of small valid values for the store's tests: name what matters, the rest has defaults."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zlib import crc32

from schemas.article import RawArticle, Source
from schemas.claim import Actor, Claim
from schemas.evidence import Quote
from schemas.extraction import (
    ArticleExtraction,
    DateRange,
    ExtractedEvent,
    ExtractorId,
    Figure,
    Place,
    Sketch,
)
from schemas.taxonomy import About, ActorKind, EventType, Stance
from services.store import events
from services.store.facts import ReportFact
from services.store.figures import FigureClaim
from services.store.incident import Incident, Membership, ReportRef

DAY = datetime(2023, 5, 10, tzinfo=UTC)
EXTRACTOR = ExtractorId(name="test", version="1")


def article(
    number: int = 1, *, day: int = 0, outlet: str | None = None, text: str = "words", **more: Any
) -> RawArticle:
    """Article `a<number>`, published `day` days after DAY."""
    moment = DAY + timedelta(days=day)
    return RawArticle(
        id=f"a{number}",
        content_hash=more.pop("content_hash", f"{number:064x}"),
        source=Source(name=outlet or f"outlet {number}"),
        title=f"title {number}",
        text=text,
        published_at=moment,
        published_precision="day",
        received_at=moment + timedelta(hours=1),
        **more,
    )


def figure(number: int | None, qualifier: str | None = None) -> Figure:
    return Figure(low=number, best=number, high=number, qualifier=qualifier)


def point(town: str) -> tuple[float, float]:
    """A point for a town's name, far from that of another name: an attack on one is none on the other."""
    number = crc32(town.encode())
    return number % 1200 / 10 - 60, number // 1200 % 3000 / 10 - 150


def event(
    killed: int | None = None, *, on: date = DAY.date(), town: str = "Tana", **more: Any
) -> ExtractedEvent:
    """An air strike at a town of Kenya."""
    values: dict[str, Any] = {
        "event_type": EventType.ASSAULT,
        "event_mode": "aerial",
        "date": DateRange(start=on, end=on, precision=1),
        "place": Place(
            name=town,
            admin1="Coast",
            country="KE",
            latitude=point(town)[0],
            longitude=point(town)[1],
            precision=1,
        ),
        "fatalities": figure(killed),
    }
    return ExtractedEvent(**{**values, **more})


def actor(name: str, kind: ActorKind = ActorKind.GOVERNMENT, country: str | None = None) -> Actor:
    return Actor(name=name, kind=kind, country=country)


def claim(
    claimant: Actor,
    stance: Stance = Stance.ASSERTS,
    about: About = About.FATALITIES,
    *,
    article_id: str = "a1",
    quote: str = "words",
    **more: Any,
) -> Claim:
    return Claim(
        article_id=article_id,
        claimant=claimant,
        stance=stance,
        about=about,
        evidence=Quote(start=0, end=len(quote), quote=quote),
        **more,
    )


def extraction(
    of: RawArticle, *found: ExtractedEvent, primary: int | None = 0, **more: Any
) -> ArticleExtraction:
    return ArticleExtraction(
        article_id=of.id,
        content_hash=of.content_hash,
        extractor=EXTRACTOR,
        events=found,
        primary=primary if found else None,
        sketch=Sketch(version="1"),
        **more,
    )


def fact(of: RawArticle, found: ExtractedEvent, index: int = 0) -> ReportFact:
    made = extraction(of, found)
    ref = ReportRef(of.id, of.content_hash, events.extraction_id(made), index)
    return ReportFact(
        ref=ref, article=of, event=found, sketch=made.sketch, extractor=EXTRACTOR, is_primary=True
    )


def incident(*facts: ReportFact, copies: dict[str, str] | None = None) -> Incident:
    """An incident whose reports arrived in the order given, at positions 1, 2, …"""
    members = tuple(
        Membership(one.ref, "current", (copies or {}).get(one.article.id), position)
        for position, one in enumerate(facts, start=1)
    )
    return Incident(id="i1", opened_at=DAY, reports=members, version=len(members), position=len(members))


def figure_claim(
    number: int, claimant: str, *, day: int = 0, high: int | None = None, **more: Any
) -> FigureClaim:
    return FigureClaim(
        claim_id=more.pop("claim_id", f"{claimant}-{day}-{number}"),
        claimant=claimant,
        voice=more.pop("voice", claimant),
        outlet=more.pop("outlet", claimant),
        low=number,
        high=number if high is None else high,
        qualifier=more.pop("qualifier", None),
        definite=more.pop("definite", high is None),
        said_at=DAY + timedelta(days=day),
        rank=more.pop("rank", 0),
    )
