"""The menu bar, made from the table of actions; it only says which action was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPlainTextEdit, QTextEdit

from ui.session.actions import ACTIONS, MENUS, Action, Files, Where, writes
from ui.session.keys import PORTABLE, Keys
from ui.widgets.menu import Menu

CHOICES = (
    (
        "scheme-system",
        "scheme-light",
        "scheme-dark",
        "scheme-contrast-light",
        "scheme-contrast-dark",
    ),
    ("face-serif", "face-sans"),
)
"""Entries of which one is marked."""


def _to_text(act: Callable[[_Text], object]) -> None:
    """Do to the text that has the keyboard what the Edit menu says."""
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit | QTextEdit | QPlainTextEdit):
        act(focus)


_Text = QLineEdit | QTextEdit | QPlainTextEdit
TEXT_ACTS: Mapping[str, Callable[[], None]] = {
    "cut-text": partial(_to_text, lambda text: text.cut()),
    "copy-text": partial(_to_text, lambda text: text.copy()),
    "paste-text": partial(_to_text, lambda text: text.paste()),
    "select-text": partial(_to_text, lambda text: text.selectAll()),
}

NATIVE = QKeySequence.SequenceFormat.NativeText
_ROLES = {"quit": QAction.MenuRole.QuitRole, "about": QAction.MenuRole.AboutRole}
"""Where a system puts entries of its own choice."""


class Menus(QObject):
    """Menus and window-wide keys; `chosen` carries the id of the action."""

    chosen = Signal(str)
    edit_opened = Signal()

    def __init__(
        self, window: QMainWindow, keys: Keys, on_page: Callable[[], Iterable[Action]]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._keys = keys
        self._entries: dict[str, QAction] = {}
        self._menus: dict[str, Menu] = {}
        for name in MENUS:
            menu = self._menus[name] = Menu(name, self._window.menuBar())
            self._window.menuBar().addMenu(menu)
        self._menus["Edit"].aboutToShow.connect(self.edit_opened)
        for action in ACTIONS:
            if action.where is Where.WINDOW:
                self._add(action)
        for names in CHOICES:
            group = QActionGroup(self)
            for name in names:
                self._entries[name].setCheckable(True)
                group.addAction(self._entries[name])
        self._on_page = on_page
        self._page = Menu("On this page", self._menus["Review"])
        self._menus["Review"].addSeparator()
        self._menus["Review"].addMenu(self._page)
        self._page.aboutToShow.connect(self._list_page)
        keys.changed.connect(self._show_keys)
        self._show_keys()
        self.set_file(Files.ALWAYS)

    def _add(self, action: Action) -> None:
        entry = QAction(action.name, self)
        entry.setObjectName(action.id)
        entry.setAutoRepeat(not writes(action.id))  # one press takes one thing back
        entry.triggered.connect(lambda: self.chosen.emit(action.id))
        self._entries[action.id] = entry
        # To the window too: its key acts also while the menu line is not shown.
        self._window.addAction(entry)
        if not action.menu:
            return
        if action.line:
            self._menus[action.menu].addSeparator()
        entry.setMenuRole(_ROLES.get(action.id, QAction.MenuRole.NoRole))
        self._menus[action.menu].addAction(entry)

    def _list_page(self) -> None:
        """List what can be done on the page that is shown, each with its key."""
        self._page.clear()
        for action in self._on_page():
            # As the system writes the keys of all other entries.
            key = QKeySequence(self._keys.first(action.id), PORTABLE).toString(NATIVE)
            # A tab: the key stands at the right and is no shortcut, which would act everywhere.
            entry = self._page.addAction(f"{action.name}\t{key}" if key else action.name)
            entry.triggered.connect(partial(self.chosen.emit, action.id))

    def _show_keys(self) -> None:
        for id_, entry in self._entries.items():
            entry.setShortcuts([QKeySequence(k, PORTABLE) for k in self._keys.of(id_)])

    def set_file(self, kind: Files) -> None:
        """Offer what can be done with the file that is open (`ALWAYS`: none is)."""
        self._menus["Review"].setTitle("Record" if kind is Files.COPY else "Review")
        for action in ACTIONS:
            entry = self._entries.get(action.id)
            if entry is None:
                continue
            other = action.files in (Files.PROJECT, Files.COPY) and action.files is not kind
            entry.setVisible(
                not (other and kind is not Files.ALWAYS)
                and action.files is not (Files.COPY if kind is Files.ALWAYS else None)
            )
            entry.setEnabled(action.files is Files.ALWAYS or kind is not Files.ALWAYS)

    def set_words(self, id_: str, words: str) -> None:
        """Write other words on an entry, such as "Take back: Exclude record"."""
        self._entries[id_].setText(words.replace("&", "&&"))

    def mark(self, id_: str) -> None:
        """Mark an entry of a choice as the one in force."""
        self._entries[id_].setChecked(True)

    def entry(self, id_: str) -> QAction:
        """Return one entry by the id of its action."""
        return self._entries[id_]
