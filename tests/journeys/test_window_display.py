"""The program itself, on a display with a window manager: started, driven by keys, quit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from time import monotonic, sleep

import pytest

from screener import create_project, open_copy
from screener.model import Stage, Verdict
from screener.screening.screening import OrderBy

PATIENCE = 60  # seconds; what is waited for comes in a few of them
NEEDED = ("Xvfb", "openbox", "xdotool")
RECORDS = (
    "Peer support by smartphone for adults with schizophrenia",
    "A telephone reminder service in primary care",
    "Online forum moderated by peers after discharge",
    "Exercise groups for students",
)
STAGE = Stage.TITLE_ABSTRACT


def wait(condition, what):
    end = monotonic() + PATIENCE
    while not (found := condition()):
        assert monotonic() < end, f"{what} did not come"
        sleep(0.02)  # between two looks; never instead of one
    return found


@pytest.fixture
def display():
    """A display of its own with a window manager; ended with the test."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as numbers:
        number = numbers.readline().strip()
    assert number, "Xvfb gave no display"
    environment = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
    yield environment
    for process in (manager, server):
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture
def copy(tmp_path):
    """A reviewer's copy that nobody began with."""
    (tmp_path / "found.ris").write_text(
        "".join(f"TY  - JOUR\nTI  - {t}\nAB  - Words.\nER  - \n\n" for t in RECORDS),
        encoding="utf-8",
    )
    place = tmp_path / "maya.screener"
    with create_project(tmp_path / "project.screener", title="Driven by keys") as project:
        project.protocol.add_criterion("participants", include="Adults")
        project.protocol.add_criterion("interventions", include="Peers")
        project.sources.import_file(tmp_path / "found.ris", source="PubMed")
        project.consensus.write_copy("Maya Lindqvist", place)
    with open_copy(place) as mine:
        mine.screening.queues.set_order(OrderBy.IMPORTED)
    return place


class Driver:
    """The program as a process, and keys as the display gives them."""

    def __init__(self, environment, path):
        self._environment = environment
        self._path = path
        self.process = subprocess.Popen([sys.executable, "-m", "ui", str(path)], env=environment)
        self.window = self.tool("search", "--sync", "--onlyvisible", "--name", "Driven by keys")
        self.tool("windowactivate", "--sync", self.window.split()[0])

    def tool(self, *words):
        done = subprocess.run(
            ["xdotool", *words],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return done.stdout.strip()

    def press(self, *keys):
        self.tool("key", "--clearmodifiers", *keys)

    def press_and_save(self, *keys):
        """Press keys and wait until the file was written to."""
        before = self._path.stat().st_mtime_ns
        self.press(*keys)
        wait(lambda: self._path.stat().st_mtime_ns != before, f"what {keys} saves")


@pytest.mark.xvfb
def test_decisions_made_by_keys_on_a_display_are_in_the_file(display, copy, home):
    driver = Driver(display, copy)
    try:
        driver.press("Return")  # begin; the program remembers that this copy was begun
        begun = home / "preferences.json"
        wait(lambda: begun.is_file() and "Maya" in begun.read_text("utf-8"), "the screening page")
        driver.press_and_save("i")
        driver.press_and_save("2")
        driver.press_and_save("m")
        driver.press_and_save("BackSpace")
        driver.press("ctrl+q")
        assert driver.process.wait(PATIENCE) == 0
    finally:
        if driver.process.poll() is None:
            driver.process.kill()
            driver.process.wait(PATIENCE)
    with open_copy(copy) as mine:
        decided = {
            mine.units.get(unit).fields.title: mine.screening.decision(unit, STAGE)
            for unit in mine.units.ids()
        }
        third = [step.what for step in mine.history("3")]
        assert not mine.verify()
    assert decided[RECORDS[0]].verdict is Verdict.INCLUDE
    assert decided[RECORDS[1]].verdict is Verdict.EXCLUDE
    assert decided[RECORDS[1]].reason == "interventions"
    assert decided[RECORDS[2]] is None
    assert decided[RECORDS[3]] is None
    assert len(third) > 2, "the import, the decision and that it was taken back"
