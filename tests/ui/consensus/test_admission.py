"""What the merge report says of the files, in words."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from screener.consensus.merging.findings import Admitted, Check, Finding, Result, Step
from ui.consensus.admission import (
    CHECK_WORDS,
    STEP_WORDS,
    FileColumn,
    button_words,
    checks,
    column_of,
    foot_words,
    merge_words,
    mergeable,
    report_text,
)
from ui.consensus.merge_page import ANSWERS

OK = Finding(check=Check.PROJECT, result=Result.OK, message="This review.")
REMARK = Finding(check=Check.STAGE, result=Result.REMARK, message="Not closed.")
REFUSED = Finding(
    check=Check.FILE, result=Result.REFUSED, message="No project.", step=Step.OTHER_FILE
)


def column(title, *findings):
    path = Path(f"{title.lower()}.screener")
    return FileColumn(path=path, title=title, subtitle="", findings=findings or (OK,))


MAYA, JONAS, IDA = column("Maya", OK, REMARK), column("Jonas"), column("Ida")
NOTES = column("Notes", OK, REFUSED)


def test_every_check_has_a_name_of_its_own():
    assert list(CHECK_WORDS) == list(Check)
    assert len(set(CHECK_WORDS.values())) == len(Check)
    assert all(words.strip() for words in (*CHECK_WORDS.values(), *STEP_WORDS.values()))


def test_every_step_that_leads_on_has_its_button():
    assert set(STEP_WORDS) == set(Step) - {Step.NONE}
    assert set(ANSWERS) < set(STEP_WORDS)


def test_what_was_refused_is_known_of_a_file():
    assert NOTES.refused is REFUSED
    assert MAYA.refused is None
    assert mergeable([MAYA, NOTES, JONAS]) == [MAYA, JONAS]


def test_the_checks_that_found_anything_come_in_the_order_of_admission():
    assert checks([MAYA, NOTES]) == [Check.FILE, Check.PROJECT, Check.STAGE]
    assert checks([]) == []


@pytest.mark.parametrize(
    ("columns", "foot", "button"),
    [
        ([], "", "Merge"),
        ([NOTES], "No file can be merged yet.", "Merge"),
        ([MAYA], "Maya’s file can be merged.", "Merge maya.screener"),
        ([MAYA, JONAS], "Both files can be merged.", "Merge two files"),
        ([MAYA, JONAS, IDA], "All files can be merged.", "Merge three files"),
        ([MAYA, NOTES], "Only maya.screener can be merged.", "Merge maya.screener"),
        (
            [MAYA, NOTES, IDA],
            "Only maya.screener and ida.screener can be merged.",
            "Merge two files",
        ),
    ],
)
def test_foot_and_button_name_what_can_be_merged(columns, foot, button):
    assert foot_words(columns) == foot
    assert button_words(columns) == button


def test_where_nothing_can_be_merged_it_is_said_that_nothing_changes():
    assert merge_words([NOTES]) == merge_words([]) != merge_words([MAYA, NOTES])
    assert "backup" in merge_words([MAYA, NOTES])
    assert "backup" not in merge_words([NOTES])


def test_a_column_is_called_by_its_reviewer_its_project_or_that_it_was_refused(tmp_path):
    here = tmp_path / "a.screener"
    here.touch()
    gone = Admitted(path=tmp_path / "gone.screener")
    gone.findings.append(REFUSED)
    reviewer = Admitted(path=here, reviewer="Maya")
    reviewer.findings.append(OK)
    project = Admitted(path=here)
    columns = [column_of(one) for one in (gone, reviewer, project)]
    assert [one.title for one in columns] == ["Not admitted", "Maya", "Coordinator’s project"]
    assert columns[0].subtitle == "gone.screener"
    now = datetime.fromtimestamp(here.stat().st_mtime).astimezone()
    assert columns[1].subtitle == f"a.screener   ·   saved {now.day} {now:%B}"
    assert columns[1].findings == (OK,)


def test_the_report_has_every_finding_of_every_file_in_columns():
    when = datetime(2026, 3, 5, 14, 7, tzinfo=UTC)
    text = report_text([MAYA, NOTES], title="Peers", when=when)
    assert text.splitlines() == [
        "Merge report: Peers",
        "2026-03-05 14:07",
        "",
        "Maya",
        "  maya.screener",
        "  Project:   ok       This review.",
        "  Stage:     remark   Not closed.",
        "",
        "Notes",
        "  notes.screener",
        "  File:      REFUSED  No project.",
        "  Project:   ok       This review.",
        "",
        "Only maya.screener can be merged.",
    ]
    assert text.endswith("merged.\n")
