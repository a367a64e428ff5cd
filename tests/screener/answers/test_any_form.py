"""What holds of any form and any answers: comparing, agreeing, settling, undoing, linking."""

import os
import shutil
from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from screener import merge_into, open_copy, open_project
from screener.answers import values
from screener.answers.form import Form, FormKind, FormList
from screener.answers.values import Value
from screener.model import (
    AnswerState,
    Compare,
    DiscrepancyKind,
    Option,
    Question,
    Status,
    UserError,
)
from screener.model.step import Item, Said
from screener.project import Project
from screener.store.heads import heads
from screener.store.kinds.reviewer import Answer, ListRow
from screener.studies.listing import lines
from tests.screener.answers.trial import ID, new_trial, settle, status

SPECIAL = (AnswerState.NOT_REPORTED, AnswerState.UNCLEAR, AnswerState.NOT_APPLICABLE)
TEXTS = ["A clinic", "a  CLINIC", "clinic", "not-reported", "Zürich", "zu\u0308rich"]
SAID = {
    "text": st.sampled_from(TEXTS),
    "long-text": st.sampled_from(TEXTS),
    "integer": st.sampled_from(["0", "-0", "030", "30", "31", "−3", "-3"]),
    "decimal": st.sampled_from(["1", "1.0", "01.00", "1,5", "1.5", ".5", "0.50"]),
    "date": st.sampled_from(["2018", "2018-05", "2018/5", "2018-05-01", "2018.5.1"]),
    "choice": st.sampled_from(["one", "two", "unclear"]),
    "choices": st.lists(st.sampled_from(["one", "two", "three"]), min_size=1).map(";".join),
    "yes-no": st.sampled_from(["yes", "no", "Yes"]),
    "score": st.sampled_from(["one", "two", "unclear"]),
    "rating": st.sampled_from(["one", "two", "three"]),
}
OPTIONS = tuple(Option(id=id_, score=str(n)) for n, id_ in enumerate(("one", "two", "three")))


@st.composite
def questions(draw, ids=("q",)):
    """Questions of any type, each with the ways it may be compared and answered."""
    found = []
    for id_ in ids:
        kind = draw(st.sampled_from(sorted(SAID)))
        chosen = kind in ("choice", "choices", "score", "rating")
        found.append(
            Question(
                id=id_,
                words=id_.title(),
                type=kind,
                required=draw(st.booleans()),
                compare=draw(st.sampled_from([Compare.VALUE, Compare.VALUE, Compare.WORDING])),
                special=draw(st.sampled_from([(), SPECIAL, SPECIAL[:1]])),
                units=("weeks", "months") if kind == "decimal" and draw(st.booleans()) else (),
                options=(*OPTIONS, Option(id="unclear")) if chosen else (),
            )
        )
    return found


@st.composite
def answers(draw, question):
    """An answer that the question takes."""
    states = [AnswerState.VALUE] * 3 + list(question.special)
    state = draw(st.sampled_from(states))
    if state is not AnswerState.VALUE:
        return Value(state).text
    unit = draw(st.sampled_from(["", *question.units]))
    text = draw(SAID[question.type])
    try:
        return values.parsed(question, state, text, unit).text
    except UserError:
        assume(False)


@st.composite
def compared(draw):
    (question,) = draw(questions())
    return question, draw(answers(question)), draw(answers(question)), draw(answers(question))


@pytest.fixture(scope="module")
def step(tmp_path_factory):
    """The step of a form of one question, which each example changes."""
    folder = tmp_path_factory.mktemp("step")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(folder / "home"))
        made = new_trial(folder, count=1)
        with open_project(made.project) as review:

            def make(question, kind):
                form = Form(id=ID, title="Any", questions=(question,), kind=kind)
                found = review.forms.step(ID)
                found._versions._current = form
                return found

            yield make


@given(compared(), st.sampled_from(FormKind))
def test_comparing_is_symmetric_and_what_is_agreed_is_what_both_wrote(step, some, kind):
    question, one, other, third = some
    assert values.same(question, one, one)
    assert values.same(question, one, other) == values.same(question, other, one)
    if question.compare is Compare.VALUE and values.same(question, one, other):
        assert values.same(question, one, third) == values.same(question, other, third)

    here, item = step(question, kind), Item("q", "")
    said = [Said(who, "q", "", text) for who, text in (("a", one), ("b", other), ("c", third))]
    for several in (said[:2], said):
        found = here.compared(item, several)
        assert all(here.compared(item, list(order)) == found for order in (several[::-1],))
        texts = {one.value for one in several}
        if found.status is Status.AGREED:
            assert found.value in texts
            assert all(values.same(question, found.value, text) for text in texts)
        else:
            assert not found.value
            alike = {values.key_of(question, text) for text in texts}
            assert len(alike) > 1
            wanted = DiscrepancyKind.RATING if kind is FormKind.APPRAISAL else DiscrepancyKind.VALUE
            assert (found.kind is wanted) == (question.compare is Compare.VALUE)


