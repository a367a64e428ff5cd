"""`agreement` of a review whose protocol has no criteria yet."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from screener import create_project, merge_into, open_copy
from screener.cli import commands
from screener.model import Stage, Verdict


def test_a_review_without_criteria_has_its_figures_printed(tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_text("TY  - JOUR\nTI  - One\nER  - \n\n", encoding="utf-8")
    path = tmp_path / "review.screener"
    copies = [tmp_path / "maya.screener", tmp_path / "jonas.screener"]
    with create_project(path, title="T") as project:
        project.sources.import_file(tmp_path / "a.ris", source="S")
        for copy in copies:
            project.consensus.write_copy(copy.stem, copy)
    for copy in copies:
        with open_copy(copy) as mine:
            (unit,) = mine.screening.queues.queue(Stage.TITLE_ABSTRACT)
            mine.screening.decide(unit, Verdict.INCLUDE, stage=Stage.TITLE_ABSTRACT)
            mine.screening.close(Stage.TITLE_ABSTRACT)
    merge_into(path, *copies)
    done = CliRunner().invoke(commands, ["agreement", str(path), "--stage", "title-abstract"])
    assert (done.exit_code, done.exception) == (0, None)
    assert "include or exclude: n 1" in done.output
