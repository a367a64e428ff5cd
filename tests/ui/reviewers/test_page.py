"""The reviewers in the project: who has a copy and how far, in numbers; never a decision."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel

from screener import create_project, open_copy, open_project
from screener.answers.shipped import shipped
from screener.model import Stage
from tests.screener.conftest import Making
from ui.reviewers.cards import CodesCard, LeaveCard, RenameCard
from ui.reviewers.page import ReviewersPage
from ui.session.session import Session
from ui.widgets.card import Card

K = Qt.Key
TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def page(project_session, qtbot):
    page = ReviewersPage(project_session)
    qtbot.addWidget(page)
    page.resize(1072, 720)
    with qtbot.waitActive(page):
        page.show()
    page.focus_first()
    return page


@pytest.fixture
def press(page, qtbot):
    def pressed(*keys, modifiers=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            qtbot.keyClick(QApplication.focusWidget() or page, key, modifiers)

    return pressed


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def row_of(page, name):
    return next(r for r in page._rows if r.member.reviewer.name == name)


def card_of(page, kind):
    return next(c for c in page.findChildren(Card) if c.isVisible() and isinstance(c, kind))


def named(page):
    return [row.member.reviewer.name for row in page._rows]


def test_everybody_is_listed_with_what_was_merged_and_the_copy(page):
    assert named(page) == ["Maya Lindqvist", "Jonas Roth"]
    found = texts(row_of(page, "Jonas Roth"))
    assert found[:3] == ["Jonas Roth", "0 of 6", "nothing merged yet"]
    assert "up to date" in found
    assert page._header.findChild(QLabel).text() == "Reviewers"


def test_a_stage_that_never_began_has_no_column(page):
    assert "Title and abstract" in texts(page)
    assert "Full text" not in texts(page)
    assert "0 of 0" not in texts(page)


def test_arrows_choose_and_only_the_chosen_one_offers_acts(page, press):
    assert "Rename…" in [b.text() for b in buttons(row_of(page, "Maya Lindqvist"))]
    press(K.Key_Down)
    assert page.chosen().reviewer.name == "Jonas Roth"
    assert buttons(row_of(page, "Maya Lindqvist")) == []
    press(K.Key_Down, K.Key_Up)
    assert page.chosen().reviewer.name == "Maya Lindqvist"
    press(K.Key_End)
    assert page.chosen().reviewer.name == "Jonas Roth"
    press(K.Key_Home)
    assert page.chosen().reviewer.name == "Maya Lindqvist"


def buttons(row):
    from ui.widgets.button import Button

    return [b for b in row.findChildren(Button) if b.isVisible()]


def test_a_click_chooses(page, qtbot):
    qtbot.mouseClick(row_of(page, "Jonas Roth"), Qt.MouseButton.LeftButton)
    assert page.chosen().reviewer.name == "Jonas Roth"


def test_a_newer_copy_and_another_reviewer_are_asked_for(page, press, qtbot):
    with qtbot.waitSignal(page.session.wanted) as wants:
        press(K.Key_Down, K.Key_C)
    assert wants.args == ["add-reviewer:Jonas Roth"]
    with qtbot.waitSignal(page.session.wanted) as wants:
        press(K.Key_N)
    assert wants.args == ["add-reviewer"]


def test_a_name_is_corrected(page, press, qtbot):
    press(K.Key_F2)
    card = card_of(page, RenameCard)
    assert card.line.text() == "Maya Lindqvist"
    qtbot.keyClicks(card.line, "Maya  Lindquist")
    press(K.Key_Return)
    assert named(page) == ["Maya Lindquist", "Jonas Roth"]
    assert page.session.echo.sentence == "Maya Lindqvist is Maya Lindquist now"


def test_a_name_that_another_has_is_refused_on_the_card(page, press, qtbot):
    press(K.Key_F2)
    card = card_of(page, RenameCard)
    qtbot.keyClicks(card.line, "jonas  ROTH")
    press(K.Key_Return)
    assert card.said.text().startswith("Jonas Roth is another person of this review")
    assert card.line.text() == "jonas  ROTH"
    press(K.Key_Escape)
    assert named(page) == ["Maya Lindqvist", "Jonas Roth"]


def test_who_recorded_nothing_is_removed(page, press):
    press(K.Key_Down, K.Key_Delete)
    card = card_of(page, LeaveCard)
    assert card.title.text() == "Remove Jonas Roth"
    assert not card.line.isVisible()
    press(K.Key_Escape)
    assert named(page) == ["Maya Lindqvist", "Jonas Roth"]
    press(K.Key_Delete, K.Key_Return)
    assert named(page) == ["Maya Lindqvist"]


@pytest.fixture
def close_all(page, tmp_path):
    """Have somebody decide all and close; returns the code."""

    def done(name, *, close=True):
        project, copy = page.session.project, tmp_path / f"{name} again.screener"
        project.consensus.write_copy(name, copy)
        with open_copy(copy) as mine:
            for unit in mine.screening.queues.queue(TA):
                mine.screening.decide(unit, "include", stage=TA)
            code = mine.screening.close(TA) if close else ""
        project.consensus.merge(copy)
        return code

    return done


@pytest.fixture
def screened(page, close_all):
    """Maya has decided and closed, and is merged."""
    code = close_all("Maya Lindqvist")
    page.focus_first()
    return code


def test_who_recorded_something_leaves_with_the_reason(page, press, qtbot, screened):
    assert "6 of 6" in texts(row_of(page, "Maya Lindqvist"))
    assert "closed" in texts(row_of(page, "Maya Lindqvist"))
    press(K.Key_Delete)
    card = card_of(page, LeaveCard)
    assert card.title.text() == "Maya Lindqvist leaves the review"
    press(K.Key_Return)
    assert card.said.text() == "Say why the reviewer leaves; the report names it."
    qtbot.keyClicks(card.line, "a new post")
    press(K.Key_Return)
    assert named(page) == ["Jonas Roth", "Maya Lindqvist"], "who left stands last"
    row = texts(row_of(page, "Maya Lindqvist"))
    assert row[:4] == ["Maya Lindqvist", "left: a new post", "6 decided", "what was decided stays"]
    assert page.chosen().reviewer.name == "Maya Lindqvist"
    page.focus_first()
    press(K.Key_B)
    assert named(page) == ["Maya Lindqvist", "Jonas Roth"]
    assert "6 of 6" in texts(row_of(page, "Maya Lindqvist"))


def test_removing_says_what_can_be_seen_then(page, press, qtbot, screened, close_all):
    close_all("Ida Berg")
    page.focus_first()
    press(K.Key_Down, K.Key_Delete)
    card = card_of(page, LeaveCard)
    words = " ".join(texts(card))
    assert "Without Jonas Roth what was decided at title and abstract can be seen at once" in words
    qtbot.keyClicks(card.line, "never began")
    press(K.Key_Return)
    assert named(page) == ["Maya Lindqvist", "Ida Berg"]
    assert page.session.project.consensus.visible(TA)


def test_leaving_of_one_of_two_who_has_not_closed_says_it_too(page, press, close_all):
    close_all("Maya Lindqvist", close=False)
    page.focus_first()
    press(K.Key_Delete)
    words = " ".join(texts(card_of(page, LeaveCard)))
    assert "Without Maya Lindqvist what was decided at title and abstract can be seen" in words


def test_where_nothing_is_answered_the_card_says_that_another_is_needed(page, press, screened):
    project = page.session.project
    project.consensus.write_copy("Ida Berg", project.path.with_name("ida.screener"))
    project.consensus.leave("Ida Berg", TA, "ill")
    press(K.Key_Down, K.Key_Delete)
    words = " ".join(texts(card_of(page, LeaveCard)))
    assert "Too few reviewers are left then who could close title and abstract" in words
    assert "can be seen" not in words


def test_the_closing_codes_are_on_a_card(page, press, screened):
    press(K.Key_Return, modifiers=Qt.KeyboardModifier.AltModifier)
    assert screened in texts(card_of(page, CodesCard))


def test_an_outdated_copy_says_what_it_lacks(page, tmp_path):
    source = tmp_path / "later.ris"
    source.write_text("TY  - JOUR\nTI  - A later letter\nER  - \n", encoding="utf-8")
    page.session.project.sources.import_file(source, source="Embase")
    found = texts(row_of(page, "Jonas Roth"))
    assert "outdated" in found
    assert any(words.endswith("before 1 more record") for words in found)
    page.session.project.consensus.write_copy("Jonas Roth", tmp_path / "newer.screener")
    assert "up to date" in texts(row_of(page, "Jonas Roth"))


def test_with_nobody_the_page_says_what_comes_first(tmp_path, qtbot):
    session = Session(create_project(tmp_path / "p.screener", title="Sleep"))
    page = ReviewersPage(session)
    qtbot.addWidget(page)
    page.show()
    assert "No reviewers yet" in texts(page)
    assert not page.merge.isVisible()
    session.project.consensus.write_copy("Maya", tmp_path / "a.screener")
    assert "Maya" in texts(page)
    assert page.merge.isVisible()
    session.close()


def test_who_was_only_present_at_the_meeting_is_removed(page, press):
    consensus = page.session.project.consensus
    consensus.add_person("Ida Berg", arbitrator=True)
    consensus.present(["Ida Berg", "Maya Lindqvist"])
    page.refresh()
    press(K.Key_End)
    assert page.chosen().reviewer.name == "Ida Berg"
    assert "Remove" in [b.text() for b in buttons(row_of(page, "Ida Berg"))]
    page.perform("person-leaves")
    press(K.Key_Return)
    assert named(page) == ["Maya Lindqvist", "Jonas Roth"]
    assert consensus.names_present() == ["Maya Lindqvist"]


@pytest.fixture
def of_forms(tmp_path, qtbot):
    forms = map(shipped, ("mqrs", "jbi-rct", "extraction"))
    path = Making.opened(tmp_path / "forms", *forms, records=2)
    session = Session(open_project(path))
    page = ReviewersPage(session)
    qtbot.addWidget(page)
    page.resize(1158, 662)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    yield page
    session.close()


def test_headings_stand_over_their_columns_whatever_a_form_is_called(of_forms, qtbot):
    grid = of_forms._table.itemAt(0).widget().layout()
    row = of_forms._rows[0].findChild(QGridLayout)
    assert grid.columnCount() == 7

    def places(one):
        return [one.itemAtPosition(0, at).geometry().left() for at in range(7)]

    qtbot.waitUntil(lambda: places(row)[1] > 0)
    # Both begin at the margin of the page, the heading with it and the row without.
    shifts = [a - b for a, b in zip(places(grid), places(row), strict=True)]
    assert max(shifts) - min(shifts) <= 1


def test_a_copy_that_was_written_before_a_version_of_a_form_is_outdated(qtbot, tmp_path):
    path = tmp_path / "forms"
    with open_project(Making.included(path, records=1)) as review:
        form = review.forms.keep(shipped("mqrs"))
        review.studies.open("mqrs")
        for name in ("Maya", "Jonas"):
            review.consensus.write_copy(name, path / f"newer {name}.screener")
    session = Session(open_project(path / "p.screener"))
    page = ReviewersPage(session)
    qtbot.addWidget(page)
    page.show()
    assert "outdated" not in texts(row_of(page, "Maya"))
    session.project.forms.keep(replace(form, reference="Another edition"), why="The reference")
    found = texts(row_of(page, "Maya"))
    assert "outdated" in found
    assert any(words.endswith(f"before version 2 of {form.title}") for words in found)
    session.close()
