"""What the core of forms promises of wordings, of nothing, of accents and of who is named first."""

import json
from dataclasses import replace

import pytest

from screener import open_copy, open_project
from screener.answers import rows, sound, toml
from screener.consensus.merging.findings import Check
from screener.model import AnswerState, Question, Status, UserError
from screener.store import verify
from screener.studies.listing import lines
from screener.studies.tables import Tables
from tests.screener.answers.trial import ID, uid
from tests.screener.consensus.planting import plant

S = AnswerState
BOTH = {(1, "setting"): "home", (1, "rigour"): "low"}


# --- wordings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [("They met.", "Also by post."), ("Also by post.", "They met.")])
def test_two_wordings_of_one_reviewer_in_one_place_are_taken_as_one(trial, order):
    made = trial(count=2)
    made.answer("Maya", {(1, "story"): order[0], (2, "story"): order[1]})
    made.answer("Jonas", {(1, "story"): "Weekly.", (2, "story"): "Weekly."})
    made.merge()
    with made.open() as review:
        review.studies.join("1", "2")
        assert made.status(review, "story") == "wording"
        taken = review.consensus.take_wordings(
            uid(review, 1), "Maya", step=ID, why="w", by=["Maya", "Jonas"]
        )
        assert taken == 1
        assert made.states(review)["story", ""] == ("resolved", "Also by post.")
        assert made.whole(review)


def test_two_rows_of_one_reviewer_that_are_one_have_two_wordings(trial):
    form = replace(trial.form, questions=(
        *trial.form.questions,
        Question(id="told", words="Told", type="long-text", list=("strands",)),
    ))  # fmt: skip
    made = trial(count=2, form=form)
    for who, keys in (("Maya", ("One", "Two")), ("Jonas", ("One", "Two"))):
        given = {(n, "told", key.lower()): f"{who} {key}" for n, key in enumerate(keys, 1)}
        made.answer(who, given, rows=list(enumerate(keys, 1)))
    made.merge()
    with made.open() as review:
        review.studies.join("1", "2")
        people = {one.name: one.id for one in review.consensus.reviewers()}
        named = [(people[who], row) for who in people for row in ("one", "two")]
        with pytest.raises(UserError, match="rows of one reviewer"):
            review.consensus.pair(uid(review, 1), ID, "strands", named, key="one")
        taken = review.consensus.take_wordings(
            uid(review, 1), "Maya", step=ID, why="w", by=["Maya", "Jonas"]
        )
        assert taken == 2
        assert review.verify() == []


def test_a_blank_with_a_note_is_no_wording_to_take(trial):
    made = trial(count=1)
    made.answer("Maya", {(1, "story"): {"state": S.NONE, "note": "nothing said"}})
    made.answer("Jonas", {(1, "story"): "Weekly."})
    made.merge()
    with made.open() as review, pytest.raises(UserError, match="no wording of that reviewer"):
        review.consensus.take_wordings(uid(review, 1), "Maya", step=ID, why="w", by=["Maya"])


@pytest.mark.parametrize("required", [False, True])
def test_wording_that_one_alone_gave_is_no_discrepancy_required_or_not(trial, required):
    questions = tuple(
        replace(q, required=required) if q.id == "story" else q for q in trial.form.questions
    )
    made = trial(count=2, form=replace(trial.form, questions=questions))
    made.answer("Maya", BOTH | {(1, "story"): "They met."})
    made.answer("Jonas", BOTH)
    made.merge()
    with made.open() as review:
        assert made.status(review, "story") == "wording"
        assert made.status(review, "story", number=2) == ("missing" if required else "blank")
        listed = {(d.subject, d.item.question) for d in review.consensus.discrepancies(ID)}
        assert (uid(review, 1), "story") not in listed
        assert ((uid(review, 2), "story") in listed) is required
        assert made.whole(review)


# --- nothing --------------------------------------------------------------------------------------


@pytest.fixture
def one_said(trial):
    """Maya alone answered an optional question."""
    made = trial(count=1)
    made.answer("Maya", BOTH | {(1, "blinded"): "yes"})
    made.answer("Jonas", BOTH)
    made.merge()
    return made


