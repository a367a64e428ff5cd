"""Exports: decisions in words in every format, nothing live, and the same records read again."""

import csv
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from screener import merge_into, open_copy, open_project
from screener.model import Cancelled, Entry, Stage, UserError
from screener.report.listing import Which
from screener.sources.reading import read
from screener.sources.writing import ENDINGS

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT

RIS = (
    "TY  - JOUR\nTI  - =cmd() of larch & <18 y; {a} 50% $x_1$ \\alpha\nAU  - Larch, A\n"
    'AU  - WHO, and others,\nKW  - -omics; a\nKW  - @x\nAB  - +1 "quoted", it\'s so\nER  - \n\n'
    "TY  - JOUR\nTI  - Birch\nAU  - Birch, B\nPY  - 2001\nER  - \n\n"
    "TY  - BOOK\nTI  - Rowan\nAU  - Rowan, C\nPY  - 2002\nER  - \n\n"
    "TY  - JOUR\nTI  - Alder\nAU  - Alder, D\nPY  - 2003\nER  - \n\n"
)
NOTE = (
    "doi: 10.5555/no.such; PMID: 12345678, PMC1234567, https://example.org/x\r\n=1+1\nER  - \n"
    'TY  - JOUR\nTI  - No such title {brace \\ & <b>bold</b> "q"'
)
ONE_LINE = " ".join(NOTE.split())
WHY = "=2+2; PMID: 87654321"


def screen(path, given, stage=TA):
    """Decide by number: a verdict, or verdict, reason, judgements and note."""
    with open_copy(path) as mine:
        units = {unit.number: unit.id for unit in mine.units.load(mine.units.ids())}
        for number, (verdict, reason, judged, note) in given.items():
            mine.screening.decide(
                units[number], verdict, stage=stage, reason=reason, judgements=judged, note=note
            )
        mine.screening.close(stage)


@pytest.fixture
def files(making, tmp_path):
    """A project and two closed copies: one agreed, one excluded, one conflict, one maybe."""
    folder = tmp_path / "review"
    path = making.review(folder, records=0, reviewers=())
    (folder / "records.ris").write_text(RIS, encoding="utf-8")
    with open_project(path) as review:
        review.sources.import_file(folder / "records.ris", source="=PubMed 12345678")
        review.consensus.write_copy("Maya", folder / "a.screener")
        review.consensus.write_copy("status", folder / "b.screener")
    out = ("exclude", "participants", {"participants": "not-met"}, NOTE)
    screen(
        folder / "a.screener",
        {
            1: out,
            2: ("include", "", {}, ""),
            3: ("include", "", {}, "-so"),
            4: ("maybe", "", {}, ""),
        },
    )
    screen(
        folder / "b.screener",
        {1: out, 2: ("include", "", {}, ""), 3: out, 4: ("exclude", "other", {}, "Two arms.")},
    )
    return folder


@pytest.fixture
def merged(files):
    """The project, open, with both copies in it, one conflict settled and full text opened."""
    path = files / "p.screener"
    merge_into(path, files / "a.screener", files / "b.screener")
    with open_project(path) as review:
        unit = review.units.find("3")
        by = ["Maya", "status"]
        review.consensus.resolve(unit, "exclude", step=TA, why=WHY, by=by, reason="participants")
        review.screening.open(FT)
        yield review


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


# --- what is written and read again is the same ---------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_export_read_again_gives_the_same_records(merged, tmp_path, ending):
    path = tmp_path / f"out{ending}"
    assert merged.report.export(path) == 4
    found = list(read(path))
    assert all(isinstance(one, Entry) for one in found)
    shown = [unit.fields for unit in merged.units.load(merged.units.ids())]
    assert [one.fields for one in found] == shown
    assert shown[0].title.startswith("=cmd()")
    assert (shown[0].doi, shown[0].pmid, shown[0].url) == ("", "", "")


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_export_imported_into_a_review_gives_the_same_records(merged, project, tmp_path, ending):
    path = tmp_path / f"out{ending}"
    merged.report.export(path)
    project.sources.import_file(path, source="An export")
    given, taken = (list(review.units.load(review.units.ids())) for review in (merged, project))
    assert [unit.fields for unit in taken] == [unit.fields for unit in given]


# --- where the decisions stand in each format -----------------------------------------------------


