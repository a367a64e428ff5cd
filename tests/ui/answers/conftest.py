"""Copies with forms that are open for three studies, and the window on one of them."""

from __future__ import annotations

import shutil

import pytest

from screener import open_copy
from screener.answers.form import Form, FormKind, FormList, Section
from screener.model import SPECIAL_VALUES, Option, Question, When
from tests.screener.conftest import Making
from tests.ui.person import Person as AtWindow

SPECIAL = {"special": SPECIAL_VALUES}
FORM = Form(
    id="extraction",
    title="What was done",
    lists=(FormList(id="arms", title="Arms", row="arm", key="Arm"),),
    sections=(Section(id="one", title="Study"), Section(id="two", title="Groups"),
              Section(id="three", title="Notes")),
    questions=(
        Question(id="country", words="Country", type="text", required=True, section="one",
                 **SPECIAL),
        Question(id="design", words="Design", type="choice", required=True, section="one",
                 help="As the authors did it.", **SPECIAL,
                 options=(Option(id="rct", text="Randomized"), Option(id="pre", text="Pre-post"),
                          Option(id="qual", text="Qualitative"))),
        Question(id="how", words="How they were randomized", type="text", section="one",
                 required=True, when=When(field="design", options=("rct",))),
        Question(id="enrolled", words="Enrolled", type="integer", section="one", **SPECIAL),
        Question(id="length", words="Length", type="decimal", section="one",
                 units=("weeks", "months"), **SPECIAL),
        Question(id="means", words="Means", type="choices", section="one",
                 options=(Option(id="phone", text="Phone"), Option(id="chat", text="Chat"))),
        Question(id="arm-n", words="Number", type="integer", list=("arms",), section="two",
                 **SPECIAL),
        Question(id="arm-kind", words="Kind", type="choice", list=("arms",), section="two",
                 options=(Option(id="active", text="Active"), Option(id="waiting",
                                                                     text="Waiting"))),
        Question(id="story", words="Story", type="long-text", section="three"),
    ),
)  # fmt: skip
SCALE = Form(
    id="scale",
    title="A scale",
    kind=FormKind.APPRAISAL,
    provenance="unverified",
    questions=tuple(
        Question(id=letter, code=letter.upper(), words=words, type="score", required=True,
                 options=(Option(id="two", text="All of it", score="2"),
                          Option(id="one", text="Some of it", score="1"),
                          Option(id="zero", text="None of it", score="0")))
        for letter, words in (("a", "Allocation"), ("b", "Follow-up"), ("c", "Analyses"))
    ),
)  # fmt: skip


@pytest.fixture(scope="session")
def made_forms(tmp_path_factory):
    """The folder of a review whose copy `maya.screener` has both forms; tests work on copies."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(tmp_path_factory.mktemp("home-of-forms")))
        folder = tmp_path_factory.mktemp("forms")
        Making.opened(folder, FORM, SCALE, copy=folder / "maya.screener")
    return folder


@pytest.fixture
def copy(made_forms, tmp_path):
    """The path of Maya's copy."""
    for made in made_forms.glob("*.screener"):
        shutil.copy(made, tmp_path / made.name)
    return tmp_path / "maya.screener"


class Person(AtWindow):
    """A reviewer in the window on a copy, and what is recorded."""

    def answers(self, form="extraction", study=0):
        """What is recorded of a study: question (and row) to value, or the words of its state."""
        model = self.page.model
        at = self.window.session.project.forms.answering(form)
        return {
            (a.question, a.row) if a.row else a.question: a.value or str(a.state)
            for a in at.answers(model.studies[study].id)
        }

    def answer(self, question, study=0):
        """One answer with all its parts."""
        model = self.page.model
        at = self.window.session.project.forms.answering(model.form.id)
        found = at.answers(model.studies[study].id)
        return next((a for a in found if a.question == question), None)

    def rows(self):
        """The arms of the study that is shown, as the table has them."""
        return [line[0].key for line in self.page.view._blocks[6].lines]

    def quiet(self, question):
        """What stands on the page for a question that is not in focus."""
        block = next(b for b in self.page.view._blocks if getattr(b, "question", 0)
                     and b.question.id == question)  # fmt: skip
        return block._quiet._value.text() if block.isVisible() else None


@pytest.fixture
def person(window, copy, qtbot):
    """Somebody at the page of the extraction form."""
    return Person.at_page(window, qtbot, copy, "extraction", "Country", height=720)


@pytest.fixture
def reopen(copy):
    """Open the copy again, after the window has closed it."""
    return lambda: open_copy(copy)
