"""The start of the window: look, log, and what happens on an unexpected error."""

from __future__ import annotations

import importlib
import logging
import os
import sys
import threading
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from screener import home
from screener.model import UserError
from ui.session.keys import Keys
from ui.session.preferences import PreferencesFile
from ui.session.problems import Steps
from ui.widgets.theme import Look
from ui.window.appearance import theme_of
from ui.window.claim import Claim
from ui.window.garbage import Garbage
from ui.window.stages import COORDINATOR, COPY
from ui.window.window import Window

LOG_SIZE = 500_000
_RESOURCES = Path(__file__).resolve().parents[1] / "resources"

_log = logging.getLogger(__name__)


def run(arguments: list[str]) -> int:
    """Open the window, on the file that is named if one is, and stay until it is closed."""
    name_file_type()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("Screener")
    path = Path(arguments[0]) if arguments else None
    if path is not None and in_another_window(path):
        return 0
    window = build(application)
    sys.excepthook = partial(tell, window)
    window.show_at_first()
    Garbage(window)
    QTimer.singleShot(0, write_log)
    if path is not None:
        open_first(window, path)
    else:
        window.start.focus_first()
    # The code is read while the person looks at the first page.
    QTimer.singleShot(200, lambda: threading.Thread(target=read_code, daemon=True).start())
    return application.exec()


def name_file_type() -> None:
    """Tell Qt what a `.screener` file is, before it asks: where Qt's own file dialog is shown.

    That dialog looks into files whose ending it does not know. On POSIX a process that opens and
    closes a file drops all its locks on it, and another program could write into the open review.
    """
    if os.name == "posix" and sys.platform != "darwin":
        usual = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        if str(_RESOURCES) not in usual.split(os.pathsep):
            os.environ["XDG_DATA_DIRS"] = os.pathsep.join([usual, str(_RESOURCES)])


def open_first(window: Window, path: Path) -> None:
    """Open the file that was named; a fault of the program leaves the window with its report."""
    try:
        window.open(path)
    except Exception as error:  # noqa: BLE001 - nobody catches it before the window runs
        tell(window, type(error), error, error.__traceback__)


def build(application: QCoreApplication) -> Window:
    """Make the window with its look, keys and preferences; it is not shown yet."""
    assert isinstance(application, QApplication)
    preferences = PreferencesFile(application)
    Look.install(application, theme_of(preferences))
    return Window(preferences, Keys(preferences, application), Steps())


def in_another_window(path: Path) -> bool:
    """Say whether a window has this file already; it is asked to come to the front."""
    try:
        claim = Claim(path)
        if path.is_file() and not claim.take():
            return True
    except UserError:
        return False  # the window says why, when it opens the file
    claim.give_up()
    return False


def tell(
    window: Window, kind: type[BaseException], error: BaseException, at: TracebackType | None
) -> None:
    """Log an error of ours and offer a report; the window runs on, but an interrupt ends it."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, at)
        QCoreApplication.exit(130)
        return
    _log.error("Something went wrong", exc_info=(kind, error, at))
    window.report_crash(error)


def write_log() -> None:
    """Keep a log of at most two files in the user's folder."""
    from logging.handlers import RotatingFileHandler

    class PrivateLog(RotatingFileHandler):
        """An error may quote a record: nobody else on this computer reads the log."""

        def _open(self) -> TextIOWrapper:
            return open(self.baseFilename, "a", encoding="utf-8", opener=_private)

    folder = home() / "log"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        log = PrivateLog(
            folder / "screener.log", maxBytes=LOG_SIZE, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError as error:
        _log.warning("There is no log: %s", error)
        return
    log.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(log)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o600)  # a pipe is not waited for


def read_code() -> None:
    """Read the code of the core and of the pages, for which their first showing would wait."""
    # A project imports each stage when it is asked for; the report stands on all of them.
    for name in ("screener.report.report", "screener.files", "ui.window.frame",
                 "ui.answers.page", "screener.studies.hints"):  # fmt: skip
        importlib.import_module(name)
    for load in (*COORDINATOR.values(), *COPY.values()):
        load()
