"""`wirefold explain`: an article with its evidence marked, and why each candidate won."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from schemas.evidence import Where
from services.cli.articles import read_articles
from services.cli.fold import read_input
from services.cli.terminal import safe
from services.errors import Refused
from services.extract import registry
from services.extract.explain import Choice, EventTrace, Explanation, FieldTrace, Highlight, explain
from services.extract.pipeline import RuleExtractor
from services.settings import Settings

STYLES: Final = {
    "date": "black on bright_yellow",
    "place": "black on bright_green",
    "fatalities": "white on red",
    "injured": "black on bright_red",
    "event_type": "white on blue",
    "claims": "underline",
}
CHOICES_MAX: Final = 5


def explain_files(inputs: list[str], extractor: str, console: Console) -> None:
    """Print the explanation of every article. Raises Refused where nothing could be read."""
    articles, bad, _ = read_input(read_articles(inputs), Settings())
    for line in bad:
        console.print(f"{safe(line.where)}: {safe(line.why)}", highlight=False)
    if not articles:
        raise Refused("no article to explain")
    made = registry.load(extractor)
    for article in articles:
        if isinstance(made, RuleExtractor):
            reading = made.read(article)
            told = explain(article, reading.extraction, reading)
        else:
            told = explain(article, made.extract(article))
        console.print(explanation(told))


def explanation(told: Explanation) -> RenderableType:
    """The article with its evidence marked, then each event with the candidates of its fields."""
    parts: list[RenderableType] = [Text.from_markup(f"[bold]{safe(told.article_id)}[/]"), _legend(), Text("")]
    if told.title:
        parts.append(_marked(told.title, "title", told, base="bold"))
    parts.append(_marked(told.text, "text", told))
    parts.extend(_event(event) for event in told.events)
    return Group(*parts, Text(""))


def _legend() -> Text:
    legend = Text()
    for field, style in STYLES.items():
        legend.append(field, style)
        legend.append("  ")
    legend.append("masked", "dim strike")
    return legend


def _marked(source: str, where: Where, told: Explanation, base: str = "") -> Text:
    """The text, control characters shown as such (one for one, so that offsets hold), spans styled."""
    text = Text("".join(char if char in "\n\t" or char.isprintable() else "�" for char in source), style=base)
    for span in told.masked:
        if span.where == where:
            text.stylize("dim strike", span.start, span.end)
    for mark in _by_importance(told.highlights):
        if mark.where == where:
            text.stylize(STYLES.get(mark.field.split(".")[0], "underline"), mark.start, mark.end)
    return text


def _by_importance(marks: Sequence[Highlight]) -> list[Highlight]:
    """Long marks first, so that short ones inside them stay visible."""
    return sorted(marks, key=lambda mark: mark.start - mark.end)


def _event(event: EventTrace) -> RenderableType:
    head = Text.from_markup(
        f"\n[bold]event {event.index}[/] {safe(event.label)}  "
        f"[dim]{event.relation}, {event.stage}, salience {event.salience:.2f}[/]"
        + ("  [bold green]primary[/]" if event.primary else "")
    )
    rows: list[RenderableType] = [head]
    if event.reason:
        rows.append(Text(f"  {event.reason}", "dim italic"))
    if event.triggers:
        rows.append(Text(f"  triggers: {'; '.join(event.triggers)}", "dim"))
    rows.append(Padding(_fields(event.fields), (0, 0, 0, 2)))
    rows.extend(Text(f"  claim: {claim}") for claim in event.claims)
    return Group(*rows)


def _fields(fields: Sequence[FieldTrace]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for name in ("field", "candidates", "because"):
        table.add_column(name, overflow="fold")
    for one in fields:
        choices = "\n".join(_choice(choice) for choice in one.choices[:CHOICES_MAX])
        table.add_row(one.field, choices, safe("\n".join(one.reasons)))
    return table


def _choice(choice: Choice) -> str:
    shown = f"{choice.p:.2f} {safe(choice.value)}"
    return f"[bold]{shown}[/]" if choice.won else shown
