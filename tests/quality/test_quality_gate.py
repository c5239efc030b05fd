"""The gate: floors, data hashes, what may be left out, and that lowering takes an explicit word."""

import json
import os
from fnmatch import fnmatchcase

import pytest

from tools.quality import __main__ as command
from tools.quality.data_sets import REPOSITORY, development_root, file_hashes, locate
from tools.quality.gate import Baseline, floor_of, judge, raised, read_baseline, write_baseline
from tools.quality.rows import Score, make_fold

BASELINE = Baseline({"gva/a.jsonl": "00"}, {"gva.date": 0.8, "muc4.type": 0.6})
HASHES = {"gva/a.jsonl": "00"}


def measured(**values):
    return {name.replace("__", "."): Score(name, value, 10) for name, value in values.items()}


GOOD = measured(gva__date=0.85, muc4__type=0.6)


def test_figures_at_or_above_their_floors_pass():
    assert judge(BASELINE, GOOD, HASHES, []) == []


def test_a_lowered_score_fails():
    breaches = judge(BASELINE, {**GOOD, **measured(gva__date=0.7999)}, HASHES, [])
    assert [breach.figure for breach in breaches] == ["gva.date"]


def test_changed_data_fails_even_where_every_figure_is_better():
    breaches = judge(BASELINE, GOOD, {"gva/a.jsonl": "01"}, [])
    assert [breach.figure for breach in breaches] == ["gva/a.jsonl"]


def test_data_without_a_committed_hash_fails():
    assert [b.figure for b in judge(BASELINE, GOOD, {**HASHES, "gva/b.jsonl": "02"}, [])] == ["gva/b.jsonl"]


def test_a_floor_that_nothing_measured_fails_unless_its_set_was_left_out():
    only_gva = measured(gva__date=0.85)
    assert [b.figure for b in judge(BASELINE, only_gva, HASHES, [])] == ["muc4.type"]
    assert judge(BASELINE, only_gva, HASHES, ["muc4"]) == []
    assert [b.figure for b in judge(BASELINE, only_gva, HASHES, ["muc"])] == ["muc4.type"]


def test_raising_never_lowers():
    after = raised(BASELINE, measured(gva__date=0.9, muc4__type=0.1), HASHES, [], lower=False)
    assert after.floors == {"gva.date": 0.9, "muc4.type": 0.6}


def test_lowering_takes_the_explicit_word():
    after = raised(BASELINE, measured(gva__date=0.7), HASHES, [], lower=True)
    assert after.floors == {"gva.date": 0.7, "muc4.type": 0.6}


def test_only_figures_of_the_list_get_a_new_floor_and_new_hashes_are_kept():
    after = raised(
        BASELINE, measured(own__date=0.9, own__other=0.9), {"own/c": "03"}, ["own.d*"], lower=False
    )
    assert set(after.floors) == {"gva.date", "muc4.type", "own.date"}
    assert after.data == {"gva/a.jsonl": "00", "own/c": "03"}


@pytest.mark.parametrize(
    ("value", "floor"), [(0.8, 0.8), (0.87654, 0.876), (1.0, 1.0), (-2.0, -2.0), (9.0, 9.0), (0.29, 0.29)]
)
def test_a_floor_is_rounded_down_and_whole_steps_stay(value, floor):
    assert floor_of(value) == floor <= value + 1e-9


def test_a_baseline_reads_back_as_written_and_a_missing_one_is_empty(tmp_path):
    path = tmp_path / "baseline.json"
    assert read_baseline(path) == Baseline({}, {})
    write_baseline(path, BASELINE)
    assert read_baseline(path) == BASELINE


def test_the_lower_flag_alone_is_refused(capsys):
    with pytest.raises(SystemExit):
        command.parse(["--lower-floors"])
    assert "goes with --update" in capsys.readouterr().err


def test_absent_development_data_is_said_loudly_and_only_the_own_corpus_is_found(tmp_path, capsys):
    root = development_root({"WIREFOLD_DEV_DATA": str(tmp_path / "nowhere")})
    found, absent = locate(root)
    command.warn_absent(absent, root)
    assert root is None
    assert [data_set.name for data_set in found] == ["samples", "own"]
    assert "NOT MEASURED" in capsys.readouterr().err


def test_the_corpus_is_the_one_that_the_floors_were_taken_on():
    found, _ = locate(None)
    committed = read_baseline(command.BASELINE).data
    assert {name: committed.get(name) for name in file_hashes(found)} == file_hashes(found)


def test_every_goal_and_pattern_names_figures_of_a_known_set():
    config = json.loads(command.GOALS.read_text())
    names = {"denials", *command.MEASURES}
    assert {name.split(".")[0] for name in [*config["goals"], *config["gated"]]} <= names


def test_every_floor_is_a_gated_or_goal_figure_of_a_known_set():
    names = {"denials", *command.MEASURES}
    assert {name.split(".")[0] for name in read_baseline(command.BASELINE).floors} <= names
    assert command.BASELINE.is_relative_to(REPOSITORY)


class NothingFolded:
    """A folder whose folds are empty: every scorer runs, and nothing is right."""

    def fold(self, name, rows):
        return make_fold([], [], [])


def test_every_goal_and_gated_pattern_is_a_figure_that_is_measured():
    found, absent = locate(development_root(os.environ))
    if absent:
        pytest.skip("the development data is not here")
    scores = command.measure(found, NothingFolded(), quick=False)
    config = json.loads(command.GOALS.read_text())
    names = [score.name for score in scores]
    patterns = [*config["goals"], *config["gated"]]
    assert [p for p in patterns if not any(fnmatchcase(name, p) for name in names)] == []
    assert len(names) == len(set(names))


def test_an_empty_fold_reaches_no_goal():
    found, _ = locate(None)
    scores = command.measure(found, NothingFolded(), quick=False)
    goals = json.loads(command.GOALS.read_text())["goals"]
    reached = [s.name for s in scores if s.name in goals and s.value >= goals[s.name]]
    assert reached == ["own.claims_misplaced"]
