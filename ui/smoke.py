"""`screener --smoke-test`: an installed program tries itself on the example, and nobody sees it.

Everything is written into a folder that is thrown away, settings too. Each line says what was done
and is printed when it was: the first one when the first page was painted.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.application import build
from ui.session.page import Page
from ui.session.preferences import PreferencesFile
from ui.window.window import Window

OFFSCREEN = ["-platform", "offscreen"]
"""As words for Qt: Wine keeps environment variables that begin with QT_ to itself."""
PATIENCE = 120
"""Seconds: a loaded machine is slow, a broken one never comes to it."""

if TYPE_CHECKING:
    from screener import Project

_Kind = TypeVar("_Kind")


class SmokeError(Exception):
    """Something that an installed program has to do was not done; says what."""


def run() -> int:
    """Try the program; return its exit status, with one line on standard error when it failed."""
    # On Windows some process may still have a file of it open for a moment.
    with tempfile.TemporaryDirectory(
        prefix="screener smoke tést ", ignore_cleanup_errors=True
    ) as made:
        os.environ["SCREENER_HOME"] = str(Path(made) / "settings")
        try:
            _try(Path(made))
        except Exception as error:  # noqa: BLE001 - whatever it is, the test failed
            print(  # noqa: T201 - this is its output
                f"The smoke test failed: {type(error).__name__}: {error}", file=sys.stderr
            )
            return 1
    return 0


def _try(folder: Path) -> None:
    chosen = [] if os.environ.get("QT_QPA_PLATFORM") else OFFSCREEN
    application = QApplication.instance() or QApplication(["screener", *chosen])
    PreferencesFile().change(moment=0)  # nobody waits for these hands
    window = build(application)
    window.show()
    try:
        _painted(window)
        _say("the window is there")
        example = folder / "example"
        _write(example, folder / "copy.screener")
        _decide(window, folder / "copy.screener")
        _merge(window, example / "project.screener")
        _draw(window, folder)
    finally:
        window.close()
    window.deleteLater()
    _settle()


def _write(example: Path, copy: Path) -> None:
    """Write the example, and a copy in which full text is to be screened."""
    from screener import open_project
    from screener.example import write_example

    write_example(example)
    with open_project(example / "project.screener") as review:
        review.consensus.write_copy("Maya Lindqvist", copy)
    _say("the example is written")


def _decide(window: Window, copy: Path) -> None:
    """Include the first record of a copy by its key."""
    from screener import open_project
    from screener.model import Stage
    from ui.screening.page import ScreeningPage

    _open(window, copy)
    before = _review(window).screening.progress(Stage.FULL_TEXT).decided
    page = _page(window, "full-text", ScreeningPage)
    page.focus_first()
    _press(Qt.Key.Key_I)
    window.close_review()
    with open_project(copy, write=False) as mine:
        _must(mine.screening.progress(Stage.FULL_TEXT).decided == before + 1, "nothing was decided")
    _say("a record is decided")


def _merge(window: Window, project: Path) -> None:
    """Merge both reviewers' copies in the window."""
    from screener.model import Stage
    from ui.consensus.page import ConsensusPage

    _open(window, project)
    page = _page(window, "consensus", ConsensusPage)
    page.check_files([project.with_name(f"reviewer-{one}.screener") for one in "ab"])
    _rest(window)
    page.merge.merge()
    _rest(window)
    _must(any(_review(window).consensus.discrepancies(Stage.FULL_TEXT)), "nothing was merged")
    _say("two copies are merged")


def _draw(window: Window, folder: Path) -> None:
    """Paint the report's page, and write the diagram and the report in every format."""
    from screener.report.saving import PICTURES, save
    from ui.report.page import ReportPage

    _page(window, "report", ReportPage)
    _painted(window)
    review = _review(window)
    flow = review.report.flow()
    for ending in PICTURES:
        save(flow, folder / f"flow{ending}")
    for ending in (".docx", ".pdf", ".html", ".xlsx"):
        review.manuscript.write(folder / f"report{ending}")
    _must(all(one.stat().st_size > 0 for one in folder.glob("*.*")), "an empty file was written")
    _say("the diagram and the report are drawn")


# --- the window ----------------------------------------------------------------------------------


def _open(window: Window, path: Path) -> None:
    _must(window.open(path), f"{path.name} was not opened: {window.problem.sentence}")
    _settle()


def _review(window: Window) -> Project:
    session = window.session
    assert session is not None
    return session.project


def _page(window: Window, stage: str, kind: type[_Kind]) -> _Kind:
    """Show the page of a stage."""
    assert window.frame is not None
    window.frame.go(stage)
    _settle()
    page: Page | None = window.frame.page
    if not isinstance(page, kind):
        raise SmokeError(f"the page {stage} is not shown")
    return page


def _press(key: Qt.Key) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        target: QWidget | None = QApplication.focusWidget()
        if target is None:
            raise SmokeError("no part of the window has the keyboard")
        letter = chr(key).lower()
        QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))
        _settle()


def _painted(window: Window) -> None:
    """See that the window paints more than one colour."""
    _settle()
    image = window.grab().toImage()
    step = max(1, image.height() // 97)
    seen = {
        image.pixel(x, y)
        for y in range(0, image.height(), step)
        for x in range(0, image.width(), step)
    }
    _must(len(seen) > 2, "the window is empty")


def _rest(window: Window) -> None:
    """Wait until no long action runs."""
    session = window.session
    assert session is not None
    _wait(lambda: not session.running)


def _wait(condition: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not condition():
        _must(monotonic() < end, "what runs does not come to its end")
        QApplication.processEvents()
    _settle()


def _settle() -> None:
    """Let the window do everything that waits to be done now."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def _must(true: bool, lacking: str) -> None:
    if not true:
        raise SmokeError(lacking)


def _say(done: str) -> None:
    print(f"Smoke test: {done}.", flush=True)  # noqa: T201 - this is its output
