"""What files hold: forged content, what is others', wrong clocks, and any order of merging."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from screener import merge_into, open_copy, open_project
from screener.model import UserError
from tests.robustness import faults, plants
from tests.robustness.frame import Row, Trial
from tests.robustness.operations import TA, ids_of
from tests.screener.conftest import Making
from tests.screener.consensus.test_copies import assert_clean

ROOT = Path(__file__).resolve().parents[3]
FORGED = "tests/screener/consensus/test_forged_files.py"
VERDICTS = ("include", "exclude", "maybe")
_QUIET = ("-W", "ignore::pytest.PytestAssertRewriteWarning")  # its plugins are loaded here already
YEARS_15 = 15 * 365 * 86_400
LETTERS = "abc"
REVIEWERS = ("Maya", "Jonas", "Zoe")


# --- forged content -------------------------------------------------------------------------------


def _kinds(_folder: Path) -> list[str]:
    """Return the tests of forged content, each a kind of it."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:randomly", FORGED]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted(line for line in found.stdout.splitlines() if "::" in line)


def _forged(trial: Trial) -> None:
    os.chdir(ROOT)
    one = trial.made[trial.seed % len(trial.made)]
    said = io.StringIO()
    options = ("-q", "-p", "no:randomly", "-p", "no:xdist", "--tb=line", *_QUIET, "--basetemp")
    with contextlib.redirect_stdout(said):
        status = pytest.main([*options, str(trial.folder / "pytest"), one])
    assert status == 0, f"{one} failed: {said.getvalue()[-1_500:]}"


# --- what is others' ------------------------------------------------------------------------------


def _leaks(trial: Trial) -> None:
    """A random review with secrets of everybody, and the copies that are written of it."""
    rng, folder = trial.rng, trial.folder / "review"
    records = rng.randint(1, 8)
    project = Making.review(folder, records=records, reviewers=REVIEWERS)
    secrets: dict[str, list[str]] = {}
    for letter, name in zip(LETTERS, REVIEWERS, strict=True):
        secrets[name] = [f"{letter}{rng.getrandbits(80):020x}-secret" for _ in range(3)]
        with open_copy(folder / f"{letter}.screener") as mine:
            for number in range(1, records + 1):
                if rng.random() < 0.8:
                    note = rng.choice(secrets[name])
                    Making.decide(mine, number, rng.choice(VERDICTS), note=note)
                if rng.random() < 0.3:
                    mine.screening.notes.set_flag(Making.uid(mine, number), TA, on=True)
            mine.screening.notes.set_own_words([("participants", secrets[name][0])])
            if rng.random() < 0.7:
                mine.screening.close(TA)
    merge_into(project, *(folder / f"{letter}.screener" for letter in LETTERS))
    with open_project(project) as review:
        if rng.random() < 0.5:
            Making.fill(review, folder, 2, mark="later", first=50)
        for name in REVIEWERS:
            review.consensus.write_copy(name, folder / f"{name}.screener")
    for name in REVIEWERS:
        others = [s.encode() for who, kept in secrets.items() if who != name for s in kept]
        assert_clean(folder / f"{name}.screener", project, name, others)


# --- wrong clocks ---------------------------------------------------------------------------------


def _clocks(trial: Trial) -> None:
    """The clock jumps while a copy is worked on, backed up, merged and read."""
    rng = trial.rng
    shutil.copytree(trial.made / "review", trial.folder / "review")
    shutil.copytree(trial.made / "home", trial.folder / "home")
    copy, project = (trial.folder / "review" / f"{name}.screener" for name in "ap")
    said: set[bytes] = set()
    backups = 0
    for _ in range(rng.randint(6, 20)):
        faults.set_clock(rng.choice([-YEARS_15, 0, YEARS_15]) + rng.randint(-10_000, 10_000))
        with open_copy(copy) as mine:
            for number in rng.sample(range(1, 6), 2):
                said.add(bytes.fromhex(Making.decide(mine, number, rng.choice(VERDICTS)).event))
            if rng.random() < 0.2:
                last = Making.decide(mine, 6, "maybe", note=f"{rng.random()}")
                assert mine.undo(), "the last decision is taken back, whatever its time"
                now = {d.event for d in mine.consensus.decisions(Making.uid(mine, 6), TA)}
                assert last.event not in now
            place = mine.backup()
            backups += 1
            listed = mine.backups()
            assert listed[0].path == place, "the newest backup is not the one just made"
            assert len(listed) >= min(backups, 10), "a backup among the last ten is gone"
            assert mine.history(Making.uid(mine, 1))
            assert mine.verify() == []
        assert ids_of(place) == ids_of(copy), "the backup is not the file"
        if rng.random() < 0.3:
            merge_into(project, copy)
    merge_into(project, copy)
    assert said <= ids_of(project) & ids_of(copy), "decisions are gone"
    Making.shown_at(project)


def _one_review(folder: Path) -> Path:
    Making.review(folder / "review", records=6)
    return folder


# --- any order ------------------------------------------------------------------------------------


