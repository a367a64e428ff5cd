"""What is written is read again, told to everybody who keeps something, and merged file by file."""

import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from screener import open_copy, open_project
from screener.model import Cancelled, Changes, Kind, Stage, UserError, Verdict
from screener.store import caches, union

TA = Stage.TITLE_ABSTRACT
CHANGES = {
    "is wanted": "DELETE FROM current WHERE kind = 'close'",
    "is too much": (
        "INSERT INTO current SELECT kind, step, subject, question, row, author, zeroblob(32), "
        "value, protocol, seen, day, other FROM current WHERE kind = 'close'"
    ),
    "is another": "UPDATE current SET day = '2020-01-01' WHERE kind = 'close'",
}


class Forgetful:
    """A connection whose drive gives back another text than was written."""

    def __init__(self, connection):
        self.connection = connection

    def __getattr__(self, name):
        return getattr(self.connection, name)

    def execute(self, query, *values):
        if query.startswith("SELECT e.id, e.log"):
            query = query.replace("e.body", "replace(e.body, 'include', 'exclude')")
        return self.connection.execute(query, *values)


def test_what_the_drive_did_not_keep_is_not_saved(screened, making):
    unit = making.uid(screened, 6)
    file = screened._file
    whole = file.connection
    file.connection = Forgetful(whole)
    with pytest.raises(UserError, match="The drive did not keep what was written"):
        screened.screening.decide(unit, Verdict.INCLUDE, stage=TA)
    file.connection = whole
    assert screened.screening.decision(unit, TA) is None
    assert screened.verify() == []


def test_everybody_is_told_of_a_change_also_when_one_fails(screened, making):
    told = []

    def fail(_changes):
        raise RuntimeError("a page that is broken")

    screened._file.listeners.insert(0, fail)
    screened._file.told_last.append(told.append)
    before = screened.screening.progress(TA).decided
    with pytest.raises(RuntimeError, match="a page that is broken"):
        making.decide(screened, 6, "include")
    assert [changes.units for changes in told] == [{making.uid(screened, 6)}]
    assert screened.screening.progress(TA).decided == before + 1


def test_what_was_read_of_a_change_that_was_taken_back_is_forgotten(screened):
    """The window's thread reads while the worker writes, and sees what is not committed."""
    file, written, go_on = screened._file, threading.Event(), threading.Event()
    state = screened.consensus.at(TA)
    before = dict(state.answered())
    assert sum(before.values()) > 0

    def work():
        with file.transaction():
            file.connection.execute("DELETE FROM current WHERE kind = 'decision'")
            written.set()
            go_on.wait()
            raise Cancelled

    with ThreadPoolExecutor(1) as worker:
        task = worker.submit(work)
        written.wait()
        file.notify(Changes(action="", kinds=frozenset(Kind)))
        during = dict(state.answered())
        go_on.set()
        with pytest.raises(Cancelled):
            task.result()
    assert during != before
    assert state.answered() == before


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_verification_notices_what_is_shown_and(pair, change):
    with open_project(pair.a) as mine:
        assert mine.verify() == []
        mine._file.connection.execute(change)
        assert [problem.where for problem in mine.verify()] == ["current"]


def test_what_stands_in_a_file_is_taken_over_and_not_computed_again(pair, monkeypatch):
    """It was compared with the events when the file was admitted."""
    computed, whole = [], caches.rebuild_current

    def rebuild(connection, authors=None):
        computed.append(authors)
        whole(connection, authors)

    monkeypatch.setattr(caches, "rebuild_current", rebuild)
    pair.merge()
    with open_project(pair.project) as review:
        assert computed == []
        assert review.verify() == []


@pytest.mark.parametrize("place", range(2))
def test_what_stands_of_an_author_is_computed_where_one_event_was_here(pair, making, place):
    """Be it the first row of the file or the last."""
    with open_copy(pair.a) as mine:
        mine.screening.reopen(TA, "a second look")
    pair.merge(*[(pair.a, pair.b), (pair.b, pair.a)][place])
    with open_copy(pair.a) as mine:
        making.decide(mine, 1, "maybe")
        mine.screening.close(TA)
    pair.merge()
    with open_project(pair.project) as review:
        assert review.verify() == []


def test_a_merge_reads_what_comes_as_it_lies_and_sorts_nothing(pair):
    with open_project(pair.project) as review, union.attached(review._file, pair.a):
        connection = review._file.connection
        connection.execute("CREATE TEMP TABLE taken (id PRIMARY KEY)")
        query = f"SELECT s.* {union._NEW_EVENTS.format(a='other')} {union._IN_ORDER}"
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert "SCAN s" in plan
    assert not [step for step in plan if "ORDER BY" in step]


@pytest.mark.parametrize("newest_first", [True, False])
def test_two_copies_of_one_reviewer_in_one_merge(pair, making, newest_first):
    """What one file brings is superseded by what another does, whichever is taken first."""
    newer = shutil.copy(pair.a, pair.folder / "newer.screener")
    with open_copy(newer) as mine:
        mine.screening.reopen(TA, "a second look")
        making.decide(mine, 1, "maybe")
        mine.screening.close(TA)
        unit = making.uid(mine, 1)
    files = (newer, pair.a) if newest_first else (pair.a, newer)
    pair.merge(*files, pair.b)
    with open_project(pair.project) as review:
        assert review.verify() == []
        verdicts = [str(d.verdict) for d in review.consensus.decisions(unit, TA)]
        assert sorted(verdicts) == ["include", "maybe"]


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the length of files is POSIX's")
@pytest.mark.parametrize("size", [4_096, 20_000, 30_000])
def test_a_file_that_cannot_be_made_is_a_sentence(tmp_path, size):
    """The drive takes no more while a new file is made beside its place."""
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); "
        "from screener.cli import main; main(['new', sys.argv[1], '--title', 'New'])"
    )
    place = tmp_path / "new.screener"
    done = subprocess.run(
        [sys.executable, "-c", code, str(place)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert str(place.parent) in done.stderr
    assert "so this was not saved" in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert list(tmp_path.iterdir()) == []
