"""The rule pipeline as a whole: totality, evidence, determinism, explanation."""

import pytest

from schemas.article import RawArticle
from schemas.taxonomy import MODES, EvidenceKind
from services.errors import Refused
from services.extract import registry
from services.extract.explain import explain
from services.extract.pipeline import RuleExtractor, build
from services.extract.ports import Extraction
from tests.unit.extract.articles import article

REPORT = (
    "KASSERA, May 14 (Harbour Wire) - An air strike hit a Norland army post near the village of Behal on "
    "Thursday evening, killing at least 19 soldiers and wounding about 40, a Norland governor said on Friday.\n\n"
    "Sudland's defence ministry denied that its aircraft had carried out the strike. Norland has since launched "
    "retaliatory strikes with artillery, killing 16 Sudland soldiers.\n\n"
    "At least 43 Norland soldiers have been killed since the start of March.\n\n"
    "Read more: The war in pictures\n\n© 2021 Harbour Wire"
)


@pytest.fixture(scope="module")
def rules() -> RuleExtractor:
    made = build()
    assert isinstance(made, RuleExtractor)
    return made


def quotes_hold(raw: RawArticle, found: Extraction) -> bool:
    sources = {"text": raw.text, "title": raw.title or ""}
    spots = [e for event in found.events for e in event.evidence if e.kind is not EvidenceKind.ASSUMED]
    claimed = [claim.evidence for event in found.events for claim in event.claims]
    return all(sources[e.in_ or "text"][e.start : e.end] == e.quote for e in (*spots, *claimed))


def test_a_strike_report_becomes_a_main_event_and_its_retaliation(rules: RuleExtractor) -> None:
    """Type, mode, relation and evidence of a plain wire report."""
    raw = article(REPORT, title="Air strike kills 19 Norland soldiers, governor says - Harbour Wire")
    found = rules.extract(raw)
    kinds = [(event.event_type, event.event_mode, str(event.relation)) for event in found.events]
    assert kinds[0] == ("ASSAULT", "aerial", "main")
    assert "retaliation" in [relation for _, _, relation in kinds]
    assert found.primary == 0
    assert found.events[0].sub_event == "Air/drone strike"
    assert quotes_hold(raw, found)
    assert {"event_type", "date"} <= {evidence.field for evidence in found.events[0].evidence}


@pytest.mark.parametrize(
    "text",
    [
        ".",
        "\n\n\n",
        " ",
        "İstanbul’da “x",
        "Read more: x",
        "\x00\ud7ff 😀 shot 😀 dead",
        "A" * 5000,
        "“" * 500,
        "killed " * 400,
        "1 2 3 4 5 " * 200,
        "Police said.Police said." * 50,
    ],
)
def test_no_text_breaks_the_pipeline_and_every_quote_holds(rules: RuleExtractor, text: str) -> None:
    """Totality: any text that an article may hold is answered, offsets intact."""
    for published in ("2021-05-14", None):
        raw = article(text, title=text[:80], published=published, outlet=None)
        assert quotes_hold(raw, rules.extract(raw))


def test_the_same_article_gives_the_same_events(rules: RuleExtractor) -> None:
    """Determinism, also by another extractor of the same version."""
    raw = article(REPORT)
    assert rules.extract(raw) == rules.extract(raw) == build().extract(raw)
    assert rules.id == build().id
    assert rules.id.resources is not None


def test_modes_belong_to_their_types(rules: RuleExtractor) -> None:
    """An event's mode is one of its type's."""
    for event in rules.extract(article(REPORT)).events:
        assert event.event_mode is None or event.event_mode in MODES[event.event_type]  # type: ignore[index]


def test_an_undated_article_has_no_invented_date(rules: RuleExtractor) -> None:
    """Without publication day nothing is assumed."""
    found = rules.extract(article("Gunmen shot dead a judge in Oran.", published=None))
    assert found.events[0].date is None


def test_an_explanation_shows_where_every_value_comes_from(rules: RuleExtractor) -> None:
    """Highlights lie in the text, furniture is shown as masked, choices add up to at most one."""
    raw = article(REPORT, title="Air strike kills 19")
    reading = rules.read(raw)
    shown = explain(raw, reading.extraction, reading)
    assert shown.events[0].primary
    assert shown.events[0].triggers
    assert any("Read more" in raw.text[span.start : span.end] for span in shown.masked)
    assert {h.field for h in shown.highlights} >= {"event_type", "date"}
    for event in shown.events:
        for field in event.fields:
            assert sum(choice.p for choice in field.choices) <= 1.001


def test_extractors_are_found_by_their_entry_point() -> None:
    """The default is installed; an unknown name is refused with the names there are."""
    assert "rules" in registry.names()
    assert registry.load().id.name == "rules"
    with pytest.raises(Refused, match="rules"):
        registry.load("crystal-ball")