def test_tables_hold_decisions_in_words(merged, tmp_path):
    merged.report.export(tmp_path / "out.csv")
    first, second, third, fourth = table(tmp_path / "out.csv")
    assert first["record"] == "1"
    assert first["found in"] == "'=PubMed 12345678"
    assert first["Title and abstract: status"] == "agreed"
    assert first["Title and abstract: outcome"] == "exclude"
    assert first["Title and abstract: reason"] == "Participants"
    assert first["Full text: status"] == "not open"
    decided = "exclude (Participants); Participants not met"
    assert first["Title and abstract: decision of Maya"] == decided
    assert first["Title and abstract: note of Maya"] == ONE_LINE
    assert second["Full text: status"] == "not started"
    assert third["Title and abstract: status"] == "resolved"
    assert third["Title and abstract: note of Maya"] == "'-so"
    assert third["Title and abstract: consensus"] == (
        f"exclude (Participants), discussion by Maya and status: {WHY}"
    )
    # A reviewer may be called as a column is.
    assert fourth["Title and abstract: status"] == "conflict"
    assert fourth["Title and abstract: decision of status"] == "exclude (Other)"
    assert fourth["Title and abstract: outcome"] == ""


def test_a_criterion_that_left_the_protocol_was_judged_all_the_same(merged, tmp_path):
    now = merged.protocol.current
    kept = tuple(c for c in now.criteria if c.id != "participants")
    merged.protocol.set(replace(now, criteria=kept), why="Too narrow.")
    merged.report.export(tmp_path / "out.csv")
    decided = table(tmp_path / "out.csv")[0]["Title and abstract: decision of Maya"]
    assert decided == "exclude (Participants); Participants not met"


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_no_cell_of_a_table_is_a_live_formula(merged, tmp_path, ending):
    path = tmp_path / f"out{ending}"
    merged.report.export(path)
    if ending == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as handle:
            cells = [cell for row in csv.reader(handle) for cell in row]
    else:
        rows = [row for sheet in load_workbook(path).worksheets for row in sheet.iter_rows()]
        found = [cell for row in rows for cell in row if cell.value is not None]
        assert {cell.data_type for cell in found} == {"s"}
        cells = [cell.value for cell in found]
    assert any(cell.startswith("'=cmd()") for cell in cells)
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]


def test_ris_holds_a_note_for_each_column(merged, tmp_path):
    merged.report.export(tmp_path / "out.ris")
    lines = (tmp_path / "out.ris").read_text(encoding="utf-8").splitlines()
    assert "N1  - Title and abstract: decision of Maya: include" in lines
    assert "N1  - Title and abstract: outcome: exclude" in lines
    assert lines.count("TY  - JOUR") == 3


def test_bibtex_holds_one_note_with_a_line_for_each_column(merged, tmp_path):
    merged.report.export(tmp_path / "out.bib")
    entries = (tmp_path / "out.bib").read_text(encoding="utf-8").split("\n@")
    assert [entry.count("note = {") for entry in entries] == [1, 1, 1, 1]
    assert "    Title and abstract: decision of status: include;\n" in entries[1]
    assert "    Title and abstract: status: resolved;\n" in entries[2]


def test_endnote_xml_holds_lines_of_research_notes(merged, tmp_path):
    merged.report.export(tmp_path / "out.xml")
    records = ElementTree.parse(tmp_path / "out.xml").getroot().iter("record")
    notes = ["".join(r.find("research-notes").itertext()).split("\r") for r in records]
    assert "Title and abstract: decision of Maya: include" in notes[1]
    assert "Title and abstract: status: conflict" in notes[3]
    assert notes[3][0] == "record: 4"


def test_json_holds_members(merged, tmp_path):
    merged.report.export(tmp_path / "out.json")
    merged.report.export(tmp_path / "out.csl.json")
    own = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    csl = json.loads((tmp_path / "out.csl.json").read_text(encoding="utf-8"))
    assert own[0]["Title and abstract: note of Maya"] == ONE_LINE
    for one, other in zip(own, csl, strict=True):
        assert {name: one[name] for name in other["custom"]} == other["custom"]
        assert "Title and abstract: decision of Maya" in other["custom"]


