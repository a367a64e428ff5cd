"""What grows with a review grows as it does: four times as much is done in four times the steps.

Counted are the functions called and the questions put to SQLite, never the time.
"""

import sys

import pytest

from screener import open_copy, open_project
from screener.answers import rows
from screener.answers.draft import Draft
from screener.answers.form import Form, FormList
from screener.answers.sheet import ListedRow, Sheet
from screener.answers.step import FormStep
from screener.answers.values import Value
from screener.cli.meeting import discrepancy_json
from screener.consensus.merging.answered import Answered
from screener.consensus.settling import Settlement
from screener.model import AnswerState, Option, Question, When
from screener.model.step import Item, Pairing
from screener.store.file import File
from screener.studies.book import Book
from screener.studies.listing import appraisals, lines
from tests.screener.answers.trial import ID, uid
from tests.screener.consensus.planting import canonical

FEW, MANY = 20, 80
MOST = 6
"""Four times as much takes four times as many steps, and sixteen times where it is squared."""


def steps(work):
    """How many functions are called while something is done."""
    called = 0

    def count(_frame, event, _argument):
        nonlocal called
        called += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return called


def calls(function, work):
    """How often a function is called while something is done."""
    called = 0

    def count(frame, event, _argument):
        nonlocal called
        called += event == "call" and frame.f_code is function.__code__

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return called


def asked(monkeypatch, work):
    """How many questions are put to files while something is done, and how many rows come."""
    times = given = 0
    read = File.rows

    def counting(self, *query):
        nonlocal times, given
        found = read(self, *query)
        times, given = times + 1, given + len(found)
        return found

    with monkeypatch.context() as here:
        here.setattr(File, "rows", counting)
        work()
    return times, given


@pytest.fixture
def answered(trial):
    """Both answered many rows of the second study, and few of the first."""
    made = trial(count=2)
    for who, value in (("Maya", "5"), ("Jonas", "6")):
        with open_copy(made.copies[who]) as mine:
            at = mine.forms.answering(ID)
            for number, count in ((1, FEW), (2, MANY)):
                given = (
                    Draft(subject=uid(mine, number), question=question, row=f"arm {n}",
                          value=Value(AnswerState.VALUE, said), line=n)
                    for n in range(count)
                    for question, said in (("dose", value), ("means", "phone"))
                )  # fmt: skip
                at.answer_many(given)
            at.close()
    return made


@pytest.fixture
def merged(answered):
    answered.merge()
    return answered


def settled(review, number, count):
    """What settles so many rows of a study, as a table gives it."""
    step, here = review.forms.step(ID), review.consensus.at(ID)
    subject = uid(review, number)
    wanted = []
    for n in range(count):
        listed = step.rows_on(here.said(subject), here.pairings(subject))
        item = listed.item_named(Item("dose", f"Arm {n}"))
        said = Settlement("7", "w", ("Maya",), mode="discussion")
        wanted.append((f"line {n}", subject, item, said))
    return wanted


def test_settling_a_table_reads_a_study_once(merged, monkeypatch):
    with merged.open() as review:
        review.consensus.at(ID).counts()

        def settle(number, count):
            assert review.consensus.resolve_many(ID, settled(review, number, count)) == count

        few = asked(monkeypatch, lambda: settle(1, FEW))
        many = asked(monkeypatch, lambda: settle(2, MANY))
        assert many[0] < MOST * few[0]
        assert many[1] < MOST * few[1]
        assert len(review.consensus.at(ID).pairings(uid(review, 2))) == MANY
        assert review.undo()
        few = asked(monkeypatch, lambda: settle(2, FEW))
        assert review.undo()
        calls = []
        for count in (FEW, MANY):
            calls.append(steps(lambda count=count: settle(2, count)))
            assert review.undo()  # what stands in the same words is not settled again
        assert calls[1] < MOST * calls[0]
        assert review.verify() == []


def test_lists_of_answers_bring_the_rows_of_a_study_together_once(merged):
    with open_project(merged.project, write=False) as review:
        step, consensus = review.forms.step(ID), review.consensus
        consensus.at(ID).counts()
        for read in (
            lambda only: list(lines(consensus, step, only)),
            lambda only: list(appraisals(consensus, step, only)),
            lambda only: [discrepancy_json(one, review)
                          for one in consensus.discrepancies(ID, only=only)],
        ):  # fmt: skip
            few, many = (steps(lambda n=n, read=read: read([uid(review, n)])) for n in (1, 2))
            assert many < MOST * few


def test_what_became_of_items_is_read_once_for_a_study(merged, monkeypatch):
    with merged.open() as review:
        for number, count in ((1, FEW), (2, MANY)):
            review.consensus.resolve_many(ID, settled(review, number, count))
        changed = review.consensus.context.changed_since
        counts = []
        for number in (1, 2):
            found = list(review.consensus.discrepancies(ID, only=[uid(review, number)]))
            every = [one for one in found if one.consensus]
            counts.append(asked(monkeypatch, lambda every=every: [changed(one) for one in every]))
        assert counts[1][1] < MOST * counts[0][1]


