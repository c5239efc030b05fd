"""Figure policies: whose number counts, and why another does not."""

from hypothesis import given
from hypothesis import strategies as st

from services.store.figures import POLICIES, FigureClaim, conservative, latest_by_claimant, span_of_all
from tests.unit.store.make import figure_claim


def test_a_claimant_who_raises_its_toll_supersedes_itself() -> None:
    """Successive figures of one claimant are no range."""
    said = [figure_claim(n, "governor", rank=i) for i, n in enumerate((9, 22, 29, 33))]
    decision = latest_by_claimant(said)
    assert (decision.figure.low, decision.figure.best, decision.figure.high) == (33, 33, 33)
    reasons = {v.claim_id: v.superseded_by for v in decision.verdicts}
    assert reasons["governor-0-9"] == "governor-0-33"


def test_the_figure_of_most_claimants_is_best() -> None:
    said = [figure_claim(33, "officials"), figure_claim(34, "monitor"), figure_claim(34, "government")]
    figure = latest_by_claimant(said).figure
    assert (figure.low, figure.best, figure.high) == (33, 34, 34)


def test_officials_of_one_government_are_one_voice() -> None:
    said = [
        figure_claim(33, "Turland", voice="state:TR"),
        figure_claim(33, "Turland's officials", voice="state:TR"),
        figure_claim(34, "Daily"),
        figure_claim(34, "Courier"),
    ]
    assert latest_by_claimant(said).figure.best == 34


def test_a_tie_goes_to_the_figure_that_more_outlets_report() -> None:
    said = [
        figure_claim(5, "police", outlet="a"),
        figure_claim(5, "police", outlet="b", claim_id="again"),
        figure_claim(4, "witness", outlet="c"),
    ]
    assert latest_by_claimant(said).figure.best == 5


def test_a_full_tie_goes_to_the_lower_figure() -> None:
    assert latest_by_claimant([figure_claim(7, "one"), figure_claim(5, "two")]).figure.best == 5


def test_a_vague_range_stays_out_of_high_and_says_so() -> None:
    said = [figure_claim(34, "monitor"), figure_claim(50, "sources", high=100)]
    decision = latest_by_claimant(said)
    assert decision.figure.high == 34
    assert [v.counted for v in decision.verdicts if v.claim_id.startswith("sources")] == [False]


def test_no_claim_gives_nothing_rather_than_zero() -> None:
    figure = latest_by_claimant([]).figure
    assert (figure.low, figure.best, figure.high) == (None, None, None)


def test_the_conservative_policy_takes_the_smallest_current_figure() -> None:
    said = [figure_claim(33, "officials"), figure_claim(34, "monitor"), figure_claim(34, "government")]
    assert conservative(said).figure.best == 33


def test_the_span_policy_keeps_superseded_figures_in_its_span() -> None:
    said = [figure_claim(9, "governor"), figure_claim(33, "governor", day=1)]
    figure = span_of_all(said).figure
    assert (figure.low, figure.best, figure.high) == (9, 33, 33)


claims = st.lists(
    st.builds(
        lambda n, who, day, width, i: figure_claim(
            n, f"c{who}", day=day, high=n + width if width else None, claim_id=f"id{i}", rank=i
        ),
        st.integers(0, 50),
        st.integers(0, 4),
        st.integers(0, 5),
        st.sampled_from([0, 0, 3]),
        st.integers(0, 10_000),
    ),
    max_size=12,
    unique_by=lambda one: one.claim_id,
)


@given(claims, st.sampled_from(sorted(POLICIES)))
def test_every_policy_gives_an_ordered_figure_and_one_verdict_a_claim(
    said: list[FigureClaim], name: str
) -> None:
    decision = POLICIES[name](said)
    figure = decision.figure
    assert sorted(v.claim_id for v in decision.verdicts) == sorted(c.claim_id for c in said)
    if said:
        assert figure.low is not None
        assert figure.low <= (figure.best or 0) <= (figure.high or 0)


@given(claims)
def test_the_order_of_arrival_does_not_matter(said: list[FigureClaim]) -> None:
    assert latest_by_claimant(said).figure == latest_by_claimant(list(reversed(said))).figure
