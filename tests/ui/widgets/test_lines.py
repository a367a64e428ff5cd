"""The rail, the header, the echo line, problems, the empty page, the chooser."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.widgets.button import Button
from ui.widgets.chooser import Chooser
from ui.widgets.echo import EchoLine, Footer
from ui.widgets.empty import EmptyPage
from ui.widgets.header import PageHeader
from ui.widgets.problem import ProblemBar
from ui.widgets.rail import Rail, StageLine
from ui.widgets.words import Column, Surface

STAGES = [
    StageLine(id="protocol", name="Protocol", words="version 3"),
    StageLine(id="sources", name="Sources", words="8 searches", share=0.5),
]


def test_the_rails_model_is_a_model(qtmodeltester, qtbot):
    rail = Rail()
    qtbot.addWidget(rail)
    rail.set_stages(STAGES)
    model = rail._model
    qtmodeltester.check(model)
    spoken = model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Sources, 8 searches"


def test_rail_says_what_was_chosen_and_keeps_it(qtbot):
    rail = Rail()
    qtbot.addWidget(rail)
    rail.set_stages(STAGES)
    rail.resize(208, 600)
    rail.show()
    with qtbot.assertNotEmitted(rail.chosen):
        rail.choose("sources")
    rail.set_stages([STAGES[1]])
    assert rail.current() == "sources"
    rail.focus_stages()
    with qtbot.waitSignal(rail.chosen, check_params_cb=lambda id_: id_ == "sources"):
        qtbot.keyClick(rail._list, Qt.Key.Key_Return)


def test_header_gives_way_where_it_is_narrow(qtbot):
    page = Surface()
    qtbot.addWidget(page)
    header = PageHeader("Title and abstract")
    header.set_actions([Button("Search", key="/")])
    Column(page).addWidget(header)
    header.set_right("46 today", "412 of 1,284")
    page.resize(900, 100)
    page.show()
    qtbot.waitUntil(header._right.isVisible)
    page.resize(page.minimumSizeHint().width(), 100)
    qtbot.waitUntil(lambda: not header._right.isVisible())
    page.resize(900, 100)
    qtbot.waitUntil(header._right.isVisible)


def test_header_replaces_its_actions(qtbot):
    header = PageHeader("Sources")
    qtbot.addWidget(header)
    old, new = Button("Old"), Button("New")
    header.set_actions([old])
    header.show()
    header.set_actions([new])
    assert new.isVisible()
    assert not old.isVisible()


def test_a_sentence_that_recorded_nothing_offers_no_take_back(qtbot):
    echo = EchoLine()
    qtbot.addWidget(echo)
    echo.show()
    echo.show_saved("Settled: Country, Ireland", saved="20:14")
    echo.remark("Left for later; it comes again after the last")
    assert not echo.take_back.isVisible()
    echo.let_take_back(lets=True)
    assert not echo.take_back.isVisible()
    echo.tell_again()
    assert echo.take_back.isVisible()
    echo.remark("The key E came too soon. Recorded last: Settled: Country, Ireland")
    assert echo.take_back.isVisible(), "it says again what that takes back"
    echo.show_saved("Taken back", can_take_back=False, can_repeat=True)
    echo.remark("A word was typed, which decides nothing. Taken back")
    assert echo.repeat.isVisible()


def test_echo_line_says_what_was_saved_and_takes_back(qtbot):
    echo = EchoLine()
    qtbot.addWidget(echo)
    echo.show()
    assert not echo.take_back.isVisible()
    echo.show_saved("Excluded: one record", sign="exclude", saved="20:14")
    assert echo.sentence == "Excluded: one record"
    with qtbot.waitSignal(echo.taken_back):
        qtbot.mouseClick(echo.take_back, Qt.MouseButton.LeftButton)
    echo.ask("Interventions is not met. I again to include all the same, Esc to think.")
    assert not echo.take_back.isVisible()
    with qtbot.waitSignal(echo.keys_asked):
        echo.all_keys.click()
    echo.clear()
    assert echo.sentence == ""


def test_progress_takes_the_place_of_the_echo_line(qtbot):
    footer = Footer()
    qtbot.addWidget(footer)
    footer.show()
    assert footer.echo.isVisible()
    footer.show_progress()
    footer.progress.show_progress("Reading a.ris", 8412, 21310)
    assert footer.progress.accessibleDescription() == "Reading a.ris: 8,412 of 21,310"
    assert not footer.echo.isVisible()
    with qtbot.waitSignal(footer.progress.stopped):
        footer.progress.stop.click()
    footer.show_progress(on=False)
    assert footer.echo.isVisible()


def test_the_next_problem_takes_the_place_of_the_one_before(qtbot):
    page = Surface()
    qtbot.addWidget(page)
    bar = ProblemBar(page)
    page.show()
    bar.show_problem("One.", [("save", "Save a copy…")])
    assert bar.sentence == "One."
    button = next(b for b in bar.findChildren(Button) if b.objectName() == "save")
    with qtbot.waitSignal(bar.acted, check_params_cb=lambda id_: id_ == "save"):
        button.click()
    bar.show_problem("Two.")
    assert bar.sentence == "Two."
    assert not [b for b in bar.findChildren(Button) if b.objectName() and b.isVisible()]
    with qtbot.waitSignal(bar.dismissed):
        qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert bar.sentence == ""


def test_empty_page_acts(qtbot):
    page = EmptyPage("No records yet", "Drop them here.", action="Import…", second="By hand…")
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.acted):
        page.button.click()
    with qtbot.waitSignal(page.acted_second):
        page.second.click()
    page.set_texts("All decided", "Nothing is pending.")
    assert not page.button.isVisible()


def test_chooser_tells_what_was_taken(qtbot):
    chooser = Chooser([("pending", "Pending 872"), ("all", "All 1,284")], name="Queue", key="Q")
    qtbot.addWidget(chooser)
    chooser.show()
    assert chooser.accessibleName() == "Queue: Pending 872, key Q"
    chooser.open_menu()
    action = chooser._menu.actions()[1]
    with qtbot.waitSignal(chooser.chosen, check_params_cb=lambda id_: id_ == "all"):
        action.trigger()
    chooser._menu.close()
    assert chooser.text() == "All 1,284"
    chooser.set_choices([("pending", "Pending 871")])
    assert chooser.current() == "pending"


@pytest.mark.parametrize("share", [-1, 0, 0.5, 2, None])
def test_any_share_can_be_drawn(qtbot, share):
    header = PageHeader("Sources")
    qtbot.addWidget(header)
    header.set_share(share)
    header.resize(400, 56)
    assert not header.grab().isNull()


def test_after_a_question_the_echo_line_says_again_what_was_saved(qtbot):
    echo = EchoLine()
    qtbot.addWidget(echo)
    echo.show()
    echo.show_saved("Settled, include: “Letters”", saved="20:14")
    echo.answered()
    assert echo.sentence == "Settled, include: “Letters”"
    echo.ask("Press the number of the reason.")
    echo.answered()
    assert echo.sentence == "Settled, include: “Letters”"
    assert echo.take_back.isVisible()
    echo.clear()
    echo.ask("Press the number of the reason.")
    echo.answered()
    assert not echo.sentence
