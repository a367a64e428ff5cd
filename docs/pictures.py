"""Make the pictures of the documentation from the real window, light and dark.

    python docs/pictures.py [FOLDER]

Writes `NAME-light.png` and `NAME-dark.png` into `docs/pictures` (or FOLDER). The example review
is written into a folder of its own and thrown away afterwards. Needs no display.
"""

from __future__ import annotations

import csv
import os
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable
from io import BytesIO
from itertools import islice
from pathlib import Path
from time import monotonic

from PIL import Image
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, qRgb
from PySide6.QtWidgets import QApplication, QWidget

from screener import Project, create_project, open_copy, open_project
from screener.example import CONTENT, write_example
from screener.model import SourceKind, Stage, Verdict
from screener.screening.screening import OrderBy
from ui.application import build
from ui.consensus.page import ConsensusPage
from ui.duplicates.page import DuplicatesPage
from ui.protocol.new_review import NewReviewPage
from ui.report.page import ReportPage
from ui.screening.elsewhere_decisions import TakeDecisionsCard
from ui.screening.page import ScreeningPage
from ui.sources.page import SourcesPage
from ui.start.recent import Recent
from ui.widgets.card import Card
from ui.widgets.theme import Theme, look_of
from ui.window.window import Window

HERE = Path(__file__).resolve().parent
SIZE = (1280, 800)
SCHEMES = ("light", "dark")
SOON = 1000  # milliseconds
PATIENCE = 30  # seconds; what is waited for comes much earlier
DECIDED = 46  # records that are decided before the picture of the screening page
PREVIEWED = "psycinfo.ris"  # one of its lines cannot be read
ELSEWHERE = "rayyan.csv"
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
        self.take("consensus")
        self.press(Qt.Key.Key_E, Qt.Key.Key_2)
        self.take("consensus-settling")
        page.meeting.item.leave()
        page.perform("reveal-less")
        page.perform("reveal-less")
        settle()
        self.take("consensus-blind")
        page.perform("reveal")
        page.perform("reveal")
        page.show_step(Stage.TITLE_ABSTRACT)
        page.show_agreement()
        settle()
        self.take("agreement")

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


def write_table(folder: Path) -> Path:
    """Write a table whose headings nobody knows."""
    table = folder / "from a colleague.csv"
    table.write_text(
        "Nr;Bezeichnung;Wer;Wann;Inhalt\n"
        "1;Peer support by text message;Okonedo, C.;2018;We asked 40 people.\n"
        "2;A forum for carers: what was read;Roth, J.;2019;Posts were counted.\n",
        encoding="utf-8",
    )
    return table


def write_elsewhere(mine: Project, table: Path) -> None:
    """Write decisions as Rayyan exports them: on some records of a copy, and on one it has not."""
    units = mine.units.load(mine.screening.queues.queue(Stage.TITLE_ABSTRACT))
    titles = [unit.fields.title for unit in islice(units, 12)]
    with table.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("key", "title", "notes"))
        for place, title in enumerate([*titles, "Letters between friends"]):
            word = "Excluded" if place % 3 else "Included"
            rows.writerow((place, title, f'RAYYAN-INCLUSION: {{"Maya Lindqvist"=>"{word}"}}'))


def write_early(folder: Path, sources: Path) -> tuple[Path, Path, Path]:
    """Write the same review as it was earlier: duplicates unanswered; a copy begun, and one not."""
    project = folder / "early.screener"
    copy, fresh = folder / "maya.screener", folder / "jonas.screener"
    searches = tomllib.loads((CONTENT / "searches.toml").read_text(encoding="utf-8"))["searches"]
    title = "Digital peer support"
    with create_project(project, title=title, protocol=CONTENT / "protocol.toml") as review:
        for search in searches:
            if search["file"] == PREVIEWED:
                continue
            review.sources.import_file(
                sources / search["file"],
                source=search["source"],
                kind=SourceKind(search["kind"]),
                platform=search["platform"],
                searched=search["searched"],
                strategy=search["strategy"].strip(),
                limits=search["limits"],
                filters=search["filters"],
                claimed=search["claimed"],
            )
        review.duplicates.join(review.duplicates.find().certain)
        shutil.copy(project, folder / "with-reviewer.screener")
    with open_project(folder / "with-reviewer.screener") as review:
        review.consensus.write_copy("Maya Lindqvist", copy)
        review.consensus.write_copy("Jonas Roth", fresh)
    verdicts = (Verdict.EXCLUDE, Verdict.EXCLUDE, Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE)
    stage = Stage.TITLE_ABSTRACT
    with open_copy(copy) as mine:
        for place, unit in enumerate(list(mine.screening.queues.queue(stage))[:DECIDED]):
            mine.screening.decide(unit, verdicts[place % len(verdicts)], stage=stage)
        write_elsewhere(mine, copy.with_name(ELSEWHERE))
    for made in (copy, fresh):
        show_in_order(made)
    return project, copy, fresh


def show_in_order(copy: Path) -> None:
    """Have a copy show its records as imported: a new one has them in another order each time."""
    with open_copy(copy) as mine:
        mine.screening.queues.set_order(OrderBy.IMPORTED)


def make(folder: Path, review: Path) -> list[Path]:
    """Write the files of every scene into a folder and take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    example = review / "Digital peer support"
    write_example(example)
    early, copy, fresh = write_early(review, example / "sources")
    at_full_text = review / "maya-full-text.screener"
    project = example / "project.screener"
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
