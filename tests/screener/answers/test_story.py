"""The way of a form: answered apart, closed, merged, compared, settled, opened again."""

from dataclasses import replace

import pytest

from screener import open_copy, open_project
from screener.model import AnswerState, Details, Status, UserError
from screener.model.step import Item
from tests.screener.answers.trial import (
    JONAS,
    MAYA,
    ROWS_OF_JONAS,
    ROWS_OF_MAYA,
    answered_trial,
    trial_in,
)

ID = "third-step"
S = AnswerState


@pytest.fixture
def done(copied):
    """Both have answered with differences of every type, and closed."""
    return trial_in(copied(answered_trial))


def test_merged_in_every_order_the_states_are_the_same(done):
    orders = list(done.merged_in_every_order())
    done.merge()
    with done.open() as review:
        expected = done.seen(review)
        assert done.whole(review)
    assert len(orders) == 8
    assert all(order == expected for order in orders)


def test_every_type_differs_as_it_does(done):
    done.merge()
    with done.open() as review:
        assert done.states(review, 1) == {
            ("strands", "usual-care"): ("row", ""),
            ("strands", "waiting-list"): ("row", ""),
            ("setting", ""): ("agreed", "A clinic"),
            ("dose", "telephone"): ("differs", ""),
            ("rigour", ""): ("differs", ""),
            ("means", "telephone"): ("agreed", "Phone; Post"),
            ("blinded", ""): ("differs", ""),
            ("story", ""): ("wording", ""),
        }
        assert done.states(review, 2) == {
            ("setting", ""): ("missing", ""),
            ("rigour", ""): ("agreed", "Low"),
            ("blinded", ""): ("blank", ""),
            ("story", ""): ("blank", ""),
        }
        assert done.states(review, 3)["setting", ""] == ("differs", "")
        assert done.states(review, 3)["rigour", ""] == ("agreed", "Unclear")
        kinds = [(str(s.kind), s.item.question) for s in review.consensus.differing(ID)]
        assert kinds == [
            ("missing", "setting"),
            ("row", "strands"),
            ("row", "strands"),
            ("value", "dose"),
            ("value", "rigour"),
            ("value", "blinded"),
            ("value", "setting"),
        ]


def test_nothing_shows_before_both_have_closed(trial):
    made = trial()
    made.answer("Maya", MAYA, rows=ROWS_OF_MAYA)
    made.answer("Jonas", JONAS, rows=ROWS_OF_JONAS, close=False)
    made.merge()
    with made.open() as review:
        assert {s.status for s in review.consensus.at(ID).states()} == {Status.HIDDEN}
        assert not review.consensus.visible(ID)
        with pytest.raises(UserError, match="still open"):
            review.consensus.answers(made.uid(review, 1), ID)
        with pytest.raises(UserError, match="hidden"):
            made.settle(review, "setting", "clinic")
        with pytest.raises(UserError, match="hidden"):
            review.consensus.pair(made.uid(review, 1), ID, "strands", [("Maya", "telephone")])
        assert [r.decided for r in review.consensus.reviewer_standings(ID)] == [3, 2]


def test_a_form_opened_later_for_a_unit_is_hidden_until_closed_again(trial):
    made = trial(count=3, opened=2)
    for name in made.copies:
        made.answer(name, {(1, "setting"): "home"})
    made.merge()
    with made.open() as review:
        assert made.status(review, "setting") == "agreed"
        with pytest.raises(UserError, match="open already"):
            review.studies.open(ID, ["1", "2"])
        review.studies.open(ID)
        for name in made.copies:
            review.consensus.write_copy(name, made.folder / f"newer-{name}.screener")
    for name, path in made.copies.items():
        with open_copy(path) as mine:
            mine.consensus.merge(made.folder / f"newer-{name}.screener")
        made.reopened(name, {(3, "setting"): "clinic"}, close=False)
    made.merge()
    for closing in (False, True):
        if closing:
            for name in made.copies:
                made.answer(name, {})
            made.merge()
        with made.open() as review:
            first, later = made.uid(review, 1), made.uid(review, 3)
            states = {str(state.status) for state in review.consensus.at(ID).states([later])}
            assert (states == {"hidden"}, "agreed" in states) == (not closing, closing)
            assert [a.value for a in review.consensus.answers(first, ID)] == ["home", "home"]
            seen = ["clinic", "clinic"] if closing else []
            assert [a.value for a in review.consensus.answers(later, ID)] == seen


def test_settling_by_value_unit_and_special_value(done):
    done.merge()
    with done.open() as review:
        done.settle(review, "rigour", "Middle")
        done.settle(review, "blinded", state=S.NOT_REPORTED)
        done.settle(review, "dose", "12", row="telephone", details=Details(unit="months", page="4"))
        done.settle(review, "setting", "home", number=2)
        found = done.states(review, 1)
        assert found["rigour", ""] == ("resolved", "Middle")
        assert found["blinded", ""] == ("resolved", "not reported")
        assert found["dose", "telephone"] == ("resolved", "12 months")
        assert done.status(review, "setting", number=2) == "resolved"
        (agreed,) = [
            c for c in review.consensus.agreed(ID)[done.uid(review, 1)] if c.item.question == "dose"
        ]
        assert (agreed.details.unit, agreed.details.page) == ("months", "4")
        assert len(agreed.basis) == 2
        assert done.whole(review)


