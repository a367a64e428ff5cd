"""Python's garbage collector: it runs between gestures, never in the middle of one."""

from __future__ import annotations

import gc

from PySide6.QtCore import QEvent, QObject, QTimer

from ui.window.window import Window

REST = 1_500  # milliseconds without a key or a mouse button
FEW = 50_000
"""So many new objects are looked through within a few milliseconds."""
BETWEEN = 100  # milliseconds after a gesture: what it shows is painted by then
SOME = 5_000
"""So many new objects take a millisecond: who never rests does not fill the memory with them."""
_GESTURES = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Garbage(QObject):
    """Collects when nothing else is to be done, after a rest, and only among what is new.

    What is left is frozen: looking through all that an open file needs takes longer than a gesture
    may. Where more is new than can be looked through, it is what was derived from the file, and it
    is frozen as it is; frozen objects that nothing needs go all the same, only cycles of them stay
    until the file is closed.
    """

    def __init__(self, window: Window) -> None:
        """Watch a window that is shown."""
        super().__init__(window)
        gc.disable()
        self._closed = False
        self._rested = QTimer(self, singleShot=True, interval=REST)
        self._idle = QTimer(self, singleShot=True, interval=0)
        self._between = QTimer(self, singleShot=True, interval=BETWEEN)
        self._between.timeout.connect(self._on_between)
        self._rested.timeout.connect(self._idle.start)
        self._idle.timeout.connect(self._on_idle)
        window.review_closed.connect(self._on_closed)
        window.windowHandle().installEventFilter(self)
        self._rested.start()

    @property
    def waits(self) -> bool:
        """Whether it waits for a rest."""
        return self._rested.isActive() or self._idle.isActive()

    def _on_closed(self) -> None:
        self._closed = True
        gc.unfreeze()
        self._rested.start()

    def _on_between(self) -> None:
        if not self._closed and SOME < gc.get_count()[0] <= FEW:
            gc.collect()
            gc.freeze()

    def _on_idle(self) -> None:
        if self._closed or gc.get_count()[0] <= FEW:
            gc.collect()
        gc.freeze()
        self._closed = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to wait anew at every gesture."""
        del watched
        if event.type() in _GESTURES:
            self._rested.start()
            if not self._between.isActive():
                self._between.start()
        return False
