"""The record: values fused from reports, claims side by side, nothing invented."""

from datetime import UTC, date, datetime

from schemas.extraction import Perpetrator, Victim
from schemas.taxonomy import About, ActorKind, Grade, Stance
from services.store.incident import Incident, SetField
from services.store.record import build_record, compact, diff_records, published_by
from tests.unit.store.make import DAY, actor, article, claim, event, fact, figure, incident

TURLAND = actor("Turland", ActorKind.STATE, "TR")
MINISTRY = actor("Russian Defence Ministry", ActorKind.MINISTRY, "RU")
SYRIA = actor("Syria", ActorKind.STATE, "SY")
RUSSIA = actor("Russia", ActorKind.STATE, "RU")


def contested() -> tuple[Incident, list]:
    """Two reports: one state blames another, a third party is blamed later and denies."""
    first = fact(
        article(1),
        event(
            33,
            victims=(Victim(group="soldiers", nationality="Turkish", count=33, status="killed"),),
            claims=(
                claim(TURLAND, Stance.ATTRIBUTES, About.RESPONSIBILITY, actor=SYRIA),
                claim(TURLAND, value=33, qualifier="at least"),
                claim(MINISTRY, Stance.DENIES, About.RESPONSIBILITY, actor=RUSSIA),
            ),
            perpetrators=(Perpetrator(name="Syria", kind=ActorKind.STATE, country="SY", confidence=0.6),),
        ),
    )
    us = actor("US", ActorKind.STATE, "US")
    second = fact(
        article(2, day=19),
        event(
            34, claims=(claim(us, Stance.ATTRIBUTES, About.RESPONSIBILITY, article_id="a2", actor=RUSSIA),)
        ),
    )
    return incident(first, second), [first, second]


def test_a_record_keeps_every_side_and_is_graded_contested() -> None:
    state, facts = contested()
    record = build_record(state, facts)
    by_actor = {one.actor.country: one for one in record.attributions}
    assert {v.claimant.name for v in by_actor["SY"].supporters} == {"Turland"}
    assert {v.claimant.name for v in by_actor["RU"].deniers} == {"Russian Defence Ministry"}
    assert record.grade is Grade.CONTESTED
    assert (record.fatalities.low, record.fatalities.high) == (33, 34)


def test_the_headline_is_composed_from_the_fields() -> None:
    state, facts = contested()
    assert build_record(state, facts).headline == (
        "Air strike kills 33–34 Turkish soldiers in Tana, Coast; Turkey blames Syria, US blames Russia, Russia denies"
    )


def test_a_record_as_of_an_earlier_day_knows_only_what_was_published_by_then() -> None:
    state, facts = contested()
    early = published_by(facts, datetime(2023, 5, 12, tzinfo=UTC))
    record = build_record(state, early)
    assert record.articles == ("a1",)
    assert all(voice.claimant.country != "US" for one in record.attributions for voice in one.supporters)


def test_a_syndicated_copy_is_visible_and_no_independent_source() -> None:
    one, two = fact(article(1), event(5)), fact(article(2), event(5))
    record = build_record(incident(one, two, copies={"a2": "a1"}), [one, two])
    assert (record.sources.articles, record.sources.outlets, record.sources.independent) == (2, 2, 1)
    assert record.reports[1].copy_of == "a1"


def test_an_outlet_that_raises_its_own_figure_supersedes_itself() -> None:
    one = fact(article(1, outlet="Daily"), event(2))
    two = fact(article(2, day=1, outlet="Daily"), event(3))
    figure_ = build_record(incident(one, two), [one, two]).fatalities
    assert (figure_.low, figure_.best, figure_.high) == (3, 3, 3)


def test_a_claimants_earlier_figure_stays_with_a_pointer_to_the_later_one() -> None:
    governor = actor("governor", ActorKind.OFFICIAL, "KE")
    one = fact(article(1), event(9, claims=(claim(governor, value=9),)))
    two = fact(article(2, day=1), event(22, claims=(claim(governor, value=22, article_id="a2"),)))
    record = build_record(incident(one, two), [one, two])
    assert record.fatalities == figure(22)
    old, new = record.claims
    assert old.superseded_by == new.id
    assert new.superseded_by is None


def test_an_incident_without_a_report_that_counts_is_discounted_and_hidden() -> None:
    one = fact(article(1), event(5))
    state = incident(one)
    record = build_record(state, [])
    assert record.grade is Grade.DISCOUNTED
    assert record.hidden


def test_a_value_that_a_person_set_wins_and_is_marked() -> None:
    one = fact(article(1), event(5))
    state = incident(one)
    fix = SetField(
        "date", {"start": "2023-05-09", "end": "2023-05-09", "precision": 1}, "ana", "typo", None, 7
    )
    corrected = Incident(**{**{f: getattr(state, f) for f in state.__slots__}, "corrections": (fix,)})
    record = build_record(corrected, [one])
    assert record.date is not None
    assert record.date.start == date(2023, 5, 9)
    assert record.corrections[0].author == "ana"


def test_the_compact_record_names_the_voices_without_the_lists() -> None:
    state, facts = contested()
    small = compact(build_record(state, facts))
    assert small.attributions[0]["supporters"]
    assert not hasattr(small, "claims")


def test_a_difference_names_the_fields_that_changed() -> None:
    state, facts = contested()
    before = build_record(state, published_by(facts, DAY))
    after = build_record(state, facts)
    changed = diff_records(before, after)
    assert changed["fatalities"]["to"]["high"] == 34
    assert "date" not in changed
    assert "position" not in changed
