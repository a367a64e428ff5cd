"""What a person does to files, each as one piece of work: to be stopped, refused, cut off."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screener import create_project, merge_into, open_copy, open_project, restore
from screener.cli.screening import drafts_from
from screener.model import Stage, Verdict
from screener.store import paths
from tests.robustness import faults
from tests.robustness.frame import Trial
from tests.screener.conftest import Making

TA = Stage.TITLE_ABSTRACT
RECORDS, COMING = 12, 20
Say = Callable[[str], None]


@dataclass(frozen=True)
class Operation:
    """One piece of work in a folder of files, and the file that is as before it or as after it."""

    name: str
    target: str
    work: Callable[[Path, Say], None]
    """Does it in a folder; says each thing it has acknowledged."""


def opened(path, *, copy=False):
    """An open file with a cache so small that changed pages go to the file early."""
    review = (open_copy if copy else open_project)(path)
    review._file.connection.execute("PRAGMA cache_size = 2")
    return review


def decide(folder, say):
    with opened(folder / "a.screener", copy=True) as mine:
        for turn, unit in enumerate(mine.units.ids()[:8]):
            verdict = Verdict.EXCLUDE if turn % 2 else Verdict.INCLUDE
            say(mine.screening.decide(unit, verdict, stage=TA, note=f"note {turn}").event)


def decide_from(folder, say):
    with opened(folder / "a.screener", copy=True) as mine:
        drafts = drafts_from(mine, folder / "decisions.csv", TA)
        mine.screening.decisions.decide_many(drafts, stage=TA)
        say("done")


def import_(folder, say):
    with opened(folder / "p.screener") as review:
        review.sources.import_file(folder / "more.ris", source="Embase")
        say("done")


def find_duplicates(folder, say):
    with opened(folder / "p.screener") as review:
        review.duplicates.join(review.duplicates.find().certain)
        say("done")


def merge(folder, say):
    with opened(folder / "p.screener") as review:
        review.consensus.merge(folder / "b.screener", folder / "c.screener")
        say("done")


def merge_new(folder, say):
    merge_into(folder / "made.screener", folder / "b.screener", folder / "c.screener")
    say("done")


def copy(folder, say):
    with opened(folder / "p.screener") as review:
        review.consensus.write_copy("Ruth", folder / "made.screener")
        say("done")


def backup(folder, say):
    with opened(folder / "p.screener") as review:
        review.backup(folder / "made.screener")
        say("done")


def restore_(folder, say):
    restore(folder / "backup.screener", folder / "made.screener")
    say("done")


def export(folder, say):
    with open_project(folder / "p.screener", write=False) as review:
        review.report.export(folder / "made.csv")
        say("done")


def new(folder, say):
    create_project(folder / "made.screener", title="New", protocol=Making.protocol).close()
    say("done")


OPERATIONS = [
    Operation("deciding", "a.screener", decide),
    Operation("import", "p.screener", import_),
    Operation("duplicates", "p.screener", find_duplicates),
    Operation("merge", "p.screener", merge),
    Operation("merge-new", "made.screener", merge_new),
    Operation("copy", "made.screener", copy),
    Operation("backup", "made.screener", backup),
    Operation("restore", "made.screener", restore_),
    Operation("export", "made.csv", export),
    Operation("new", "made.screener", new),
    Operation("decide-from", "a.screener", decide_from),
]


def lay_out(folder: Path) -> None:
    """Make the files that operations work on: Maya has decided nothing, Jonas and Zoe have."""
    project = Making.review(folder, records=RECORDS, reviewers=("Maya", "Jonas", "Zoe"))
    for letter, verdict in (("b", "exclude"), ("c", "include")):
        Making.screen(folder / f"{letter}.screener", dict.fromkeys(range(1, RECORDS + 1), verdict))
    Making.write_ris(folder / "more.ris", COMING, mark="more")
    with open_project(project) as review:
        twice = Making.write_ris(folder / "twice.ris", 5, first=1)
        review.sources.import_file(twice, source="Embase")
        review.backup(folder / "backup.screener")
    lines = [f"{n},exclude,a long note of record {n} {'x' * 300}" for n in range(1, RECORDS + 1)]
    table = "\n".join(["record,verdict,note", *lines])
    (folder / "decisions.csv").write_text(table, encoding="utf-8")


def state(path: Path) -> Any:
    """What a file is: None when it is not there, else how many records and events it holds."""
    if not path.exists():
        return None
    if path.suffix != ".screener":
        return path.read_bytes()
    with open_project(path, write=False) as review:
        assert review.verify() == [], path.name
        return review.counts()


@dataclass(frozen=True)
class Made:
    """Files as they are before an operation, what its target is before and after, and its calls."""

    folder: Path
    before: Any
    after: Any
    calls: int
    """How many of its system calls change files."""
    ids: frozenset[bytes]
    """The events of the target before."""

    def laid_out(self, trial: Trial) -> Path:
        """Copy the files and the computer they were made on for one trial."""
        shutil.copytree(self.folder / "review", trial.folder / "review")
        shutil.copytree(self.folder / "home", trial.folder / "home", dirs_exist_ok=True)
        return trial.folder / "review"


def ids_of(path: Path) -> frozenset[bytes]:
    """Return the ids of the events of a file, none when it is not there or is no Screener file."""
    there = path.exists() and path.suffix == ".screener"
    return frozenset(Making.event_ids(path)) if there else frozenset()


def prepared(operation: Operation) -> Callable[[Path], Made]:
    """Return what makes the files of an operation, and does it once for comparison."""

    def prepare(folder: Path) -> Made:
        lay_out(folder / "review")
        return measured(operation, folder)

    return prepare


def measured(operation: Operation, folder: Path) -> Made:
    """Do an operation once on files that were laid out, to compare others with."""
    target = folder / "review" / operation.target
    before, ids = state(target), ids_of(target)
    trial = Trial(folder / "honest", 0, None)
    Made(folder, None, None, 0, ids).laid_out(trial)
    (trial.folder / "temporary").mkdir()
    with computer_of(trial), faults.armed(trial.folder):
        operation.work(trial.folder / "review", lambda _: None)
        calls = faults.count()
    after = state(trial.folder / "review" / operation.target)
    shutil.rmtree(trial.folder)
    return Made(folder, before, after, calls, ids)


@contextmanager
def computer_of(trial: Trial):
    """Be on the computer of a trial inside the block."""
    had = {name: os.environ[name] for name in ("SCREENER_HOME", "TMPDIR")}
    trial.computer()
    os.environ["TMPDIR"] = str(trial.folder / "temporary")
    try:
        yield
    finally:
        os.environ.update(had)


def check_state(operation: Operation, made: Made, folder: Path, said: list[str]) -> Any:
    """Assert that the target is as before or as after, with all that was acknowledged."""
    target = folder / operation.target
    found = state(target)
    assert made.ids <= ids_of(target), "an event that was there before is gone"
    if operation.name == "deciding":
        lost = {bytes.fromhex(each) for each in said} - ids_of(target)
        assert not lost, f"{len(lost)} acknowledged decisions of {len(said)} are gone"
    else:
        assert found in (made.before, made.after), f"it is neither before nor after: {found!r:.90}"
        assert found == made.after or not said, "it was acknowledged and is not there"
    return found


def check_again(operation: Operation, made: Made, folder: Path, found: Any) -> None:
    """Assert that the next try works, and that nothing is left beside the files afterwards."""
    if operation.name == "deciding" or found == made.before:
        operation.work(folder, lambda _: None)
        again = state(folder / operation.target)
        if operation.name == "copy":  # the first try may have let Ruth join, and leave again
            again = (again[0], min(again[1], made.after[1]))
        assert operation.name == "deciding" or again == made.after, f"the next try: {again!r:.90}"
    for path in folder.glob("*.screener"):
        open_project(path).close()
    paths.write_text(folder / "next.txt", "whoever writes next clears up")
    (folder / "next.txt").unlink()
    left = {p.name for p in folder.iterdir() if not _is_harmless(p)}
    wanted = {p.name for p in (made.folder / "review").iterdir()} | {operation.target}
    assert left == wanted, f"left over: {left ^ wanted}"


def _is_harmless(path: Path) -> bool:
    """Whether a file is an empty journal, or one that was set aside under another name."""
    return "-left-over-" in path.name or (
        path.name.endswith("-journal") and path.stat().st_size == 0
    )
