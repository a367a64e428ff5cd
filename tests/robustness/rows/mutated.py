"""Damaged files through every reading command, and through a merge; copies of a file being saved.

A command says in a sentence what is wrong, or shows what it shows of the whole file.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from screener import merge_into, open_copy, open_project
from screener.cli import main
from screener.model import UserError
from screener.store import verify
from tests.robustness import plants
from tests.robustness.frame import Row, Trial
from tests.robustness.operations import TA, ids_of
from tests.screener.conftest import Making

PAGE, SECTOR, HEADER, RUN = 1024, 512, 100, 16
_CHECK = verify.check
"""Whatever is planted: every reading of a torn file ends in a sentence, and says nothing of it."""
LONGEST = 2.0  # seconds of the processor; the machine may be busy with something else
_OF_DAMAGED = ("backups", "F")
"""What helps with a file that is damaged, and says so beside what it shows."""
COMMANDS = (
    ("status", "F", "--json"),
    ("records", "F", "--json"),
    ("records", "F", "--members", "--json"),
    ("discrepancies", "F", "--stage", "title-abstract"),
    ("agreement", "F", "--stage", "title-abstract"),
    ("flow", "F", "--json"),
    ("export", "F", "OUT"),
    ("history", "F", "1"),
    ("reviewers", "F"),
    ("protocol", "F"),
    ("fulltext", "F", "status"),
    ("duplicates", "F", "runs"),
    ("duplicates", "F", "--methods"),
    _OF_DAMAGED,
    ("verify", "F"),
    ("compare", "F"),
    ("merge", "F", "--into", "T", "--project"),
    ("copy", "F", "--reviewer", "Zed", "--out", "COPY"),
)


def _mutated(whole: bytes, rng: random.Random) -> tuple[str, bytes]:
    """Return what was done to the bytes of a file, and what came of it."""
    data = bytearray(whole)

    def at(size: int) -> slice:
        start = rng.randrange(len(data) // size) * size
        return slice(start, start + size)

    how = rng.choice(["bit", "byte", "run", "sector", "page", "swap", "cut", "header"])
    if how == "bit":
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    elif how == "byte":
        data[rng.randrange(len(data))] = rng.randrange(256)
    elif how == "run":
        data[at(RUN)] = rng.randbytes(RUN)
    elif how == "sector":
        data[at(SECTOR)] = bytes(SECTOR)
    elif how == "page":
        data[at(PAGE)] = bytes(PAGE)
    elif how == "swap":
        one, other = at(PAGE), at(PAGE)
        data[one], data[other] = data[other], data[one]
    elif how == "cut":
        del data[rng.randrange(len(data)) :]
    else:
        data[rng.randrange(HEADER)] = rng.randrange(256)
    return how, bytes(data)


@dataclass(frozen=True)
class _Files:
    folder: Path
    honest: dict[tuple[str, tuple[str, ...]], object]
    """What each command shows of each whole file."""


def _prepare(folder: Path) -> _Files:
    pair = Making.pair(folder / "review")
    pair.merge()
    found = _Files(folder, {})
    for which in ("p", "a"):
        for command in COMMANDS:
            place = folder / "honest"
            place.mkdir()
            whole = (folder / "review" / f"{which}.screener").read_bytes()
            found.honest[which, command] = _said(found, place, whole, command)[1]
            shutil.rmtree(place)
    return found


def _said(files: _Files, folder: Path, data: bytes, command: tuple[str, ...]) -> tuple[str, object]:
    """Run a command on a file; return what it said of errors, and all that it showed or made."""
    names = {
        "F": folder / "x.screener",
        "T": folder / "t.screener",
        "OUT": folder / "out.csv",
        "COPY": folder / "copy.screener",
    }
    names["F"].write_bytes(data)
    shutil.copy(files.folder / "review" / "b.screener", folder / "b.screener")
    shutil.copy(files.folder / "review" / "p.screener", names["T"])
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(names.get(word, word)) for word in command])
        except SystemExit as end:
            status = end.code
    if status:
        return err.getvalue(), None
    printed = out.getvalue().replace(os.environ["SCREENER_HOME"], "").replace(str(folder), "")
    shows: list[object] = [printed]
    if names["OUT"].exists():
        shows.append(names["OUT"].read_bytes())
    if "T" in command:
        shows.append(repr(Making.shown_at(names["T"])))
    if "COPY" in command:
        shows.append(_content(names["COPY"]))
    return err.getvalue(), shows


def _content(path: Path) -> object:
    with open_project(path, write=False) as review:
        assert review.verify() == []
        return [(r.id, r.number, r.fields) for r in review.sources.records()]


def _read(trial: Trial) -> None:
    rng, files = trial.rng, trial.made
    which, command = rng.choice(["p", "a"]), rng.choice(COMMANDS)
    shutil.copytree(files.folder / "home", trial.folder / "home")
    how, data = _mutated((files.folder / "review" / f"{which}.screener").read_bytes(), rng)
    began = time.process_time()
    try:
        said, shows = _said(files, trial.folder, data, command)
    except Exception as wrong:
        raise AssertionError(f"{command} of {which}, {how}: {wrong!r}") from wrong
    took = time.process_time() - began
    assert took < LONGEST, f"{command} of {which}, {how}: {took:.1f} seconds"
    honest = files.honest[which, command]
    if shows is None:
        assert said.strip(), f"{command} of {which}, {how}: it failed and said nothing"
        assert "Traceback" not in said
    else:
        noticed = command == _OF_DAMAGED and said.strip()  # whose they are may not be known then
        assert shows == honest or noticed, f"{command} of {which}, {how}: it shows something else"


_SAVING = """
import sys
from screener import open_copy
from screener.model import Stage, Verdict
with open_copy(sys.argv[1]) as mine:
    for turn in range(100_000):
        for unit in mine.units.ids():
            verdict = Verdict.EXCLUDE if turn % 2 else Verdict.INCLUDE
            note = f"{turn} {'x' * 200}"
            mine.screening.decide(unit, verdict, stage=Stage.TITLE_ABSTRACT, note=note)
            if not turn:
                print(".", end="", flush=True)
