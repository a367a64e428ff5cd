"""The workbook of a meeting: cells to type into, read back as what is settled, all or none."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from screener import open_copy, open_project
from screener.answers.form import Section
from screener.model import Mode, Stage, Status, UserError, Verdict
from screener.model.step import Item
from screener.printing import document as d
from tests.screener.answers.trial import FORM, ID, answered_trial
from tests.screener.printing.conftest import MAYA, make, settle

TA = Stage.TITLE_ABSTRACT


def fill_in(path, rows, *, sheet="Agenda"):
    """Type into a workbook: the first cell of a row to {column: text}; returns its headings."""
    book = load_workbook(path)
    here = book[sheet]
    heads = [cell.value for cell in here[1]]
    for row in here.iter_rows(min_row=2):
        for column, text in rows.get(str(row[0].value), {}).items():
            row[heads.index(column)].value = text
    book.save(path)
    return heads


def told(path, sheet="Agenda"):
    """The rows of a workbook as dictionaries."""
    here = load_workbook(path)[sheet]
    heads = [cell.value for cell in here[1]]
    return [
        dict(zip(heads, ["" if c is None else str(c) for c in row], strict=True))
        for row in here.iter_rows(min_row=2, values_only=True)
    ]


AGREED = {"why": "We read it", "by": "Maya; Jonas"}


@pytest.fixture
def agenda(review, tmp_path):
    """The agenda of the review as a workbook."""
    path = tmp_path / "agenda.xlsx"
    assert review.printing.write_agenda(path, TA, level=3) == 5
    return path


def test_a_row_is_an_item_with_empty_cells_to_type_into(agenda):
    rows = told(agenda)
    assert [row["record"] for row in rows] == ["1", "2", "3", "7", "5"]
    for column in ("verdict", "reason", "why", "by", "mode"):
        assert {row[column] for row in rows} == {""}
    assert rows[0]["decisions"] == "Maya: include\nJonas: exclude, 1 Participants"
    assert rows[0]["in_dispute"] == "Participants"
    assert rows[0]["notes"] == "Maya: NOTE-MAYA-1\nJonas: NOTE-JONAS-1"


def test_what_is_typed_is_settled_and_blank_rows_are_passed(review, agenda):
    fill_in(
        agenda,
        {
            "1": {"verdict": "Include", **AGREED},
            "2": {"verdict": "exclude", "reason": "interventions", **AGREED},
        },
    )
    wanted = review.printing.read_settled(agenda, TA)
    assert review.consensus.resolve_many(TA, wanted) == 2
    agreed = review.consensus.agreed(TA)
    one, two = (agreed[review.units.find(n)][0] for n in ("1", "2"))
    assert (one.value, one.reason, one.why, one.by) == (
        "include",
        "",
        "We read it",
        ("Maya", "Jonas"),
    )
    assert (two.value, two.reason) == ("exclude", "interventions")
    assert len(agreed) == 2
    review.undo()
    assert not review.consensus.agreed(TA)


def test_the_command_reads_it_back(differing, agenda, review, making):
    review.close()
    fill_in(agenda, {"1": {"verdict": "include", "mode": "discussion", **AGREED}})
    done = making.cli("resolve", differing, "--from", agenda, "--stage", TA)
    assert (done.returncode, done.stdout.strip()) == (0, "1 item settled.")
    with open_project(differing) as again:
        assert len(again.consensus.agreed(TA)) == 1


def test_nothing_is_recorded_where_one_line_is_wrong(review, agenda):
    fill_in(
        agenda,
        {
            "1": {"verdict": "include", **AGREED},
            "2": {"verdict": "include", "why": "why", "by": "Nobody at all"},
            "3": {"verdict": "exclude", "reason": "none", **AGREED},
        },
    )
    wanted = review.printing.read_settled(agenda, TA)
    for ask in (review.consensus.foresee, review.consensus.resolve_many):
        with pytest.raises(UserError, match=r"line 3: .*line 4: .*nothing was recorded"):
            ask(TA, wanted)
    assert not review.consensus.agreed(TA)


def test_half_rows_are_refused_in_one_message_with_what_is_missing(review, agenda):
    fill_in(
        agenda,
        {
            "1": {"verdict": "include", "why": "We read it"},
            "2": {"reason": "participants", **AGREED},
            "3": {"verdict": "include", "why": "We read it"},
            "7": {"by": "Maya"},
            "5": {"verdict": "include", **AGREED},
        },
    )
    with pytest.raises(UserError) as refused:
        review.printing.look_at(agenda, TA)
    assert str(refused.value) == (
        "agenda.xlsx: lines 2 and 4 have verdict and why typed and nothing for by; line 3 has"
        " reason, why and by typed and nothing for verdict; line 5 has by typed and nothing for"
        " verdict and why. Type what is missing, or empty these cells, then choose it again;"
        " nothing was recorded."
    )


def test_the_same_table_again_records_nothing_twice(differing, agenda, review, making):
    fill_in(agenda, {"1": {"verdict": "include", **AGREED}, "2": {"verdict": "include", **AGREED}})
    assert review.consensus.resolve_many(TA, review.printing.read_settled(agenda, TA)) == 2
    before = review.consensus.agreed(TA)
    assert review.consensus.resolve_many(TA, review.printing.read_settled(agenda, TA)) == 0
    again = review.printing.look_at(agenda, TA)
    assert (again.wanted, again.told, again.before) == ([], [], 2)
    fill_in(agenda, {"3": {"verdict": "exclude", **AGREED}})
    more = review.printing.look_at(agenda, TA)
    assert ([one.item[:1] for one in more.told], more.before) == (["3"], 2)
    review.close()
    done = making.cli("resolve", differing, "--from", agenda, "--stage", TA)
    assert done.stdout.strip() == (
        "1 item settled. 2 rows were settled so before; they are not recorded twice."
    )
    with open_project(differing) as later:
        agreed = later.consensus.agreed(TA)
        assert {one: agreed[one] for one in before} == before
        assert len(agreed) == 3
        later.undo()
        assert later.consensus.agreed(TA) == before


def test_a_table_that_is_given_again_does_not_close_what_was_opened_again(review, agenda):
    """A decision that changed since has not been talked about: the old row is no answer to it."""
    fill_in(agenda, {"1": {"verdict": "include", **AGREED}})
    wanted = review.printing.read_settled(agenda, TA)
    review.consensus.resolve_many(TA, wanted)
    copy = review.path.with_name("b.screener")
    with open_copy(copy) as mine:
        mine.screening.reopen(TA, "read again")
        mine.screening.decide(mine.units.find("1"), Verdict.MAYBE, stage=TA)
        mine.screening.close(TA)
    review.consensus.merge(copy)
    assert review.consensus.state(review.units.find("1"), TA).status is Status.REOPENED
    assert review.consensus.resolve_many(TA, wanted) == 0
    assert review.consensus.state(review.units.find("1"), TA).status is Status.REOPENED


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"verdict": "maybe", **AGREED}, "line 2: “maybe” is no verdict"),
        ({"verdict": "include", "mode": "vote", **AGREED}, "line 2: “vote” is no mode"),
        ({}, "Nothing is typed into agenda.xlsx"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(review, agenda, row, wrong):
    fill_in(agenda, {"1": row})
    with pytest.raises(UserError, match=wrong):
        review.printing.read_settled(agenda, TA)


def test_the_table_of_another_stage_is_refused(review, agenda):
    fill_in(agenda, {"1": AGREED | {"verdict": "include", "stage": "full-text"}})
    with pytest.raises(
        UserError, match=r"Line 2 of agenda\.xlsx is of the stage full-text, not of"
    ):
        review.printing.read_settled(agenda, TA)


def test_what_is_typed_stays_as_it_is_typed(agenda):
    """A spreadsheet makes a date of 2015-07 where a cell is not a text."""
    sheet = load_workbook(agenda)["Agenda"]
    assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"@"}


def test_a_column_that_is_not_known_is_refused(review, agenda):
    book = load_workbook(agenda)
    book["Agenda"].cell(1, book["Agenda"].max_column + 1).value = "verdct"
    book.save(agenda)
    with pytest.raises(UserError, match="column “verdct” that is not known"):
        review.printing.read_settled(agenda, TA)


def test_a_workbook_of_something_else_is_refused(review, tmp_path):
    from openpyxl import Workbook

    path = tmp_path / "other.xlsx"
    Workbook().save(path)
    with pytest.raises(UserError, match=r"No sheet of other\.xlsx has the column record"):
        review.printing.read_settled(path, TA)
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(UserError):
        review.printing.read_settled(path, TA)


def test_what_was_agreed_is_not_overturned_by_a_table(review, agenda):
    settle(review, 1, "exclude", reason="participants")
    fill_in(agenda, {"1": {"verdict": "include", **AGREED}})
    with pytest.raises(UserError, match="line 2: What was agreed here is exclude"):
        review.consensus.resolve_many(TA, review.printing.read_settled(agenda, TA))


@pytest.mark.parametrize(
    ("verdict", "overturns", "of_reason"),
    [
        ({"verdict": "include"}, "exclude", False),
        ({"verdict": "exclude", "reason": "study-design"}, "exclude (participants)", True),
        ({"verdict": "exclude", "reason": "participants"}, "", False),
    ],
)
def test_what_would_be_overturned_is_told_before(review, agenda, verdict, overturns, of_reason):
    settle(review, 1, "exclude", reason="participants")
    fill_in(agenda, {"1": {**verdict, **AGREED}, "2": {"verdict": "include", **AGREED}})
    found = review.printing.look_at(agenda, TA)
    assert [(one.overturns, one.of_reason) for one in found.told] == [
        (overturns, of_reason),
        ("", False),
    ]
    assert review.consensus.resolve_many(TA, found.wanted, overturn=True) == 2


def test_the_same_table_as_text_is_read(review, agenda):
    fill_in(agenda, {"1": {"verdict": "include", **AGREED}})
    rows = told(agenda)
    path = agenda.with_suffix(".csv")
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert len(review.printing.read_settled(path, TA)) == 1


def test_no_cell_is_a_formula(making, tmp_path, home):
    notes = {1: ("include", "", {}, "=HYPERLINK(1)"), 2: ("include", "", {}, "+1+1 @x")}
    path = make(making, tmp_path / "formulas", first={**MAYA, **notes})
    out = tmp_path / "agenda.xlsx"
    with open_project(path) as review:
        review.printing.write_agenda(out, TA, level=3)
    for sheet in load_workbook(out):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert any("=HYPERLINK(1)" in row["notes"] for row in told(out))


def test_minutes_are_the_same_filled_in(review, tmp_path):
    settle(review, 2, "exclude", reason="interventions", mode=Mode.DISCUSSION)
    path = tmp_path / "minutes.xlsx"
    assert review.printing.write_minutes(path, TA, level=1) == 1
    first, *rest = told(path, "Minutes")
    assert [first[name] for name in ("record", "verdict", "reason", "why", "by", "mode")] == [
        "2", "exclude", "interventions", "WHY-2", "Maya; Jonas", "discussion",
    ]  # fmt: skip
    assert first["settled"]
    assert {row["verdict"] for row in rest} == {""}
    assert len(rest) == 4


@pytest.fixture
def trial(tmp_path, home):
    """A form that two have answered differently."""
    made = answered_trial(tmp_path)
    made.merge()
    return made


def test_a_form_goes_out_and_comes_back(trial, tmp_path):
    path = tmp_path / "form.xlsx"
    with open_project(trial.project) as review:
        count = review.printing.write_agenda(path, ID, level=3)
        rows = told(path)
        assert len(rows) == count > 5
        assert {row["study"] for row in rows} == {one.name for one in review.studies.all()}
        wanted = next(r for r in rows if r["field"] == "rigour" and "high" in r["answers"].lower())
        book = load_workbook(path)
        sheet = book["Agenda"]
        heads = [cell.value for cell in sheet[1]]
        place = rows.index(wanted) + 2
        for column, text in {"value": "middle", "same_meaning": "no", **AGREED}.items():
            sheet.cell(place, heads.index(column) + 1).value = text
        book.save(path)
        assert review.consensus.resolve_many(ID, review.printing.read_settled(path, ID)) == 1
        found = review.consensus.agreed(ID)[review.studies.find(wanted["study"]).id]
        assert [(one.item, one.value) for one in found] == [(Item("rigour", ""), "middle")]
        sheet.cell(place, heads.index("value") + 1).value = "nonsense"
        book.save(path)
        with pytest.raises(UserError, match=f"line {place}"):
            review.printing.look_at(path, ID)


def test_cells_of_a_row_of_a_list_are_grey_and_what_is_typed_there_is_refused(
    trial, tmp_path, making
):
    path = tmp_path / "form.xlsx"
    with open_project(trial.project) as review:
        review.printing.write_agenda(path, ID, level=0)
        rows = told(path)
        place = next(n for n, row in enumerate(rows, 2) if row["list"] and not row["field"])
        where = "ettle it on the Consensus page, where rows are paired"
        assert where in rows[place - 2]["question"]
        book = load_workbook(path)
        sheet = book["Agenda"]
        heads = [cell.value for cell in sheet[1]]
        grey = {
            (cell.row, heads[cell.column - 1])
            for row in sheet.iter_rows()
            for cell in row
            if cell.fill.fill_type
        }
        lists = {n for n, row in enumerate(rows, 2) if row["list"] and not row["field"]}
        typed = ("value", "same_meaning", "page", "quote", "why", "by", "mode")
        assert grey == {(row, column) for row in lists for column in typed}
        assert ("grey cells", f"Nothing: a row of a list. S{where}.") in list(
            book["Codebook"].iter_rows(values_only=True)
        )
        sheet.cell(place, heads.index("value") + 1).value = "yes"
        book.save(path)
        with pytest.raises(UserError, match=f"line {place} is a row of a list: s{where}"):
            review.printing.look_at(path, ID)
    done = making.cli("resolve", trial.project, "--from", path, "--stage", ID)
    assert (done.returncode, "screener pair PROJECT STUDY" in done.stderr) == (1, True)


def test_a_question_is_named_with_its_section_on_paper(tmp_path, home):
    """“Measured” alone does not say what was measured: on paper no section stands above it."""
    names = ("Outcomes", "Strands of it", "Place")
    parts = tuple(Section(id=one.split()[0].lower(), title=one) for one in names)
    lists, alone = {"dose": "strands", "means": "strands"}, {"setting": "place"}
    placed = [
        replace(one, section=(lists | alone).get(one.id, "outcomes")) for one in FORM.questions
    ]
    made = answered_trial(tmp_path, form=replace(FORM, sections=parts, questions=tuple(placed)))
    made.merge()
    with open_project(made.project) as review:
        review.printing.write_agenda(tmp_path / "form.xlsx", ID, level=3)
        agenda = "\n".join(d.texts(review.printing.agenda(ID, level=3).blocks))
        questions = {row["question"] for row in told(tmp_path / "form.xlsx")}
        assert {"Outcomes: Rigour", "Strands of it: Dose, Telephone", "Place: Setting"} <= questions
        assert "Outcomes: Rigour" in agenda
        wanted = next(
            one for one in review.consensus.discrepancies(ID) if one.item.question == "rigour"
        )
        review.consensus.resolve(
            wanted.subject, "middle", step=ID, item=wanted.item, why="seen", by=["Maya"]
        )
        minutes = "\n".join(d.texts(review.printing.minutes(ID, level=3).blocks))
        assert "Outcomes: Rigour" in minutes


def test_a_form_is_printed_study_by_study(trial):
    with open_project(trial.project) as review:
        agenda = review.printing.agenda(ID, level=3)
        (group,) = [b for b in agenda.blocks if isinstance(b, d.Group)]
        first = group.items[0]
        assert first.heads == ("Maya", "Jonas", "Agreed")
        labels = [row.label for row in first.rows]
        assert labels.index("Strand: Waiting list") < labels.index("Dose, Telephone")
        dose = first.rows[labels.index("Dose, Telephone")]
        assert [d.plain(cell) for cell in dose.cells] == ["12.0 weeks", "12 months", ""]
        assert dose.write
        assert dose.below == "units differ"
        without = review.printing.agenda(ID, level=0)
        texts = "\n".join(d.texts([b for b in without.blocks if isinstance(b, d.Group)]))
        assert "months" not in texts
        assert "Maya" not in texts


def test_a_copy_open_elsewhere_is_read_only(differing, tmp_path):
    """Writing an agenda changes nothing in the project."""
    before = differing.read_bytes()
    with open_project(differing, write=False) as review:
        review.printing.write_minutes(tmp_path / "m.docx", TA)
    assert differing.read_bytes() == before
    with open_copy(differing.with_name("a.screener")) as mine, pytest.raises(UserError):
        mine.printing.write_agenda(tmp_path / "x.pdf", TA)
