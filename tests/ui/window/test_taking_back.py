"""What the line and Ctrl+Z take back: what was just done here, and nothing else unasked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

CONTROL = Qt.KeyboardModifier.ControlModifier


def undo(qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CONTROL)


@pytest.fixture
def joining(window, review):
    """A project in the window, with one record joined to another by hand."""
    assert window.open(review)
    units = window.session.project.units.ids()
    window.session.project.duplicates.same(units[:2])
    return window


@pytest.fixture
def joined(joining):
    return lambda: len(joining.session.project.duplicates.groups())


@pytest.fixture
def line(joining):
    return joining.frame.footer.echo


def test_on_its_page_it_is_taken_back_and_then_repeated_by_the_line(joining, joined, line, qtbot):
    joining.frame.go("duplicates")
    before = joined()
    undo(qtbot)
    assert joined() == before - 1
    assert not line.take_back.isVisible(), "one press more would take back something older"
    assert line.repeat.isVisible()
    line.repeat.click()
    assert joined() == before
    assert line.sentence.startswith("Repeated: ")
    assert (line.take_back.isVisible(), line.repeat.isVisible()) == (True, False)


def test_elsewhere_it_is_asked_by_name(joining, joined, line, qtbot):
    joining.frame.go("sources")
    before = joined()
    undo(qtbot)
    assert joined() == before
    assert "was done last, and not on this page. Ctrl Z again takes it back." in line.sentence
    undo(qtbot)
    assert joined() == before - 1


def test_the_question_is_of_one_page_and_one_moment(joining, joined, line, qtbot):
    joining.frame.go("sources")
    before = joined()
    undo(qtbot)
    joining.frame.go("report")
    undo(qtbot)
    assert joined() == before
    joining.frame.page._asked_back = (joining.frame.page._asked_back[0], -100.0)
    undo(qtbot)
    assert joined() == before, "who comes back to it later is asked anew"


def test_what_a_copy_holds_already_is_asked(joining, joined, line, qtbot, tmp_path):
    joining.session.project.consensus.write_copy("Ida Berg", tmp_path / "ida.screener")
    units = joining.session.project.units.ids()
    joining.session.project.duplicates.same(units[2:4])
    joining.frame.go("duplicates")
    before = joined()
    undo(qtbot)
    assert joined() == before - 1, "no copy holds it yet"
    joining.session.project.redo()
    joining.session.project.consensus.write_copy("Ida Berg", tmp_path / "newer.screener")
    undo(qtbot)
    assert joined() == before
    assert "is in the copy of Ida Berg already. Ctrl Z again" in line.sentence


def test_something_large_that_was_not_just_done_is_asked(joining, line, qtbot, tmp_path):
    source = tmp_path / "many.ris"
    source.write_text(
        "".join(f"TY  - JOUR\nTI  - A new letter {i}\nER  - \n\n" for i in range(30)), "utf-8"
    )
    project = joining.session.project
    project.sources.import_file(source, source="Embase")
    joining.frame.go("sources")
    before = project.counts()
    undo(qtbot)
    assert project.counts() == before
    assert "was done last and is 31 entries and records" in line.sentence
    undo(qtbot)
    assert project.counts() != before


def test_another_page_offers_nothing_of_the_one_before(joining, line):
    joining.frame.go("duplicates")
    joining.session.say("Joined", can_take_back=True)
    assert line.take_back.isVisible()
    joining.frame.go("sources")
    assert not line.take_back.isVisible()


def test_a_key_that_is_pressed_again_and_again_answers_no_question(joining, joined, qtbot):
    joining.frame.go("sources")
    joining._preferences.change(moment=150)
    before = joined()
    for _ in range(12):
        undo(qtbot)
    assert joined() == before
