"""The protocol page: read, edit, a sentence of what changed, a file; a copy only reads."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from screener import create_project
from ui.protocol.new_review import NewReviewPage
from ui.protocol.page import ProtocolPage
from ui.session.session import Session
from ui.widgets.button import Button


@pytest.fixture
def page(project_session, qtbot):
    page = ProtocolPage(project_session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    return page


def words(page):
    return [label.text() for label in page.view.widget().findChildren(QLabel)]


def problem(session):
    said = []
    session.complained.connect(lambda problem: said.append(problem.sentence))
    return said


def test_reading_shows_question_criteria_and_reasons(page):
    shown = words(page)
    for text in (
        "Digital peer support",
        "Does it help?",
        "Maya Lindqvist   ·   Jonas Roth",
        "Study design",
        "Include text of outcomes",
        "both stages",
        "6 No full report",
        "advances to full text; maybe against exclude is a conflict",
    ):
        assert text in shown


def test_a_change_after_copies_are_out_asks_for_the_sentence(page, project_session):
    said = problem(project_session)
    page.edit.click()
    page.form.title.setText("Peer support")
    page.save.click()
    assert "what changed" in said[0]
    assert page.editing
    page.form.why.setText("The team agreed on a shorter title.")
    page.save.click()
    assert not page.editing
    assert project_session.project.protocol.current.version == 2
    assert "Peer support" in words(page)


def test_before_any_copy_nothing_is_asked(tmp_path, qtbot):
    session = Session(create_project(tmp_path / "new.screener", title="Sleep"))
    page = ProtocolPage(session)
    qtbot.addWidget(page)
    page.show()
    page.edit.click()
    assert not page.form.why.isVisible()
    page.form.title.setText("Sleep and psychosis")
    page.save.click()
    assert session.project.title == "Sleep and psychosis"
    session.close()


def test_saving_what_did_not_change_makes_no_version(page, project_session, qtbot):
    page.edit.click()
    with qtbot.waitSignal(project_session.echoed) as said:
        page.save.click()
    assert "stays as it is" in said.args[0].sentence
    assert project_session.project.protocol.current.version == 1


def test_escape_gives_up_at_once_only_when_nothing_was_typed(page, qtbot, give_up):
    page.edit.click()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.editing
    page.edit.click()
    page.form.title.setText("Something else")
    page.session.preferences.change(moment=0)
    for _ in range(3):
        qtbot.keyClick(page, Qt.Key.Key_Escape)
        assert page.editing
    give_up(page.session)
    assert not page.editing
    assert "Digital peer support" in words(page)


def test_the_file_is_read_back_into_the_form(page, tmp_path, project_session):
    place = tmp_path / "protocol.toml"
    page.save_file(place)
    page.edit.click()
    page.form.title.setText("Something else")
    page.load_file(place)
    assert not page.form.changed
    assert page.form.protocol() == project_session.project.protocol.current


def test_a_protocol_is_not_saved_over_the_project(page, project_session):
    said = problem(project_session)
    page.save_file(project_session.project.path)
    assert "is the project that is open" in said[0]
    assert project_session.project.verify() == []


def test_a_file_that_is_no_protocol_is_refused(page, tmp_path, project_session):
    said = problem(project_session)
    place = tmp_path / "wrong.toml"
    place.write_text("title = ", encoding="utf-8")
    page.edit.click()
    page.load_file(place)
    assert "wrong.toml" in said[0]
    place.write_bytes(b"\xff\xfe\x00")
    page.load_file(place)
    page.load_file(tmp_path / "missing.toml")
    assert len(said) == 3


def test_the_open_project_is_not_read_as_a_protocol(page, project_session):
    said = problem(project_session)
    page.edit.click()
    page.load_file(project_session.project.path)
    assert "is the project that is open" in said[0]


def test_a_copy_only_reads(copy_session, qtbot):
    page = ProtocolPage(copy_session)
    qtbot.addWidget(page)
    page.show()
    assert not page.edit.isVisible()
    assert not page.add_reviewer.isVisible()
    assert "Digital peer support" in words(page)


def test_adding_a_reviewer_is_the_windows_business(page, qtbot):
    with qtbot.waitSignal(page.session.wanted) as wants:
        page.add_reviewer.click()
    assert wants.args == ["add-reviewer"]


def test_a_new_review_is_made_where_it_was_asked(tmp_path, qtbot):
    page = NewReviewPage(tmp_path)
    qtbot.addWidget(page)
    page.show()
    page.create_at(tmp_path / "x.screener")
    assert "title" in page.problem.sentence
    page.problem.dismiss()
    page.form.title.setText("Sleep")
    with qtbot.waitSignal(page.created) as created:
        page.create_at(tmp_path / "x.screener")
    assert created.args == [str(tmp_path / "x.screener")]
    page.create_at(tmp_path / "x.screener")
    assert "there already" in page.problem.sentence


def test_leaving_a_new_review_asks_when_something_was_typed(tmp_path, qtbot):
    page = NewReviewPage(tmp_path)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    page.form.title.setText("Sleep")
    with qtbot.assertNotEmitted(page.left):
        page.leave.click()
    assert "would be lost" in page.problem.sentence
    with qtbot.waitSignal(page.left):
        page.problem.acted.emit("left")


def test_a_saved_version_offers_no_take_back_of_something_else(page, project_session):
    project = project_session.project
    project.duplicates.same([r.id for r in project.sources.records()][:2])
    page.edit.click()
    page.form.title.setText("Peer support")
    page.form.why.setText("The team agreed on a shorter title.")
    page.save.click()
    assert project.undo_name() == "", "undo passes over no action that it cannot take back"
    assert project_session.echo.sentence.startswith("Protocol version 2 saved")
    assert not project_session.echo.can_take_back


def test_loading_a_file_asks_before_it_replaces_what_was_typed(page, tmp_path, qtbot):
    place = tmp_path / "protocol.toml"
    page.save_file(place)
    new = NewReviewPage(tmp_path)
    qtbot.addWidget(new)
    with qtbot.waitExposed(new):
        new.show()
    qtbot.keyClicks(new.form.title, "Sleep")
    new.load_file(place)
    assert new.form.title.text() == "Sleep"
    assert "protocol.toml would replace" in new.problem.sentence
    replace = next(b for b in new.problem.findChildren(Button) if b.objectName() == "load")
    qtbot.mouseClick(replace, Qt.MouseButton.LeftButton)
    assert new.form.title.text() == "Digital peer support"
    new.load_file(place)  # nothing was typed since
    assert not new.problem.isVisible()
