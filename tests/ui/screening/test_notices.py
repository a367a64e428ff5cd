"""Retractions and corrections are said on the screening page, at both stages, as plain text."""

import pytest

from screener import create_project, open_copy, open_project
from screener.model import Protocol, Stage, Verdict
from ui.session.session import Session

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
# title, tags, what the page says; the last two are one report, which one source knows is retracted
RECORDS = (
    ("Letters <blink>from</blink> peers", "", ""),
    ("Peers by phone", "M3  - Retracted Publication\n", "This report has been retracted"),
    ("RETRACTED: Peers by post", "", "This report has been retracted"),
    ("Retraction: Peers by post", "", "This is the notice of a retraction"),
    ("Correction to: Peers by post", "", "This is a correction of another report"),
    ("Expression of concern: Peers by post", "", "This is an expression of concern"),
    ("Peers in groups", "M3  - Journal Article\nAB  - Words.\n", "This report has been retracted"),
    ("Peers in groups", "M3  - Retracted Publication\n", ""),
)


@pytest.fixture
def review(tmp_path):
    """A project for one reviewer, with a copy."""
    text = "".join(f"TY  - JOUR\nTI  - {title}\n{more}ER  - \n\n" for title, more, _ in RECORDS)
    (tmp_path / "r.ris").write_text(text, encoding="utf-8")
    path = tmp_path / "project.screener"
    protocol = Protocol(title="Peers", reviewers_per_record=1)
    with create_project(path, title="Peers", protocol=protocol) as project:
        project.sources.import_file(tmp_path / "r.ris", source="PubMed")
        last = [project.units.find("7"), project.units.find("8")]
        project.duplicates.same(last, kept=last[0])
        project.consensus.write_copy("Maya", tmp_path / "title-abstract.screener")
    return path


@pytest.fixture
def copy_at(review):
    """The path of a copy in which a stage is open."""

    def at(stage):
        path = review.with_name("title-abstract.screener")
        if stage is TA:
            return path
        with open_copy(path) as mine:
            for unit in mine.screening.queues.queue(TA):
                mine.screening.decide(unit, Verdict.INCLUDE, stage=TA)
            mine.screening.close(TA)
        with open_project(review) as project:
            project.consensus.merge(path)
            project.screening.open(FT)
            project.consensus.write_copy("Maya", review.with_name("full-text.screener"))
        return review.with_name("full-text.screener")

    return at


@pytest.mark.parametrize("stage", [TA, FT])
def test_what_the_page_says_of_each_record(copy_at, make_page, stage):
    session = Session(open_copy(copy_at(stage)))
    page = make_page(session, stage)
    known = tuple(words for _, _, words in RECORDS if words)
    for title, _, words in RECORDS[:-1]:
        lines = page.reading.record.toPlainText().splitlines()
        assert lines[0] == title
        said = [line for line in lines[1:] if line.startswith(known)]
        assert len(said) == bool(words), title
        assert all(line.startswith(words) for line in said)
        page.model.step(1)
    page.hide()
    session.close()
