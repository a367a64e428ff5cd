"""What was done in the form of a protocol, and undoing it; typing is undone by each field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

Field = QLineEdit | QPlainTextEdit
_UNDO, _REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act: what takes it back, what does it again, and the name of what it removed, or ""."""

    undo: Callable[[], object]
    redo: Callable[[], object]
    removed: str = ""


class Acts(QObject):
    """The acts of one form in their order.

    Ctrl+Z in a field undoes what was typed there since the last act, and then the act.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done: list[Act] = []
        self._undone: list[Act] = []
        self._typed: set[QObject] = set()

    @property
    def last(self) -> Act | None:
        """The act that would be undone next."""
        return self._done[-1] if self._done else None

    def clear(self) -> None:
        """Forget everything: the form was filled anew."""
        self._done.clear()
        self._undone.clear()
        self._typed.clear()

    def do(self, act: Act) -> None:
        """Do an act."""
        self._done.append(act)
        self._undone.clear()
        self._typed.clear()
        act.redo()

    def undo(self) -> None:
        """Undo the last act, if there is one."""
        if self._done:
            act = self._done.pop()
            self._undone.append(act)
            act.undo()

    def redo(self) -> None:
        """Do again what was undone last, if anything was."""
        if self._undone:
            act = self._undone.pop()
            self._done.append(act)
            act.redo()

    def watch(self, *fields: Field) -> None:
        """Take the keys of these fields when there is no typing to undo."""
        for field in fields:
            field.installEventFilter(self)
            (field.textEdited if isinstance(field, QLineEdit) else field.textChanged).connect(
                self._on_typed
            )

    def _on_typed(self) -> None:
        self._typed.add(self.sender())

    def takes(self, event: QKeyEvent) -> bool:
        """Undo or repeat where the key says so; says whether it did."""
        if event.matches(_UNDO):
            self.undo()
        elif event.matches(_REDO):
            self.redo()
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the key to a field in which something was typed since the last act."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        return not (watched in self._typed and _can(watched, event)) and self.takes(event)


def undoes(event: QKeyEvent) -> bool:
    """Say whether a key undoes or repeats."""
    return event.matches(_UNDO) or event.matches(_REDO)


def _can(field: QObject, event: QKeyEvent) -> bool:
    back = event.matches(_UNDO)
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() if back else field.isRedoAvailable()
    if isinstance(field, QPlainTextEdit):
        document = field.document()
        return document.isUndoAvailable() if back else document.isRedoAvailable()
    return False
