"""One window for each project file: a second one brings the first to the front.

A lock file in the user's folder says which process has a file; a note beside it, watched by the
first window, asks that window to come forward. No network is used.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, QTimer, Signal

from screener import home
from screener.model import UserError

_AGAIN, _TRIES = 50, 40
_MEND = "end the program that holds it" if os.name == "nt" else "mend its permissions"


class Claim(QObject):
    """The claim of this window on one file; `raised` when another window asked for it.

    Making one is a `UserError` when the user's folder cannot be used.
    """

    raised = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder = home() / "windows"
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise self._unusable(error.strerror) from None
        place = os.path.normcase(os.path.realpath(path))  # on Windows in whatever case it is asked
        name = sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:20]
        self._note = folder / f"{name}.raise"
        self._lock = QLockFile(str(folder / f"{name}.lock"))
        self._lock.setStaleLockTime(0)  # stale only when its process is gone
        self._watcher: QFileSystemWatcher | None = None

    def take(self) -> bool:
        """Claim the file; False when another window has it, which is asked to come forward.

        `UserError` when nothing can be written into the user's folder.
        """
        if not self._lock.tryLock(0):
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                raise self._unusable("no file can be made in it")
            with suppress(OSError):  # Windows, while the first window takes the last one away
                self._note.write_text("raise", encoding="ascii")
            return False
        with suppress(OSError):  # then it stays where it is
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
        self._come_forward(_TRIES)

    def _come_forward(self, tries: int) -> None:
        """Take the note away and come forward; also when it has to stay, in the end."""
        if self._watcher is None or not self._note.exists():
            return
        try:
            self._note.unlink(missing_ok=True)
        except OSError:
            if tries:  # Windows, while the other window still has it open
                QTimer.singleShot(_AGAIN, self, lambda: self._come_forward(tries - 1))
                return
        self.raised.emit()

    def _unusable(self, why: str | None) -> UserError:
        return UserError(
            f"The program's own folder {self._folder} cannot be used ({why}); {_MEND} or make room "
            "there."
        )
