"""The window without a mouse and without eyes: names, Tab, and every key of the table."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from screener import create_project, merge_into, open_copy, open_project
from screener.model import Stage
from ui.protocol.new_review import NewReviewPage
from ui.session.actions import ACTIONS, Files, Where
from ui.widgets.card import lies_over
from ui.window.stages import COORDINATOR, COPY

ROLE = QAccessible.Role
PRESSED = {
    ROLE.Button,
    ROLE.PushButton,
    ROLE.ButtonMenu,
    ROLE.CheckBox,
    ROLE.RadioButton,
    ROLE.EditableText,
    ROLE.ComboBox,
    ROLE.List,
    ROLE.Table,
    ROLE.Tree,
    ROLE.Link,
}
TAB = Qt.FocusPolicy.TabFocus
PORTABLE = QKeySequence.SequenceFormat.PortableText
QUIET = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of menus
MANY = 400  # more steps than any page has things to stop at


@pytest.fixture
def project(example, tmp_path):
    """A copy of the example's project, which a test may write to."""
    return _copied(example / "merged.screener", tmp_path)


@pytest.fixture
def copy(example, tmp_path):
    """A reviewer's copy of the example."""
    return _copied(example / "reviewer-a.screener", tmp_path)


def _copied(place, folder):
    found = folder / place.name
    found.write_bytes(place.read_bytes())
    return found


def shown(widget):
    return [w for w in [widget, *widget.findChildren(QWidget)] if w.isVisible()]


def nameless(widget):
    """Return what can be pressed or typed into and has no name to be read aloud."""
    found = []
    for one in shown(widget):
        interface = QAccessible.queryAccessibleInterface(one)
        if interface is None or interface.role() not in PRESSED:
            continue
        stops = bool(one.focusPolicy() & TAB)
        if (stops or isinstance(one, QAbstractButton)) and not interface.text(
            QAccessible.Text.Name
        ):
            found.append(f"{type(one).__name__} in {type(one.parent()).__name__}")
    return found


def stops(page):
    """Return what Tab has to reach on a page."""
    return {
        w
        for w in shown(page)
        if w is not page and w.isEnabled() and w.focusPolicy() & TAB and w.focusProxy() is None
    }


def walk(window):
    """Press Tab until it has come round and return what had the keyboard."""
    met = []
    for _ in range(MANY):
        focus = QApplication.focusWidget()
        if focus in met:
            return met
        met.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError("Tab does not come round")


def described(widgets):
    return sorted(f"{type(w).__name__} “{w.accessibleName()}”" for w in widgets)


def check_page(person, page):
    assert nameless(person.window) == []
    person.window.frame.focus_page()
    met = walk(person.window)
    missed = stops(page) - set(met)
    assert not missed, described(missed)


@pytest.mark.parametrize("stage", COORDINATOR)
def test_a_page_of_the_project_is_named_and_reached_by_tab(person, project, stage):
    person.open(project)
    person.window.frame.go(stage)
    person.rest()
    check_page(person, person.page)


@pytest.mark.parametrize("stage", COPY)
def test_a_page_of_a_copy_is_named_and_reached_by_tab(person, copy, stage):
    person.open(copy)
    person.window.frame.go(stage)
    person.rest()
    if stage != "protocol":
        person.page.closed.look.click()  # the stage is closed; its records can be looked at
        person.rest()
    check_page(person, person.page)


def test_the_start_page_and_a_new_review_are_named(person):
    assert nameless(person.window) == []
    person.press("Ctrl+N")
    page = person.window.centralWidget().findChild(NewReviewPage)
    assert page.isVisible()
    assert nameless(person.window) == []
    missed = stops(page) - set(walk(person.window))
    assert not missed, described(missed)


def test_every_card_is_named_and_keeps_tab_inside(person, project, copy):
    for path, actions in (
        (project, ("all-keys", "change-keys", "add-reviewer", "backups", "about")),
        (copy, ("send",)),
    ):
        person.open(path)
        for action in actions:
            person.window.perform(action)
            card = person.card()
            assert card is not None, action
            assert nameless(card) == [], action
            met = walk(person.window)
            assert all(card.isAncestorOf(w) or w is card for w in met), action
            missed = stops(card) - set(met)
            assert not missed, (action, described(missed))
            card.close_card()


