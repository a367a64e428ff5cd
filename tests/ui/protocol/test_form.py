"""The form gives back what it was given, and says what is missing."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener.model import (
    TAKEN_IDS,
    Criterion,
    Element,
    MaybeRule,
    Previous,
    Protocol,
    Stage,
    UserError,
)
from screener.protocol.toml import check_id
from ui.protocol.form import PICOS, ProtocolForm, blank
from ui.protocol.page import ProtocolPage
from ui.protocol.words import id_from

PROTOCOL = Protocol(
    title="Digital peer support",
    question="Does it help?",
    registration="CRD1",
    reviewers_per_record=3,
    criteria=(
        Criterion(
            id="participants",
            element=Element.PARTICIPANTS,
            include="Adults",
            exclude="Carers",
            question="Who?",
            required_at=frozenset(Stage),
            highlight=("adult*", "serious mental illness"),
        ),
        Criterion(id="language", include="English", required_at=frozenset({Stage.FULL_TEXT})),
        Criterion(id="outcomes", element=Element.OUTCOMES, required_at=frozenset()),
    ),
    further_reasons=(("no-report", "No full report"), ("too-old", "Older than 2000")),
    maybe=MaybeRule.STRICT,
    reason_required={Stage.TITLE_ABSTRACT: True, Stage.FULL_TEXT: True},
    version=4,
)

QUIET = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of menus


@pytest.fixture
def form(qtbot):
    form = ProtocolForm()
    qtbot.addWidget(form)
    form.show()
    return form


def add_another(form):
    """Add a criterion that is no element of PICOS, of which some are missing."""
    form.add.click()
    form.kinds.actions()[-1].trigger()
    form.kinds.close()


def test_what_goes_in_comes_out(form):
    form.set_protocol(PROTOCOL)
    assert form.protocol() == PROTOCOL
    assert not form.changed


def test_a_new_review_begins_with_the_five_elements_and_no_words(form):
    assert [c.element for c in blank().criteria] == list(PICOS)
    assert not any(c.highlight for c in blank().criteria)
    assert form.empty


def test_a_title_is_asked_for(form):
    with pytest.raises(UserError, match="title"):
        form.protocol()
    form.title.setText("Sleep")
    assert form.protocol().title == "Sleep"
    assert not form.empty


def test_the_order_of_reasons_is_changed_with_earlier_and_later(form):
    form.set_protocol(PROTOCOL)
    form._criteria[1].earlier.click()
    assert [c.id for c in form.protocol().criteria] == ["language", "participants", "outcomes"]
    form._criteria[0].later.click()
    assert form.protocol() == PROTOCOL
    assert not form._criteria[0].earlier.isEnabled()
    assert not form._criteria[-1].later.isEnabled()


@QUIET
def test_a_criterion_is_added_and_needs_a_name(form):
    form.set_protocol(PROTOCOL)
    add_another(form)
    with pytest.raises(UserError, match="name"):
        form.protocol()
    form._criteria[-1]._name.setText("Language")
    assert form.protocol().criteria[-1].id == "language-2"
    form._criteria[-1].remove.click()
    assert form.protocol() == PROTOCOL


def test_a_reason_keeps_its_id_when_others_change(form):
    form.set_protocol(PROTOCOL)
    form.reasons.setPlainText("Older than 2000\nNot peer-reviewed\n\nOther\n")
    assert form.protocol().further_reasons == (
        ("too-old", "Older than 2000"),
        ("not-peer-reviewed", "Not peer-reviewed"),
        ("other-reason", "Other"),
    )


def test_an_earlier_version_is_kept_and_can_be_said(form):
    earlier = replace(PROTOCOL, previous=Previous(studies=12, reports=14))
    form.set_protocol(earlier)
    assert form.protocol() == earlier
    form.reports.setText("15")
    assert form.protocol().previous == Previous(studies=12, reports=15)
    assert form.changed
    form.studies.clear()
    form.reports.clear()
    assert form.protocol().previous is None


@pytest.mark.parametrize(
    ("studies", "reports"),
    [("12", ""), ("", "14"), ("a", "14"), ("-1", "2"), ("3", "2"), ("٣", "x")],
)
def test_half_an_earlier_version_is_refused(form, studies, reports):
    form.set_protocol(PROTOCOL)
    form.studies.setText(studies)
    form.reports.setText(reports)
    with pytest.raises(UserError):
        form.protocol()


def test_texts_lose_line_breaks_only(form):
    form.set_protocol(replace(PROTOCOL, question=""))
    form.question.setPlainText("Does it\n  help?\n")
    assert form.protocol().question == "Does it help?"


@QUIET
def test_tab_goes_down_the_page(form, qtbot):
    form.set_protocol(PROTOCOL)
    add_another(form)
    qtbot.waitUntil(lambda: all(one.isVisible() for one in form._criteria))
    form.title.setFocus()
    walked = []
    while QApplication.focusWidget() is not form.reason and len(walked) < 60:
        walked.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    wanted = [form.title, form.question, form.registration, form.studies, form.reports]
    wanted += [stop for one in form._criteria for stop in one.stops() if stop.isEnabled()]
    wanted += [form.add, form.reasons, form.per_record, form.maybe]
    assert walked == wanted


@pytest.mark.parametrize("name", ["Note", "Other", "-a", "Title, ", "Ä" * 3, "word " * 100])
def test_every_name_gets_an_id_that_can_be_kept(name):
    id_ = id_from(name, {"title-reason"})
    assert check_id(id_) not in TAKEN_IDS | {"title-reason"}


def test_tab_goes_through_the_form_as_it_stands_on_the_page(qtbot, project_session):
    page = ProtocolPage(project_session)
    qtbot.addWidget(page)
    page.resize(1072, 772)
    with qtbot.waitActive(page):
        page.show()
    page.begin_edit()
    seen = []
    for _ in range(70):
        seen.append(QApplication.focusWidget())
        if seen[-1] is page.form.reason:
            break
        qtbot.keyClick(seen[-1], Qt.Key.Key_Tab)
    assert len(set(seen)) == len(seen) > 30
    middles = [one.mapTo(page.form.widget(), one.rect().center()) for one in seen]
    for one, after in pairwise(middles):
        same_row = abs(after.y() - one.y()) < 10
        assert after.x() > one.x() if same_row else after.y() > one.y()
