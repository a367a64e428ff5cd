"""Opening a form from the page of studies: which one, for all studies or some."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from screener import open_copy
from screener.answers.shipped import shipped
from ui.studies.opening import OpenFormCard

K = Qt.Key


@pytest.fixture
def card(page, press):
    press(K.Key_O)
    return next(c for c in page.window().findChildren(OpenFormCard) if c.isVisible())


def opened(page, form):
    """The names of the studies for which a form is open."""
    studies, step = page.session.project.studies, page.session.project.consensus.at(form)
    return [one.name for one in studies.all() if one.id and step.coverage.opened(one.id)]


def choose(card, form):
    card.form.set_choice(form)


def test_a_form_that_comes_with_the_program_is_added_and_opened_for_all(page, card, press):
    assert card.form.hasFocus() or card.form.edit.hasFocus()
    assert card.form.choice() == "extraction"
    press(K.Key_Return)
    assert not card.isVisible()
    assert [step.id for step in page.session.project.forms.steps()] == ["extraction"]
    assert len(opened(page, "extraction")) == 6
    assert page._listing.loose == []
    assert page.right.list.hasFocus()


def test_it_is_opened_for_the_ticked_studies_only(page, card, press, qtbot):
    choose(card, "mqrs")
    card.which.set_choice("some")
    assert all(tick.isVisible() for tick in card.ticks.values())
    press(K.Key_Return)
    assert card.isVisible()  # none is ticked
    assert card.said.text()
    card.ticks["4"].setFocus()
    press(K.Key_Space, K.Key_Return)
    assert not card.isVisible()
    assert opened(page, "mqrs") == ["Roth 2017"]


def test_a_form_of_the_review_comes_first_and_is_opened_for_more(page, press):
    for name in ("3", "4"):
        press(K.Key_O)
        card = next(c for c in page.window().findChildren(OpenFormCard) if c.isVisible())
        if name == "3":
            choose(card, "tidier")
        assert card.form.choice() == "tidier"
        card.which.set_choice("some")
        tick = card.ticks[name]
        tick.setFocus()
        press(K.Key_Space, K.Key_Return)
    assert opened(page, "tidier") == ["Abernathy 2015", "Roth 2017"]


def test_what_is_open_already_is_refused_on_the_card(page, press):
    press(K.Key_O, K.Key_Return)
    press(K.Key_O, K.Key_Return)
    card = next(c for c in page.window().findChildren(OpenFormCard) if c.isVisible())
    assert card.said.text()
    press(K.Key_Escape)
    assert QApplication.focusWidget() is page.right.list


def test_what_was_refused_is_said_no_more_once_something_else_is_ticked(page, press, qtbot):
    press(K.Key_O, K.Key_Return)
    press(K.Key_O, K.Key_Return)
    card = next(c for c in page.window().findChildren(OpenFormCard) if c.isVisible())
    assert card.said.text()
    card.which.set_choice("some")
    press(K.Key_Return)
    assert card.said.text()
    qtbot.mouseClick(next(iter(card.ticks.values())), Qt.MouseButton.LeftButton)
    assert not card.said.text()
    said = " ".join(words.text() for words in card.findChildren(QLabel))
    assert "stays open" not in said


def test_a_design_that_has_no_part_in_the_review_is_said(page, press):
    form = shipped("extraction")
    plain = tuple(replace(one, role="") for one in form.questions)
    page.session.project.forms.keep(replace(form, questions=plain))
    press(K.Key_O)
    card = next(c for c in page.window().findChildren(OpenFormCard) if c.isVisible())
    assert card.form.choice() == "extraction"
    assert "has no part in the review yet" in card._about.text()
    choose(card, "mqrs")
    assert "has no part" not in card._about.text()


def agreed_designs(page, designs):
    """Have both reviewers answer the design of some studies, by the numbers of their reports."""
    review, folder = page.session.project, page.session.project.path.parent
    review.forms.keep(shipped("extraction"))
    review.studies.open("extraction")
    copies = []
    for person in review.consensus.reviewers():
        copies.append(folder / f"{person.name} extraction.screener")
        review.consensus.write_copy(person.name, copies[-1])
        with open_copy(copies[-1]) as mine:
            at = mine.forms.answering("extraction")
            for number, design in designs.items():
                at.answer(mine.studies.find(number).id, "design", design)
            at.close()
    review.consensus.merge(*copies)


def test_it_is_opened_for_the_studies_of_a_design_as_agreed(page, press, qtbot):
    agreed_designs(page, {"1": "rct", "2": "qualitative", "4": "rct"})
    qtbot.waitUntil(lambda: not page.stale)
    press(K.Key_O)
    card = next(c for c in page.window().findChildren(OpenFormCard) if c.isVisible())
    choose(card, "jbi-rct")  # it is proposed for randomized trials
    assert card.which.choice() == "designs"
    assert {id_: tick.isChecked() for id_, tick in card.designs.items()} == {
        "rct": True, "qualitative": False,
    }  # fmt: skip
    qtbot.mouseClick(card.designs["rct"], Qt.MouseButton.LeftButton)
    press(K.Key_Return)
    assert "design" in card.said.text()  # none is ticked
    qtbot.mouseClick(card.designs["rct"], Qt.MouseButton.LeftButton)
    press(K.Key_Return)
    assert opened(page, "jbi-rct") == ["Abernathy 2013", "Roth 2017"]


def test_only_those_who_are_ticked_answer_it(page, card, press, qtbot):
    maya, jonas = card.people.values()
    for tick in (maya, jonas):
        qtbot.mouseClick(tick, Qt.MouseButton.LeftButton)
    press(K.Key_Return)
    assert card.isVisible()
    assert "at least one reviewer" in card.said.text()
    qtbot.mouseClick(maya, Qt.MouseButton.LeftButton)
    press(K.Key_Return)
    coverage = page.session.project.consensus.at("extraction").coverage
    names = {r.id: r.name for r in page.session.project.consensus.reviewers()}
    assert [names[who] for who in coverage.waited_for()] == ["Maya Lindqvist"]


def test_one_key_takes_back_all_that_opening_did(page, card, press):
    review = page.session.project
    before = review.counts()[1]
    press(K.Key_Return)
    assert page.session.echo.can_take_back
    press(K.Key_Backspace)
    assert review.forms.steps() == ()
    assert [one.id for one in review.studies.all()] == [""] * 6
    assert len(page._listing.loose) == 6
    assert "Taken back" in page.session.echo.sentence
    page.perform("redo")
    assert len(opened(page, "extraction")) == 6
    press(K.Key_Backspace)
    assert review.forms.steps() == ()
    assert review.undo_name() == ""
    assert review.counts()[1] > before  # nothing is unwritten


def test_who_has_it_in_a_copy_already_is_named_before_it_is_taken_back(page, press):
    page.session.project.forms.keep(shipped("mqrs"))
    press(K.Key_O, K.Key_Return)
    review = page.session.project
    review.consensus.write_copy("Maya Lindqvist", review.path.with_name("newer.screener"))
    asked = []
    page.session.asked.connect(asked.append)
    press(K.Key_Backspace)
    assert "is in the copy of Maya Lindqvist already" in asked[-1]
    assert len(opened(page, "mqrs")) == 6