def test_an_admission_puts_no_question_for_each_answer(trial, monkeypatch):
    made, counts = trial(count=1), {}
    check = Answered.check
    for who, count in (("Maya", FEW), ("Jonas", MANY)):
        with open_copy(made.copies[who]) as mine:
            mine.forms.answering(ID).answer_many(
                Draft(subject=uid(mine, 1), question="dose", row=f"arm {n}", line=n,
                      value=Value(AnswerState.VALUE, "5"))
                for n in range(count)
            )  # fmt: skip

        def counted(self, *given, who=who):
            counts[who], _ = asked(monkeypatch, lambda: check(self, *given))

        with made.open() as review, monkeypatch.context() as here:
            here.setattr(Answered, "check", counted)
            (file,) = review.consensus.admission(made.copies[who])
            assert file.refused is None
    assert counts["Jonas"] == counts["Maya"] > 0


@pytest.mark.parametrize("count", [FEW, MANY])
def test_opening_a_form_asks_once_what_is_taken_out(trial, monkeypatch, count):
    made = trial(count=count, opened=1)
    with made.open() as review:
        step = review.forms.step(ID)
        asked_of = []
        barred = step.barred

        def counting(only=None):
            asked_of.append(only)
            return barred(only)

        monkeypatch.setattr(step, "barred", counting)
        assert review.studies.open(ID) == count - 1
        assert review.studies.take_out(ID, [str(n) for n in range(1, count + 1)]) == count
        every = [one.id for one in review.studies.all()]
        assert review.studies.open(ID, every) == count
        assert len(asked_of) < 20


def test_opening_a_form_for_four_times_the_studies_is_four_times_the_work(trial, tmp_path):
    counts = []
    for count in (10, 40):
        folder = tmp_path / str(count)
        folder.mkdir()
        made = trial(folder=folder, count=count, opened=1)
        with made.open() as review:
            every = [str(n) for n in range(1, count + 1)]
            opening = [
                steps(lambda review=review: review.studies.open(ID)),
                steps(lambda review=review, every=every: review.studies.take_out(ID, every)),
                steps(lambda review=review, every=every: review.studies.open(ID, every)),
            ]
            counts.append(opening)
    for few, many in zip(*counts, strict=True):
        assert many < MOST * few


def test_new_studies_look_once_through_those_there_are(trial, monkeypatch):
    made, read = trial(count=FEW, opened=1), []
    with made.open() as review:
        reports = Book.reports
        monkeypatch.setattr(Book, "reports", lambda *one: read.append(one) or reports(*one))
        review.studies.open(ID)
        assert len(read) < 10 * FEW


def test_pairs_are_brought_together_in_as_many_steps_as_there_are():
    def pairs(count):
        return [
            Pairing(list="l", key=f"k-{n}", rows=(("a", f"r-{n}"), ("b", f"s-{n}")))
            for n in range(count)
        ]

    both = map(pairs, (FEW, MANY))
    few, many = (steps(lambda given=given: rows.rows_of("l", (), given, 2)) for given in both)
    assert many < MOST * few
    chain = [Pairing(list="l", key=f"k-{n % 3}", rows=(("a", f"r-{n}"),)) for n in range(9)]
    assert len(rows._bundles(chain)) == 3
    chain.append(Pairing(list="l", key="k-0", rows=(("a", "r-1"), ("a", "r-2"))))
    (one,) = rows._bundles(chain)
    assert one.keys == {"k-0", "k-1", "k-2"}


def test_a_sheet_asks_what_was_said_to_one_question():
    yes = (Option(id="yes"), Option(id="no"))
    form = Form(
        id="f",
        title="F",
        lists=(FormList(id="arms", title="Arms"),),
        questions=(
            Question(id="asks", words="Asks", type="choice", options=yes),
            Question(id="size", words="Size", type="integer", list=("arms",), required=True,
                     when=When(field="asks", options=("yes",))),
        ),
    )  # fmt: skip

    class Counted(dict):
        read = 0

        def items(self):
            self.read += 1
            return super().items()

        def __iter__(self):
            self.read += 1
            return super().__iter__()

    said = Counted(
        {("size", f"r-{n}"): canonical({"state": "value", "value": "5"}) for n in range(1, MANY)}
    )
    said["asks", ""] = canonical({"state": "value", "value": "yes"})
    listed = [ListedRow(f"r-{n}", f"r-{n}") for n in range(MANY)]
    sheet = Sheet(form=form, said=said, rows={"arms": listed})
    assert list(sheet.missing()) == [("size", "r-0")]
    assert said.read == 1


def test_answers_from_a_table_ask_once_which_studies_are_open(trial):
    """Each of them would look at all studies for it."""
    made, count = trial(count=8), 8
    with open_copy(made.copies["Maya"]) as mine:
        at = mine.forms.answering(ID)
        given = [
            Draft(subject=uid(mine, n), question="setting", line=n,
                  value=Value(AnswerState.VALUE, "home"))
            for n in range(1, count + 1)
        ]  # fmt: skip
        assert calls(FormStep.barred, lambda: at.answer_many(given)) <= 1
        assert all(at.answers(one.subject) for one in given)
