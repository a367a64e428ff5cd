"""Every widget is shown, painted and named, in every scheme and at 200 %."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolTip

from screener.model import Criterion, Element, ExclusionReason
from ui.widgets.button import Button, DecisionButton
from ui.widgets.chooser import Chooser
from ui.widgets.criteria import CriteriaPanel, ReasonLines
from ui.widgets.diffcell import DiffCell
from ui.widgets.dotplot import DotPlot, DotRow
from ui.widgets.echo import EchoLine, Footer, ProgressLine
from ui.widgets.empty import EmptyPage
from ui.widgets.fields import ChoiceField
from ui.widgets.header import PageHeader
from ui.widgets.keycap import KeyCap
from ui.widgets.marks import SIGN_WORDS, ElementTile, Mark
from ui.widgets.problem import ProblemBar
from ui.widgets.rail import Rail, StageLine
from ui.widgets.segmented import Segmented
from ui.widgets.theme import Look, Theme
from ui.widgets.tokens import ELEMENTS, SCHEMES
from ui.widgets.words import ElidedWords, Hairline, Surface, Words


def header():
    made = PageHeader("Sources", "8 searches")
    made.set_right("46 today", "412 of 1,284")
    made.set_share(0.3)
    made.set_actions([Button("Import…", kind="filled", key="Ctrl+I")])
    made.set_lead([Chooser([("a", "Pending 872")], name="Queue")])
    return made


def rail():
    made = Rail()
    made.set_review("A review", "Maya's copy", "This file holds your decisions only.")
    made.set_stages([StageLine(id="a", name="Protocol", words="version 1", share=0.4)])
    return made


def echo():
    made = EchoLine()
    made.show_saved("Excluded: a record", sign="exclude", saved="20:14")
    return made


def footer():
    made = Footer()
    made.show_progress()
    made.progress.show_progress("Reading", 3, 10, "a minute left")
    return made


def progress():
    made = ProgressLine()
    made.show_progress("Reading", 3, None)
    return made


def problem():
    made = ProblemBar()
    made.show_problem("The disk is full.", [("save", "Save a copy…")])
    return made


def panel():
    made = CriteriaPanel()
    made.set_criteria(
        [
            Criterion(id="p", element=Element.PARTICIPANTS, include="Adults", exclude="Carers"),
            Criterion(id="x"),
        ],
        [ExclusionReason(id="r", text="Publication type", number=6)],
    )  # fmt: skip
    made.set_judgements({"p": "met", "x": "unclear"})
    return made


def reasons():
    made = ReasonLines()
    made.set_reasons([ExclusionReason(id="r", text="Publication type", number=6)])
    return made


def plot():
    made = DotPlot("Figures")
    made.set_rows(
        [
            DotRow(name="Kappa", value=0.8, low=0.7, high=0.9, figure="0.80", marked=True),
            DotRow(name="Comparisons", value=-0.2, figure="−0.20", element="comparisons"),
            DotRow(name="Raw", note="not defined"),
        ]
    )
    return made


def decision():
    made = DecisionButton("include", key="I")
    made.set_state("suggested", "suggested · Enter")
    return made


MAKE = {
    "words": lambda: Words("Some words", step="note", colour="quiet"),
    "elided": lambda: ElidedWords("Some words"),
    "button": lambda: Button("Open", key="Ctrl+O", second="A project or a copy"),
    "link": lambda: Button("Take back", kind="link", key="Backspace"),
    "filled": lambda: Button("Import…", kind="filled"),
    "decision": decision,
    "chooser": lambda: Chooser([("a", "Pending 872"), ("b", "All")], name="Queue", key="Q"),
    "key cap": lambda: KeyCap("Ctrl+I"),
    "rail": rail,
    "header": header,
    "echo": echo,
    "footer": footer,
    "progress": progress,
    "problem": problem,
    "empty": lambda: EmptyPage("No records yet", "Drop them here.", action="Import…", key="Ctrl+I"),
    "panel": panel,
    "reasons": reasons,
    "plot": plot,
    "difference": lambda: DiffCell("Part I, feasibility", [(5, 6)]),
    "choice field": lambda: ChoiceField("Kind", [("a", "database"), ("b", "register")]),
    "segmented": lambda: Segmented([("0", "record"), ("1", "decisions")], name="Show"),
    **{f"mark {sign}": lambda sign=sign: Mark(sign) for sign in SIGN_WORDS},
    **{f"tile {name}": lambda name=name: ElementTile(name, "Language") for name in ELEMENTS},
}


@pytest.fixture
def look(qapp):
    look = Look.install(qapp, Theme(scheme="light"))
    yield look
    look.set_theme(Theme(scheme="light"))


def painted(widget):
    image = widget.grab().toImage()
    return len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())})


@pytest.fixture
def shown(qtbot):
    kept = []  # qtbot keeps weak references only

    def show(name):
        page = Surface("page")
        kept.append(page)
        qtbot.addWidget(page)
        widget = MAKE[name]()
        widget.setParent(page)
        widget.resize(widget.sizeHint())
        page.resize(widget.size())
        page.show()
        widget.show()
        return widget

    return show


@pytest.mark.parametrize("name", MAKE)
def test_it_paints_something(look, shown, name):
    assert painted(shown(name)) > 1


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["decision", "panel", "header", "rail", "plot"])
def test_it_paints_in_every_scheme(look, shown, name, scheme):
    widget = shown(name)
    before = widget.grab().toImage()
    look.set_theme(replace(look.theme, scheme="dark" if scheme == "light" else scheme))
    assert widget.grab().toImage() != before


@pytest.mark.parametrize("name", [n for n in MAKE if n not in ("reasons",)])
def test_it_grows_with_the_text(look, shown, name):
    widget = shown(name)
    before = widget.sizeHint().expandedTo(widget.minimumSize())
    look.set_theme(replace(look.theme, scale=200))
    after = widget.sizeHint().expandedTo(widget.minimumSize())
    assert after.width() >= before.width()
    assert after.height() >= before.height()
    assert after.width() * after.height() >= before.width() * before.height() * 1.9


@pytest.mark.parametrize("name", [n for n in MAKE if n not in ("words", "elided")])
def test_it_has_a_name_for_a_screen_reader(look, shown, name):
    widget = shown(name)
    named = [widget, *widget.findChildren(QAbstractButton)]
    unnamed = [
        w
        for w in named
        if isinstance(w, QAbstractButton) and w.isVisible() and not w.accessibleName()
    ]
    assert not unnamed
    inner = widget.focusProxy() or widget
    if not isinstance(widget, (Rail, PageHeader, EchoLine, Footer, EmptyPage)):
        assert inner.accessibleName()


def test_a_hairline_is_one_pixel(look, qtbot):
    line = Hairline()
    qtbot.addWidget(line)
    assert line.sizeHint().height() == 1


def test_words_are_plain(look, qtbot):
    label = Words("<b>bold</b>")
    qtbot.addWidget(label)
    wide = Words("bold")
    qtbot.addWidget(wide)
    assert label.sizeHint().width() > 2 * wide.sizeHint().width()


def test_the_colour_of_words_survives_a_move(look, qtbot):
    page = Surface()
    qtbot.addWidget(page)
    label = Words("moved", colour="quiet")
    label.set_look(colour="text")
    label.setParent(page)
    page.show()
    label.show()
    darkest = min(
        label.grab().toImage().pixelColor(x, y).lightness()
        for x in range(label.width())
        for y in range(label.height())
    )
    assert darkest < 60


def test_elided_words_keep_the_whole_text_in_the_tip(look, qtbot):
    label = ElidedWords("a long <b>sentence</b> " * 5)
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert _tip(label).count("&lt;b&gt;") == 5
    assert label.toolTip() == ""  # a screen reader would read its markup
    label.resize(2000, 20)
    assert not label.is_cut()


def _tip(widget):
    """What is shown when the mouse rests on a widget."""
    middle = widget.rect().center()
    QApplication.sendEvent(
        widget, QHelpEvent(QEvent.Type.ToolTip, middle, widget.mapToGlobal(middle))
    )
    return QToolTip.text()