@pytest.mark.parametrize(
    ("question", "value", "how", "words"),
    [
        ("rigour", "perfect", {}, "none of the options"),
        ("dose", "many", {"row": "telephone"}, "is not a number"),
        ("dose", "3", {"row": "telephone", "details": Details(unit="days")}, "none of the units"),
        ("rigour", "", {"state": S.NOT_APPLICABLE}, "offers no"),
        ("rigour", "", {"state": S.NONE}, "Nothing cannot be agreed"),
        ("rigour", "low", {"reason": "other"}, "Only an exclusion"),
        ("strands", "x", {"row": "usual-care"}, "row of a list"),
        ("colour", "x", {}, "no question"),
        ("dose", "3", {"row": "usual-care"}, "nothing of that name"),
        ("setting", "elsewhere", {}, "overturns"),
        ("rigour", "low", {"why": " "}, "Say why"),
        ("rigour", "low", {"by": []}, "who agreed"),
    ],
)
def test_what_cannot_be_agreed(done, question, value, how, words):
    done.merge()
    with done.open() as review:
        before = done.seen(review)
        with pytest.raises(UserError, match=words):
            done.settle(review, question, value, **how)
        assert done.seen(review) == before


def test_what_was_agreed_may_be_said_again_in_other_letters(done):
    done.merge()
    with done.open() as review:
        done.settle(review, "setting", "a CLINIC")
        assert done.states(review)["setting", ""] == ("resolved", "a CLINIC")


def test_a_later_change_opens_what_was_settled_again(done):
    done.merge()
    with done.open() as review:
        done.settle(review, "rigour", "middle")
        done.settle(review, "dose", "12", row="telephone")
        done.settle(review, "setting", "home", number=2)
    done.reopened("Maya", {(1, "rigour"): "low", (1, "dose", "telephone"): "12.00"})
    done.reopened("Jonas", {(2, "setting"): "HOME"})
    done.merge()
    with done.open() as review:
        found = done.states(review)
        assert found["rigour", ""] == ("reopened", "Middle")
        assert found["dose", "telephone"] == ("resolved", "12 weeks")
        assert done.status(review, "setting", number=2) == "resolved"
        done.settle(review, "rigour", "low")
        assert done.status(review, "rigour") == "resolved"
        assert done.whole(review)
    done.reopened("Jonas", {(2, "setting"): "school", (1, "rigour"): S.NONE})
    done.merge()
    with done.open() as review:
        assert done.status(review, "setting", number=2) == "reopened"
        assert done.status(review, "rigour") == "reopened"


def test_answers_stay_beside_what_was_agreed(done):
    done.merge()
    with done.open() as review:
        before = review.consensus.answers(done.uid(review, 1), ID)
        done.settle(review, "rigour", "middle")
        assert review.consensus.answers(done.uid(review, 1), ID) == before
        assert [a.value for a in before if a.question == "rigour"] == ["high", "middle"]


def test_settling_is_taken_back_and_repeated(done):
    done.merge()
    with done.open() as review:
        before = done.seen(review)
        done.settle(review, "dose", "12", row="telephone")
        after = done.seen(review)
        assert after["pairs"] != before["pairs"]
        assert review.undo().endswith("Dose, Telephone: 12 weeks")
        done.settle(review, "dose", "12", row="telephone", details=Details(unit="months"))
        assert review.undo().endswith("Dose, Telephone: 12 months")
        done.settle(review, "dose", "12", row="telephone")
        review.undo()
        assert done.seen(review) == before
        review.redo()
        assert {k: after[k] for k in ("states", "pairs")} == {
            k: done.seen(review)[k] for k in ("states", "pairs")
        }
        review.undo()
        assert done.seen(review) == before
        assert done.whole(review)


def test_two_meetings_that_agree_otherwise_are_a_conflict(done, tmp_path):
    done.merge()
    other = tmp_path / "other.screener"
    other.write_bytes(done.project.read_bytes())
    with done.open() as review:
        done.settle(review, "rigour", "low")
        done.settle(review, "dose", "12.0", row="telephone")
        done.settle(review, "blinded", "yes")
    with open_project(other) as review:
        done.settle(review, "rigour", "high")
        done.settle(review, "dose", "12", row="telephone")
        done.settle(review, "blinded", state=S.NOT_REPORTED)
    with done.open() as review:
        review.consensus.merge(other, project=True)
        found = done.states(review)
        assert found["rigour", ""][0] == "consensus-conflict"
        assert found["dose", "telephone"][0] == "resolved"
        assert found["blinded", ""][0] == "consensus-conflict"
        assert done.whole(review)
        shown = done.seen(review)
        done.settle(review, "rigour", "middle")
        assert done.status(review, "rigour") == "resolved"
    with open_project(other) as review:
        review.consensus.merge(done.project, project=True)
        assert done.status(review, "rigour") == "resolved"
        assert shown["states"][1]["dose", "telephone"] == done.states(review)["dose", "telephone"]


def test_a_new_version_of_the_form_marks_what_rests_on_the_old(done):
    done.merge()
    with done.open() as review:
        setting, *others = done.form.questions
        changed = replace(done.form, questions=(replace(setting, words="Where"), *others))
        assert review.forms.keep(changed, why="Clearer").version == 2
        assert review.forms.keep(changed).version == 2
        stale = {s.subject for s in review.consensus.at(ID).states() if s.stale}
        assert stale == {done.uid(review, n) for n in (1, 2, 3)}
        with pytest.raises(UserError, match="keeps its type"):
            review.forms.keep(
                replace(done.form, questions=(replace(setting, type="date"), *others))
            )
        with pytest.raises(UserError, match="hides no answer"):
            review.forms.keep(replace(done.form, questions=tuple(others)))
    with open_copy(done.copies["Maya"]) as mine, pytest.raises(UserError, match="coordinator"):
        mine.forms.keep(done.form)


def test_the_agreed_value_is_the_one_that_sorts_first_in_every_file(done):
    done.merge()
    with done.open() as review:
        item = Item("setting", "")
        found = review.consensus.state(done.uid(review, 1), ID, item).found.value
        assert found == '{"state":"value","value":"A clinic"}'