def test_every_key_of_the_window_belongs_to_one_entry_that_can_be_chosen(person, project):
    person.open(project)
    entries = {}
    for entry in person.window.findChildren(QAction):
        for key in entry.shortcuts():
            entries.setdefault(key.toString(PORTABLE), []).append(entry)
    for action in ACTIONS:
        if action.where is Where.WINDOW:
            for key in action.keys:
                (entry,) = entries[key]
                assert entry.isEnabled() is (action.files is not Files.COPY) or not action.menu, key


# What is pressed before the key of an action, so that there is something for it to do.
BEFORE = {
    Where.RECORD: {
        "exclude": ("Esc",),
        "reason": ("Esc",),
        "take-suggestion": ("A", "A", "A", "A", "A"),
        "criterion-above": ("X",),
        "record-before": ("J",),
        "list": ("Esc",),
        "flag": ("Esc",),
        "propose": ("Esc",),
        "criteria": ("Esc", "V"),
        "highlights": ("P",),
    },
    Where.DUPLICATES: {
        "split": ("Back",),
        "which": ("Back",),
        "later": ("Esc",),
        "undo-join": ("Esc", "S", "S", "Enter"),  # to the certain ones
        "shown-left": ("Right",),
        "another-record": ("Esc",),
    },
    Where.CONSENSUS: {
        "agenda": ("Esc",),
        "settle-exclude": ("Esc",),
        "settle-reason": ("Esc",),
        "take-left": ("Esc",),
        "take-right": ("Esc",),
        "needs-full-text": ("Esc",),
        "arbitrator": ("Esc",),
        "because": ("Esc",),
        "item-later": ("Esc",),
        "take-back-item": ("I", "w", "h", "y", "Enter", "Enter"),
        "reveal": ("Shift+R",),
        "item-before": ("J",),
        "item-filter": ("Esc",),
        "present": ("Esc",),
    },
    Where.SOURCES: {
        "withdraw": ("Esc",),
        "correct": ("Esc", "Enter", "Enter"),
        "proposals": ("Esc", "Esc", "Esc"),
    },
    Where.FULL_TEXT: {"retrieved": ("S", "Up"), "sought": ("Esc",)},
}


class Seen:
    """What a person sees and where the keyboard is."""

    def __init__(self, window):
        self.picture = window.grab().toImage()
        self.focus = QApplication.focusWidget()
        self.popup = QApplication.activePopupWidget()

    def __eq__(self, other):
        return (
            self.focus is other.focus
            and self.popup is other.popup
            and self.picture == other.picture
        )

    __hash__ = None


def check_keys(person, where):
    """Press the first key of every action of a place: something has to come of each."""
    window, before = person.window, BEFORE.get(where, {})
    for action in (a for a in ACTIONS if a.where is where and a.group):
        person.press(*before.get(action.id, ()))
        person.rest()
        seen = Seen(window)
        QTest.keySequence(QApplication.focusWidget(), QKeySequence(action.keys[0]))
        said = f"{action.id}, with the keyboard on {seen.focus}"
        person.wait(lambda was=seen: Seen(window) != was, said)
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
            window.activateWindow()  # this platform does not do that by itself
            person.wait(lambda: QApplication.focusWidget() is not None)
        focus = QApplication.focusWidget()
        mine = person.page.isAncestorOf(focus) or focus is person.page
        assert mine or lies_over(window), action.id
    assert person.problem() == ""


@QUIET
def test_every_key_of_the_record_acts(person, example, tmp_path):
    mine = tmp_path / "mine.screener"
    with open_project(_copied(example / "project.screener", tmp_path)) as review:
        review.consensus.write_copy("Maya Lindqvist", mine)
    person.open(mine)
    person.window.frame.go(Stage.FULL_TEXT)
    person.rest()
    check_keys(person, Where.RECORD)


