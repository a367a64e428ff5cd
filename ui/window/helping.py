"""The Help menu: keys, a problem report, what this program is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from ui.session.actions import Where
from ui.session.keys import Keys
from ui.session.problems import Steps, versions
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.theme import look_of
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ui.session.page import Page


class Helping(QObject):
    """Shows the cards of the Help menu; each is read when it is first wanted."""

    def __init__(
        self, window: QWidget, keys: Keys, steps: Steps, page: Callable[[], Page | None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._keys = keys
        self._steps = steps
        self._page = page
        self.error: BaseException | None = None
        """The last error of ours, for the report."""
        self.doing: dict[str, Callable[[], object]] = {
            "help": partial(self._on_all_keys, about=True),
            "all-keys": self._on_all_keys,
            "change-keys": self._on_change_keys,
            "report-problem": self._on_report,
            "about": lambda: AboutCard(window).open(),
        }
        """What each of its actions does."""

    def remember(self, error: BaseException) -> None:
        """Keep an error of ours for the report."""
        self.error = error

    def _on_all_keys(self, *, about: bool = False) -> None:
        """Show the keys of the page, with `about` below what the page is for."""
        from ui.window.all_keys import AllKeysCard

        page = self._page()
        where = page.where if page is not None else Where.RECORD
        words = (page.title, page.help) if about and page is not None else ("", "")
        named = page.key_names() if page is not None else {}
        AllKeysCard(self._keys, where, self._window, self._on_change_keys, words, named).open()

    def _on_change_keys(self) -> None:
        from ui.window.all_keys import ChangeKeysCard

        ChangeKeysCard(self._keys, self._window).open()

    def _on_report(self) -> None:
        from ui.session.problems import report
        from ui.window.helping import ReportCard

        ReportCard(report(self.error, self._steps), self._window).open()


class ReportCard(Card):
    """Shows the report as it would be sent, word by word; *Copy* puts it on the clipboard."""

    def __init__(self, text: str, window: QWidget) -> None:
        super().__init__("Problem report", window, width=720)
        self._text = QPlainTextEdit(text, readOnly=True)
        self._text.setMinimumHeight(look_of(self).px(240))
        self._text.setAccessibleName("Problem report")
        self._copy = Button("Copy", kind="filled", does=self._on_copy)
        self.body.add(
            Words(
                "Nothing is sent. The report holds versions and the names of the last actions, no "
                "word of any record; copy it and pass it on to whoever helps you.",
                step="note",
                wrap=True,
            ),
            self._text,
        )
        self.foot.add(1, self._copy)

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._text.toPlainText())
        self._copy.setText("Copied")


class AboutCard(Card):
    """What the program is, and its versions."""

    def __init__(self, window: QWidget) -> None:
        super().__init__("Screener", window, width=560)
        promise = "A project is one file. It stays on this computer; nothing is sent anywhere."
        self.body.add(
            Words("Two reviewers, one review, each on a laptop.", step="note", wrap=True),
            Words(promise, step="note", wrap=True),
            Words(versions(), step="small", colour="quiet", wrap=True),
        )
