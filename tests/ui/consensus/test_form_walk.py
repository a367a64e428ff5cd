"""A whole form settled by keys alone, with a planted difference of every type."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener import open_copy
from screener.model import Status
from tests.screener.answers.trial import ID, NAMES, new_trial
from tests.ui.consensus.planted import FORM, JONAS, MAYA, ROWS_OF_JONAS, ROWS_OF_MAYA, planted_trial
from ui.consensus.page import ConsensusPage
from ui.window.standing import Standings

K = Qt.Key


@pytest.fixture
def trial(tmp_path):
    return planted_trial(tmp_path)


def press(qtbot, *keys):
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def typed(qtbot, text):
    press(qtbot, K.Key_T)
    qtbot.keyClicks(QApplication.focusWidget(), text)


SETTLED = {
    # what the row in focus says, and the keys that settle it
    "Country": lambda q: press(q, K.Key_Right),
    "Began": lambda q: typed(q, "2014-03-02"),
    "Design": lambda q: press(q, K.Key_1),
    "Means": lambda q: press(q, K.Key_1, K.Key_3),
    "Sample at start": lambda q: press(q, K.Key_Left),
    "Length": lambda q: press(q, K.Key_Equal),
    "Left early": lambda q: press(q, K.Key_Right),
    "Peers were paid": lambda q: press(q, K.Key_Left),
    "Arm: Usual care": lambda q: press(q, K.Key_Left),
    "Arm: Wait list": lambda q: press(q, K.Key_Equal),
    "Number in the arm, Peer group": lambda q: typed(q, "13"),
    "Number in the arm, Usual care": lambda q: press(q, K.Key_Left),
    "Rigour": lambda q: press(q, K.Key_2),
}


def in_words(session, subject):
    here = session.project.consensus.at(ID)
    return {
        (state.item.question, state.item.row): (
            state.status, here.step.said(state.item, state.found.value)
        )
        for state in here.states([subject])
    }  # fmt: skip


def test_all_is_settled_by_keys_alone_and_the_core_says_so(trial, session_on, show, qtbot):
    session = session_on(trial.project)
    page = show(ConsensusPage(session))
    panel, first = page.meeting.panels.sheet, page.meeting.shown().subject
    seen = []
    while page.meeting.shown().subject == first:
        label = panel.row.label
        seen.append(label)
        SETTLED[label](qtbot)
        assert panel.choice is not None, label
        press(qtbot, K.Key_Return)
        assert session.problem is None, session.problem
    assert set(seen) == set(SETTLED)
    assert len(seen) == len(SETTLED)  # each once, none else
    assert in_words(session, first) == {
        ("country", ""): (Status.RESOLVED, "United Kingdom"),
        ("began", ""): (Status.RESOLVED, "2014-03-02"),
        ("design", ""): (Status.RESOLVED, "Randomized trial"),
        ("means", ""): (Status.RESOLVED, "Telephone; Letters"),
        ("sample", ""): (Status.RESOLVED, "25"),
        ("length", ""): (Status.RESOLVED, "24 weeks"),
        ("early", ""): (Status.RESOLVED, "4"),
        ("paid", ""): (Status.RESOLVED, "Yes"),
        ("strands", "usual-care"): (Status.RESOLVED, ""),
        ("strands", "waiting-list"): (Status.RESOLVED, ""),
        ("number", "peer-group"): (Status.RESOLVED, "13"),
        ("number", "usual-care"): (Status.RESOLVED, "9"),
        ("number", "waiting-list"): (Status.AGREED, "13"),
        ("rigour", ""): (Status.RESOLVED, "Middle"),
        ("story", ""): (Status.WORDING, ""),
        ("funding", ""): (Status.WORDING, ""),
    }
    details = {
        one.item.question: one.details for one in session.project.consensus.agreed(ID)[first]
    }
    assert (details["sample"].page, details["sample"].quote[:11]) == ("3", "Twenty-five")
    assert details["length"].same_meaning
    assert not details["sample"].same_meaning
    assert page.meeting.header._strong.text() == "1 of 2 studies settled"
    press(qtbot, K.Key_Right, K.Key_Return)  # one differs in the second study
    assert page.meeting.done.isVisible()
    assert page.meeting.header._strong.text() == "2 of 2 studies settled"
    trial.whole(session.project)


def left(page, session):
    """What is left to settle as the rail, the header, the list and the sheet have it."""
    (rail,) = (one for one in Standings(session.project).lines() if one.id == "consensus")
    model, panel = page.meeting.list.model(), page.meeting.panels.sheet
    lines = [model.row(number) for number in range(model.rowCount())]
    of_shown = next(one.number for one in lines if one.at == panel.line)
    heading = panel.view.lines.fields[0].heading
    assert heading == (f"{of_shown} to settle" if of_shown else "all settled")
    number = sum(one.number for one in lines)
    assert page.meeting.header.filter.text() == f"To settle {number}"
    assert rail.words == f"{number} to settle, all stages"
    return number


def test_one_number_says_what_is_left_and_no_total_shrinks(trial, session_on, show, qtbot):
    session = session_on(trial.project)
    page = show(ConsensusPage(session))
    panel, first = page.meeting.panels.sheet, page.meeting.shown().subject
    before, settled = left(page, session), 0
    while True:
        page.meeting.panels.sheet.show_all()
        assert left(page, session) == before  # looking settles nothing
        page.meeting.panels.sheet.show_all()
        rows = panel.row.label.startswith("Arm: ")
        SETTLED[panel.row.label](qtbot)
        press(qtbot, K.Key_Return)
        settled += 1
        if page.meeting.shown().subject != first:
            break
        now = left(page, session)
        assert now == before - 1 or rows
        before = now
    assert settled == len(SETTLED)


def test_all_of_it_is_taken_back_by_keys(trial, session_on, show, qtbot):
    session = session_on(trial.project)
    page = show(ConsensusPage(session))
    panel, first = page.meeting.panels.sheet, page.meeting.shown().subject
    before = in_words(session, first)
    count = 0
    while page.meeting.shown().subject == first:
        SETTLED[panel.row.label](qtbot)
        press(qtbot, K.Key_Return)
        count += 1
    page.meeting.focus_page()
    for _ in range(count):
        press(qtbot, K.Key_Backspace)
    assert in_words(session, first) == before
    trial.whole(session.project)


def test_three_reviewers_have_three_columns(tmp_path, session_on, show, qtbot):
    made = new_trial(tmp_path, *NAMES, form=replace(FORM, reviewers=3), count=2, opened=2)
    made.answer("Maya", MAYA, rows=ROWS_OF_MAYA)
    made.answer("Jonas", JONAS, rows=ROWS_OF_JONAS)
    with open_copy(made.copies["Ines"]) as ines:
        at = ines.forms.answering(ID)
        at.answer(made.uid(ines, 1), "country", "Iceland")
        at.close()
    made.merge()
    with made.open() as project:
        project.consensus.reveal(3)
    session = session_on(made.project)
    page = show(ConsensusPage(session))
    panel = page.meeting.panels.sheet
    titles = [field.heading for field in panel.view.lines.fields]
    assert titles[1:] == ["Maya", "Jonas", "Ines", "Agreed"]
    assert [cell.words for cell in panel.row.cells] == ["Ireland", "United Kingdom", "Iceland"]
    press(qtbot, K.Key_Left, K.Key_Right)
    assert panel.choice.value == "United Kingdom"
    press(qtbot, K.Key_Right)
    assert panel.choice.value == "Iceland"
    press(qtbot, K.Key_Return)
    found = session.project.consensus.agreed(ID)[page.meeting.shown().subject]
    assert [one.value for one in found] == ["Iceland"]