def test_the_retrieval_of_a_report_is_told(merged, tmp_path):
    unit = merged.units.find("2")
    merged.fulltext.set_retrieval(unit, "not-retrieved", "No library has it.")
    merged.report.export(tmp_path / "out.csv")
    row = table(tmp_path / "out.csv")[1]
    assert row["Full text: retrieval"] == "not retrieved: No library has it."
    assert row["Full text: status"] == "not retrieved"


# --- which records, which stage -------------------------------------------------------------------


def numbers(review, path, which, stage):
    count = review.report.export(path, which=which, stage=stage)
    rows = table(path)
    assert count == len(rows)
    return [int(row["record"]) for row in rows]


@pytest.mark.parametrize(
    ("which", "stage", "expected"),
    [
        ("all", TA, [1, 2, 3, 4]),
        ("included", TA, [2]),
        ("excluded", TA, [1, 3]),
        ("pending", TA, [4]),
        ("to-settle", TA, [4]),
        ("all", FT, [1, 2, 3, 4]),
        ("pending", FT, [2]),
    ],
)
def test_records_are_chosen_by_their_outcome_at_a_stage(merged, tmp_path, which, stage, expected):
    assert numbers(merged, tmp_path / "out.csv", which, stage) == expected


@pytest.mark.parametrize(("verdict", "which"), [("include", "included"), ("exclude", "excluded")])
def test_full_text_outcomes_choose_too(merged, tmp_path, verdict, which):
    unit = merged.units.find("2")
    reason = "participants" if verdict == "exclude" else ""
    copy = tmp_path / "full.screener"
    merged.consensus.write_copy("Maya", copy)
    screen(copy, {2: ("maybe", "", {}, "")}, FT)
    merged.consensus.merge(copy, open_early=True)
    merged.consensus.resolve(unit, verdict, step=FT, why="Read.", by=["Maya"], reason=reason)
    assert numbers(merged, tmp_path / "out.csv", which, FT) == [2]
    assert numbers(merged, tmp_path / "out.csv", "pending", FT) == []


def test_removed_records_are_in_an_export_of_their_own(merged, tmp_path):
    merged.sources.remove([merged.units.find("4")], why="Not a report.")
    found = {which: numbers(merged, tmp_path / "out.csv", which, TA) for which in Which}
    assert found == {
        "all": [1, 2, 3], "included": [2], "excluded": [1, 3], "pending": [], "to-settle": [],
        "removed": [4],
    }  # fmt: skip
    merged.report.export(tmp_path / "removed.csv", which="removed")
    with (tmp_path / "removed.csv").open(encoding="utf-8-sig", newline="") as table:
        (row,) = csv.DictReader(table)
    assert (row["record"], row["removed because"]) == ("4", "Not a report")


def test_what_a_withdrawn_import_brought_was_removed_by_nobody(merged, tmp_path):
    merged.sources.remove([merged.units.find("4")], why="Not a report.")
    (batch,) = merged.sources.batches()
    merged.sources.withdraw(batch.id, why="Wrong dates.")
    assert numbers(merged, tmp_path / "out.csv", "removed", TA) == [4]


# --- what may not be seen -------------------------------------------------------------------------


@pytest.fixture
def hidden(files):
    """The project, open, with one closed copy in it; the other reviewer's has not come yet."""
    with open_project(files / "p.screener") as review:
        review.consensus.merge(files / "a.screener")
        assert not review.consensus.visible(TA)
        yield review


@pytest.mark.parametrize("ending", [e for e in ENDINGS if e != ".xlsx"])
def test_a_hidden_stage_exports_no_decision(hidden, tmp_path, ending):
    path = tmp_path / f"out{ending}"
    assert hidden.report.export(path) == 4
    text = path.read_text(encoding="utf-8")
    words = ("exclude", "include", "maybe", "no.such", "Two arms", "conflict", "agreed")
    assert [word for word in words if word in text] == []
    assert text.count("hidden") == 4


def test_a_hidden_stage_exports_no_decision_to_a_workbook(hidden, tmp_path):
    hidden.report.export(tmp_path / "out.xlsx")
    hidden.report.export(tmp_path / "out.csv")
    sheet = load_workbook(tmp_path / "out.xlsx")["Records"]
    cells = [[c or "" for c in row] for row in sheet.iter_rows(values_only=True)]
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert cells == list(csv.reader(handle))


