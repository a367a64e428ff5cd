"""Make the pictures of the documentation from the real window, light and dark.

    python docs/pictures.py [FOLDER]

Writes `NAME-light.png` and `NAME-dark.png` into `docs/pictures` (or FOLDER). The example review
is written into a folder of its own and thrown away afterwards. Needs no display.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import monotonic

from picture_files import (
    ELSEWHERE,
    PREVIEWED,
    show_in_order,
    write_early,
    write_studies,
    write_table,
)
from PIL import Image
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, qRgb
from PySide6.QtWidgets import QApplication, QWidget

from screener import open_project
from screener.example import CONTENT, write_example
from screener.model import Stage
from ui.answers.page import FormPage
from ui.application import build
from ui.consensus.page import ConsensusPage
from ui.duplicates.page import DuplicatesPage
from ui.protocol.new_review import NewReviewPage
from ui.report.page import ReportPage
from ui.screening.elsewhere_decisions import TakeDecisionsCard
from ui.screening.page import ScreeningPage
from ui.session.preferences import PreferencesFile
from ui.sources.page import SourcesPage
from ui.start.recent import Recent
from ui.studies.page import StudiesPage
from ui.widgets.card import Card
from ui.widgets.theme import Theme, look_of
from ui.window.window import Window

HERE = Path(__file__).resolve().parent
SIZE = (1280, 800)
SCHEMES = ("light", "dark")
SOON = 1000  # milliseconds
PATIENCE = 30  # seconds; what is waited for comes much earlier
COLOURS = 128
EXACT = 24  # colours of a picture that stay exactly what they are: its areas


class Pictures:
    """One window on one folder of files; each scene brings it to a page and takes its picture."""

    def __init__(self, folder: Path, window: Window) -> None:
        self._folder = folder
        self._window = window
        self.taken: list[Path] = []

    # --- how -------------------------------------------------------------------------------------

    def take(self, name: str) -> None:
        """Grab the window in every scheme."""
        look = look_of(self._window)
        wait(self._at_rest)
        # It begins with the scheme that is there: changing it takes longest.
        schemes = SCHEMES if look.theme.scheme == SCHEMES[0] else SCHEMES[::-1]
        for scheme in schemes:
            look.set_theme(Theme(scheme=scheme))
            settle()
            place = self._folder / f"{name}-{scheme}.png"
            place.write_bytes(small(self._window.grab().toImage()))
            self.taken.append(place)

    def _at_rest(self) -> bool:
        """Say whether nothing is about to change: no timer of less than a second runs."""
        timers = self._window.findChildren(QTimer)
        return not any(t.isActive() and t.isSingleShot() and t.interval() < SOON for t in timers)

    def open(self, path: Path) -> None:
        """Open a file; when it cannot be opened there is no picture to take."""
        if not self._window.open(path):
            message = f"{path} cannot be opened: {self._window.problem.sentence}"
            raise RuntimeError(message)
        settle()

    def go(self, stage: str) -> QWidget:
        """Show the page of a stage."""
        frame = self._window.frame
        assert frame is not None
        frame.go(stage)
        settle()
        page = frame.page
        assert page is not None
        return page

    def rest(self) -> None:
        """Wait until no long action runs."""
        session = self._window.session
        assert session is not None
        wait(lambda: not session.running)

    def press(self, *keys: Qt.Key) -> None:
        """Press keys, one after the other, where the keyboard is."""
        for key in keys:
            letter = chr(key).lower() if Qt.Key.Key_Space <= key <= Qt.Key.Key_Z else ""
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                target = QApplication.focusWidget() or self._window
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(target, event)
            settle()

    def close_card(self) -> None:
        """Close the card that lies over the window."""
        for card in self._window.findChildren(Card):
            if card.isVisible():
                card.close_card()
        settle()

    # --- what ------------------------------------------------------------------------------------

    def before_screening(self, early: Path, sources: Path) -> None:
        """Show the coordinator's pages until the copies are written."""
        window = self._window
        window.perform("new")
        page = window.centralWidget().findChild(NewReviewPage)
        assert page is not None
        page.load_file(CONTENT / "protocol.toml")
        page.focus_first()
        self.take("new-review")
        page.left.emit()
        self.open(early)
        self.go("protocol")
        self.take("protocol")
        self.go("screening")
        self.take("empty-page")
        found = self.go("sources")
        assert isinstance(found, SourcesPage)
        self.take("sources")
        found.import_files([sources / PREVIEWED])
        self.rest()
        self.take("import")
        found.importing.leave()
        found.import_files([write_table(sources)])
        self.rest()
        self.take("import-columns")
        found.importing.leave()
        groups = self.go("duplicates")
        assert isinstance(groups, DuplicatesPage)
        self.rest()
        self.take("duplicates")
        groups.show_at("runs")
        settle()
        self.take("duplicates-runs")
        groups.choose_settings()
        settle()
        self.take("duplicates-settings")

    def screening(self, copy: Path, fresh: Path) -> None:
        """Show a copy nobody began with, then one in the middle of title and abstract."""
        self.open(fresh)
        self.take("before-you-begin")
        self.open(copy)
        page = self.go(Stage.TITLE_ABSTRACT)
        assert isinstance(page, ScreeningPage)
        page.focus_first()
        # Met, not met: the suggestion is to exclude for the second criterion.
        key = Qt.Key
        self.press(key.Key_2, key.Key_A, key.Key_S)
        self.take("screening")
        self.press(key.Key_P)
        self.take("screening-folded")
        self.press(key.Key_P, key.Key_N)
        for letter in "ASK JONAS":
            self.press(Qt.Key(ord(letter)))
        self.take("screening-note")
        self.press(key.Key_Escape, key.Key_Equal)
        self.take("screening-duplicate")
        self.press(key.Key_Escape, key.Key_V)
        self.take("screening-list")
        self.press(key.Key_V)
        self._window.perform("take-decisions")
        (card,) = self._window.findChildren(TakeDecisionsCard)
        card.read(copy.with_name(ELSEWHERE))
        self.rest()
        settle()
        self.take("take-decisions")
        self.close_card()
        self._window.perform("all-keys")
        settle()
        self.take("all-keys")
        self.close_card()

    def full_text(self, copy: Path) -> None:
        """Show one reviewer at full text, asked for the reason of an exclusion."""
        self.open(copy)
        page = self.go(Stage.FULL_TEXT)
        assert isinstance(page, ScreeningPage)
        page.focus_first()
        self.press(Qt.Key.Key_E)
        self.take("full-text-screening")
        self.press(Qt.Key.Key_Escape)

    def meeting(self, project: Path, copies: list[Path]) -> None:
        """Show everything from the merge report to the agreement."""
        self.open(project)
        self.go("screening")
        self.take("reviewers")
        self.go("full-text")
        self.take("full-text")
        page = self.go("consensus")
        assert isinstance(page, ConsensusPage)
        page.check_files(copies)
        self.rest()
        settle()
        self.take("merge")
        page.merge.merge()
        self.rest()
        settle()
        page.show_step(Stage.FULL_TEXT)
        settle()
        page.focus_first()
        for _ in ("names", "everything"):
            page.perform("reveal")
            settle()
        self.take("consensus")
        self.press(Qt.Key.Key_E, Qt.Key.Key_2)
        self.take("consensus-settling")
        page.meeting.item.leave()
        for _ in ("names", "decisions", "record"):
            page.perform("reveal-less")
            settle()
        self.take("consensus-blind")
        page.perform("reveal")
        page.show_step(Stage.TITLE_ABSTRACT)
        page.show_agreement()
        settle()
        self.take("agreement")

    def studies(self, project: Path, copy: Path) -> None:
        """Show reports becoming studies, and the two kinds of forms in a reviewer's copy."""
        self.open(project)
        page = self.go("studies")
        assert isinstance(page, StudiesPage)
        rows = page.left.list.rows
        wait(lambda: rows.rowCount() > 0 and rows.row(0).looked)  # its hints are known
        page.focus_first()
        self.take("studies")
        self.open(copy)
        page = self.go("extraction")
        assert isinstance(page, FormPage)
        wait(lambda: not page.stale)
        for name, question in (("extraction", "design"), ("extraction-arms", "arm-n")):
            page.view.go_to((question, ""))
            settle()
            self.take(name)
        page = self.go("mqrs")
        wait(lambda: not page.stale)
        self.take("appraisal")
        self._window.close_review()

    def report(self) -> None:
        """Show the flow while something is open, what is behind a number, and a problem."""
        page = self.go("report")
        assert isinstance(page, ReportPage)
        self.take("report")
        page.show_behind("records_excluded")
        settle()
        self.take("report-records")
        page.show_diagram()
        self._window.say_problem(
            "The disk is full; the decision was not saved. Make room, then decide again."
        )
        settle()
        self.take("problem")
        self._window.close_review()

    def start(self, folder: Path) -> None:
        """Show the start page with what was open lately."""
        gone = Recent(
            path=str(folder / "Exercise" / "exercise.screener"),
            title="Exercise in depression: an update",
            uuid="gone",
            state="title and abstract, 300 of 2,114",
        )
        known = list(self._window.recent.files)
        self._window.recent.note(gone)
        for one in reversed(known):
            self._window.recent.note(one)
        self._window.start.focus_first()
        settle()
        self.take("start")


