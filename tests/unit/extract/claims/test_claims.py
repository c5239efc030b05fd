"""What a claim carries beside its words: day, caveat, reporter, exact quote, and the event it is about."""

from datetime import date

import pytest

from schemas.claim import Claim
from schemas.taxonomy import About, ActorKind, Relation, Stance
from services.extract.components.claims import find_claims
from tests.unit.extract.claims.invented import claims_of, document, found_in, frame


def _one(text: str, stance: Stance, about: About = About.RESPONSIBILITY) -> Claim:
    found = [c for c in claims_of(text) if c.stance is stance and c.about is about]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Kyiv on Monday blamed Moscow for the missile attack on the station.", date(2024, 5, 13)),
        (
            "The ministry of defence of Armenia said on Sunday that Azerbaijan shelled the village.",
            date(2024, 5, 12),
        ),
        ("Iran accused Israel on Tuesday of bombing the consulate.", date(2024, 5, 14)),
        ("Israel blamed Hezbollah for the rocket attack of Saturday.", None),
        ("India said Pakistan had shelled the post on Friday.", None),
        ("Rwanda was blamed for the attack by the Congolese government.", None),
    ],
)
def test_a_claim_is_dated_by_the_day_it_was_said_not_by_the_day_of_the_event(
    text: str, day: date | None
) -> None:
    assert _one(text, Stance.ATTRIBUTES).said_at == day


def test_the_next_sentence_of_the_same_speaker_dates_a_claim() -> None:
    text = (
        "Minister Carla Ruiz has blamed the ELN for the bombing of the pipeline. "
        "She made the statement on Monday during a news conference."
    )
    assert _one(text, Stance.ATTRIBUTES).said_at == date(2024, 5, 13)


def test_a_reservation_stays_with_the_claim() -> None:
    claim = _one(
        '"Rebels shelled the ferry," the governor of Odesa told reporters, without giving evidence.',
        Stance.ATTRIBUTES,
    )
    assert claim.caveat == "without giving evidence"


def test_who_passed_the_words_on_is_kept() -> None:
    claim = _one(
        "A doctor told Reuters that nine people died in the attack.", Stance.ASSERTS, About.FATALITIES
    )
    assert (claim.claimant.kind, claim.reported_by) == (ActorKind.MEDICAL, "Reuters")


def test_state_media_speak_for_their_state() -> None:
    claim = _one("The raid killed seven people, SANA reported.", Stance.ASSERTS, About.FATALITIES)
    assert (claim.claimant.country, claim.claimant.kind, claim.reported_by) == (
        "SY",
        ActorKind.GOVERNMENT,
        "SANA",
    )


def test_a_spokesman_speaks_for_his_body_and_a_minister_keeps_his_name() -> None:
    spoken = _one(
        "Taliban spokesman Qari Yusuf said the raid killed 14 soldiers.", Stance.ASSERTS, About.FATALITIES
    )
    assert spoken.claimant.name == "Taliban"
    blamed = _one(
        "Peruvian Defence Minister Jorge Nieto blamed Shining Path for the ambush.", Stance.ATTRIBUTES
    )
    assert (blamed.claimant.name, blamed.claimant.country) == ("Jorge Nieto", "PE")


def test_every_quote_is_the_text_at_its_offsets() -> None:
    text = (
        "At least 12 people were killed when rockets hit Mekele, hospital officials said. Ethiopia’s army blamed the TPLF. "
        "“We did not fire,” a TPLF spokesman said. Two other people – both nurses – were wounded."
    )
    found = found_in(text, title="Ethiopia blames TPLF for rocket attack that killed 12")
    title = "Ethiopia blames TPLF for rocket attack that killed 12"
    quotes = [c.evidence for c in found.claims] + [p.evidence for p in found.perpetrators if p.evidence]
    assert len(quotes) >= 4
    for quote in quotes:
        source = title if quote.in_ == "title" else text
        assert source[quote.start : quote.end] == quote.quote


def test_a_statement_repeated_by_one_claimant_is_one_claim() -> None:
    text = "Kyiv blamed Russia for the strike. Later Kyiv again blamed Russia for the strike on the mall."
    assert len([c for c in claims_of(text) if c.stance is Stance.ATTRIBUTES]) == 1


def test_the_outlets_own_figure_is_left_out_where_somebody_named_gives_it() -> None:
    text = "A blast killed six people in Quetta. Six people were killed, police said."
    assert [c.claimant.kind for c in claims_of(text) if c.about is About.FATALITIES] == [ActorKind.POLICE]


def test_retaliation_keeps_its_own_figures_and_culprit() -> None:
    doc = document(
        "An air strike killed 20 Kenyan soldiers near Dhobley, the Kenyan army said. "
        "Kenya launched retaliatory strikes, killing 35 militants, the army said."
    )
    main = frame(0, [0], doc=doc, trigger="air strike")
    answer = frame(1, [1], doc=doc, relation=Relation.RETALIATION, trigger="retaliatory strikes")
    found = find_claims(doc, (main, answer))
    assert [c.value for c in found.of(main).claims if c.about is About.FATALITIES] == [20]
    assert [c.value for c in found.of(answer).claims if c.about is About.FATALITIES] == [35]


def test_a_figure_in_a_sentence_about_no_event_of_the_article_is_nobodys() -> None:
    doc = document(
        "A bomb killed four people in Lashkar Gah. Elsewhere, a separate attack left nine dead, officials said."
    )
    main = frame(0, [0], doc=doc, trigger="bomb")
    found = find_claims(doc, (main,))
    assert [c.value for c in found.of(main).claims] == [4]
    assert found.unplaced == 1


def test_what_somebody_named_says_on_responsibility_reaches_the_main_event_from_any_sentence() -> None:
    doc = document(
        "A bomb killed four people in Lashkar Gah. The weather was fine. The Afghan army blamed the Taliban."
    )
    main = frame(0, [0], doc=doc, trigger="bomb")
    found = find_claims(doc, (main,)).of(main).claims
    assert any(
        c.stance is Stance.ATTRIBUTES and c.actor is not None and c.actor.name == "Taliban" for c in found
    )