def test_that_nothing_is_recorded_is_settled_of_an_optional_question(one_said):
    made = one_said
    with made.open() as review:
        made.settle(review, "blinded", state=S.NONE)
        assert made.states(review)["blinded", ""] == ("resolved", "")
        assert not any(d.state == "open" for d in review.consensus.discrepancies(ID))
        (line,) = (one for one in lines(review.consensus, review.forms.step(ID))
                   if one.item.question == "blinded")  # fmt: skip
        assert (line.status, line.agreed.value.state) == (Status.RESOLVED, S.NONE)
        for what in ("answers", "studies"):
            tables = Tables(
                review.units, review.studies, review.consensus, review.forms.steps()
            ).sheets(what, stage=ID)
            cells = [str(cell) for sheet in tables for row in sheet.rows for cell in row]
            assert "to settle" not in cells
        assert review.undo().endswith("Blinded: nothing")
        review.redo()
        with pytest.raises(UserError, match="What was agreed here is nothing"):
            made.settle(review, "blinded", "yes")
        made.settle(review, "blinded", "yes", overturn=True)
        with pytest.raises(UserError, match="What was agreed here is Yes"):
            made.settle(review, "blinded", state=S.NONE)
        made.settle(review, "blinded", state=S.NONE, overturn=True)
        assert made.whole(review)
        assert verify.check(review._file.connection) == []
    made.reopened("Jonas", {(1, "blinded"): "no"})
    made.merge()
    with made.open() as review:  # who answers afterwards says something else than nothing
        assert made.status(review, "blinded") == "reopened"
    made.reopened("Jonas", {(1, "blinded"): S.NONE})
    made.merge()
    with made.open() as review:
        assert made.status(review, "blinded") == "resolved"


def test_nothing_of_two_meetings_is_the_same_and_merges(one_said, tmp_path):
    made, other = one_said, tmp_path / "other.screener"
    other.write_bytes(made.project.read_bytes())
    with made.open() as review:
        made.settle(review, "blinded", state=S.NONE)
    with open_project(other) as review:
        made.settle(review, "blinded", state=S.NONE)
    with made.open() as review:
        review.consensus.merge(other, project=True)
        assert made.status(review, "blinded") == "resolved"
        assert made.whole(review)
    with open_project(other) as review:
        made.settle(review, "blinded", "no", overturn=True)
    with made.open() as review:
        review.consensus.merge(other, project=True)
        assert made.status(review, "blinded") == "consensus-conflict"


def test_nothing_stands_alone_and_is_no_answer_to_what_is_required(one_said):
    with one_said.open() as review:
        for question, value, words in (("rigour", "", "required"), ("blinded", "yes", "alone")):
            with pytest.raises(UserError, match=words):
                one_said.settle(review, question, value, state=S.NONE, overturn=True)


# --- forms ----------------------------------------------------------------------------------------

TWINS = """
id = "own"
title = "Own"
kind = "extraction"
[[sections]]
id = "s"
fields = [{id="a", label="Design", type="choice", options=[OPTIONS]}]
"""


@pytest.mark.parametrize(
    "options",
    ['{id="x",text="Lot"},{id="y",text=" LOT"}', '{id="lot"},{id="y",text="lot"}'],
)
def test_twin_options_are_refused_wherever_a_form_comes_from(trial, options):
    with pytest.raises(UserError, match="“Design” has the option “Lot” twice"):
        toml.parse(TWINS.replace("OPTIONS", options))
    retired = options.replace('{id="y"', '{id="y",retired=true')
    form = toml.parse(TWINS.replace("OPTIONS", retired))
    assert sound.what_is_wrong(form) == ""
    twins = tuple(replace(one, retired=False) for one in form.questions[0].options)
    form = replace(form, questions=(replace(form.questions[0], options=twins),))
    assert "“Design” has the option “Lot” twice" in sound.what_is_wrong(form)
    with trial(count=1).open() as review, pytest.raises(UserError, match="twice"):
        review.forms.keep(form)


def test_what_has_nothing_left_to_choose_from_cannot_be_answered():
    with pytest.raises(UserError, match="“Design” has no options to choose from"):
        toml.parse(TWINS.replace("OPTIONS", '{id="x",retired=true}'))


# --- rows -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ärzte", "arzte", True),
        ("A\u0308rzte", "ÄRZTE", True),
        ("Übliche Behandlung", "ubliche-behandlung", True),
        ("Smørrebrød", "smorrebrod", True),
        ("10⁵", "105", False),
        ("ⁿ", "n", False),
        ("Ärzte", "Aerzte", False),
        ("5′ walk", "5 walk", False),
        ("й", "и", True),
        ("ж", "з", False),
    ],
)
def test_accents_make_no_other_row(one, other, same):
    assert (rows.word_of(one) == rows.word_of(other)) is same