def settle() -> None:
    """Let the window do everything that waits to be done now."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def wait(condition: Callable[[], bool]) -> None:
    """Process events until a condition holds."""
    end = monotonic() + PATIENCE
    while not condition():
        if monotonic() > end:
            message = "What the picture waits for does not come."
            raise RuntimeError(message)
        QApplication.processEvents()
    settle()


def small(image: QImage) -> bytes:
    """Return an image as a PNG of few colours, none of its areas tinted."""
    picture = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (picture.width(), picture.height())
    line = picture.bytesPerLine()
    pixels = Image.frombytes("RGB", size, bytes(picture.constBits()), "raw", "RGB", line, 1)
    most = sorted(pixels.getcolors(size[0] * size[1]) or [], reverse=True)[:EXACT]
    rest = pixels.quantize(COLOURS - EXACT, method=Image.Quantize.MAXCOVERAGE).getpalette() or []
    colours = [colour for _, colour in most] + list(zip(*[iter(rest)] * 3, strict=True))
    few = picture.convertToFormat(
        QImage.Format.Format_Indexed8,
        [qRgb(*colour) for colour in colours],
        Qt.ImageConversionFlag.ThresholdDither,
    )
    places = Image.frombytes("P", size, bytes(few.constBits()), "raw", "P", few.bytesPerLine(), 1)
    places.putpalette([part for colour in colours for part in colour])
    out = BytesIO()
    places.save(out, "PNG", optimize=True)
    return out.getvalue()


def make(folder: Path, review: Path) -> list[Path]:
    """Write the files of every scene into a folder and take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    example = review / "Digital peer support"
    write_example(example)
    early, copy, fresh = write_early(review, example / "sources")
    at_full_text = review / "maya-full-text.screener"
    project = example / "project.screener"
    # Nobody waits for these hands.
    PreferencesFile().change(moment=0)
    with open_project(project) as open_:
        open_.consensus.write_copy("Maya Lindqvist", at_full_text)
    show_in_order(at_full_text)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    window = build(application)
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    pictures = Pictures(folder, window)
    pictures.before_screening(early, example / "sources")
    pictures.screening(copy, fresh)
    pictures.full_text(at_full_text)
    pictures.meeting(project, [example / "reviewer-a.screener", example / "reviewer-b.screener"])
    pictures.report()
    pictures.studies(*write_studies(review))
    pictures.start(review)
    window.close()
    return pictures.taken


def main(arguments: list[str]) -> None:
    """Take the pictures and say how large they are."""
    folder = Path(arguments[0]) if arguments else HERE / "pictures"
    began = monotonic()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="screener-pictures-") as work:
        person = Path(work) / "home"
        person.mkdir()
        os.environ["SCREENER_HOME"] = str(Path(work) / "settings")
        for name in ("HOME", "USERPROFILE"):  # files of this folder are shown without it
            os.environ[name] = str(person)
        taken = make(folder, person)
    size = sum(one.stat().st_size for one in taken)
    print(f"{len(taken)} pictures in {folder}: {size / 1e6:.1f} MB, {monotonic() - began:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
