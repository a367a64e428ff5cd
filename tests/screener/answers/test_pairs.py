"""Rows of lists: equal keys pair by themselves, everything else when the meeting says so."""

import pytest

from screener import open_copy, open_project
from screener.model import UserError
from screener.model.step import Item, Pairing
from screener.studies.listing import lines, rows
from tests.screener.answers.trial import new_trial, trial_in

ID, LIST = "third-step", "strands"
SETTING = {(1, "setting"): "clinic", (1, "rigour"): "low"}


@pytest.fixture
def made(copied):
    """Maya has a group by telephone and a waiting list; Jonas has "phone group" and a third."""
    return trial_in(copied(_make))


def _make(folder):
    made = new_trial(folder)
    made.answer(
        "Maya",
        SETTING | {(1, "dose", "by-telephone"): "12", (1, "dose", "waiting-list"): "0"},
        rows=((1, "By telephone"), (1, "Waiting list")),
    )
    made.answer(
        "Jonas",
        SETTING | {(1, "dose", "telephone-group"): "12.0"},
        rows=((1, "Telephone group"), (1, "Third")),
    )
    made.merge()


def rows_of(made, review):
    return {row: one for (list_, row), one in made.states(review).items() if list_ == LIST}


def pair(made, review, *rows, **how):
    return review.consensus.pair(made.uid(review, 1), ID, LIST, rows, **how)


def test_only_equal_keys_pair_by_themselves(made):
    with made.open() as review:
        assert rows_of(made, review) == {
            "by-telephone": ("row", ""),
            "telephone-group": ("row", ""),
            "third": ("row", ""),
            "waiting-list": ("row", ""),
        }
        assert not [row for question, row in made.states(review) if question == "dose"]


def test_a_pair_makes_one_row_whose_questions_are_compared(made):
    with made.open() as review:
        one = pair(made, review, ("Maya", "by-telephone"), ("Jonas", "telephone-group"))
        assert one.key == "by-telephone"
        assert rows_of(made, review)["by-telephone"][0] == "resolved"
        assert made.states(review)["dose", "by-telephone"] == ("agreed", "12 weeks")
        assert made.status(review, "means", "by-telephone") == "blank"
        assert made.whole(review)


def test_a_pair_under_a_key_of_its_own(made):
    with made.open() as review:
        both = ("Maya", "by-telephone"), ("Jonas", "telephone-group")
        pair(made, review, *both, key="Phone, weekly")
        (key,) = {row for question, row in made.states(review) if question == "dose"}
        assert key.startswith("phone-weekly-")
        assert pair(made, review, *both, key="other").key == key  # what was agreed stands under it
        assert pair(made, review, *both).name == "other"
        assert pair(made, review, *both, key="Phone, monthly").name == "Phone, monthly"
        assert (key, "") not in made.states(review)
        with pytest.raises(UserError, match="Another row is known as “Waiting list”"):
            pair(made, review, *both, key="Waiting list")
        with pytest.raises(UserError, match="Another row"):
            pair(made, review, ("Maya", "waiting-list"), key="third")


def test_there_is_no_such_row_until_somebody_has_another_of_it(made):
    with made.open() as review:
        pair(made, review, ("Jonas", "third"), exists=False)
        assert rows_of(made, review)["third"] == ("resolved", "")
        assert made.status(review, LIST, "waiting-list") == "row"
    made.reopened("Maya", {}, rows=((1, "third"),))
    made.merge()
    with made.open() as review:
        assert rows_of(made, review)["third"] == ("reopened", "")
        pair(made, review, ("Jonas", "third"), ("Maya", "third"))
        assert made.status(review, "dose", "third") == "missing"
        assert LIST not in {q for q, row in made.states(review) if row == "third"}
        assert made.whole(review)


def test_a_row_only_one_has_may_be_said_to_be_there(made):
    with made.open() as review:
        pair(made, review, ("Maya", "waiting-list"))
        assert rows_of(made, review)["waiting-list"] == ("resolved", "")
        assert made.status(review, "dose", "waiting-list") == "missing"
        assert made.status(review, "means", "waiting-list") == "blank"
        made.settle(review, "dose", "0", row="waiting-list")
        assert made.status(review, "dose", "waiting-list") == "resolved"