def test_rows_that_differ_by_accents_only_pair_by_themselves(trial):
    made = trial(count=1)
    for who, key in (("Maya", "Ärzte"), ("Jonas", "arzte")):
        made.answer(who, BOTH | {(1, "dose", rows.word_of(key)): "5"}, rows=[(1, key)])
    made.merge()
    with made.open() as review:
        assert made.states(review)["dose", "arzte"] == ("agreed", "5 weeks")
        assert not [row for question, row in made.states(review) if question == "strands"]
        assert made.whole(review)
    with open_copy(made.copies["Maya"]) as mine:
        at = mine.forms.answering(ID)
        at.reopen("w")
        with pytest.raises(UserError):
            at.add_row(uid(mine, 1), "strands", "ARZTE")


# --- who comes first ------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(4))
def test_answers_come_in_the_order_of_the_people_of_the_review(trial, tmp_path, number):
    folder = tmp_path / str(number)  # ids are random, so that another order shows soon
    folder.mkdir()
    made = trial("Maya", "Jonas", "Ines", folder=folder, count=1)
    for who in ("Ines", "Jonas", "Maya"):
        made.answer(who, {(1, "setting"): who, (1, "story"): f"{who} says"})
    made.merge()
    with made.open() as review:
        names = {str(one.id): one.name for one in review.consensus.reviewers()}
        found = {
            line.item.question: [names[a.reviewer] for a in line.answers]
            for line in lines(review.consensus, review.forms.step(ID))
            if line.answers
        }
        assert found == {asked: ["Maya", "Jonas", "Ines"] for asked in ("setting", "story")}


# --- what was open at a close ---------------------------------------------------------------------


def test_what_is_opened_after_a_close_is_not_closed_undecided_though_answered_in_part(trial):
    made = trial(count=3)
    with open_copy(made.copies["Maya"]) as mine:
        mine.forms.answering(ID).answer(uid(mine, 3), "setting", "a ward")
    made.merge("Maya")
    with made.open() as review:
        review.studies.take_out(ID, ["3"])
        newer = made.folder / "newer.screener"
        review.consensus.write_copy("Maya", newer)
    made.copies["Maya"] = newer
    made.answer("Maya", {(1, "setting"): "home", (1, "rigour"): "low", (2, "setting"): "school"})
    made.merge("Maya")
    with made.open() as review:
        review.studies.open(ID, ["3"])
        again = made.folder / "again.screener"
        review.consensus.write_copy("Maya", again)
        (file,) = review.consensus.admission(again)
    told = (one.message for one in file.findings if one.check is Check.PROGRESS)
    (said,) = [message for message in told if message.startswith("What was done")]
    assert "1 opened since it was closed" in said
    assert "1 closed undecided" in said


# --- history --------------------------------------------------------------------------------------


def test_an_action_of_another_is_not_told_with_ones_own_by_its_id(trial, run_history):
    """Whoever makes a copy may give an entry the id of another's action, and lie beside it."""
    made = trial(count=1)
    for who in ("Maya", "Jonas"):
        made.answer(who, {(1, "rigour"): "low"})
        made.merge(who)
    with made.open() as review:
        people = {one.name: str(one.id) for one in review.consensus.reviewers()}
        event = review.history("1")[-1].event
        study, form = uid(review, 1), review.forms.step(ID).form.name
    body = json.dumps({"form": form, "question": "setting", "value": "forged"}, sort_keys=True,
                      separators=(",", ":"))  # fmt: skip
    plant(made.copies["Maya"], "answer", body, name="Jonas: Setting", author=people["Maya"],
          subject=study, step=ID, action=event.action)  # fmt: skip
    made.merge("Maya")
    told = run_history(made.project)
    assert "Jonas: Setting" not in told
    forged = [line for line in told.splitlines() if "forged" in line]
    assert ["  Maya: answer" in line for line in forged] == [True]


@pytest.fixture
def run_history(capsys):
    from screener.cli import main

    def run(path):
        with pytest.raises(SystemExit):
            main(["history", str(path), "1"])
        return capsys.readouterr().out

    return run
