"""The robot of the tests of the window: quick to see what came, slow to give up."""

from __future__ import annotations

import time

from pytestqt.exceptions import TimeoutError as LateError
from pytestqt.qtbot import QtBot

PATIENCE = 30_000
"""Milliseconds a test waits for what comes in a moment: other work may have the machine."""
_LOOK = 1  # milliseconds between two looks; pytest-qt's ten are most of what many tests take


class PatientBot(QtBot):
    """Waits on conditions, and gives up late."""

    def waitUntil(self, callback, *, timeout=PATIENCE):
        """Wait until a condition holds, or an assertion does (of a function without a result)."""
        until = time.monotonic() + timeout / 1000
        while True:
            try:
                if (held := callback()) is None or held:
                    return
                failed = None
            except AssertionError as error:
                failed = error
            if time.monotonic() > until:
                raise LateError(f"waitUntil timed out in {timeout} milliseconds") from failed
            self.wait(_LOOK)

    def waitSignal(self, signal, *, timeout=PATIENCE, **more):
        """Wait for a signal."""
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals, *, timeout=PATIENCE, **more):
        """Wait for several signals."""
        return super().waitSignals(signals, timeout=timeout, **more)

    def waitExposed(self, widget, *, timeout=PATIENCE):
        """Wait until a widget is on the screen."""
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget, *, timeout=PATIENCE):
        """Wait until a window is in front."""
        return super().waitActive(widget, timeout=timeout)
