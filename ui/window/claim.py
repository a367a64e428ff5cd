"""One window for each project file: a second one brings the first to the front.

A lock file in the user's folder says which process has a file; a note beside it, watched by the
first window, asks that window to come forward. No network is used.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

from screener import home


class Claim(QObject):
    """The claim of this window on one file; `raised` when another window asked for it."""

    raised = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = home() / "windows"
        folder.mkdir(exist_ok=True)
        name = sha256(os.path.realpath(path).encode("utf-8", "surrogatepass")).hexdigest()[:20]
        self._note = folder / f"{name}.raise"
        self._lock = QLockFile(str(folder / f"{name}.lock"))
        self._lock.setStaleLockTime(0)  # stale only when its process is gone
        self._watcher: QFileSystemWatcher | None = None

    def take(self) -> bool:
        """Claim the file; False when another window has it, which is asked to come forward."""
        if not self._lock.tryLock(0):
            self._note.write_text("raise", encoding="ascii")
            return False
        self._note.unlink(missing_ok=True)
        self._watcher = QFileSystemWatcher([str(self._note.parent)], self)
        self._watcher.directoryChanged.connect(self._on_changed)
        return True

    def give_up(self) -> None:
        """Let other windows have the file."""
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None
        self._lock.unlock()

    def _on_changed(self) -> None:
        if self._note.exists():
            self._note.unlink(missing_ok=True)
            self.raised.emit()
