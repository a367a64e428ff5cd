"""From the key press to the next record painted, at 20,000 records, beside a control.

The control paints the same text with the same widgets and no project behind them. Both are
measured in turns in one process, offscreen: `python tests/benchmarks/run.py next_record`.
Asked for: median within 50 ms, 95 of 100 within 100 ms, median at most 1.5 times the control's.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from screener import create_project, open_copy
from screener.model import Criterion, Element, Entry, Fields, Protocol, Search, Stage
from screener.model.words import byline
from screener.sources.parsed import Entries, Parsed
from ui.screening.page import ScreeningPage, TitleAbstractPage
from ui.screening.sheet import Sheets
from ui.session.session import Session
from ui.widgets.criteria import CriteriaPanel
from ui.widgets.echo import EchoLine
from ui.widgets.header import PageHeader
from ui.widgets.record import RecordText, RecordView
from ui.widgets.theme import Look
from ui.widgets.words import Column, Row

SIZE = (1072, 772)
WORDS = {
    Element.PARTICIPANTS: ("schizophren*", "bipolar disorder"),
    Element.INTERVENTIONS: ("peer support", "smartphone"),
    Element.COMPARISONS: ("usual care",),
    Element.OUTCOMES: ("recovery", "feasib*"),
    Element.STUDY_DESIGN: ("randomi?ed",),
}
CRITERIA = tuple(
    Criterion(
        id=str(e),
        element=e,
        include=f"An include text of two lines, about {e}, as protocols have them",
        exclude=f"An exclude text about {e}",
        required_at=frozenset(Stage),
        highlight=words,
    )
    for e, words in WORDS.items()
)


def fields(number: int) -> Fields:
    """Return one invented record of ordinary length."""
    lines = (
        f"Background: Invented study {number} is about people with schizophrenia or bipolar "
        "disorder, who die earlier than others, largely of conditions that could be managed. "
        f"Methods: {20 + number % 300} adults used a smartphone application with peer support for "
        "twelve weeks; others had usual care. Centres took part in three invented towns, and "
        "interviews were held before, after and half a year later. "
    )
    more = (
        f"Results: {number % 97} of them finished it. Recovery changed in {number % 11} ways. " * 7
    )
    end = "Conclusions: The programme is feasible. A randomised trial should follow."
    return Fields(
        type="article",
        title=f"Invented record {number} about peer support by smartphone in schizophrenia",
        authors=("Okafor, Nina", "Brandt, S", "Lindholm, T"),
        year=2000 + number % 25,
        journal="Journal of Invented Psychiatry",
        doi=f"10.5555/bench.{number}",
        abstract=lines + more + end,
        keywords=("peer support", "telehealth", "self-management"),
    )


def make_copy(folder: Path, count: int) -> Path:
    """Write a reviewer's copy with so many records."""
    parsed = Parsed(
        file="bench.ris",
        format="ris",
        dialect="RIS",
        guess=Search(source="Bench"),
        digest="0" * 64,
        entries=Entries(Entry(fields=fields(n)) for n in range(1, count + 1)),
        skipped=(),
    )
    protocol = Protocol(title="Bench", criteria=CRITERIA)
    with create_project(folder / "p.screener", title="Bench", protocol=protocol) as project:
        project.sources.store(parsed, Search(source="Bench"))
        project.consensus.write_copy("A", folder / "a.screener")
    return folder / "a.screener"


class Control(QWidget):
    """The same widgets and texts, and nothing behind them."""

    def __init__(self, sheets: list[tuple[RecordText, tuple, tuple]], criteria=CRITERIA) -> None:
        super().__init__()
        self._sheets = sheets
        self._at = 0
        self.record = RecordView()
        self.panel = CriteriaPanel()
        self.panel.set_criteria(criteria)
        middle = Row(gap=0)
        middle.addWidget(self.record, 1)
        middle.addWidget(self.panel)
        column = Column(self, gap=0)
        column.addWidget(PageHeader("Title and abstract", "Pending"))
        column.addLayout(middle, 1)
        column.addWidget(EchoLine())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, title, abstract = self._sheets[self._at]
        self._at += 1
        self.record.show_record(text, title=title, abstract=abstract)
        self.panel.set_judgements({})
        self.panel.reset_mark()
        self.repaint()


