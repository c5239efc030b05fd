"""Crosswise folding: weights of one half judge the other, and nothing is replaced by mistake."""

import pytest

from tests.quality.outputs import a_fold, an_event, on
from tools.quality.crossfit import OverlayRefused, join, overlaid
from tools.quality.folding import Folder, source_hash
from tools.quality.rows import grouping

WEIGHTS = "services/weights.json"


@pytest.fixture
def folder(tmp_path):
    for name in ("services", "schemas"):
        (tmp_path / "tree" / name).mkdir(parents=True)
    (tmp_path / "tree" / WEIGHTS).write_text("both halves")
    return Folder(tmp_path / "tree", tmp_path / "cache", 1, (), source_hash(tmp_path / "tree"))


def overlay_of(tmp_path, path, content):
    target = tmp_path / "half0" / path
    target.parent.mkdir(parents=True)
    target.write_text(content)
    return tmp_path / "half0"


def test_an_overlay_replaces_weights_in_a_copy_and_leaves_the_source_alone(folder, tmp_path):
    copy = overlaid(folder, overlay_of(tmp_path, WEIGHTS, "half 0 alone"))
    assert (copy.repository / WEIGHTS).read_text() == "half 0 alone"
    assert (folder.repository / WEIGHTS).read_text() == "both halves"
    assert copy.sources != folder.sources


def test_a_weight_file_that_replaces_nothing_is_refused(folder, tmp_path):
    with pytest.raises(OverlayRefused, match="replaces nothing"):
        overlaid(folder, overlay_of(tmp_path, "services/wieghts.json", "typo"))


def test_an_empty_overlay_is_refused(folder, tmp_path):
    with pytest.raises(OverlayRefused, match="no weight files"):
        overlaid(folder, tmp_path / "nowhere")


def test_each_article_takes_its_results_from_the_fold_that_its_half_did_not_teach():
    folds = [
        a_fold({i: [an_event(date=on(day))] for i in "ab"}, {"x": ["a", "b"]})
        for day in ("2014-01-01", "2014-02-02")
    ]
    joined = join(folds, {"a": 0, "b": 1}.__getitem__)
    days = {i: row["events"][0]["date"]["start"] for i, row in joined.extractions.items()}
    assert days == {"a": "2014-01-01", "b": "2014-02-02"}
    assert grouping(joined, "ab") == {"a": "0:x", "b": "1:x"}
    assert set(joined.incidents_by_id) == {"0:x", "1:x"}
