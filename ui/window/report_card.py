"""The cards of the Help menu: a problem report to copy, and what this program is."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from ui.session.problems import versions
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.theme import look_of
from ui.widgets.words import Words


class ReportCard(Card):
    """Shows the report as it would be sent, word by word; *Copy* puts it on the clipboard."""

    def __init__(self, text: str, window: QWidget) -> None:
        super().__init__("Problem report", window, width=720)
        self._text = QPlainTextEdit(text)
        self._text.setReadOnly(True)
        self._text.setMinimumHeight(look_of(self).px(240))
        self._text.setAccessibleName("Problem report")
        self._copy = Button("Copy", kind="filled")
        self.body.addWidget(
            Words(
                "Nothing is sent. The report holds versions and the names of the last actions, no "
                "word of any record; copy it and pass it on to whoever helps you.",
                step="note",
                wrap=True,
            )
        )
        self.body.addWidget(self._text)
        self.foot.addStretch(1)
        self.foot.addWidget(self._copy)
        self._copy.clicked.connect(self._on_copy)

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._text.toPlainText())
        self._copy.setText("Copied")


class AboutCard(Card):
    """What the program is, and its versions."""

    def __init__(self, window: QWidget) -> None:
        super().__init__("Screener", window, width=560)
        for text, step in (
            ("Two reviewers, one review, each on a laptop.", "note"),
            ("A project is one file. It stays on this computer; nothing is sent anywhere.", "note"),
            (versions(), "small"),
        ):
            self.body.addWidget(
                Words(text, step=step, colour="quiet" if step == "small" else "text", wrap=True)
            )