class _Schedule:
    """Copies on computers, worked on, sent, duplicated and merged in a random order."""

    def __init__(self, trial: Trial) -> None:
        self.trial, self.rng = trial, trial.rng
        self.folder = trial.folder / "review"
        shutil.copytree(trial.made / "review", self.folder)
        shutil.copytree(trial.made / "home", trial.folder / "home")
        self.project = self.folder / "p.screener"
        self.copies = {letter: [self.folder / f"{letter}.screener"] for letter in "ab"}
        self.names = {"a": "Maya", "b": "Jonas"}
        self.sent: list[Path] = []
        self.count = 0

    def step(self) -> None:
        """Do one thing, on some computer."""
        computer = self.rng.choice(("home", "home", "laptop"))
        self.trial.computer(computer)
        things = (self.decide, self.decide, self.close, self.fork, self.send, self.send)
        if computer == "home":  # the project is the coordinator's, who has one computer
            things += (self.merge, self.merge, self.newer_copy, self.import_more, self.people)
        with contextlib.suppress(UserError):
            self.rng.choice(things)()

    def place(self, letter: str) -> Path:
        self.count += 1
        return self.folder / f"{letter}-{self.count}.screener"

    def any_copy(self) -> tuple[str, Path]:
        letter = self.rng.choice(sorted(self.copies))
        return letter, self.rng.choice(self.copies[letter])

    def decide(self) -> None:
        _, path = self.any_copy()
        with open_copy(path) as mine:
            for _ in range(self.rng.randint(1, 3)):
                number = self.rng.randint(1, mine.sources.count())
                Making.decide(mine, number, self.rng.choice(VERDICTS))
            if self.rng.random() < 0.2:
                mine.undo()

    def close(self) -> None:
        _, path = self.any_copy()
        with open_copy(path) as mine:
            if mine.screening.closed(TA):
                mine.screening.reopen(TA, "again")
            else:
                mine.screening.close(TA)

    def fork(self) -> None:
        letter, path = self.any_copy()
        self.copies[letter].append(Path(shutil.copy(path, self.place(letter))))

    def send(self) -> None:
        letter, path = self.any_copy()
        self.sent.append(Path(shutil.copy(path, self.place(f"sent-{letter}"))))

    def merge(self) -> None:
        into = self.project if self.rng.random() < 0.7 else self.any_copy()[1]
        some = self.rng.sample(self.sent, min(len(self.sent), self.rng.randint(1, 3)))
        if some:
            merge_into(into, *some)

    def newer_copy(self) -> None:
        letter = self.rng.choice(sorted(self.copies))
        place = self.place(letter)
        with open_project(self.project) as review:
            review.consensus.write_copy(self.names[letter], place)
        self.copies[letter].append(place)

    def import_more(self) -> None:
        self.count += 1
        with open_project(self.project) as review:
            Making.fill(review, self.folder, 1, mark=f"more{self.count}", first=self.count)

    def people(self) -> None:
        with open_project(self.project) as review:
            if "c" not in self.copies:
                place = self.place("c")
                review.consensus.write_copy("Zoe", place)
                self.copies["c"], self.names["c"] = [place], "Zoe"
            else:
                review.consensus.leave("Zoe", TA, "a new post")


def _schedule(trial: Trial) -> None:
    """Whatever happened, in whatever order it is merged: the same in the end, with everything."""
    made = _Schedule(trial)
    for _ in range(made.rng.randint(6, 16)):
        made.step()
    trial.computer()
    files = [*made.sent, *(path for paths in made.copies.values() for path in paths)]
    # What a forger or a bug would bring is refused; here everything is taken by one order at least.
    shows, ids = [], []
    for number in range(2):
        into = made.folder / f"end-{number}.screener"
        shutil.copy(made.project, into)
        order = made.rng.sample(files, len(files))
        while order:
            some = [order.pop() for _ in range(min(len(order), made.rng.randint(1, 3)))]
            merge_into(into, *some)
        shows.append(Making.shown_at(into))
        ids.append(ids_of(into))
    everything = ids_of(made.project).union(*(_own_of(path) for path in files))
    assert ids[0] == ids[1], "one order holds other events than the other"
    assert ids[0] == everything, f"{len(everything ^ ids[0])} events are lost or invented"
    for what in sorted(shows[0].keys() | shows[1].keys()):
        if shows[0].get(what) == shows[1].get(what):
            continue
        one, other = (repr(each.get(what)) for each in shows)
        at = next(
            (n for n, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1), 0
        )
        raise AssertionError(
            f"{what} differs: {one[at - 60 : at + 90]} | {other[at - 60 : at + 90]}"
        )


def _own_of(path: Path) -> set[bytes]:
    with open_project(path, write=False) as mine:
        rows = mine._file.rows(
            "SELECT e.id FROM event e JOIN log l ON l.id = e.log WHERE l.kind = 'reviewer'"
        )
        return {id_ for (id_,) in rows}


def _row(name: str, what: str, full: int, least: int, **more: object) -> Row:
    return Row(name=name, what=what, full=full, least=least, **more)  # type: ignore[arg-type]


ROWS = [
    _row("forged", "forged content: refused, and named where it is", 93, 6,
         trial=_forged, plant=plants.forgeries_are_admitted, prepare=_kinds),
    _row("leak", "copies of random reviews: no byte of anybody else", 334, 2,
         trial=_leaks, plant=plants.copies_have_everything),
    _row("clock", "the clock 15 years back or ahead", 200, 3,
         trial=_clocks, plant=plants.newest_by_the_clock, prepare=_one_review, needs_faults=True,
         steady=False),
    _row("schedule", "copies, computers, joiners, leavers and merges in any order", 10_000, 4,
         trial=_schedule, plant=plants.a_merge_forgets, prepare=_one_review),
]  # fmt: skip
