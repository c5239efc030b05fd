"""The numbers killed and injured that an event gets, and what they rest on."""

from services.extract.components.counts import CountTables, find_counts, rank_counts
from services.extract.model import Document
from tests.unit.extract.articles import document
from tests.unit.extract.ranked_frames import whole


def counted(doc: Document) -> CountTables:
    return rank_counts(doc, find_counts(doc), whole(doc))


def test_at_least_n_gives_best_n_with_the_qualifier() -> None:
    doc = document(
        "At least 33 soldiers were killed and almost 40 more injured in an air strike on Thursday."
    )
    tables = counted(doc)
    assert (tables.killed.best, tables.killed.qualifier) == (33, "at least")
    assert (tables.injured.best, tables.injured.qualifier) == (40, "nearly")


def test_a_range_gives_its_bounds() -> None:
    figure = counted(document("Between 10 and 15 soldiers were killed in the attack on the post.")).killed
    assert (figure.low, figure.high, figure.qualifier) == (10, 15, "between")


def test_dozens_alone_give_nulls_with_the_qualifier() -> None:
    figure = counted(document("A bomb killed three people and wounded dozens at a bus stop.")).injured
    assert (figure.low, figure.best, figure.high, figure.qualifier) == (None, None, None, "dozens")


def test_what_is_not_told_is_null_and_what_is_denied_is_zero() -> None:
    silent = counted(document("Talks between the two ministries went on until late."))
    assert (silent.killed.best, silent.injured.best) == (None, None)
    spared = counted(document("Gunmen fired at the gate of the mill. No one was injured in the shooting."))
    assert spared.injured.best == 0


def test_every_number_quotes_words_of_the_article() -> None:
    doc = document("A gunman shot and killed two clerks and wounded a guard.", title="Two killed at mill")
    tables = counted(doc)
    assert tables.killed.best == 2
    assert {doc.quote(c.span) for c in tables.killed_support if c.span} >= {"Two", "two clerks"}


def test_persons_told_of_one_by_one_are_added_up_with_their_mentions() -> None:
    doc = document(
        "Ana Silva, 34, was killed in the shooting on Monday. Rui Costa, 51, was also killed in the shooting."
    )
    rows = [
        c for row in counted(doc).killed_rows if row.value == 2 for c in row.support if c.rule == "persons"
    ]
    assert [len(candidate.addends) for candidate in rows] == [2]


def test_victims_are_named_with_age_and_what_befell_them() -> None:
    victims = counted(document("Ana Silva, 34, was killed in the shooting on Monday.")).victims
    assert [(v.name, v.age, v.status, v.role) for v in victims] == [("Ana Silva", 34, "killed", "victim")]


def test_a_dead_attacker_is_flagged_among_the_victims() -> None:
    doc = document("Three clerks were killed in the attack. The gunman was shot dead by guards.")
    roles = {victim.role for victim in counted(doc).victims}
    assert "attacker" in roles


def test_totals_over_time_are_left_out_with_the_reason() -> None:
    doc = document(
        "Two soldiers were killed by a mine on Monday. At least 43 soldiers have been killed since February."
    )
    tables = counted(doc)
    assert tables.killed.best == 2
    assert [(e.candidate.value.best, e.reason) for e in tables.excluded] == [(43, "cumulative")]


def test_the_same_article_is_counted_the_same_way_twice() -> None:
    text = "Two men and a boy were shot on Sunday. One of the men died in hospital."
    assert counted(document(text)) == counted(document(text))
