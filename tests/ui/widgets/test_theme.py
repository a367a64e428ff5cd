from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from ui.widgets.theme import Look, Theme, look_of
from ui.widgets.words import Column, Words


@pytest.fixture
def look(qapp):
    look = Look.install(qapp, Theme(scheme="light"))
    yield look
    look.set_theme(Theme(scheme="light"))


def test_there_is_one_look_for_an_application(look, qapp, qtbot):
    label = Words("a")
    qtbot.addWidget(label)
    assert look_of(label) is look
    assert Look.install(qapp) is look


def test_scheme_changes_palette_at_once(look, qapp, qtbot):
    light = qapp.palette().window().color().name()
    with qtbot.waitSignal(look.changed):
        look.set_theme(replace(look.theme, scheme="dark"))
    assert light == "#fdfcfa"
    assert QApplication.palette().window().color().name() == "#17191b"
    assert "#111314" in qapp.styleSheet().lower()


def test_the_same_theme_says_nothing(look, qtbot):
    with qtbot.assertNotEmitted(look.changed):
        look.set_theme(look.theme)


def test_text_size_multiplies_sizes_and_distances(look):
    small, room, line = look.font("body").pixelSize(), look.px(8), look.line("body")
    look.set_theme(replace(look.theme, scale=200))
    assert look.font("body").pixelSize() == 2 * small
    assert (look.px(8), look.line("body")) == (2 * room, 2 * line)
    assert look.px(0) == 0


def test_a_width_of_words_follows_the_text_size(look):
    before = look.width("body", "Include")
    assert look.width("strong", "Include") > before
    look.set_theme(replace(look.theme, scale=200))
    assert look.width("body", "Include") == pytest.approx(2 * before, rel=0.05)


def test_reading_face_is_chosen(look):
    serif = look.font("abstract").family()
    look.set_theme(replace(look.theme, reading="sans"))
    assert look.font("abstract").family() == look.font("body").family() != serif


def test_own_faces_are_loaded(look):
    assert "Source Serif" in look.font("abstract").family()
    assert "Source Sans" in look.font("body").family()


def test_a_colour_that_is_changed_in_place_does_not_change_the_look(look):
    look.colour("page").setAlpha(0)
    assert look.colour("page").alpha() == 255


def test_high_contrast_is_known(look):
    assert not look.high_contrast
    look.set_theme(replace(look.theme, scheme="high contrast dark"))
    assert look.high_contrast


def test_layouts_follow_the_text_size(look, qtbot):
    label = Words("a")
    qtbot.addWidget(label)
    column = Column(label, gap=8, margins=(1, 2, 3, 4))
    look.set_theme(replace(look.theme, scale=150))
    assert column.spacing() == 12
    assert column.contentsMargins().bottom() == 6