# --- in a review ----------------------------------------------------------------------------------

COUNT = 4
FORM = Form(
    id=ID,
    title="Any",
    lists=(FormList(id="strands", title="Strands", row="strand"),),
    questions=(
        Question(id="setting", words="Setting", type="text", required=True, special=SPECIAL),
        Question(id="weeks", words="Weeks", type="integer", special=SPECIAL),
        Question(id="dose", words="Dose", type="decimal", list=("strands",)),
    ),
)
GIVEN = {
    "setting": st.sampled_from(["home", "HOME", "school"]),
    "weeks": st.sampled_from(["3", "03", "4"]),
}
numbers = st.integers(1, COUNT)
filled = st.lists(
    st.tuples(
        st.sampled_from(["Maya", "Jonas"]),
        numbers,
        st.sampled_from(sorted(GIVEN)).flatmap(lambda q: st.tuples(st.just(q), GIVEN[q])),
    ),
    min_size=4,
    max_size=12,
)
rows = st.lists(
    st.tuples(st.sampled_from(["Maya", "Jonas"]), numbers, st.sampled_from(["Calls", "calls"])),
    max_size=3,
    unique_by=lambda one: one[:2],
)
moves = st.lists(
    st.one_of(
        st.tuples(st.just("link"), numbers, numbers, st.booleans()),
        st.tuples(st.just("join"), numbers, numbers),
        st.tuples(st.just("unlink"), numbers),
        st.tuples(st.just("undo")),
    ),
    max_size=6,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A review with the form open, and both copies; every example works in copies of these."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(folder / "home"))
        return new_trial(folder, count=COUNT, form=FORM)


@pytest.fixture
def fresh(made, tmp_path_factory):
    """Makes the review anew, filled in and closed."""

    def make(said, of_rows):
        folder = tmp_path_factory.mktemp("any")
        os.environ["SCREENER_HOME"] = str(folder / "home")
        copies = {n: shutil.copy(p, folder / p.name) for n, p in made.copies.items()}
        for name, copy in copies.items():
            with open_copy(copy) as mine:
                at = mine.forms.answering(ID)
                for who, number, (question, value) in said:
                    if who == name:
                        at.answer(mine.studies.find(str(number)).id, question, value)
                for who, number, key in of_rows:
                    if who == name:
                        study = mine.studies.find(str(number)).id
                        at.answer(study, "dose", "2", row=at.add_row(study, "strands", key))
                at.close()
        return shutil.copy(made.project, folder / made.project.name), list(copies.values())

    return make


def move(review, kind, *rest):
    """Do something with studies; what is refused changes nothing."""
    if kind == "undo":
        if review.undo_name().startswith(("Link", "Join", "Take a report")):
            review.undo()
        return
    try:
        units = [review.units.find(str(n)) for n in rest if not isinstance(n, bool)]
        if kind == "link":
            review.studies.link(units[:1], study=str(rest[1]), also=rest[2])
        elif kind == "join":
            review.studies.join(*map(str, rest[:2]))
        else:
            review.studies.unlink(units[0])
    except UserError:
        pass


def shown(review):
    """Everything that is seen of the studies and of the form.

    A study that undo left without reports, and of which nobody said anything, is not seen.
    """
    here = review.consensus.at(ID)
    subjects = [s for s in here.step.subjects() if s in review.studies.ids() or here.given(s)]
    found = [
        review.studies.all(),
        sorted(review.studies.joined(), key=lambda one: one.id),
        sorted(review.studies.problems()),
        sorted(here.states(subjects), key=lambda one: (one.subject, one.item)),
        {subject: here.pairings(subject) for subject in subjects},
        {s: {(one.item, frozenset(one.said)) for one in here.asked_of(s)} for s in subjects},
        review.report.flow(),
    ]
    if review.consensus.visible(ID):
        every = lines(review.consensus, here.step)
        found.append(sorted(every, key=lambda one: (one.subject, one.item)))
        found.append(review.consensus.agreement(ID).json())
    return found


def whole(review):
    """Whether nothing is wrong with the file, and what is kept equals what is derived afresh."""
    assert review.verify() == []
    kept = shown(review)
    for one in review.consensus.standings():
        one.forget()
    return shown(Project(review._file)) == kept


def everything(review):
    """Every answer and row that stands, whichever study it counts for."""
    file = review._file
    return Counter(
        (head.author, type(head.body).__name__, head.event)
        for body in (Answer, ListRow)
        for head in heads(file, body, step=ID)
    )


def reachable(review):
    """The answers that are shown of the studies, and of those left without a report."""
    step = review.forms.step(ID)
    return Counter(
        a.event for subject in step.subjects() for a in step.recorded([subject]).get(subject, ())
    )


def test_a_study_keeps_its_own_answers_when_others_are_joined_to_it(fresh):
    """What is read of it alone holds its own and the others'; they go back as they came."""
    project, copies = fresh([("Maya", n, ("weeks", str(n))) for n in range(1, COUNT + 1)], [])
    with open_project(project) as review:
        review.consensus.merge(*copies)
        one, two, three, four = (review.studies.find(str(n)).id for n in range(1, COUNT + 1))
        review.studies.join("4", "1")
        review.studies.join("3", "1")  # the study of 1 and 4, together
        weeks = Counter(a.value for a in review.consensus.answers(three, ID))
        assert weeks == Counter(["1", "3", "4"])
        review.studies.set("3", name="Another name")
        assert {s.id: s.into for s in review.studies.joined()} == {one: three, four: three}
        review.studies.unlink(review.units.find("4"))
        assert [a.value for a in review.consensus.answers(four, ID)] == ["4"]
        assert len(review.consensus.answers(three, ID)) == 2
        assert [a.value for a in review.consensus.answers(two, ID)] == ["2"]


@given(said=filled, of_rows=rows, done=moves, first=st.booleans())
def test_linking_in_any_order_loses_no_answer(fresh, said, of_rows, done, first):
    project, copies = fresh(said, of_rows)
    with open_project(project) as review:
        if first:
            review.consensus.merge(*copies)
            before = everything(review)
        for one in done:
            before_it = shown(review)
            name = review.undo_name()
            move(review, *one)
            if one[0] != "undo" and review.undo_name() and review.undo_name() != name:
                review.undo()
                assert shown(review) == before_it
                review.redo()
        if not first:
            review.consensus.merge(*copies)
            before = everything(review)
        assert everything(review) == before
        assert sum(before.values()) == len({(w, n, q) for w, n, (q, _) in said}) + 2 * len(of_rows)
        answers_only = [event for _, kind, event in before if kind == "Answer"]
        assert reachable(review) == Counter(answers_only)
        assert whole(review)


@given(said=filled, of_rows=rows, done=moves)
def test_studies_that_moved_are_the_same_in_every_order_of_merging(fresh, said, of_rows, done):
    project, copies = fresh(said, of_rows)
    with open_project(project) as review:
        for one in done:
            move(review, *one)
    told = []
    for n, order in enumerate(([*copies], copies[::-1])):
        target = shutil.copy(project, project.with_name(f"{n}.screener"))
        for copy in order:
            merge_into(target, copy)
        with open_project(target, write=False) as review:
            told.append(shown(review))
    assert told[0] == told[1]


@given(
    one=GIVEN["setting"],
    other=GIVEN["setting"],
    agreed=GIVEN["setting"],
    later=GIVEN["setting"],
)
def test_what_is_settled_opens_again_when_an_answer_changes(fresh, one, other, agreed, later):
    both = [("Maya", 1, ("setting", one)), ("Jonas", 1, ("setting", other))]
    project, copies = fresh(both, [])
    with open_project(project) as review:
        review.consensus.merge(*copies)
        before = shown(review)
        settle(review, "setting", agreed, overturn=True)
        assert status(review, "setting") == "resolved"
        review.undo()
        assert shown(review) == before
        settle(review, "setting", agreed, overturn=True)
    with open_copy(copies[0]) as mine:
        at = mine.forms.answering(ID)
        at.reopen("Looked again")
        changed = at.answer(mine.studies.find("1").id, "setting", later)
        at.close()
    with open_project(project) as review:
        review.consensus.merge(*copies)
        # Who says again what was on the table, in other letters, has changed nothing.
        otherwise = changed and later.casefold() != one.casefold()
        assert status(review, "setting") == ("reopened" if otherwise else "resolved")
        assert whole(review)
