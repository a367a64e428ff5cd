"""A drive that gives an error instead of what lies on it: neither damage, nor a lack of room."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from screener import open_project
from screener.cli import main
from screener.model import ErrorKind, UserError
from screener.store import backups, paths, problems, verify
from tests.screener.conftest import Pair

# Linux gives an error of input for what is not there in the memory of a process.
UNREADABLE = Path("/proc/self/mem")
pytestmark = pytest.mark.skipif(not UNREADABLE.exists(), reason="no file that cannot be read")


@contextmanager
def unplugged(path: Path) -> Iterator[None]:
    """Have the drive fail for whoever has a file open by now."""
    here = path.stat()
    handles = [int(each.name) for each in Path("/proc/self/fd").iterdir()]
    ours = [h for h in handles if _is(h, here)]
    assert ours
    broken = os.open(UNREADABLE, os.O_RDONLY)
    kept = {handle: os.dup(handle) for handle in ours}
    try:
        for handle in ours:
            os.dup2(broken, handle)
        yield
    finally:
        for handle, before in kept.items():
            os.dup2(before, handle)
            os.close(before)
        os.close(broken)


def _is(handle: int, wanted: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), wanted)
    except OSError:
        return False


def test_a_file_that_cannot_be_read_is_told_by_its_drive(tmp_path: Path) -> None:
    for read in (lambda h: h.read(), lambda h: h.read(10), lambda h: list(h)):
        with paths.open_for_reading(UNREADABLE) as handle, pytest.raises(UserError) as told:
            read(handle)
        assert told.value.kind is ErrorKind.UNREADABLE
    with pytest.raises(UserError) as told:
        backups.restore(UNREADABLE, tmp_path / "new.screener")
    assert told.value.kind is ErrorKind.UNREADABLE


def test_a_check_of_what_cannot_be_read_finds_no_damage(pair: Pair) -> None:
    path = pair.project
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with unplugged(path), pytest.raises(UserError) as told:
            verify.check(db)
        assert told.value.kind is ErrorKind.UNREADABLE
        assert verify.check(db) == []
    finally:
        db.close()


def test_what_sqlite_says_of_a_drive_that_cannot_be_read(tmp_path: Path) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    for name in ("SQLITE_IOERR_READ", "SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_CORRUPTFS"):
        error.sqlite_errorname = name
        said = problems.sentence(error, tmp_path)
        assert said is not None
        assert said.kind is ErrorKind.UNREADABLE


@pytest.mark.parametrize(
    "words",
    [
        ("import", "{project}", str(UNREADABLE), "--source", "X"),
        ("protocol", "{project}", "--from", str(UNREADABLE)),
        ("duplicates", "{project}", "--answers", str(UNREADABLE)),
        ("verify", str(UNREADABLE)),
    ],
)
def test_a_command_does_not_speak_of_its_output(
    words: tuple[str, ...], pair: Pair, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main([word.format(project=pair.project) for word in words])
    assert end.value.code == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "output" not in said


def test_an_open_file_that_cannot_be_read_any_more_is_not_called_damaged(pair: Pair) -> None:
    with open_project(pair.project, write=False) as review:
        db = review._file.connection
        db.execute("BEGIN")  # the size of the file is known, as it is of one whose drive fails
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        db.execute("PRAGMA shrink_memory")
        with unplugged(pair.project), pytest.raises(UserError) as told:
            review._file.rows("SELECT body FROM event")
    assert told.value.kind is ErrorKind.UNREADABLE
