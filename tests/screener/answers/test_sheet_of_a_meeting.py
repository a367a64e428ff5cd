"""What the meeting over a form asks of the core: all of a study, wordings, rows that are alike."""

import pytest

from screener.answers import rows, values
from screener.answers.rows import Row
from screener.consensus.progress import subjects_standing
from screener.model import Answer, AnswerState, Question, ReviewerId, Status, UserError
from screener.model.step import Item, Said
from screener.studies.listing import waiting_row
from tests.screener.answers.trial import ID, merged_trial, trial_in


@pytest.fixture
def answered(copied):
    return trial_in(copied(merged_trial))


@pytest.fixture
def review(answered):
    with answered.open() as project:
        yield project


def row(author, key):
    said = (Said(author, "arms", key, f'{{"key":"{key}"}}'),)
    return Row(list="arms", key=rows.word_of(key), said=said, places=((author, key),), asked=False)


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("Waiting list", "Wait list", True),
        ("Peer support by telephone", "telephone", True),
        ("TAU", "treatment as usual", True),
        ("Control", "Peer group", False),
        ("the men", "the women and boys", False),
    ],
)
def test_a_likeness_proposes(one, other, like):
    a, b = row("a", one), row("b", other)
    assert rows.likeness(a, b) == rows.likeness(b, a)
    assert (rows.proposed(a, [a, b]) is b) is like
    assert (rows.proposed(b, [a, b]) is a) is like


def test_partners_are_rows_of_others_the_likeliest_first():
    mine, other = row("a", "Waiting list"), row("a", "Wait list")
    far, near = row("b", "Control"), row("b", "Waitlist")
    assert rows.partners(mine, [mine, other, far, near]) == [near, far]


def answer(value, reviewer="a", state=AnswerState.VALUE, unit=""):
    return Answer(
        step="s", subject="u", question="q", reviewer=ReviewerId(reviewer),
        state=state, value=value, unit=unit,
    )  # fmt: skip


def test_what_means_the_same_is_the_one_that_sorts_first():
    one, other = answer("half a year", "b"), answer("6 months", "a")
    assert values.meant([one, other]) is other
    assert values.meant([other, one]) is other
    unknown = answer("", "b", AnswerState.NOT_REPORTED)
    with pytest.raises(UserError, match="means no value"):
        values.meant([unknown, other])
    with pytest.raises(UserError, match="nothing that means the same"):
        values.meant([one])
    with pytest.raises(UserError, match="nothing that means the same"):
        values.meant([one, answer("else", "b")])


@pytest.mark.parametrize(
    ("kind", "one", "other", "perhaps"),
    [
        ("text", answer("a Belfast clinic"), answer("Belfast clinic"), True),
        ("text", answer("a day hospital"), answer("a day-hospital"), True),
        ("text", answer("home"), answer("school"), False),
        ("decimal", answer("6", unit="months"), answer("24", unit="weeks"), True),
        ("decimal", answer("16", unit="weeks"), answer("12", unit="months"), False),
        ("decimal", answer("12", unit="weeks"), answer("12", unit="months"), False),
        ("decimal", answer("6", unit="weeks"), answer("7", unit="weeks"), False),
        ("decimal", answer("6"), answer("", state=AnswerState.UNCLEAR), False),
    ],
)
def test_answers_that_may_mean_the_same_are_told(kind, one, other, perhaps):
    units = ("weeks", "months") if kind == "decimal" else ()
    question = Question(id="q", words="Q", type=kind, units=units)
    texts = [values.text_of(one), values.text_of(other)]
    assert values.perhaps_same(question, *texts) is perhaps
    assert values.perhaps_same(question, *reversed(texts)) is perhaps


def test_all_items_of_a_study_are_given_whether_they_differ_or_not(answered, review):
    study = answered.uid(review, 1)
    found = {tuple(one.item): one for one in review.consensus.items(study, ID)}
    assert set(found) == set(answered.states(review))
    setting, dose = found["setting", ""], found["dose", "telephone"]
    assert (setting.kind, setting.status) == (None, Status.AGREED)
    assert values.value_of(setting.agreed).value == "A clinic"
    assert (dose.status, dose.agreed, dose.state) == (Status.DIFFERS, "", "open")
    assert [one.value for one in dose.answers] == ["12.0", "12"]
    listed = [one for one in found.values() if one.kind is not None]
    only = [one for one in review.consensus.discrepancies(ID) if one.subject == study]
    assert {one.item for one in listed} == {one.item for one in only}


def test_one_wording_is_taken_for_a_study_and_is_no_discrepancy(answered, review):
    study, story = answered.uid(review, 1), Item("story", "")
    before = dict(review.consensus.at(ID).differing())
    count = review.consensus.take_wordings(
        study, "Jonas", step=ID, why="It says more", by=["Maya", "Jonas"]
    )
    assert count == 1
    state = review.consensus.state(study, ID, story)
    assert (state.status, state.kind, state.open) == (Status.RESOLVED, None, False)
    assert review.consensus.at(ID).step.said(story, state.found.value) == "Weekly meetings."
    assert dict(review.consensus.at(ID).differing()) == before
    answered.whole(review)
    with pytest.raises(UserError, match="no wording of that reviewer"):
        review.consensus.take_wordings(study, "Maya", step=ID, why="Again", by=["Maya"])
    review.undo()
    assert review.consensus.state(study, ID, story).status is Status.WORDING


def test_an_answer_that_one_alone_gave_waits_for_the_meeting(answered):
    answered.reopened("Maya", {(2, "blinded"): "yes"})
    answered.merge()
    with answered.open() as review:
        assert answered.status(review, "blinded", number=2) == "missing"
        answered.settle(review, "blinded", "yes", number=2)
        state = review.consensus.state(answered.uid(review, 2), ID, Item("blinded", ""))
        assert (state.status, state.open) == (Status.RESOLVED, False)
        answered.whole(review)
    answered.reopened("Jonas", {(2, "blinded"): "no"})
    answered.merge()
    with answered.open() as review:  # who answers otherwise afterwards opens it again
        assert answered.status(review, "blinded", number=2) == "reopened"


def test_a_study_is_settled_when_nothing_of_it_is_to_settle(answered, review):
    here = review.consensus.at(ID)
    counts = subjects_standing(here)
    assert (counts.settled, counts.open, counts.hidden) == (0, 3, 0)
    answered.settle(review, "setting", "home", number=2)
    counts = subjects_standing(here)
    assert (counts.settled, counts.open, counts.hidden) == (1, 2, 0)


def test_a_row_that_waits_knows_what_it_may_be_paired_with(answered, review):
    step, here = review.forms.step(ID), review.consensus.at(ID)
    study = answered.uid(review, 1)
    waiting = waiting_row(here, step, study, Item("strands", "usual-care"))
    assert waiting is not None
    assert waiting.named(waiting.row) == "Usual care"
    assert [waiting.named(one) for one in waiting.partners] == ["Waiting list"]
    assert waiting.questions == 2
    assert waiting_row(here, step, study, Item("setting", "")) is None
    other = waiting.partners[0]
    wanted = waiting.with_(other)
    assert (wanted.key, len(wanted.rows)) == ("waiting-list", 2)
    done = review.consensus.pair(study, ID, wanted.list, wanted.rows, key=wanted.key)
    assert done.key == "waiting-list"
    assert answered.status(review, "dose", "waiting-list") == "differs"
