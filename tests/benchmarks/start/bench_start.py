"""Process start to first paint of the start page, against a bare window.

Aim: at most 2.0 times a bare window that also imports sqlite_utils, median of nine interleaved.
Then the first screen of a 10,000-record copy: from the call that opens it to its record painted;
median and p95 are printed, the aim is 0.3 s.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from made import project

RUNS = 9
FIRST_PAINT = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Paint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.time(), flush=True)
            os._exit(0)  # before a teardown that is nobody's wait
        return False
"""
OURS = """
from ui.application import build, write_log
application = QApplication(sys.argv[:1])
write_log()
window = build(application)
paint = Paint()
for child in [window.start, *window.start.findChildren(QWidget)]:
    child.installEventFilter(paint)  # the page itself is covered by its parts
window.show()
window.start.focus_first()
application.exec()
"""
BARE = """
import sqlite_utils
application = QApplication(sys.argv[:1])
window = QWidget()
window.resize(1280, 800)
paint = Paint()
window.installEventFilter(paint)
window.show()
application.exec()
"""
FIRST_SCREEN = """
from pathlib import Path
from ui.application import build
application = QApplication(sys.argv[:1])
window = build(application)
window.resize(1280, 800)
window.show()
application.processEvents()
import screener.project, screener.report.report  # the start page has read them by then
start = time.time()
window.open(Path(sys.argv[1]))
application.processEvents()
print(time.time() - start, flush=True)
"""


def main() -> None:
    ours, bare = [], []
    for number in range(RUNS + 1):
        one, other = first_paint(OURS), first_paint(BARE)
        if number:  # the first of each warms the disk
            ours.append(one)
            bare.append(other)
    ratio = median(a / b for a, b in zip(ours, bare, strict=True))
    print(
        f"start page {median(ours):.3f} s, bare window {median(bare):.3f} s; ratio {ratio:.2f} "
        "(aim 2.0)"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project(folder, 10_000)
        times = [float(said(FIRST_SCREEN, folder / "a.screener")) for _ in range(RUNS)]
    p95 = quantiles(times, n=20)[-1]
    print(
        f"first screen of 10,000 records: median {median(times):.3f} s, p95 {p95:.3f} s (aim 0.3)"
    )


def first_paint(script: str) -> float:
    start = time.time()
    return float(said(script)) - start


def said(script: str, *arguments: object) -> str:
    command = [sys.executable, "-c", FIRST_PAINT + script, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return done.stdout.splitlines()[0]


if __name__ == "__main__":
    main()