def test_pairs_are_taken_back_and_repeated(made):
    with made.open() as review:
        before = made.seen(review)
        pair(made, review, ("Maya", "waiting-list"), ("Jonas", "third"))
        after = made.seen(review)
        review.undo()
        assert made.seen(review) == before
        review.redo()
        assert made.seen(review) == after
        review.undo()
        pair(made, review, ("Maya", "waiting-list"), ("Jonas", "third"))
        assert made.seen(review) == after
        assert made.whole(review)


def test_a_pair_takes_the_place_of_what_was_said_of_its_rows(made):
    with made.open() as review:
        pair(made, review, ("Maya", "by-telephone"), ("Jonas", "third"))
        assert made.status(review, "dose", "by-telephone") == "missing"
        pair(made, review, ("Maya", "by-telephone"), ("Jonas", "telephone-group"))
        (found,) = review.consensus.at(ID).pairings(made.uid(review, 1))
        assert {id_ for _, id_ in found.rows} == {"by-telephone", "telephone-group"}
        assert made.status(review, "dose", "by-telephone") == "agreed"
        assert made.status(review, LIST, "third") == "row"


def test_two_meetings_that_pair_otherwise_are_a_conflict(made, tmp_path):
    other = tmp_path / "other.screener"
    other.write_bytes(made.project.read_bytes())
    with made.open() as review:
        pair(made, review, ("Maya", "by-telephone"), ("Jonas", "telephone-group"))
        pair(made, review, ("Jonas", "third"), exists=False)
    with open_project(other) as review:
        pair(made, review, ("Maya", "by-telephone"), ("Jonas", "third"))
    with made.open() as review:
        review.consensus.merge(other, project=True)
        assert rows_of(made, review) == {
            "by-telephone": ("consensus-conflict", ""),
            "waiting-list": ("row", ""),
        }
        assert not [row for question, row in made.states(review) if question == "dose"]
        with pytest.raises(UserError, match="nothing of that name"):
            made.settle(review, "dose", "12", row="by-telephone")
        pair(made, review, ("Maya", "by-telephone"), ("Jonas", "telephone-group"))
        assert made.states(review)["dose", "by-telephone"][0] == "agreed"
        assert rows_of(made, review)["third"] == ("resolved", "")
        assert made.whole(review)


def test_what_was_paired_stays_so_under_another_key(made):
    with made.open() as review:
        pair(made, review, ("Maya", "by-telephone"), ("Jonas", "telephone-group"))
        made.settle(review, "dose", "11", row="by-telephone", overturn=True)
    with open_copy(made.copies["Maya"]) as mine:
        at = mine.forms.answering(ID)
        at.reopen("A better name")
        assert at.rename_row(made.uid(mine, 1), LIST, "by-telephone", "Calls")
        assert not at.rename_row(made.uid(mine, 1), LIST, "by-telephone", "Calls")
        at.close()
    made.merge()
    with made.open() as review:
        assert made.states(review)["dose", "by-telephone"] == ("resolved", "11 weeks")
        assert "calls" not in rows_of(made, review)


def test_settling_in_a_row_records_what_makes_it_one(trial):
    made = trial()
    for name, dose in (("Maya", "1"), ("Jonas", "2")):
        given = SETTING | {(1, "dose", "group"): dose}
        made.answer(name, given, rows=((1, "Group"),))
    made.merge()
    with made.open() as review:
        here = review.consensus.at(ID)
        assert here.pairings(made.uid(review, 1)) == ()
        made.settle(review, "dose", "2", row="group")
        (one,) = here.pairings(made.uid(review, 1))
        assert (one.key, len(one.rows)) == ("group", 2)
        assert LIST not in {question for question, _ in made.states(review)}
    with open_copy(made.copies["Jonas"]) as mine:
        at = mine.forms.answering(ID)
        at.reopen("Another name")
        at.rename_row(made.uid(mine, 1), LIST, "group", "Whole group")
        at.close()
    made.merge()
    with made.open() as review:
        assert made.states(review)["dose", "group"] == ("resolved", "2 weeks")


