"""A review with a form of five questions, opened for its units, and a copy for each reviewer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from screener import merge_into, open_copy, open_project
from screener.answers.form import Form, FormList
from screener.model import AnswerState, Compare, Option, Question
from screener.model.step import Item
from screener.store import verify
from tests.screener.conftest import Making

S = AnswerState
SPECIAL = (S.NOT_REPORTED, S.UNCLEAR)
FORM = Form(
    id="third-step",
    title="What was done",
    lists=(FormList(id="strands", title="Strands", row="strand"),),
    questions=(
        Question(id="setting", words="Setting", type="text", required=True, special=SPECIAL),
        Question(
            id="dose", words="Dose", type="decimal", list=("strands",), required=True,
            units=("weeks", "months"), special=SPECIAL,
        ),
        Question(
            id="rigour", words="Rigour", type="choice", required=True, ordered=True,
            options=(
                Option(id="low"), Option(id="middle"), Option(id="high"), Option(id="unclear"),
            ),
        ),
        Question(
            id="means", words="Means", type="choices", list=("strands",),
            options=(Option(id="phone"), Option(id="chat"), Option(id="post")),
        ),
        Question(id="blinded", words="Blinded", type="yes-no", special=(S.NOT_REPORTED,)),
        Question(id="story", words="Story", type="long-text"),
        Question(id="memo", words="Memo", type="text", compare=Compare.NONE),
    ),
)  # fmt: skip
ID = FORM.id
NAMES = ("Maya", "Jonas", "Ines")
MAYA = {
    (1, "setting"): "A  clinic",
    (1, "dose", "telephone"): {"value": "12.0", "unit": "weeks"},
    (1, "dose", "waiting-list"): S.NOT_REPORTED,
    (1, "rigour"): "high",
    (1, "means", "telephone"): "post; phone",
    (1, "blinded"): "yes",
    (1, "story"): "They met every week.",
    (1, "memo"): "mine alone",
    (2, "setting"): "home",
    (2, "rigour"): "low",
    (3, "setting"): S.NOT_REPORTED,
    (3, "rigour"): "unclear",
}
JONAS = {
    (1, "setting"): "a Clinic",
    (1, "dose", "telephone"): {"value": "12", "unit": "months"},
    (1, "dose", "usual-care"): "8",
    (1, "rigour"): "middle",
    (1, "means", "telephone"): "phone;post",
    (1, "blinded"): S.NOT_REPORTED,
    (1, "story"): "Weekly meetings.",
    (2, "rigour"): "low",
    (3, "setting"): "school",
    (3, "rigour"): S.UNCLEAR,
}
ROWS_OF_MAYA = ((1, "Telephone"), (1, "Waiting list"))
ROWS_OF_JONAS = ((1, "telephone"), (1, "Usual care"))


def uid(review, number):
    """The study of the report with that number."""
    return review.studies.find(str(number)).id


def states(review, number=1):
    """Where the items of a unit stand: (question, row) to (status, what is agreed)."""
    here = review.consensus.at(ID)
    return {
        tuple(state.item): (str(state.status), here.step.said(state.item, state.found.value))
        for state in here.states([uid(review, number)])
    }


def status(review, question, row="", number=1):
    """The status of one item."""
    return states(review, number)[question, row][0]


def seen(review):
    """Everything of the form that a reader sees, as values that can be compared."""
    consensus = review.consensus
    here = consensus.at(ID)
    numbers = [n for _, n in review.units.numbered()]
    found = {
        "states": {n: states(review, n) for n in numbers},
        "kinds": [(s.subject, s.item, s.kind, s.stale) for s in here.states()],
        "standing": consensus.standing(ID),
        "pairs": {n: here.pairings(uid(review, n)) for n in numbers},
        "counts": {k: v for k, v in here.counts().items() if v},
    }
    if consensus.visible(ID):
        found["agreement"] = consensus.agreement(ID).json()
        found["answers"] = {
            n: sorted(consensus.answers(uid(review, n), ID), key=lambda a: a.event) for n in numbers
        }
    return found


def whole(review):
    """Whether nothing is wrong with the file and what is kept equals what is derived afresh."""
    assert verify.check(review._file.connection) == []
    kept = seen(review)
    for one in review.consensus.standings():
        one.forget()
    assert seen(review) == kept
    return True


def settle(review, question, value="", row="", number=1, **how):
    """Settle one item of a unit."""
    how = {"why": "We read it together", "by": ["Maya", "Jonas"]} | how
    return review.consensus.resolve(
        uid(review, number), value, step=ID, item=Item(question, row), **how
    )


@dataclass
class Trial:
    """A project with the form open for all its units, and the copies, by the reviewers' names."""

    folder: Path
    project: Path
    copies: dict[str, Path]
    form = FORM
    uid = staticmethod(uid)
    states = staticmethod(states)
    status = staticmethod(status)
    seen = staticmethod(seen)
    whole = staticmethod(whole)
    settle = staticmethod(settle)

    def answer(self, name, given, *, rows=(), close=True):
        """Answer in a copy: (number, question[, row]) to a value, a state or keyword arguments.

        `rows` are (number, key); a question's row is named by the key it was added under.
        """
        with open_copy(self.copies[name]) as mine:
            at = mine.forms.answering(ID)
            for number, key in rows:
                at.add_row(uid(mine, number), "strands", key)
            for (number, question, *row), value in given.items():
                how = value if isinstance(value, dict) else {"value": value}
                if isinstance(value, AnswerState):
                    how = {"state": value}
                where = {"row": row[0]} if row else {}
                at.answer(uid(mine, number), question, **where, **how)
            return at.close() if close else ""

    def reopened(self, name, given, why="Looked again", **how):
        """Answer again in a copy that was closed, and close it."""
        with open_copy(self.copies[name]) as mine:
            mine.forms.answering(ID).reopen(why)
        return self.answer(name, given, **how)

    def merge(self, *names):
        """Merge copies (all) into the project."""
        with open_project(self.project) as review:
            return review.consensus.merge(*(self.copies[n] for n in names or self.copies))

    def merged_in_every_order(self):
        """Yield what files show that were merged in every order.

        The copies one after the other into the project as it was, and all files at once into a new
        one.
        """
        for n, order in enumerate(permutations(self.copies.values())):
            made = self.folder / f"order-{n}.screener"
            made.write_bytes(self.project.read_bytes())
            for one in order:
                merge_into(made, one)
            yield self._seen_at(made)
        for n, order in enumerate(permutations([self.project, *self.copies.values()])):
            made = self.folder / f"new-{n}.screener"
            merge_into(made, *order, project=True)
            yield self._seen_at(made)

    def _seen_at(self, path):
        with open_project(path, write=False) as review:
            assert review.verify() == []
            return seen(review)

    def open(self):
        """Open the project for settling."""
        return open_project(self.project)


