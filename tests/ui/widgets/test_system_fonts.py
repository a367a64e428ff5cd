"""Windows gives some kinds of controls fonts of its own: the program's letters stay everywhere."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHeaderView,
    QMenu,
    QMenuBar,
    QMessageBox,
    QStatusBar,
    QToolTip,
)

from ui.widgets.theme import look_of

OTHER = QFont("Monospace", 31)
KINDS = ("QMenu", "QMenuBar", "QMessageBox", "QTipLabel", "QStatusBar", "QAbstractItemView")
"""The kinds that Windows has fonts for, see `QPlatformTheme::Font`."""


@pytest.fixture
def other_fonts(qapp):
    look_of(qapp)
    for kind in KINDS:
        QApplication.setFont(OTHER, kind)
    yield
    QApplication.setFont(QApplication.font())  # forgets those of the kinds


def made(qtbot):
    combo = QComboBox()
    qtbot.addWidget(combo)
    found = [
        QMenu(), QMenuBar(), QMessageBox(), QStatusBar(), QHeaderView(Qt.Orientation.Horizontal)
    ]  # fmt: skip
    for widget in found:
        qtbot.addWidget(widget)
    QToolTip.showText(combo.pos(), "A tip", combo)
    tips = [w for w in QApplication.topLevelWidgets() if w.metaObject().className() == "QTipLabel"]
    return combo, [*found, combo.view(), *tips]


def test_menus_tips_and_lists_have_the_letters_of_the_program(qtbot, other_fonts):
    body = look_of(QApplication.instance()).font("body")
    _combo, found = made(qtbot)
    assert len(found) >= 7
    for widget in found:
        widget.ensurePolished()
        font = widget.font()
        assert (font.family(), font.pixelSize()) == (body.family(), body.pixelSize()), widget
    QToolTip.hideText()
