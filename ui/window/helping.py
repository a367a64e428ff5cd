"""The Help menu: keys, a problem report, what this program is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.session.actions import Where
from ui.session.keys import Keys
from ui.session.problems import Steps

_PLACES = {
    "duplicates": Where.DUPLICATES,
    "consensus": Where.CONSENSUS,
    "sources": Where.SOURCES,
    "full-text": Where.FULL_TEXT,
    "report": Where.REPORT,
}


class Helping(QObject):
    """Shows the cards of the Help menu; each is read when it is first wanted."""

    def __init__(self, window: QWidget, keys: Keys, steps: Steps, stage: Callable[[], str]) -> None:
        super().__init__(window)
        self._window = window
        self._keys = keys
        self._steps = steps
        self._stage = stage
        self.error: BaseException | None = None
        """The last error of ours, for the report."""
        self._doing: dict[str, Callable[[], None]] = {
            "all-keys": self._on_all_keys,
            "change-keys": self._on_change_keys,
            "report-problem": self._on_report,
            "about": self._on_about,
        }

    def perform(self, action: str) -> bool:
        """Do an action by its id; says whether it was one of these."""
        if action in self._doing:
            self._doing[action]()
        return action in self._doing

    def remember(self, error: BaseException) -> None:
        """Keep an error of ours for the report."""
        self.error = error

    def _on_all_keys(self) -> None:
        from ui.window.all_keys import AllKeysCard

        where = _PLACES.get(self._stage(), Where.RECORD)
        card = AllKeysCard(self._keys, where, self._window)
        card.change_asked.connect(self._on_change_keys)
        card.open()

    def _on_change_keys(self) -> None:
        from ui.window.change_keys import ChangeKeysCard

        ChangeKeysCard(self._keys, self._window).open()

    def _on_report(self) -> None:
        from ui.session.problems import report
        from ui.window.report_card import ReportCard

        ReportCard(report(self.error, self._steps), self._window).open()

    def _on_about(self) -> None:
        from ui.window.report_card import AboutCard

        AboutCard(self._window).open()
