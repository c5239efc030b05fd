"""An incident record as a person would like to read it: plain values in, rich renderables out.

Takes the JSON of the public API (`dict`), so it shows just what any client gets.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from schemas.actors import agree
from schemas.countries import country_name
from schemas.taxonomy import DATE_PRECISION, WHERE_PRECISION
from services.cli.terminal import safe

Json = Mapping[str, Any]
QUOTE_CHARS_MAX: Final = 220
GRADE_STYLE: Final = {
    "confirmed": "bold green",
    "fair": "green",
    "weak": "yellow",
    "contested": "bold yellow",
    "discounted": "dim",
}


def record_panel(record: Json) -> RenderableType:
    """One record: what, where, when; the figures; who blames whom and who denies; the sources."""
    parts: list[RenderableType] = [_facts(record), _figures(record)]
    for title, body in (
        ("Who says who did it", _attributions(record)),
        ("Figures by claimant", _figure_claims(record)),
        ("Other claims", _other_claims(record)),
        ("Reports", _reports(record)),
    ):
        if body is not None:
            parts.extend([Text(""), Text(title, style="bold"), Padding(body, (0, 0, 0, 2))])
    return Panel(
        Group(*parts), title=safe(record["headline"]), title_align="left", subtitle=record["id"], expand=True
    )


def _facts(record: Json) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_row("what", safe(_kind(record)))
    table.add_row("where", safe(place_text(record.get("place"))))
    table.add_row("when", safe(date_text(record.get("date"))))
    grade = record.get("grade", "")
    table.add_row(
        "grade", f"[{GRADE_STYLE.get(grade, '')}]{safe(grade)}[/] — {safe(record.get('grade_reason', ''))}"
    )
    return table


def _kind(record: Json) -> str:
    kind = "/".join(part for part in (record.get("event_type"), record.get("event_mode")) if part)
    label = record.get("sub_event")
    return f"{kind or 'news event'}" + (f"  ({label})" if label else "")


def place_text(place: Json | None) -> str:
    """A place in words, with how precise it is and whose point it carries."""
    if not place:
        return "unknown"
    names = [place.get("name"), place.get("admin1"), country_name(place.get("country"))]
    text = ", ".join(dict.fromkeys(name for name in names if name)) or "unknown"
    if place.get("latitude") is not None:
        text += f"  [{place['latitude']:.3f}, {place['longitude']:.3f}]"
    inside = f"; point of {place['contained_in']}" if place.get("contained_in") else ""
    return f"{text}  ({WHERE_PRECISION[place['precision']]}{inside})"


def date_text(date: Json | None) -> str:
    """A date or a span of days, with how precise it is."""
    if not date:
        return "unknown"
    days = date["start"] if date["start"] == date["end"] else f"{date['start']} to {date['end']}"
    return f"{days}  ({DATE_PRECISION[date['precision']]})"


def _figures(record: Json) -> Table:
    table = Table(box=None, padding=(0, 3, 0, 0), show_edge=False, header_style="dim")
    for name in ("", "low", "best", "high", ""):
        table.add_column(name, justify="left" if not name else "right")
    for field, label in (("fatalities", "killed"), ("injured", "injured")):
        figure = record.get(field) or {}
        cells = [_number(figure.get(name)) for name in ("low", "best", "high")]
        table.add_row(label, *cells, safe(figure.get("qualifier") or ""))
    return table


def _number(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def _attributions(record: Json) -> RenderableType | None:
    rows: list[Text] = []
    for one in record.get("attributions", ()):
        name = one["actor"]["name"]
        for voice in _distinct(one["supporters"]):
            own = voice["claimant"]["name"] == name
            verb, whom = ("claims", "responsibility") if own else ("blames", name)
            rows.append(_voice(voice, verb, whom, "red"))
        rows.extend(_voice(voice, "denies", f"({name})", "cyan") for voice in _distinct(one["deniers"]))
    return Group(*rows) if rows else None


def _distinct(voices: Iterable[Json]) -> list[Json]:
    first: dict[tuple[str, str], Json] = {}
    for voice in voices:
        first.setdefault((voice["claimant"]["name"], voice["stance"]), voice)
    return list(first.values())


def _voice(voice: Json, verb: str, whom: str, style: str) -> Text:
    name = voice["claimant"]["name"]
    text = Text.from_markup(f"[bold]{safe(name)}[/] [{style}]{agree(name, verb)} {safe(whom)}[/]")
    if voice.get("said_at"):
        text.append(f" ({voice['said_at'][:10]})", style="dim")
    text.append(f"\n    “{_clean(voice['evidence']['quote'])}”  {_clean(voice['article_id'])}", style="dim")
    if voice.get("caveat"):
        text.append(f"\n    caveat: {_clean(voice['caveat'])}", style="dim italic")
    return text


def _clean(text: str) -> str:
    plain = " ".join(Text.from_markup(safe(text)).plain.split())
    return plain if len(plain) <= QUOTE_CHARS_MAX else plain[: QUOTE_CHARS_MAX - 1] + "…"


def _figure_claims(record: Json) -> RenderableType | None:
    claims = [
        c
        for c in record.get("claims", ())
        if c["about"] in ("fatalities", "injured") and c["value"] is not None
    ]
    if not claims:
        return None
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for name in ("claimant", "about", "figure", "quote"):
        table.add_column(name, overflow="fold")
    for claim in claims:
        gone = " (superseded)" if claim.get("superseded_by") else ""
        figure = " ".join(str(part) for part in (claim.get("qualifier"), _value(claim["value"])) if part)
        table.add_row(
            safe(claim["claimant"]["name"]), claim["about"], safe(figure + gone), f"[dim]“{_quote(claim)}”[/]"
        )
    return table


def _quote(claim: Json) -> str:
    return safe(_clean(claim["evidence"]["quote"]))


def _value(value: Any) -> str:
    return f"{value[0]}–{value[1]}" if isinstance(value, list) else str(value)


def _other_claims(record: Json) -> RenderableType | None:
    shown = {"fatalities", "injured", "responsibility"}
    rows = [
        Text.from_markup(
            f"[bold]{safe(c['claimant']['name'])}[/] {safe(c['stance'])} ({c['about']})"
            f"  [dim]“{_quote(c)}”[/]"
        )
        for c in record.get("claims", ())
        if c["about"] not in shown
    ]
    return Group(*rows) if rows else None


def _reports(record: Json) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for name in ("published", "outlet", "title", ""):
        table.add_column(name, overflow="fold")
    for report in record.get("reports", ()):
        note = f"copy of {report['copy_of']}" if report.get("copy_of") else ""
        note = note if report["status"] == "current" else report["status"]
        day = (report.get("published_at") or report["received_at"])[:10]
        outlet = report.get("source") or report.get("domain") or "unknown"
        table.add_row(day, safe(outlet), safe(report.get("title") or report["article_id"]), safe(note))
    counts = record["sources"]
    caption = (
        f"{counts['articles']} articles, {counts['outlets']} outlets, {counts['independent']} independent"
    )
    return Group(table, Text(caption, style="dim"))


def update_line(update: Json) -> Text:
    """One line for one update of the stream: position, reason, headline."""
    incident = update.get("incident") or {}
    text = Text(f"{update['position']:>8}  ", style="dim")
    text.append(f"{update['reason']:<18} ", style="cyan")
    text.append(_clean(incident.get("headline") or f"{update['incident_id']} ended"))
    text.append(f"  {_changes(update.get('changed') or {})}", style="dim")
    return text


def _changes(changed: Json) -> str:
    shown = []
    for name in ("fatalities", "injured", "date", "place", "grade"):
        change = changed.get(name)
        if change and change.get("from"):
            shown.append(f"{name}: {_brief(change['from'])} → {_brief(change['to'])}")
    return _clean("; ".join(shown))


def _brief(value: Any) -> str:
    if isinstance(value, Mapping) and "best" in value:
        return "/".join(_number(value.get(name)) for name in ("low", "best", "high"))
    if isinstance(value, Mapping) and "start" in value:
        return str(value["start"])
    if isinstance(value, Mapping) and "country" in value:
        return place_text(value).split("  ")[0]
    return str(value)


def changes_table(changes: Sequence[Json]) -> Table:
    """The history of an incident: one row a change."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("position", "recorded", "reason", "article", "changed"):
        table.add_column(name, overflow="fold")
    for one in changes:
        table.add_row(
            str(one["position"]),
            one["recorded_at"][:19],
            safe(one["reason"]),
            safe(one.get("article_id") or ""),
            _changes(one.get("changed") or {}),
        )
    return table
