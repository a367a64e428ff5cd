"""The file under an open one's name, and the journal beside it, are others than they were."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from screener import open_copy, open_project, restore
from screener.model import UserError, Verdict
from screener.store import backups, journals
from tests.robustness import plants
from tests.robustness.frame import Row, Trial
from tests.robustness.operations import OPERATIONS, TA, Made, ids_of, lay_out
from tests.robustness.rows.kills import killed
from tests.screener.store.test_guard import HAPPENINGS


def _made(folder: Path) -> Made:
    lay_out(folder / "review")
    return Made(folder, None, None, 0, frozenset())


def _taken(trial: Trial) -> None:
    """A random number of decisions, a backup among them, and then the file is another one."""
    rng, folder = trial.rng, trial.made.laid_out(trial)
    path, other = folder / "a.screener", folder / "b.screener"
    saved: set[bytes] = set()
    with open_copy(path) as mine:
        units = mine.units.ids()

        def decide() -> None:
            made = mine.screening.decide(rng.choice(units), Verdict.EXCLUDE, stage=TA, note="n")
            saved.add(bytes.fromhex(made.event))

        for turn in range(rng.randint(1, 8)):
            decide()
            if turn == 0 or rng.random() < 0.2:
                mine.backup_if_changed()
        rng.choice(HAPPENINGS)(path, other)
        there = path.read_bytes() if path.exists() else None
        try:
            decide()
        except UserError:
            pass
        else:
            raise AssertionError("it was written on")
        assert mine.kept is not None
    assert there == (path.read_bytes() if path.exists() else None), "the other file was written to"
    assert saved <= ids_of(mine.kept), f"{len(saved - ids_of(mine.kept))} decisions were lost"


def _left_over(trial: Trial) -> None:
    """A process is killed while it saves; another file comes under the name of its file."""
    rng, folder = trial.rng, trial.made.laid_out(trial)
    kinds = {"deciding": "a", "decide-from": "a", "import": "p", "merge": "p"}
    operation = rng.choice([o for o in OPERATIONS if o.name in kinds])
    path = folder / operation.target
    others = [folder / "b.screener", folder / "backup.screener"]
    before = folder / "before.screener"
    shutil.copy(path, before)
    others.append(before)
    for _ in range(20):
        killed(operation.work, folder, rng.randint(20, 400))
        if journals.exists(path):
            break
        shutil.copy(before, path)
    other = rng.choice(others)
    whole = other.read_bytes()
    if rng.random() < 0.5:
        path.unlink()
    path.write_bytes(whole)
    with open_project(path, write=False) as read:
        assert read.verify() == []
    assert ids_of(path) == ids_of(other), "it holds something else than the file that came"
    with open_project(path) as review:
        assert review.verify() == []
    assert ids_of(path) == ids_of(other), "opening changed it"


_LOGGING = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("PRAGMA wal_autocheckpoint = 0")
db.execute(sys.argv[2])
os._exit(1)
"""
_CHANGES = (
    "VACUUM",
    "DELETE FROM current",
    "DELETE FROM own",
    "INSERT INTO own VALUES ('of another', hex(zeroblob(30000)))",
    "CREATE TABLE another AS SELECT * FROM event",
)


def _left_over_log(trial: Trial) -> None:
    """The write-ahead log of a program that ended lies beside another file than its own."""
    rng, folder = trial.rng, trial.made.laid_out(trial)
    names = ["a.screener", "b.screener", "p.screener", "backup.screener"]
    path, other = (folder / name for name in rng.sample(names, 2))
    elsewhere = folder / "elsewhere" / path.name
    elsewhere.parent.mkdir()
    shutil.copy(rng.choice([path, other]), elsewhere)
    subprocess.run([sys.executable, "-c", _LOGGING, elsewhere, rng.choice(_CHANGES)], check=False)
    log, index = (Path(f"{elsewhere}{ending}") for ending in ("-wal", "-shm"))
    whole, had = path.read_bytes(), ids_of(path)
    if rng.random() < 0.3:  # what was there is gone, and a backup comes in its place
        saved = folder / "saved.screener"
        path.rename(saved)
        shutil.copy(log, folder / f"{path.name}-wal")
        restore(saved, path)
        whole = path.read_bytes()
    else:
        shutil.copy(log, folder / f"{path.name}-wal")
    if rng.random() < 0.5:
        shutil.copy(index, folder / f"{path.name}-shm")
    beside = {each.name for each in folder.iterdir()}
    with open_project(path, write=False) as read:
        assert read.verify() == []
    assert backups.backups_of(path) is not None
    assert path.read_bytes() == whole, "reading wrote to it"
    assert beside == {each.name for each in folder.iterdir()}, "reading left something beside it"
    with open_project(path) as review:
        assert review.verify() == []
    assert ids_of(path) == had, "it holds something else than before"
    kept = [each.read_bytes() for each in folder.glob("*-left-over-*")]
    assert log.read_bytes() in kept, "the log is gone"


ROWS = [
    Row(
        name="taken-away",
        what="the open file is moved, removed, replaced, written over, or its folder renamed",
        full=500,
        least=8,
        trial=_taken,
        plant=plants.nobody_watches,
        prepare=_made,
    ),
    Row(
        name="left-over-journal",
        what="a journal of a crash, and another file under its name",
        full=200,
        least=8,
        trial=_left_over,
        plant=plants.every_journal_belongs,
        prepare=_made,
        needs_faults=True,
    ),
    Row(
        name="left-over-log",
        what="the write-ahead log of another file under the name of a file",
        full=200,
        least=8,
        trial=_left_over_log,
        plant=plants.every_journal_belongs,
        prepare=_made,
    ),
]
