"""Answering in a copy: what is written, what is refused, what is taken back and repeated."""

import pytest

from screener import open_copy
from screener.answers.draft import Draft, Place
from screener.answers.values import Value
from screener.model import AnswerState, Origin, UserError

ID, LIST = "third-step", "strands"
S = AnswerState


@pytest.fixture
def mine(trial):
    """Maya's open copy."""
    made = trial()
    with open_copy(made.copies["Maya"]) as review:
        yield review


@pytest.fixture
def at(mine):
    """Where Maya answers."""
    return mine.forms.answering(ID)


def said(at, mine):
    return [
        (a.question, a.row, str(a.state), a.value, a.unit)
        for a in at.answers(mine.studies.find("1").id)
    ]


def test_one_event_for_each_field_and_none_when_nothing_changes(mine, at):
    unit = mine.studies.find("1").id
    _, before = mine.counts()
    assert at.answer(unit, "setting", " A   clinic ")
    assert mine.counts()[1] == before + 1
    assert not at.answer(unit, "setting", "A clinic")
    assert mine.counts()[1] == before + 1
    assert at.answer(unit, "setting", "A clinic", place=Place(page="3", origin=Origin.FIGURE))
    assert not at.take_back(unit, "rigour")
    assert mine.counts()[1] == before + 2
    (answer,) = at.answers(unit)
    assert (answer.value, answer.page, answer.origin) == ("A clinic", "3", Origin.FIGURE)
    assert answer.form == mine.forms.step(ID).form.name


def test_values_are_kept_as_their_type_has_them(mine, at):
    unit = mine.studies.find("1").id
    row = at.add_row(unit, LIST, "Telephone")
    at.answer(unit, "dose", "1,50", row=row, unit="months")
    at.answer(unit, "means", "Post;phone;post", row=row)
    at.answer(unit, "rigour", "Middle")
    at.answer(unit, "blinded", state=S.NOT_REPORTED)
    assert said(at, mine) == [
        ("dose", row, "value", "1.50", "months"),
        ("means", row, "value", "phone;post", ""),
        ("rigour", "", "value", "middle", ""),
        ("blinded", "", "not-reported", "", ""),
    ]


def test_an_option_that_is_a_special_value_is_recorded_as_that(mine, at):
    at.answer(mine.studies.find("1").id, "rigour", "unclear")
    assert said(at, mine) == [("rigour", "", "unclear", "", "")]


@pytest.mark.parametrize(
    ("question", "value", "how", "words"),
    [
        ("dose", "1", {}, "is asked for strand"),
        ("dose", "1", {"row": "nowhere"}, "add it first"),
        ("setting", "x", {"row": "nowhere"}, "is asked for no row"),
        ("colour", "x", {}, "no question"),
        ("rigour", "perfect", {}, "none of the options"),
        ("setting", " ", {}, "nothing to read"),
        ("setting", "x", {"unit": "weeks"}, "none of the units"),
        ("setting", "x", {"state": S.UNCLEAR}, "stands alone"),
        ("rigour", "", {"state": S.NOT_APPLICABLE}, "offers no"),
    ],
)
def test_what_is_no_answer(mine, at, question, value, how, words):
    with pytest.raises(UserError, match=words):
        at.answer(mine.studies.find("1").id, question, value, **how)
    assert said(at, mine) == []


def test_nobody_answers_in_a_project_or_what_is_not_open_or_closed(trial):
    made = trial(count=2, opened=1)
    with made.open() as review:
        unit = review.studies.find("1").id
        with pytest.raises(UserError, match="your own copy"):
            review.forms.answering(ID).answer(unit, "setting", "x")
        with pytest.raises(UserError, match="your own copy"):
            review.forms.answering(ID).close()
        later = review.studies.set("2", name="Later").id
        review.consensus.write_copy("Ines", made.folder / "ines.screener")
    with open_copy(made.folder / "ines.screener") as ines:
        at = ines.forms.answering(ID)
        with pytest.raises(UserError, match="not open for this"):
            at.answer(later, "setting", "x")
        with pytest.raises(UserError, match="There is no"):
            at.answer("0" * 32, "setting", "x")
        at.answer(unit, "setting", "x")
        code = at.close()
        assert at.code() == code
        for act in (
            lambda: at.answer(unit, "setting", "y"),
            lambda: at.take_back(unit, "setting"),
            lambda: at.add_row(unit, LIST, "Group"),
            ines.undo,
        ):
            with pytest.raises(UserError, match="closed"):
                act()
        with pytest.raises(UserError, match="closed already"):
            at.close()
        at.reopen("More to say")
        assert at.code() == ""
        assert at.answer(unit, "setting", "y")
        with pytest.raises(UserError, match="not closed"):
            at.reopen("again")


def test_one_answer_of_a_table_is_called_what_it_is(mine, at):
    unit = mine.studies.find("1").id
    draft = Draft(subject=unit, question="setting", value=Value(AnswerState.VALUE, "home"))
    at.answer_many([draft])
    assert mine.undo() == "Setting: home"


