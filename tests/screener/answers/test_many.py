"""Thousands of answers on one study: each is read once, not once for each of the others."""

from dataclasses import replace
from pathlib import Path

import pytest

from screener import open_copy, open_project
from screener.answers.draft import Draft
from screener.answers.values import Value
from screener.model import AnswerState, UserError
from tests.screener.answers.trial import ID, uid


def drafts(subject, number, value="5"):
    """Answers in so many rows of a list, as a table gives them."""
    return [
        Draft(subject=subject, question="dose", row=f"arm {n}", line=n,
              value=Value(AnswerState.VALUE, value, ""))
        for n in range(number)
    ]  # fmt: skip


def asked_of_sqlite(file, work):
    """How many rows SQLite gives while something is done."""
    given = 0
    read = file.rows

    def counting(*query):
        nonlocal given
        found = read(*query)
        given += len(found)
        return found

    file.rows = counting
    try:
        work()
    finally:
        del file.rows
    return given


def test_a_table_of_answers_reads_what_is_there_once(trial):
    made = trial()
    with open_copy(made.copies["Maya"]) as mine:
        at, one = mine.forms.answering(ID), uid(mine, 1)
        few = asked_of_sqlite(mine._file, lambda: at.answer_many(drafts(one, 20)))
        two = uid(mine, 2)
        many = asked_of_sqlite(mine._file, lambda: at.answer_many(drafts(two, 80)))
        assert many < 5 * few, "four times as many lines read four times as much"
        assert len(at.rows(two, "strands")) == 80
        assert at.answer_many(drafts(two, 80)) == 0
        (back,) = (replace(d, value=Value(AnswerState.NONE)) for d in drafts(two, 1))
        assert at.answer_many([back, *drafts(one, 1, "7")]) == 2


def test_a_row_of_a_table_is_new_once_and_answered_once(trial):
    made = trial()
    with open_copy(made.copies["Maya"]) as mine:
        at, one = mine.forms.answering(ID), uid(mine, 1)
        with pytest.raises(UserError, match="the same question is answered twice"):
            at.answer_many([*drafts(one, 1), *drafts(one, 1)])
        assert not at.rows(one, "strands")
        assert at.answer_many(drafts(one, 2)) == 2
        assert [row.key for row in at.rows(one, "strands")] == ["arm 0", "arm 1"]


def test_the_list_of_the_meeting_reads_a_study_once(trial):
    made = trial()
    for who, value in (("Maya", "5"), ("Jonas", "6")):
        with open_copy(made.copies[who]) as mine:
            at = mine.forms.answering(ID)
            at.answer_many(drafts(uid(mine, 1), 20, value))
            at.answer_many(drafts(uid(mine, 2), 80, value))
            at.close()
    made.merge()
    with open_project(made.project, write=False) as review:
        counts = []
        for number in (1, 2):
            only = [uid(review, number)]
            found = []
            counts.append(
                asked_of_sqlite(
                    review._file,
                    lambda only=only, found=found: found.extend(
                        review.consensus.discrepancies(ID, only=only)
                    ),
                )
            )
            assert sum(d.item.question == "dose" for d in found) == (20 if number == 1 else 80)
            assert all(len(d.answers) == 2 for d in found if d.item.question == "dose")
        assert counts[1] < 5 * counts[0]
        here, item = review.consensus.at(ID), found[-1].item
        assert asked_of_sqlite(review._file, lambda: here.said_on(only[0], item)) == 0


@pytest.mark.parametrize("key", ["\u200b", "\u2800", "x" * 200_000])
def test_a_row_has_a_name_that_can_be_read(trial, key):
    made = trial()
    with open_copy(made.copies["Maya"]) as mine:
        at, one = mine.forms.answering(ID), uid(mine, 1)
        with pytest.raises(UserError, match="name") as refused:
            at.add_row(one, "strands", key)
        assert len(str(refused.value)) < 200
        with pytest.raises(UserError, match="name"):
            at.answer_many([Draft(subject=one, question="dose", row=key,
                                  value=Value(AnswerState.VALUE, "5", ""))])  # fmt: skip
        assert not at.rows(one, "strands")


def test_decided_is_what_is_answered_in_full_wherever_it_is_said(trial):
    made = trial(count=3)
    made.answer("Maya", {(1, "setting"): "home", (1, "rigour"): "low", (2, "setting"): "school"})
    with made.open() as review:
        (file,) = review.consensus.admission(made.copies["Maya"])
        assert (file.decided[ID], file.pending[ID]) == (1, 2)
        review.consensus.merge(made.copies["Maya"])
        (one, _) = review.consensus.reviewer_standings(ID)
        assert (one.decided, one.pending) == (1, 2)


def test_a_summary_counts_the_answers(trial):
    made = trial()
    made.answer("Maya", {(1, "setting"): "home", (1, "rigour"): "low"})
    made.merge()
    with made.open() as review:
        (backup, *_) = review.backups()
        made_now = Path(review.backup(made.folder / "now.screener"))
    from screener.safety import summary_of

    what = summary_of(made_now)
    assert what.answers == 2
    assert what.amount.endswith(", 2 answers")
    assert "answer" not in backup.what.amount, "it was made before the merge"