@pytest.mark.parametrize("which", ["included", "excluded", "to-settle"])
def test_nothing_is_chosen_by_decisions_that_are_hidden(hidden, tmp_path, which):
    assert numbers(hidden, tmp_path / "pending.csv", "pending", TA) == [1, 2, 3, 4]
    with pytest.raises(UserError, match="still open"):
        hidden.report.export(tmp_path / "out.csv", which=which)
    assert not (tmp_path / "out.csv").exists()


# --- a reviewer's copy ----------------------------------------------------------------------------


@pytest.fixture
def copy(files):
    """Maya's copy, in which the fourth decision was taken back."""
    with open_copy(files / "a.screener") as mine:
        mine.screening.reopen(TA, "One was wrong.")
        mine.screening.decide(mine.units.find("4"), "none", stage=TA)
        yield mine


def test_a_copy_exports_its_own_decisions_and_no_outcome(copy, tmp_path):
    copy.report.export(tmp_path / "out.csv")
    rows = table(tmp_path / "out.csv")
    decided = [row["Title and abstract: decision of Maya"].partition(" ")[0] for row in rows]
    assert decided == ["exclude", "include", "include", ""]
    said = [row["Title and abstract: status"] for row in rows]
    assert said == ["decided", "decided", "decided", "not decided"]
    assert rows[0]["Title and abstract: note of Maya"] == ONE_LINE
    assert not [name for name in rows[0] if "of status" in name or "outcome" in name]
    assert [row["Full text: status"] for row in rows] == ["not open"] * 4


@pytest.mark.parametrize(
    ("which", "expected"),
    [("all", [1, 2, 3, 4]), ("included", [2, 3]), ("excluded", [1]), ("pending", [4])],
)
def test_a_copy_chooses_by_its_own_decisions(copy, tmp_path, which, expected):
    assert numbers(copy, tmp_path / "out.csv", which, TA) == expected
    assert numbers(copy, tmp_path / "out.csv", which, FT) == (expected if which == "all" else [])


def test_in_a_copy_nothing_is_to_settle(copy, tmp_path):
    with pytest.raises(UserError, match="coordinator's project"):
        copy.report.export(tmp_path / "out.csv", which="to-settle")
    assert not (tmp_path / "out.csv").exists()


def test_a_count_is_what_is_written(merged, tmp_path):
    for which in Which:
        written = merged.report.export(tmp_path / "out.csv", which=which)
        assert merged.report.exports().count(which, TA) == written


# --- where it is written --------------------------------------------------------------------------


def test_the_open_project_is_never_written_over(merged):
    with pytest.raises(UserError, match="is the project that is open"):
        merged.report.export(merged.path)


def test_an_unknown_ending_is_refused_before_anything_is_written(merged, tmp_path):
    with pytest.raises(UserError, match="no ending"):
        merged.report.export(tmp_path / "out.docx", codebook=tmp_path / "book.csv")
    assert list(tmp_path.glob("*.csv")) == []


def test_a_cancelled_export_leaves_the_older_file(merged, making, tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("older", encoding="utf-8")
    making.fill(merged, tmp_path, 600, mark="many")

    def stop(done, total, what, /):
        raise Cancelled

    with pytest.raises(Cancelled):
        merged.report.export(path, progress=stop)
    assert path.read_text(encoding="utf-8") == "older"


def test_duplicates_are_one_row_with_all_their_numbers(making, project, tmp_path):
    making.fill(project, tmp_path, 2, source="PubMed")
    making.fill(project, tmp_path, 1, source="Embase")
    project.duplicates.same([record.id for record in project.sources.records()][::2])
    project.report.export(tmp_path / "out.csv")
    rows = table(tmp_path / "out.csv")
    assert [row["all records"] for row in rows] == ["1; 3", "2"]
    assert rows[0]["found in"] == "PubMed; Embase"


def test_an_export_whose_codebook_cannot_be_written_is_not_there_either(pair, tmp_path):
    taken = pair.a.rename(tmp_path / "codebook.csv")  # no Screener file is written over
    with open_project(pair.project, write=False) as review, pytest.raises(UserError):
        review.report.export(tmp_path / "out.csv", codebook=taken)
    assert not (tmp_path / "out.csv").exists()