def test_a_row_that_was_removed_opens_what_was_settled_in_it(trial):
    made = trial()
    for name, dose in (("Maya", "1"), ("Jonas", "2")):
        made.answer(name, SETTING | {(1, "dose", "group"): dose}, rows=((1, "Group"),))
    made.merge()
    with made.open() as review:
        made.settle(review, "dose", "2", row="group")
    with open_copy(made.copies["Jonas"]) as mine:
        at = mine.forms.answering(ID)
        at.reopen("There is none")
        at.remove_row(made.uid(mine, 1), LIST, "group")
        at.close()
    made.merge()
    with made.open() as review:
        assert made.status(review, "dose", "group") == "reopened"


@pytest.mark.parametrize(
    ("rows", "how", "words"),
    [
        ([("Maya", "third")], {}, "no row"),
        ([], {}, "no row"),
        ([("Nobody", "third")], {}, "takes no part"),
    ],
)
def test_what_cannot_be_paired(made, rows, how, words):
    with made.open() as review:
        before = made.seen(review)
        with pytest.raises(UserError, match=words):
            pair(made, review, *rows, **how)
        with pytest.raises(UserError, match="no list"):
            review.consensus.pair(made.uid(review, 1), ID, "arms", [("Jonas", "third")])
        with pytest.raises(UserError, match="no lists of rows"):
            review.consensus.at("title-abstract").step.paired(
                Pairing(list=LIST, key="third", rows=(("Jonas", "third"),)), (), ()
            )
        assert made.seen(review) == before
    with open_copy(made.copies["Maya"]) as mine, pytest.raises(UserError, match="coordinator"):
        pair(made, mine, ("Maya", "waiting-list"))


def test_rows_are_found_again_by_the_item_they_are(made):
    with made.open() as review:
        found = review.consensus.state(made.uid(review, 1), ID, Item(LIST, "third"))
        assert found.open
        assert str(found.kind) == "row"


def test_two_rows_of_one_reviewer_are_not_one(made):
    with made.open() as review:
        before = made.seen(review)
        rows = ("Jonas", "telephone-group"), ("Jonas", "third")
        with pytest.raises(UserError, match="are rows of one reviewer"):
            pair(made, review, *rows)
        with pytest.raises(UserError, match="are rows of one reviewer"):
            pair(made, review, ("Maya", "by-telephone"), *rows)
        assert made.seen(review) == before


def test_the_list_of_rows_says_which_are_there_and_whose(made):
    with made.open() as review:
        pair(made, review, ("Jonas", "third"), exists=False)
        pair(made, review, ("Maya", "Waiting list"))
        found = rows(review.consensus, review.forms.step(ID))
        assert {row.key: state for _, row, state in found} == {
            "By telephone": "proposed",
            "Telephone group": "proposed",
            "Third": "no-such",
            "Waiting list": "alone",
        }


def test_a_key_is_shown_as_it_was_written_and_named_so(trial):
    made = trial(count=1)
    keys = {"Maya": ("Ärzte, 6 m", "Post"), "Jonas": ("A\u0308RZTE,  6 m", "Mail")}
    for name, (first, second) in keys.items():
        made.answer(name, {}, rows=((1, first), (1, second)), close=False)
        with open_copy(made.copies[name]) as mine:
            at, unit = mine.forms.answering(ID), made.uid(mine, 1)
            for row, dose in zip(at.rows(unit, LIST), ("12", name), strict=True):
                at.answer(unit, "dose", dose if dose == "12" else "3", row=row.id)
            at.close()
    made.merge()
    with made.open() as review:
        step, here = review.forms.step(ID), review.consensus.at(ID)
        unit = made.uid(review, 1)
        said = here.said(unit)
        told = {(one.item.question, one.row): one for one in lines(review.consensus, step)}
        shown = min(keys["Maya"][0], keys["Jonas"][0])
        assert str(told["dose", shown].status) == "agreed"
        for written in (keys["Maya"][0], keys["Jonas"][0], "ärzte, 6 M"):
            named = step.rows_on(said, ()).item_named(Item("dose", written))
            assert named == told["dose", shown].item
        pair(made, review, ("Maya", "Post"), ("Jonas", "Mail"))
        pairings = here.pairings(unit)
        for written in ("mail", "POST"):
            assert step.rows_on(said, pairings).item_named(Item("dose", written)).row == "mail"
