"""Nothing that takes a path may drop the lock of the project that is open.

POSIX locks belong to the process: whoever opens and closes the file by another descriptor drops the
lock, and a second program then writes over acknowledged decisions.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import screener
from screener import (
    compare,
    create_project,
    find_backups,
    is_backup,
    merge_into,
    open_copy,
    open_project,
    restore,
    shared_place,
    summary_of,
)
from screener.cli import COMMANDS, commands
from screener.duplicates import table
from screener.duplicates.finder import find
from screener.example import write_example
from screener.model import UserError
from screener.project import Project
from screener.report.saving import save
from screener.sources import reading, writing
from screener.sources.sources import parse_file
from screener.store import paths
from tests.screener.links import link_to

ASK = """
import sqlite3, sys
for line in sys.stdin:
    connection = sqlite3.connect(line.strip(), timeout=0)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        print(error.sqlite_errorname, flush=True)
    else:
        print("not locked", flush=True)
    connection.close()
"""


@pytest.fixture(scope="module")
def asker():
    """A second process that tells whether it could read a file."""
    with subprocess.Popen(
        [sys.executable, "-c", ASK], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def locked(asker):
    """Ask from a second process whether a file is locked."""

    def ask(path):
        asker.stdin.write(f"{path}\n")
        asker.stdin.flush()
        return asker.stdout.readline().strip() == "SQLITE_BUSY"

    return ask


API = {
    "open_project": lambda r, p: open_project(p),
    "open_project, to read": lambda r, p: open_project(p, write=False),
    "open_copy": lambda r, p: open_copy(p),
    "create_project": lambda r, p: create_project(p, title="T"),
    "create_project, protocol": lambda r, p: create_project(
        p.with_name("n.screener"), title="T", protocol=p
    ),
    "find_backups": lambda r, p: find_backups(p),
    "shared_place": lambda r, p: shared_place(p) or _nothing_read(),
    "summary_of": lambda r, p: summary_of(p),
    "is_backup": lambda r, p: is_backup(p) or _nothing_read(),
    "restore, from": lambda r, p: restore(p, p.with_name("r.screener")),
    "restore, to": lambda r, p: restore(p.with_name("b.screener"), p),
    "merge_into, target": lambda r, p: merge_into(p, p.with_name("a.screener")),
    "merge_into, file": lambda r, p: merge_into(p.with_name("m.screener"), p),
    "compare": lambda r, p: _refused_by(compare(p, p.with_name("a.screener"))),
    "protocol.read": lambda r, p: r.protocol.read(p),
    "sources.import_file": lambda r, p: r.sources.import_file(p, source="PubMed"),
    "parse_file": lambda r, p: parse_file(p),
    "reading.read": lambda r, p: list(reading.read(p)),
    "writing.write": lambda r, p: writing.write(p, [], format="json"),
    "consensus.write_copy": lambda r, p: r.consensus.write_copy("Maya", p),
    "consensus.admission": lambda r, p: _refused(r.consensus.admission(p)),
    "consensus.merge": lambda r, p: r.consensus.merge(p),
    "report.export": lambda r, p: r.report.export(p),
    "report.save": lambda r, p: save(r.report.flow(), p, "csv"),
    "backup": lambda r, p: r.backup(p),
    "write_example": lambda r, p: write_example(p),
    "table.read": lambda r, p: table.read(p),
    "table.write_groups": lambda r, p: table.write_groups(p, [], NOTHING),
    "paths.write_text": lambda r, p: paths.write_text(p, "x"),
    "paths.open_for_reading": lambda r, p: paths.open_for_reading(p),
    "paths.copy_file": lambda r, p: paths.copy_file(p, p.with_name("c.screener")),
}
NOTHING = find([])


def _nothing_read():
    raise UserError("Nothing was read of the file.")


def _refused(found):
    raise UserError(found[0].refused.message)


def _refused_by(block):
    with block as (_, found):
        _refused(found)


@pytest.fixture
def opened(pair):
    """The open project of a pair, linked under a second name too."""
    with open_project(pair.project) as review:
        yield review


@pytest.mark.parametrize("name", list(API))
def test_a_function_refuses_the_open_project_and_the_lock_holds(opened, locked, name):
    path = opened.path
    assert locked(path)
    with pytest.raises((UserError, AttributeError)) as told:
        API[name](opened, path)
    assert locked(path), f"{name} dropped the lock"
    assert isinstance(told.value, UserError), told.value
    opened.sources.remove(["1"], "still writable")
    assert opened.verify() == []
    assert Path(path).read_bytes()[:16] == b"SQLite format 3\x00"


@pytest.mark.parametrize("kind", ["symbolic", "hard", "relative", "dotted"])
def test_the_same_file_by_another_name_is_refused(opened, locked, kind, monkeypatch):
    other = opened.path.with_name("other.screener")
    if kind == "symbolic":
        link_to(other, opened.path)
    elif kind == "hard":
        other.hardlink_to(opened.path)
    elif kind == "relative":
        monkeypatch.chdir(opened.path.parent)
        other = Path(opened.path.name)
    else:
        other = opened.path.parent / ".." / opened.path.parent.name / opened.path.name
    with pytest.raises(UserError) as told:
        open_project(other)
    assert str(told.value) == (
        f"{other.name} is the project that is open; choose another file, this one is untouched."
    )
    with pytest.raises(UserError, match="cannot be merged into itself"):
        opened.consensus.merge(other)
    assert locked(opened.path)


# Every place of a command that takes a path gets the open project, in this very process.
PATHS = {
    "new": [["{p}", "--title", "T"], ["n.screener", "--title", "T", "--protocol", "{p}"]],
    "protocol": [["{p}"], ["a.screener", "--from", "{p}"]],
    "import": [
        ["{p}", "plain-1.ris", "--source", "S"],
        ["q.screener", "{p}", "--source", "S"],
        ["q.screener", "more.ris", "--source", "S", "--strategy", "{p}"],
    ],
    "withdraw": [["{p}", "1", "--why", "w"]],
    "remove": [["{p}", "1", "--why", "w"]],
    "correct": [["{p}", "1", "year=1999"]],
    "propose": [["{p}", "1", "year=1999"]],
    "proposals": [["{p}"]],
    "duplicates": [["{p}"], ["q.screener", "--ask", "{p}"], ["q.screener", "--answers", "{p}"]],
    "records": [["{p}"]],
    "copy": [
        ["{p}", "--reviewer", "R", "--out", "n.screener"],
        ["q.screener", "--reviewer", "R", "--out", "{p}"],
    ],
    "open": [["{p}", "--stage", "full-text"]],
    "decide": [
        ["{p}", "1", "include", "--stage", "title-abstract"],
        ["a.screener", "--from", "{p}", "--stage", "title-abstract"],
    ],
    "undo": [["{p}"]],
    "history": [["{p}", "1"]],
    "close": [["{p}", "--stage", "title-abstract"]],
    "reopen": [["{p}", "--stage", "title-abstract", "--why", "w"]],
    "compare": [["a.screener", "{p}"], ["a.screener", "b.screener", "--csv", "{p}"]],
    "merge": [["a.screener", "--into", "{p}"], ["{p}", "--into", "q.screener"]],
    "status": [["{p}"]],
    "reviewers": [["{p}"]],
    "studies": [["{p}"]],
    "forms": [["{p}"]],
    "form": [["{p}", "x"], ["q.screener", "--from", "{p}"]],
    "answer": [
        ["{p}", "1", "x", "1", "--stage", "x"],
        ["a.screener", "--from", "{p}", "--stage", "x"],
    ],
    "answers": [["{p}", "--stage", "x"]],
    "appraisal": [["{p}", "--stage", "x"]],
    "pairs": [["{p}", "--stage", "x"]],
    "pair": [["{p}", "1", "x", "A:1", "--stage", "x"]],
    "discrepancies": [
        ["{p}", "--stage", "title-abstract"],
        ["m.screener", "--stage", "title-abstract", "--csv", "{p}"],
    ],
    "resolve": [["{p}", "1", "include", "--stage", "title-abstract", "--why", "w", "--by", "B"]],
    "agreement": [["{p}", "--stage", "title-abstract"]],
    "flow": [["{p}"], *(["q.screener", f"--{e}", "{p}"] for e in ("svg", "csv", "pdf", "png"))],
    "export": [["{p}", "x.ris"], ["q.screener", "{p}.ris"]],
    "report": [["{p}", "x.html"], ["q.screener", "{p}.html"]],
    "agenda": [
        ["{p}", "x.html", "--stage", "title-abstract"],
        ["q.screener", "{p}.html", "--stage", "title-abstract"],
    ],
    "minutes": [
        ["{p}", "x.html", "--stage", "title-abstract"],
        ["q.screener", "{p}.html", "--stage", "title-abstract"],
    ],
    "archive": [["{p}", "x.zip"], ["q.screener", "{p}.zip"]],
    "verify": [["{p}"]],
    "backup": [["{p}"], ["q.screener", "{p}"]],
    "backups": [["{p}"]],
    "restore": [["{p}", "n.screener"], ["q.screener", "{p}"]],
    "example": [["{p}"]],
    "fulltext": [["{p}", "status", "1", "retrieved"]],
    "take-decisions": [
        ["{p}", "plain-1.ris", "--stage", "title-abstract"],
        ["a.screener", "{p}", "--stage", "title-abstract"],
    ],
    "convert": [["{p}", "x.csv"], ["plain-1.ris", "linked.csv"]],
    "dedupe": [
        ["{p}", "--groups", "g.csv"],
        ["t.csv", "--groups", "{p}"],
        ["t.csv", "--groups", "g.csv", "--ask", "{p}"],
    ],
}
CALLS = [(name, call) for name, calls in PATHS.items() for call in calls]


def test_every_command_is_tried():
    assert set(PATHS) >= set(COMMANDS)
    takes = {
        name: sum(isinstance(p.type, click.Path) for p in commands.get_command(None, name).params)
        for name in COMMANDS
    }
    for name, count in takes.items():
        given = {i for call in PATHS[name] for i, word in enumerate(call) if "{p}" in word}
        flags = {
            call[i - 1] for call in PATHS[name] for i, word in enumerate(call) if "{p}" in word
        }
        assert len(flags | given) >= min(count, 1), f"{name} has {count} places for a path"


@pytest.fixture(scope="module")
def prepared(template, tmp_path_factory):
    """A folder with everything the commands below name."""
    folder = tmp_path_factory.mktemp("prepared") / "f"
    computer = folder.with_name("computer")
    shutil.copytree(template[0].folder, folder)
    shutil.copytree(template[1], computer)  # other tests begin with that of the template
    (folder / "more.ris").write_text("TY  - JOUR\nTI  - Another one\nER  - \n")
    (folder / "t.csv").write_text("record_id,title\n1,a\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(computer))
        with create_project(folder / "q.screener", title="Q") as other:
            other.sources.import_file(folder / "more.ris", source="PubMed")
        merge_into(folder / "m.screener", folder / "a.screener", folder / "b.screener")
    return folder


@pytest.mark.parametrize(("name", "call"), CALLS, ids=[f"{n} {' '.join(c)}" for n, c in CALLS])
def test_a_command_given_the_open_project_leaves_the_lock(
    prepared, locked, tmp_path, monkeypatch, name, call
):
    folder = tmp_path / "prepared"
    shutil.copytree(prepared, folder)
    monkeypatch.chdir(folder)
    project = folder / "p.screener"
    with open_project(project) as review:
        before = review.counts()
        given = [word.replace("{p}", str(review.path)) for word in call]
        for word in given:
            if word == "linked.csv" or word in {
                f"{review.path}.{kind}" for kind in ("ris", "html", "zip")
            }:
                link_to(Path(word), review.path)
        found = CliRunner().invoke(commands, [name, *given])
        assert locked(review.path), "the lock was dropped"
        assert isinstance(found.exception, UserError | SystemExit), found.exception
        assert review.counts() == before
        assert review.verify() == []
    assert review.path.is_file()
    with open_project(project) as review:
        assert review.counts() == before
        assert review.verify() == []


def test_every_public_function_is_tried():
    """What takes a path in the public API is in the list above."""
    tried = {name.partition(",")[0] for name in API}
    others = {"Project", "backup_time", "home", "keep_setting", "last_place"}
    assert set(screener.__all__) - others <= tried
    assert callable(Project.backup)