def new_trial(folder, *names, count=3, form=FORM, opened=None):
    """Make a review of some reviewers with the form open for its studies, or the first of them."""
    reviewers = names or NAMES[:2]
    project = Making.included(folder / "review", records=count, reviewers=reviewers)
    copies = {}
    with open_project(project) as review:
        review.forms.keep(form)
        first = range(1, (opened or count) + 1)
        review.studies.open(ID, [str(number) for number in first])
        for name in names or NAMES[:2]:
            copies[name] = project.with_name(f"{name.lower()}.screener")
            review.consensus.write_copy(name, copies[name])
    return Trial(project.parent, project, copies)


def trial_in(folder):
    """Return the trial of the usual two that was made in a folder."""
    place = folder / "review"
    copies = {name: place / f"{name.lower()}.screener" for name in NAMES[:2]}
    return Trial(place, place / "p.screener", copies)


def answered_trial(folder, form=FORM):
    """Make a trial that both have answered with differences of every type, and closed."""
    made = new_trial(folder, form=form)
    made.answer("Maya", MAYA, rows=ROWS_OF_MAYA)
    made.answer("Jonas", JONAS, rows=ROWS_OF_JONAS)
    return made


def merged_trial(folder):
    """Make the answered trial, merged."""
    made = answered_trial(folder)
    made.merge()
    return made
