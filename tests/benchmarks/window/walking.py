"""Gestures in a real window, and what each costs the person who makes it."""

from __future__ import annotations

import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from screener.model import UserError
from ui.window.window import Window

Key, Mod = Qt.Key, Qt.KeyboardModifier
REST = 0.36
"""Seconds the window is watched after a gesture: the rail follows 0.3 seconds after a change."""


class Watched(Window):
    """A window that notes when it has painted what waited to be painted."""

    painted: tuple[float, float] = (0.0, 0.0)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.UpdateRequest:
            self.painted = (time.perf_counter(), time.thread_time())
        return done


@dataclass
class Cost:
    """What one kind of gesture cost: milliseconds by the clock and of the thread's processor."""

    first: bool = False
    painted: list[tuple[float, float]] = field(default_factory=list)
    blocked: list[tuple[float, float]] = field(default_factory=list)

    def milliseconds(self, which: int) -> tuple[float, float, float, float]:
        """Return median, 95 of 100 and the longest until painted, and the longest block."""
        values = sorted(one[which] for one in self.painted)
        high = values[min(len(values) - 1, int(len(values) * 0.95))]
        blocked = max(one[which] for one in self.blocked)
        return statistics.median(values), high, values[-1], blocked


class Walk:
    """Makes gestures one after the other and keeps what each cost."""

    def __init__(self, window: Watched, *, prefix: str = "", backup: bool = False) -> None:
        self.window = window
        self.costs: dict[str, Cost] = defaultdict(Cost)
        self.prefix = prefix
        self.backup = backup
        self.grown: dict[str, float] = defaultdict(float)
        """By gesture, by how many megabytes the most that the process ever had grew with it."""

    def do(
        self, name: str, gesture: Callable[[], object], *, rest: float = REST, first: bool = False
    ) -> None:
        """Make a gesture; watch until it is painted, what it began has ended, and `rest` is over.

        A gesture that is the `first` after opening may take longer.
        """
        self._keep_backing_up()
        cost = self.costs[self.prefix + name]
        cost.first = cost.first or first
        before = megabytes()
        clock, used = time.perf_counter(), time.thread_time()
        self.window.painted = (0.0, 0.0)
        gesture()
        QApplication.processEvents()
        now = (time.perf_counter(), time.thread_time())
        last = self.window.painted if self.window.painted[0] else now
        cost.painted.append(((last[0] - clock) * 1000, (last[1] - used) * 1000))
        worst = [(now[0] - clock) * 1000, (now[1] - used) * 1000]
        self._watch(rest, worst)
        cost.blocked.append((worst[0], worst[1]))
        self.grown[self.prefix + name] += megabytes() - before

    def _watch(self, rest: float, worst: list[float]) -> None:
        end = time.perf_counter() + rest
        while time.perf_counter() < end or self._works():
            time.sleep(0.002)
            clock, used = time.perf_counter(), time.thread_time()
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            worst[0] = max(worst[0], (time.perf_counter() - clock) * 1000)
            worst[1] = max(worst[1], (time.thread_time() - used) * 1000)

    def _works(self) -> bool:
        session = self.window.session
        if session is None or not self.backup:
            return session is not None and session.running
        return session._task is not None  # the backup goes on beside the gestures

    def _keep_backing_up(self) -> None:
        session = self.window.session
        if not self.backup or session is None or session.running:
            return
        try:
            session.run(lambda project, progress: project.backup(None, progress), writes=False,
                        beside=True)  # fmt: skip
        except UserError:
            return

    def rest(self, seconds: float = REST) -> None:
        """Let the window come to rest without counting it."""
        self._watch(seconds, [0.0, 0.0])

    # --- keys and the mouse ----------------------------------------------------------------------

    def key(
        self, name: str, key: Qt.Key | str, mod: Mod = Mod.NoModifier, *, rest: float = REST
    ) -> None:
        """Press and release a key, as the system would send it to the window."""
        self.do(name, lambda: QTest.keyClick(self.window.windowHandle(), key, mod), rest=rest)

    def letters(self, name: str, words: str) -> None:
        """Type letter by letter, each of them a gesture."""
        for letter in words:
            self.key(name, letter, rest=0.03)

    def click(self, name: str, widget: QWidget, at: QPoint | None = None) -> None:
        """Press and release the left button on a widget."""
        place = widget.mapTo(self.window, at or widget.rect().center())
        left = Qt.MouseButton.LeftButton
        self.do(
            name,
            lambda: QTest.mouseClick(self.window.windowHandle(), left, Mod.NoModifier, place),
        )

    def expect(self, true: object, what: str) -> None:
        """Stop where a gesture did not do what it stands for: its cost would mean nothing."""
        if not true:
            focus = self.window.focusWidget()
            problem = self.window.session.problem if self.window.session else None
            raise SystemExit(f"{self.prefix}{what} did not happen (focus {focus}, {problem})")


def megabytes() -> float:
    """Return the most memory this process had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