PEERS = "Peer-led online self-management for people with bipolar disorder"
FORTY = "AB  - Forty adults were offered an eight-week programme led by peers."
LETTERS = "Letters from peers in rural districts"
DOUBTFUL = (
    (f"{PEERS}: part 1, feasibility", FORTY),
    (f"{PEERS}: part 2, feasibility", "AB  - Mood and recovery are reported here."),
    (LETTERS, "AB  - Letters were read by two people."),
    (f"{PEERS}: part 1, feasability", ""),
    (LETTERS.removesuffix("s"), ""),
    ("Text messages from peers after relapse", "DO  - 10.5555/a.1"),
    ("Text messages from peers after relapse", "DO  - 10.5555/a.1"),
)


@QUIET
def test_every_key_of_the_duplicates_acts(person, tmp_path):
    found = tmp_path / "found.ris"
    found.write_text(
        "".join(
            f"TY  - JOUR\nTI  - {title}\nAU  - Marchetti, Paola\nPY  - 2014\n{more}\nER  - \n\n"
            for title, more in DOUBTFUL
        ),
        encoding="utf-8",
    )
    place = tmp_path / "doubtful.screener"
    with create_project(place, title="Doubtful") as review:
        review.sources.import_file(found, source="PubMed")
    person.open(place)
    person.window.frame.go("duplicates")
    person.press("Enter")
    person.rest()
    check_keys(person, Where.DUPLICATES)


def filled_in(review, path):
    """Write the agenda of full text as a workbook, with one item settled by typing."""
    review.printing.write_agenda(path, "full-text")
    book = load_workbook(path)
    sheet = book.active
    column = {cell.value: cell.column for cell in sheet[1]}
    for name, text in (("verdict", "include"), ("why", "Read."), ("by", "Maya Lindqvist")):
        sheet.cell(2, column[name], text)
    book.save(path)
    return path


@QUIET
def test_every_key_of_the_meeting_acts(person, example, project):
    place = _copied(example / "project.screener", project.parent)
    with open_project(place) as review:
        review.consensus.merge(example / "reviewer-a.screener", example / "reviewer-b.screener")
        table = filled_in(review, project.parent / "agenda.xlsx")
    person.open(place)
    person.window.frame.go("consensus")
    person.rest()
    person.press("Enter")  # who is present
    for path in (project.parent / "agenda.html", project.parent / "minutes.html", table):
        person.dialogs.answer(path)
    check_keys(person, Where.CONSENSUS)


def test_every_key_of_the_sources_acts(person, example, project, copy):
    with open_copy(copy) as mine:
        for year in (1901, 1902, 1903):
            mine.sources.proposals.propose(str(year - 1900), "year", str(year))
    merge_into(project, copy)
    person.open(project)
    person.window.frame.go("sources")
    person.rest()
    person.dialogs.answer(example / "sources" / "psycinfo.ris")
    check_keys(person, Where.SOURCES)


def test_every_key_of_full_text_acts(person, project):
    person.open(project)
    person.window.frame.go("full-text")
    person.rest()
    check_keys(person, Where.FULL_TEXT)


@QUIET
def test_every_key_of_the_report_acts(person, project, tmp_path):
    person.open(project)
    person.window.frame.go("report")
    person.rest()
    person.dialogs.answer(tmp_path / "flow.svg")
    check_keys(person, Where.REPORT)
    assert (tmp_path / "flow.svg").is_file()


def test_every_place_of_the_table_of_keys_is_tried_here():
    tried = {Where.RECORD, Where.DUPLICATES, Where.CONSENSUS, Where.SOURCES}
    tried |= {Where.FULL_TEXT, Where.REPORT, Where.WINDOW}
    elsewhere = {Where.CHOOSING}  # letters of columns: tests/ui/duplicates
    elsewhere |= {Where.ANSWER}  # tests/ui/consensus/test_form.py
    elsewhere |= {Where.REVIEWERS}  # tests/ui/reviewers
    elsewhere |= {Where.STUDIES, Where.FORM}  # tests/ui/studies, tests/ui/answers
    elsewhere |= {Where.FORMS, Where.EDITOR}  # tests/ui/forms
    elsewhere |= {Where.BEFORE, Where.PROTOCOL, Where.PAGE}  # Enter, Ctrl+Enter and Esc, in each
    assert tried == set(Where) - elsewhere
