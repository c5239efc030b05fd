"""Folding through the command: labels stay behind, results are reused, failures are not."""

import pytest

from tools.quality.folding import Folder, FoldFailed, articles_per_second, posted_line, source_hash

STAND_IN = """
import json, pathlib, sys
def main():
    source, out = sys.argv[2], pathlib.Path(sys.argv[4])
    rows = [json.loads(line) for line in open(source)]
    if any(row["text"] == "bad" for row in rows):
        sys.exit("line 1 is bad")
    with open(out / "runs", "a") as runs:
        runs.write("x")
    for name, kept in (("extractions", {"events": [], "primary": None}),
                       ("assignments", {"incident_id": None, "incident_ids": []})):
        lines = (json.dumps({"article_id": row["id"], **kept}) for row in rows)
        (out / f"{name}.jsonl").write_text("".join(line + chr(10) for line in lines))
    (out / "incidents.jsonl").write_text("")
    (out / "summary.json").write_text('{"articles_per_second": 12}')
"""


@pytest.fixture
def repository(tmp_path):
    """A source tree whose `wirefold fold` writes empty extractions and notes each run."""
    for folder in ("services", "services/cli", "schemas"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").write_text("")
    (tmp_path / "services/cli/main.py").write_text(STAND_IN)
    return tmp_path


def folder(repository, settings=()):
    return Folder(repository, repository / "cache", 1, settings, source_hash(repository))


def runs(repository):
    return {path.parent.name: path.read_text() for path in repository.glob("cache/*/runs")}


ROW = {"id": "a", "text": "News.", "gold": {"killed": 3}, "incident_id": "g"}


def test_labels_are_taken_off_before_folding():
    assert posted_line(ROW) == '{"id": "a", "text": "News."}\n'


def test_the_same_articles_are_folded_once(repository):
    first, second = (folder(repository).fold("t", [ROW]) for _ in range(2))
    assert first.extractions == second.extractions
    assert list(runs(repository).values()) == ["x"]


def test_changed_code_and_changed_settings_fold_again(repository):
    folder(repository).fold("t", [ROW])
    folder(repository, [("WIREFOLD_X", "1")]).fold("t", [ROW])
    (repository / "schemas/__init__.py").write_text("# changed")
    folder(repository).fold("t", [ROW])
    assert len(runs(repository)) == 3


def test_a_failing_command_is_an_error_with_its_words_and_leaves_nothing_to_reuse(repository):
    bad = {**ROW, "text": "bad"}
    for _ in range(2):
        with pytest.raises(FoldFailed, match="status 1:\nline 1 is bad"):
            folder(repository).fold("t", [bad])


def test_the_speed_is_read_from_the_summary(repository):
    folder(repository).fold("t", [ROW])
    assert articles_per_second(next(repository.glob("cache/t-*"))) == 12.0