class Clock:
    """Notes when a record view has finished painting."""

    def __init__(self) -> None:
        self.painted: dict[int, float] = {}
        paint = RecordView.paintEvent

        def timed(view: RecordView, event: object) -> None:
            paint(view, event)
            self.painted[id(view)] = time.perf_counter()

        RecordView.paintEvent = timed


def press(target: QWidget, view: RecordView, clock: Clock, key: Qt.Key, text: str) -> float:
    """Press a key and return the milliseconds until the record was painted."""
    clock.painted.clear()
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
    began = time.perf_counter()
    QApplication.sendEvent(target, event)
    handled = time.perf_counter()
    if id(view) not in clock.painted:
        raise SystemExit("The record was not painted while the key press was handled.")
    press.handled = (handled - began) * 1000
    return (clock.painted[id(view)] - began) * 1000


def texts(session: Session, page: ScreeningPage, count: int) -> list[tuple]:
    """Return what the page is going to show, prepared."""
    found = []
    sheets = Sheets(session.project, Stage.TITLE_ABSTRACT)
    for unit in page.model.line.ids[1 : count + 1]:
        sheet = sheets.read(unit, decided=False)
        text = RecordText(
            title=sheet.fields.title,
            byline=byline(sheet.fields),
            abstract=sheet.fields.abstract,
            keywords=sheet.fields.keywords,
        )
        found.append((text, sheet.highlights.title, sheet.highlights.abstract))
    return found


def share(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--presses", type=int, default=200)
    asked = parser.parse_args()
    application = QApplication(sys.argv[:1])
    Look.install(application)
    clock = Clock()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = make_copy(folder, asked.records)
        os.environ.setdefault("SCREENER_HOME", name)
        session = Session(open_copy(path))
        began = time.perf_counter()
        page = TitleAbstractPage(session)
        page.resize(*SIZE)
        page.show()
        application.processEvents()
        first = (time.perf_counter() - began) * 1000
        control = Control(texts(session, page, asked.presses))
        control.resize(*SIZE)
        control.show()
        application.processEvents()
        decided, moved, plain, handled = [], [], [], []
        for number in range(asked.presses):
            key, text = ((Qt.Key.Key_M, "m"), (Qt.Key.Key_2, "2"))[number % 2]
            record = page.reading.record
            decided.append(press(record, record, clock, key, text))
            handled.append(press.handled)
            application.processEvents()
            plain.append(press(control, control.record, clock, Qt.Key.Key_M, "m"))
            application.processEvents()
        for _ in range(asked.presses // 4):
            record = page.reading.record
            moved.append(press(record, record, clock, Qt.Key.Key_J, "j"))
            application.processEvents()
        page.close()
        session.close()
    print(f"page opened at {asked.records} records      {first:6.1f} ms")
    return judged(decided, handled, moved, plain)


def judged(
    decided: list[float], handled: list[float], moved: list[float], plain: list[float]
) -> int:
    """Print what was measured; return the exit status."""
    middle = statistics.median
    for words, values in (
        ("decision: next record painted", decided),
        ("decision: saved and said", handled),
        ("moving (J): record painted", moved),
        ("control: the same text painted", plain),
    ):
        print(f"{words:32} median {middle(values):6.1f} ms, p95 {share(values, 0.95):6.1f} ms")
    ratio = middle(decided) / middle(plain)
    print(f"ratio to the control: {ratio:.2f} (at most 1.3)")
    good = middle(decided) <= 50 and share(decided, 0.95) <= 100 and ratio <= 1.3
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
