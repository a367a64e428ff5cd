"""The meeting's list of a form: one line for each item, with its own answers and consensus."""

import json

import pytest

from screener import open_project
from screener.cli.form_agreement import form_agreement
from screener.cli.meeting import _list_to_settle, discrepancy_json
from screener.model import AnswerState, Mode, UserError
from screener.model.step import Item

ID = "third-step"
S = AnswerState


@pytest.fixture
def made(trial):
    """Maya and Jonas differ on three items of the first unit, in a row of one."""
    made = trial(count=1)
    for name, setting, rigour, dose in (("Maya", "home", "low", "12"), ("Jonas", "a", "high", "3")):
        given = {
            (1, "setting"): setting,
            (1, "rigour"): rigour,
            (1, "dose", f"of-{name.lower()}"): dose,
        }
        made.answer(name, given, rows=((1, f"Of {name}"),))
    made.merge()
    with made.open() as review:
        ids = {r.name: r.id for r in review.consensus.reviewers()}
        rows = [(ids["Maya"], "of-maya"), (ids["Jonas"], "of-jonas")]
        review.consensus.pair(made.uid(review, 1), ID, "strands", rows, key="Both")
    return made


def listed(review):
    return {tuple(one.item): one for one in review.consensus.discrepancies(ID)}


def values(one):
    return [answer.value for answer in one.answers]


def test_each_item_has_its_own_answers_and_consensus(made):
    with made.open() as review:
        made.settle(review, "rigour", "middle")
        found = listed(review)
        assert set(found) == {
            ("strands", "both"), ("setting", ""), ("rigour", ""), ("dose", "both"),
        }  # fmt: skip
        assert values(found["setting", ""]) == ["home", "a"]
        assert values(found["rigour", ""]) == ["low", "high"]
        assert values(found["dose", "both"]) == ["12", "3"]
        assert values(found["strands", "both"]) == []
        assert [c.value for c in found["rigour", ""].consensus] == ["middle"]
        assert found["setting", ""].consensus == found["dose", "both"].consensus == ()
        assert {one.item for one in found.values() if one.state == "resolved"} == {
            Item("strands", "both"), Item("rigour", ""),
        }  # fmt: skip
        told = [discrepancy_json(one, review) for one in found.values()]
        shown = [(t["field"] or t["list"], t["row"]) for t in told]
        # A key that was kept without the words of the meeting is shown as words.
        assert shown == [(question, row.capitalize()) for question, row in found]


def test_an_arbitrators_list_says_which_items_are_settled(made, capsys):
    path = made.folder / "ada.screener"
    with made.open() as review:
        review.consensus.write_arbitrators_file("Ada", ID, path)
    with open_project(path) as file:
        made.settle(file, "rigour", "middle", by=["Ada"], mode=Mode.ADJUDICATION)
        capsys.readouterr()
        _list_to_settle(file, ID, None, as_json=True)
        told = json.loads(capsys.readouterr().out)
        assert {(t["field"] or t["list"], t["row"]): t["state"] for t in told} == {
            ("setting", ""): "open", ("rigour", ""): "resolved", ("dose", "both"): "open",
        }  # fmt: skip
        _list_to_settle(file, ID, None, as_json=False)
        lines = capsys.readouterr().out.splitlines()
        assert len(set(lines)) == len(lines) == 3


def test_an_item_that_was_opened_again_shows_what_changed(made):
    with made.open() as review:
        made.settle(review, "rigour", "middle")
        made.settle(review, "setting", "home")
        made.settle(review, "dose", "12", row="both")
        assert all(review.consensus.context.changed_since(o) == [] for o in listed(review).values())
    changed = {(1, "rigour"): "middle", (1, "setting"): "HOME", (1, "dose", "of-maya"): "12.0"}
    made.reopened("Maya", changed)
    made.reopened("Jonas", {(1, "dose", "of-jonas"): S.NOT_REPORTED, (1, "rigour"): S.NONE})
    made.merge()
    with made.open() as review:
        ids = {r.name: r.id for r in review.consensus.reviewers()}
        found = listed(review)
        since = {
            item: [
                (c.reviewer, c.before, c.now) for c in review.consensus.context.changed_since(one)
            ]
            for item, one in found.items()
        }
        maya, jonas = ids["Maya"], ids["Jonas"]
        assert since["setting", ""] == []
        assert since["dose", "both"] == [(jonas, "3 weeks", "not reported")]
        assert since["rigour", ""] == [(maya, "Low", "Middle"), (jonas, "High", "")]
        assert since["strands", "both"] == []
        (change,) = review.consensus.context.changed_since(found["dose", "both"])
        (answer,) = [a for a in found["dose", "both"].answers if a.reviewer == jonas]
        assert change.time == answer.time


@pytest.fixture
def one_said(trial):
    """Maya alone answered two questions that are not required; both wrote one story."""
    made = trial(count=1)
    both = {(1, "setting"): "home", (1, "rigour"): "low"}
    made.answer("Maya", both | {(1, "blinded"): "yes", (1, "story"): "One two."})
    made.answer("Jonas", both | {(1, "story"): "one  two."})
    made.merge()
    return made


def test_what_one_alone_answered_is_to_settle(one_said):
    with one_said.open() as review:
        assert one_said.status(review, "blinded") == "missing"
        (found,) = listed(review).values()
        assert (str(found.kind), values(found)) == ("missing", ["yes"])
        (alone,) = (q for q in form_agreement(review, ID)["questions"] if q["only_one"])
        assert (alone["field"], alone["n"], alone["only_one"]) == ("blinded", 0, 1)
        one_said.settle(review, "blinded", "no")
        assert one_said.states(review)["blinded", ""] == ("resolved", "No")
        assert str(listed(review)["blinded", ""].kind) == "missing"


def test_wording_that_is_agreed_is_settled_otherwise_only_as_that(one_said):
    with one_said.open() as review:
        assert one_said.status(review, "story") == "agreed"
        with pytest.raises(UserError, match="settling it otherwise"):
            one_said.settle(review, "story", "Another one.")
        one_said.settle(review, "story", "ONE two.")
        assert review.consensus.context.told(ID).overturned == 0
        one_said.settle(review, "story", "Another one.", overturn=True)
        assert review.consensus.context.told(ID).overturned == 1
        with pytest.raises(UserError, match="settling it otherwise"):
            one_said.settle(review, "story", "A third.")


def test_what_was_settled_where_nothing_differed_is_not_called_opened_again(trial):
    made = trial(count=1)
    for name, words in (("Maya", "One."), ("Jonas", "Two.")):
        made.answer(name, {(1, "setting"): "a", (1, "rigour"): "low", (1, "story"): words})
    made.merge()
    with made.open() as review:
        assert not listed(review)
        made.settle(review, "story", "One.")
        made.settle(review, "blinded", "no")
        assert not listed(review)
        assert (
            review.undo_name()
            == f"Settle: {review.forms.step(ID).name_of(made.uid(review, 1))}, Blinded: No"
        )
