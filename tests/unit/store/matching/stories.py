"""Invented stories for the matching tests: one text and the event it reports, as a view."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from schemas.article import RawArticle, Source
from schemas.extraction import DateRange, ExtractedEvent, Figure, Place, Victim
from schemas.taxonomy import EventType
from services.extract.sketch import build_sketch
from services.store.matching.model import ReportView

MONDAY = date(2021, 3, 8)

HARBOUR = """A dock worker was shot dead outside the Lantern cafe on Quay Street late on Monday, police said.
Tomas Verhulst, 34, had just left the cafe in the 300 block of Quay Street when two shots were fired at
about 11:20 p.m., Inspector Ilse Maart said. A colleague, 27, was hit in the arm. Neighbours heard a
motorcycle leave towards the Old Bridge."""

HARBOUR_AGAIN = """Police in Marbeke have named the man who was killed outside a harbour cafe on Monday night
as Tomas Verhulst. The 34-year-old worked at the grain terminal. He was leaving the Lantern cafe on Quay
Street with a 27-year-old colleague, who was wounded, when a man on a motorcycle fired at them, Inspector
Ilse Maart told reporters on Tuesday."""

HARBOUR_TRIAL = """The trial of Joris Pakke opened on Thursday in Ostrand. The prosecution says that he
shot Tomas Verhulst outside the Lantern cafe in Marbeke in March because of a debt. Mr Pakke denies it.
The mother of Tomas Verhulst sat in the front row of the court."""

MARKET_NEXT_DAY = """A stall holder was killed in the fish market of Marbeke on Tuesday evening. Agnes Loo,
61, was stabbed by a customer after a quarrel about change at the stall in Canal Road, witnesses said. A
woman of 45 was arrested at the tram stop. The market will stay closed until the weekend."""


def where(town: str = "Marbeke", *, north: float = 51.2, east: float = 3.4) -> Place:
    return Place(name=town, admin1="Zeeland Coast", country="BE", latitude=north, longitude=east, precision=2)


def on(day: date) -> DateRange:
    return DateRange(start=day, end=day, precision=1)


def figure(number: int | None) -> Figure:
    return Figure(low=number, best=number, high=number)


def story(
    article_id: str,
    text: str,
    *,
    day: date | None = MONDAY,
    place: Place | None = None,
    killed: int | None = None,
    injured: int | None = None,
    victims: tuple[Victim, ...] = (),
    later: int = 1,
    outlet: str | None = None,
    title: str | None = None,
    index: int = 0,
    primary: bool = True,
    **more: Any,
) -> ReportView:
    """A report published `later` days after Monday; it says `day` and `place` unless they are None."""
    published = datetime.combine(MONDAY, datetime.min.time(), UTC) + timedelta(days=later)
    source = Source(name=outlet or f"Outlet {article_id}", domain=f"{outlet or article_id}.example".lower())
    article = RawArticle(
        id=article_id,
        content_hash="0" * 64,
        source=source,
        title=title,
        text=text,
        published_at=published,
        received_at=published,
    )
    event = ExtractedEvent(
        event_type=more.pop("event_type", EventType.ASSAULT),
        event_mode=more.pop("event_mode", "firearms"),
        date=on(day) if day else None,
        place=place,
        fatalities=figure(killed),
        injured=figure(injured),
        victims=victims,
        **more,
    )
    return ReportView(
        article_id=article_id,
        event_index=index,
        event=event,
        sketch=build_sketch(article),
        published=published.date(),
        reported_at=published,
        source=source.name,
        domain=source.domain,
        title=title,
        is_primary=primary,
    )


def harbour(article_id: str = "h1", text: str = HARBOUR, **more: Any) -> ReportView:
    """The shooting at the harbour: one killed, one hurt, on Monday in Marbeke."""
    values: dict[str, Any] = {"place": where(), "killed": 1, "injured": 1}
    return story(article_id, text, **{**values, **more})


def market(article_id: str = "m1", **more: Any) -> ReportView:
    """The stabbing in the market of the same town, the day after."""
    values: dict[str, Any] = {
        "place": where(),
        "day": MONDAY + timedelta(days=1),
        "killed": 1,
        "later": 2,
        "event_mode": None,
    }
    return story(article_id, MARKET_NEXT_DAY, **{**values, **more})
