"""Hands at a real window: 1,000 records decided and 200 discrepancies settled by real key events.

On a display of its own (Xvfb, openbox and xdotool must be installed, else it says so and skips) a
scripted reviewer presses at up to five keys a second; among them are keys that are held down and
keys that bounce (the same key twice within `moment`). Another settles discrepancies, with Enter
held or pressed twice. Both look at the screen as people do: where the next record does not come,
the window said that the key came too soon, and they press again; how often is printed. Afterwards
the files say what was recorded: exactly what was meant, by those who were present. The memory of
the window may grow by 5 MB after the first 200.

`python tests/benchmarks/run.py hands`; fewer with `--records N --items N`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from made import project
from PIL import ImageGrab

from screener import open_copy, open_project
from screener.model import Stage, Verdict
from screener.screening.screening import Draft, OrderBy

TA = Stage.TITLE_ABSTRACT
NEEDED = ("Xvfb", "openbox", "xdotool")
GROWTH = 5.0  # MB
RECORD = (230, 130, 1000, 340)
"""Where the title of the record is on the screen, and what is below it."""
PATIENCE = 0.5  # seconds in which another record may still come
MEANS = {
    "i": (Verdict.INCLUDE, ""),
    "m": (Verdict.MAYBE, ""),
    "e": (Verdict.EXCLUDE, ""),
    "2": (Verdict.EXCLUDE, "interventions"),
    "3": (Verdict.EXCLUDE, "comparisons"),
}


class Display:
    """A display with a window manager, the program on it, and hands."""

    def __init__(self, path: Path) -> None:
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as numbers:
            number = numbers.readline().strip()
        self._name = f":{number}"
        self._environment = {**os.environ, "DISPLAY": self._name, "QT_QPA_PLATFORM": "xcb"}
        self._manager = subprocess.Popen(
            ["openbox"], env=self._environment, stderr=subprocess.DEVNULL
        )
        self.program = subprocess.Popen(
            [sys.executable, "-m", "ui", str(path)], env=self._environment
        )
        window = self.tool("search", "--sync", "--onlyvisible", "--name", "Benchmark")
        self.tool("windowactivate", "--sync", window.split()[0])
        time.sleep(2)

    def tool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env=self._environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout

    def press(self, key: str) -> None:
        self.tool("key", key)

    def hold(self, key: str, seconds: float) -> None:
        self.tool("keydown", key, "sleep", f"{seconds:.2f}", "keyup", key)

    def bounce(self, key: str, apart: float) -> None:
        self.tool("key", key, "sleep", f"{apart:.3f}", "key", key)

    def seen(self) -> bytes:
        """Return what stands where the title of the record is."""
        return ImageGrab.grab(RECORD, xdisplay=self._name).tobytes()

    def memory(self) -> float:
        """Return the resident memory of the program in MB."""
        status = Path(f"/proc/{self.program.pid}/status").read_text("utf-8")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def end(self) -> None:
        """Quit the program, and take the display down."""
        self.press("ctrl+q")
        self.program.wait(60)
        for process in (self._manager, self._server):
            process.terminate()
            process.wait(30)


def press_until_next(rng: random.Random, screen: Display, key: str) -> int:
    """Press a key until another record is there, as a person does; returns how often again."""
    before, again = screen.seen(), 0
    some_press(rng, screen, key)
    while screen.seen() == before:
        time.sleep(PATIENCE)
        if screen.seen() == before:
            again += 1
            some_press(rng, screen, key)
    return again


def some_press(rng: random.Random, screen: Display, key: str) -> None:
    """Press a key as hands do."""
    how = rng.choices(("tap", "hold", "bounce"), (8, 1, 1))[0]
    if how == "tap":
        screen.press(key)
    elif how == "hold":
        screen.hold(key, rng.uniform(0.15, 1.2))
    else:
        screen.bounce(key, rng.uniform(0.03, 0.1))
    # A press on purpose comes after a look: within five a second.
    time.sleep(rng.uniform(0.2, 0.3))


def review(folder: Path, records: int) -> bool:
    """Decide records; says whether exactly what was meant is recorded."""
    project(folder, records + 20)
    place = folder / "a.screener"
    with open_copy(place) as mine:
        mine.screening.queues.set_order(OrderBy.IMPORTED)
        units = mine.screening.queues.queue(TA)[:records]
    rng = random.Random(7)
    meant = [rng.choice(list(MEANS)) for _ in units]
    screen = Display(place)
    screen.press("Return")  # before you begin
    time.sleep(1.5)
    began, early, again = time.monotonic(), 0.0, 0
    for number, key in enumerate(meant):
        again += press_until_next(rng, screen, key)
        if number == 200:
            early = screen.memory()
    late, took = screen.memory(), time.monotonic() - began
    screen.end()
    with open_copy(place) as mine:
        wrong = 0
        for unit, key in zip(units, meant, strict=True):
            decision = mine.screening.decision(unit, TA)
            said = (decision.verdict, decision.reason) if decision else None
            wrong += said != MEANS[key]
        decided = mine.screening.progress(TA).decided
    grown = late - early if early else 0.0
    print(
        f"{records} records by keys in {took:.0f} s: {decided} decided, {wrong} otherwise than "
        f"meant, {again} pressed again; memory {late:.0f} MB, grown by {grown:.1f} MB after the "
        f"first 200 (aim {GROWTH})"
    )
    return decided == records and not wrong and grown < GROWTH


def meeting(folder: Path, items: int) -> bool:
    """Settle discrepancies; says whether each is settled as pressed, by those present."""
    path = project(folder, items)
    for name, verdict in (("a", Verdict.INCLUDE), ("b", Verdict.EXCLUDE)):
        with open_copy(folder / f"{name}.screener") as mine:
            units = mine.screening.queues.queue(TA)
            reason = "" if verdict is Verdict.INCLUDE else "interventions"
            drafts = [Draft(unit=u, verdict=verdict, reason=reason) for u in units]
            mine.screening.decisions.decide_many(drafts, stage=TA)
            mine.screening.close(TA)
    with open_project(path) as coordinator:
        coordinator.consensus.merge(folder / "a.screener", folder / "b.screener")
        units = coordinator.units.ids()
    rng = random.Random(8)
    screen = Display(path)
    screen.press("ctrl+5")
    time.sleep(2)
    screen.press("Return")  # who is present
    time.sleep(1)
    meant = [rng.choice(("i", "e", "Left", "Right")) for _ in units]
    again = 0
    for number, key in enumerate(meant):
        screen.press(key)
        time.sleep(0.15)
        screen.tool("type", "--delay", "15", f"reason {number}")
        again += press_until_next(rng, screen, "Return")
    screen.end()
    means = {"i": "include", "e": "exclude", "Left": "include", "Right": "exclude"}
    with open_project(path, write=False) as coordinator:
        agreed = coordinator.consensus.agreed(TA)
        people = ("A", "B")
        wrong = sum(
            [(c.value, c.why, tuple(c.by)) for c in agreed.get(unit, ())]
            != [(means[key], f"reason {number}", people)]
            for number, (unit, key) in enumerate(zip(units, meant, strict=True))
        )
        names = [person.name for person in coordinator.consensus.people()]
    print(
        f"{items} discrepancies: {len(agreed)} settled, {wrong} otherwise than pressed or by "
        f"others, Enter {again} times again; people of the review: {', '.join(names)}"
    )
    return not wrong and names == list(people)


def main() -> int:
    """Run both, where a display can be had."""
    words = argparse.ArgumentParser()
    words.add_argument("--records", type=int, default=1000)
    words.add_argument("--items", type=int, default=200)
    asked = words.parse_args()
    if missing := [name for name in NEEDED if shutil.which(name) is None]:
        print(f"skipped: not installed: {', '.join(missing)}")
        return 0
    good = True
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        if asked.records:
            good &= review(Path(one), asked.records)
        if asked.items:
            good &= meeting(Path(other), asked.items)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
