"""What a meeting settled of rows of lists: why, by whom and when is told in the minutes."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from screener.model import Details, Mode, UserError
from screener.model.step import Item
from screener.printing import document as d
from screener.store import events
from screener.store.heads import heads
from screener.store.kinds.meeting import Pair
from tests.screener.answers.test_pairs import LIST, SETTING
from tests.screener.answers.trial import ID, new_trial

BOTH = ["Maya", "Jonas"]
SAME = ("Maya", "by-telephone"), ("Jonas", "telephone-group")
WHY, NONE = "the trial register says it is one", "only in the protocol"


@pytest.fixture
def review(tmp_path):
    """One row of each that is one, and one that there is not; each with its reason."""
    made = new_trial(tmp_path)
    dose = {(1, "dose", "by-telephone"): "12", (1, "dose", "waiting-list"): "0"}
    made.answer("Maya", SETTING | dose, rows=((1, "By telephone"), (1, "Waiting list")))
    made.answer(
        "Jonas",
        SETTING | {(1, "dose", "telephone-group"): "14"},
        rows=((1, "Telephone group"), (1, "Third")),
    )
    made.merge()
    with made.open() as review:
        subject = made.uid(review, 1)
        review.consensus.pair(subject, ID, LIST, SAME, why=WHY, by=BOTH)
        review.consensus.pair(
            subject, ID, LIST, [("Jonas", "third")], exists=False, why=NONE, by=["Maya"]
        )
        yield review


def text(document):
    return "\n".join(d.texts(document))


def test_who_and_why_are_in_the_event(review):
    bodies = {one.body.key: one.body for one in heads(review._file, Pair)}
    maya, jonas = (str(one.id) for one in review.consensus.reviewers()[:2])
    telephone = next(one for key, one in bodies.items() if key != "third")
    assert (telephone.why, set(telephone.by)) == (WHY, {maya, jonas})
    assert (bodies["third"].why, bodies["third"].by) == (NONE, (maya,))


def test_settling_a_question_of_a_row_gives_its_pair_the_same_reason(tmp_path):
    made = new_trial(tmp_path)
    for name, dose in (("Maya", "12"), ("Jonas", "14")):
        made.answer(name, SETTING | {(1, "dose", "calls"): dose}, rows=((1, "Calls"),))
    made.merge()
    with made.open() as review:
        item = Item("dose", "calls")
        uid = made.uid(review, 1)
        review.consensus.resolve(uid, "12", step=ID, item=item, why="Page 3", by=BOTH)
        (pair,) = heads(review._file, Pair)
        assert (pair.body.why, len(pair.body.by), pair.body.mode) == ("Page 3", 2, "discussion")


def test_an_adjudication_is_by_nobody_who_answered(review):
    subject = next(iter(heads(review._file, Pair))).subject
    with pytest.raises(UserError, match="as a reviewer"):
        review.consensus.pair(subject, ID, LIST, SAME, by=["Maya"], mode=Mode.ADJUDICATION)


def test_minutes_on_paper_say_why_who_and_when(review):
    said = text(review.printing.minutes(ID, level=0))
    assert f"{WHY}\nby discussion: Maya and Jonas, " in said
    assert f"{NONE}\nby discussion: Maya, " in said
    assert "one strand: By telephone = Telephone group" in said
    assert "no such strand" in said


def test_minutes_in_a_workbook_say_what_was_settled_for_a_row(review, tmp_path):
    out = tmp_path / "minutes.xlsx"
    review.printing.write_minutes(out, ID, level=3)
    sheet = load_workbook(out)["Minutes"]
    head, *rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    told = [dict(zip(head, row, strict=True)) for row in rows]
    settled = {r["value"]: (r["why"], r["by"], r["mode"]) for r in told if r["settled"]}
    assert settled == {
        "one strand: By telephone = Telephone group": (WHY, "Maya; Jonas", "discussion"),
        "no such strand": (NONE, "Maya", "discussion"),
    }


def test_what_was_undone_and_repeated_was_settled_when_it_first_was(review, monkeypatch):
    """The minutes tell the meeting, not when somebody pressed undo and repeat."""

    def times():
        return {c.event: c.time for f in review.consensus.discrepancies(ID) for c in f.consensus}

    before = times()
    monkeypatch.setattr(events, "now", lambda: "2031-01-01T10:00:00+00:00")
    review.undo()
    review.redo()
    after = times()
    assert before.keys() != after.keys()
    assert sorted(before.values()) == sorted(after.values())


def test_that_answers_mean_the_same_is_said_once(review):
    (one,) = [f for f in review.consensus.discrepancies(ID) if f.item.question == "dose"]
    review.consensus.resolve(
        one.subject, "12", step=ID, item=one.item, why="The answers mean the same", by=BOTH,
        details=Details(same_meaning=True),
    )  # fmt: skip
    assert text(review.printing.minutes(ID)).count("The answers mean the same") == 1