"""


def _torn(trial: Trial) -> None:
    """A file is copied piece by piece while another process saves into it all the time."""
    rng, files = trial.rng, trial.made
    shutil.copytree(files.folder / "review", trial.folder / "review")
    path, copied = trial.folder / "review" / "a.screener", trial.folder / "copied.screener"
    project = trial.folder / "review" / "p.screener"
    with open_copy(path) as mine:
        mine.screening.reopen(TA, why="more")
    child = subprocess.Popen([sys.executable, "-c", _SAVING, str(path)], stdout=subprocess.PIPE)
    try:
        assert child.stdout is not None
        assert child.stdout.read(1) == b"."
        time.sleep(rng.random() * 0.05)
        with path.open("rb") as source, copied.open("wb") as target:
            while piece := source.read(rng.choice([PAGE, 4 * PAGE, 16 * PAGE])):
                target.write(piece)
                if rng.random() < 0.1:
                    time.sleep(0.005)
    finally:
        child.kill()
        child.communicate()
    with contextlib.suppress(UserError), open_project(copied, write=False) as review:
        assert _CHECK(review._file.connection) == [], "a torn copy was opened"
    before = ids_of(project)
    try:
        merge_into(project, copied)
    except UserError:
        assert ids_of(project) == before
    with open_project(project) as review:
        assert _CHECK(review._file.connection) == [], "a torn copy was merged"


ROWS = [
    Row(
        name="mutated",
        what="a damaged file through a reading command or a merge",
        full=10_000,
        least=40,
        trial=_read,
        plant=plants.nothing_is_checked,
        prepare=_prepare,
    ),
    Row(
        name="torn-copy",
        what="a copy of the open file at a random moment",
        full=500,
        least=8,
        trial=_torn,
        plant=plants.nothing_is_checked,
        prepare=_prepare,
    ),
]
