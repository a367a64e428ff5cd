"""A page that is added as docs/contributing.md says works like the others: keys, rail, notices."""

import sys
from types import MappingProxyType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.application import build
from ui.session import actions
from ui.session.actions import Action, Where
from ui.session.page import EVERYTHING, Page
from ui.widgets.card import Card
from ui.widgets.header import PageHeader
from ui.widgets.words import Column, Words
from ui.window import all_keys, stages, standing


def place(name):
    """A further member of `Where`; the enumeration itself takes none at run time."""
    found = str.__new__(Where, name)
    found._name_, found._value_ = name.upper(), name
    return found


NOTEBOOK = place("notebook")
STAMP = Action(id="stamp", name="Stamp", keys=("Z",), where=NOTEBOOK, group="Notebook")


class NotebookPage(Page):
    """Counts the records of the review, and how often its key was pressed."""

    id = "notebook"
    title = "Notebook"
    where = NOTEBOOK

    def __init__(self, session, parent=None):
        super().__init__(session, parent)
        self.read, self.stamps, self.typed = [], 0, ""
        self.header = PageHeader("Notebook")
        self.words = Words("")
        column = Column(self, gap=0)
        column.addWidget(self.header)
        column.addWidget(self.words, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def refresh(self, changes=EVERYTHING):
        self.read.append(changes)
        self.words.setText(f"{self.session.project.sources.count()} records")

    def rail_line(self):
        return f"{self.stamps} stamps"

    def show_at(self, argument):
        self.typed = argument

    def unsaved(self):
        return "What you wrote in the notebook is not saved; save it first." if self.typed else ""

    def handlers(self):
        return {"stamp": self.stamp}

    def stamp(self):
        self.stamps += 1
        self.session.say("Stamped")


@pytest.fixture
def added(monkeypatch):
    """Register the page where docs/contributing.md says: a line in each of these tables."""
    for name, table in (
        ("ACTIONS", (*actions.ACTIONS, STAMP)),
        ("BY_ID", MappingProxyType({**actions.BY_ID, STAMP.id: STAMP})),
    ):
        before = getattr(actions, name)
        for module in [m for n, m in sys.modules.items() if n.startswith("ui.")]:
            if vars(module).get(name) is before:  # whoever imported the table has it as well
                monkeypatch.setattr(module, name, table)
    # Before the last one, so that it is among the nine that have a number.
    *before, last = stages.COORDINATOR.items()
    pages = dict([*before, (NotebookPage.id, lambda: NotebookPage), last])
    monkeypatch.setattr(stages, "COORDINATOR", MappingProxyType(pages))
    lines = standing.Standings._project_lines
    monkeypatch.setitem(standing._NAMES, "notebook", "Notebook")
    line = standing._line("notebook", "empty")

    def with_it(self):
        *first, report = lines(self)
        return [*first, line, report]

    monkeypatch.setattr(standing.Standings, "_project_lines", with_it)
    monkeypatch.setitem(all_keys._PLACES, NOTEBOOK, "In the notebook")


@pytest.fixture
def window(added, qtbot, qapp, review):
    """The window on the coordinator's project, with the page among its stages."""
    window = build(qapp)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.open(review)
    yield window
    window.close_review()


@pytest.fixture
def page(window, qtbot):
    """The page, reached by the number of its stage."""
    number = Qt.Key(Qt.Key.Key_0 + list(stages.COORDINATOR).index("notebook") + 1)
    qtbot.keyClick(QApplication.focusWidget(), number, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.frame.page, NotebookPage)
    return window.frame.page


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def test_it_is_reached_by_its_number_and_reads_when_it_is_first_shown(page, window):
    assert window.frame.current == "notebook"
    assert page.read == [EVERYTHING]
    assert page.words.text() == "6 records"


def test_its_line_stands_in_the_rail_and_is_the_pages_own_once_it_was_shown(window, page, qtbot):
    model = window.frame.rail._model
    row = model.rowCount() - 2
    assert (model.row(row).name, model.row(row).id) == ("Notebook", "notebook")
    qtbot.waitUntil(lambda: model.row(row).words == "0 stamps")


def test_its_key_does_its_action_and_only_there(page, window, qtbot):
    press(qtbot, Qt.Key.Key_Z)
    assert page.stamps == 1
    assert window.frame.footer.echo.sentence == "Stamped"
    window.frame.go("report")
    press(qtbot, Qt.Key.Key_Z)
    assert page.stamps == 1


def test_another_key_can_be_given_to_it(page, window, qtbot):
    window.session.keys.remap("stamp", "Y")
    press(qtbot, Qt.Key.Key_Z)
    press(qtbot, Qt.Key.Key_Y)
    assert page.stamps == 1
    window.session.keys.forget_own()


def test_its_keys_stand_on_both_cards_of_keys(page, window):
    window.perform("all-keys")
    shown = next(c for c in window.findChildren(all_keys.AllKeysCard) if c.isVisible())
    assert {"Notebook", "Stamp"} <= {w.text() for w in shown.findChildren(Words)}
    shown.close_card()
    window.perform("change-keys")
    shown = next(c for c in window.findChildren(Card) if c.isVisible())
    assert {"In the notebook", "Stamp"} <= {w.text() for w in shown.findChildren(Words)}
    shown.close_card()


def test_while_it_is_hidden_it_reads_nothing_and_when_shown_what_was_missed(page, window):
    window.frame.go("report")
    project = window.session.project
    project.sources.withdraw(project.sources.batches()[0].id, why="A test of the strategy")
    assert page.stale
    assert page.read == [EVERYTHING]
    window.frame.go("notebook")
    assert not page.stale
    assert len(page.read) == 2
    assert page.words.text() == "0 records"


def test_what_is_not_saved_in_it_is_asked_about(page, window):
    window.frame.go("notebook:a thought")
    window.frame.go("report")
    assert not window.may_leave(window.close_review)
    assert window.frame.page is page
    assert window.frame.problem.sentence == page.unsaved()
    window.perform("close-without")
    assert window.frame is None
