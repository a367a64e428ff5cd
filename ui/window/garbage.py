"""Python's garbage collector: it runs while the person rests, never in the middle of a gesture."""

from __future__ import annotations

import gc

from PySide6.QtCore import QEvent, QObject, QTimer

from ui.window.window import Window

REST = 1_500  # milliseconds without a key or a mouse button
_GESTURES = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Garbage(QObject):
    """Collects when nothing else is to be done, after a rest.

    What is there after the start, and after a file was opened, stays until the file is closed; it
    is frozen, because looking through all of it takes longer than a gesture may.
    """

    def __init__(self, window: Window) -> None:
        """Watch a window that is shown."""
        super().__init__(window)
        gc.disable()
        gc.freeze()
        self._opened = self._closed = False
        self._rested = QTimer(self, singleShot=True, interval=REST)
        self._idle = QTimer(self, singleShot=True, interval=0)
        self._rested.timeout.connect(self._idle.start)
        self._idle.timeout.connect(self._on_idle)
        window.review_changed.connect(self._on_review)
        window.windowHandle().installEventFilter(self)
        self._rested.start()

    @property
    def waits(self) -> bool:
        """Whether it waits for a rest."""
        return self._rested.isActive() or self._idle.isActive()

    def _on_review(self, is_open: bool) -> None:  # noqa: FBT001 - a slot
        self._opened = is_open
        if not is_open:
            self._closed = True
            gc.unfreeze()
        self._rested.start()

    def _on_idle(self) -> None:
        if self._closed or not self._opened:
            gc.collect()
        if self._opened:
            gc.freeze()
        self._opened = self._closed = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to wait anew at every gesture."""
        del watched
        if event.type() in _GESTURES:
            self._rested.start()
        return False