def test_answers_are_taken_back_and_repeated(mine, at):
    unit = mine.studies.find("1").id
    at.answer(unit, "setting", "home")
    at.answer(unit, "setting", "school")
    assert mine.undo() == "Setting: school"
    assert said(at, mine) == [("setting", "", "value", "home", "")]
    mine.undo()
    assert said(at, mine) == []
    mine.redo()
    mine.redo()
    assert said(at, mine) == [("setting", "", "value", "school", "")]
    assert at.take_back(unit, "setting")
    assert said(at, mine) == []
    mine.undo()
    assert said(at, mine) == [("setting", "", "value", "school", "")]
    assert mine.verify() == []


def test_a_blank_may_have_a_note(mine, at):
    unit = mine.studies.find("1").id
    assert at.answer(unit, "setting", state=S.NONE, note="ask the authors")
    assert [(a.blank, a.note) for a in at.answers(unit)] == [(True, "ask the authors")]
    assert mine.consensus.at(ID).said(unit) == ()
    assert at.take_back(unit, "setting")
    assert at.answers(unit) == []


def test_a_row_goes_with_its_answers_and_comes_back_with_them(mine, at):
    unit = mine.studies.find("1").id
    row = at.add_row(unit, LIST, "Group A")
    at.answer(unit, "dose", "3", row=row)
    at.answer(unit, "setting", "home")
    at.remove_row(unit, LIST, row)
    assert [a.question for a in at.answers(unit)] == ["setting"]
    assert at.rows(unit, LIST) == []
    assert at.add_row(unit, LIST, "group-a") == row
    assert [a.question for a in at.answers(unit)] == ["setting"]
    mine.undo()
    mine.undo()
    assert [(r.id, r.key) for r in at.rows(unit, LIST)] == [(row, "Group A")]
    assert {a.question for a in at.answers(unit)} == {"dose", "setting"}
    assert mine.verify() == []


def test_rows_have_different_names(mine, at):
    unit = mine.studies.find("1").id
    one = at.add_row(unit, LIST, "Group A")
    with pytest.raises(UserError, match="already"):
        at.add_row(unit, LIST, "group  a")
    with pytest.raises(UserError, match="a name"):
        at.add_row(unit, LIST, " ")
    with pytest.raises(UserError, match="no list"):
        at.add_row(unit, "arms", "x")
    at.rename_row(unit, LIST, one, "Group B")
    other = at.add_row(unit, LIST, "Group A")
    assert other != one
    assert {r.id: r.key for r in at.rows(unit, LIST)} == {one: "Group B", other: "Group A"}
    assert len({at.add_row(unit, LIST, key) for key in ("组一", "组二", "A*", "A+")}) == 4


def test_a_copy_shows_its_own_progress_only(mine, at):
    unit = mine.studies.find("1").id
    here = mine.consensus.at(ID)
    row = at.add_row(unit, LIST, "Group")
    at.answer(unit, "setting", "home")
    at.answer(unit, "rigour", "low")
    assert here.answered() == {mine.consensus.reviewers()[0].id: 0} or not here.answered()
    at.answer(unit, "dose", "3", row=row)
    assert list(here.answered().values()) == [1]
    found = {tuple(s.item): str(s.status) for s in here.states([unit])}
    assert found["dose", row] == "decided"
    assert found["blinded", ""] == "pending"


@pytest.mark.parametrize("key", ["Usual care", "usual CARE", "usual-care", "  Usual  Cáre "])
def test_a_row_is_removed_by_its_key_however_it_is_written(trial, making, key):
    made = trial()
    with open_copy(made.copies["Maya"]) as maya:
        at, study = maya.forms.answering(ID), maya.studies.find("1").id
        at.answer(study, "dose", "5", row=at.add_row(study, LIST, "Usual care"), unit="weeks")
    words = ("answer", made.copies["Maya"], "1", "--stage", ID, "--remove", "--list", LIST)
    done = making.cli(*words, "--row", "Usual hare")
    assert (done.returncode, "There is no strand “Usual hare” here" in done.stderr) == (1, True)
    done = making.cli(*words, "--row", key)
    assert (done.returncode, done.stderr) == (0, "")
    assert "the row Usual care is removed" in done.stdout
    with open_copy(made.copies["Maya"]) as maya:
        assert maya.forms.answering(ID).rows(study, LIST) == []


def test_what_is_removed_needs_its_list(trial, making):
    words = (
        "answer",
        trial().copies["Maya"],
        "1",
        "--stage",
        ID,
        "--remove",
        "--row",
        "Usual care",
    )
    done = making.cli(*words)
    assert (done.returncode, "With --remove give --list and --row." in done.stderr) == (2, True)
    done = making.cli(*words, "--list", "arm")
    assert (done.returncode, "There is no list “arm” in" in done.stderr) == (1, True)


def test_no_zero_is_below_zero_and_nothing_turns_the_direction_of_writing(mine, at):
    unit = mine.studies.find("1").id
    row = at.add_row(unit, LIST, "Telephone")
    at.answer(unit, "dose", "-0.0", row=row, unit="weeks", note="a\u202eb")
    at.answer(unit, "setting", "A \u202eclinic", place=Place(page="\u20663", quote="\u202equoted"))
    dose, setting = sorted(at.answers(unit), key=lambda one: one.question)
    assert (dose.value, dose.note) == ("0.0", "ab")
    assert (setting.value, setting.page, setting.quote) == ("A clinic", "3", "quoted")
