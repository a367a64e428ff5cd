"""A change that was interrupted is taken back from its journal; a later one that was saved is not.

The pages of both states are known here, so each moment of a commit can be put together: the
journal is on the drive whole, and of the changed pages none, some or all are.
"""

import os
import shutil
import sqlite3

import pytest

from screener import open_copy, open_project
from screener.model import Stage
from screener.store import journals
from tests.screener.conftest import decide, screen

TA = Stage.TITLE_ABSTRACT


@pytest.fixture(params=[(1024, "first"), (4096, "first"), (4096, "later")], ids=str)
def interrupted(request, tmp_path, making):
    """A copy before a change of many pages, after it, and the journal of that change.

    The change is the first or a later one since the file was opened: only the first is named.
    """
    size, which = request.param
    making.review(tmp_path, records=40)
    place = tmp_path / "a.screener"
    with sqlite3.connect(place) as connection:
        connection.execute(f"PRAGMA page_size = {size}")
    connection.execute("VACUUM")
    connection.close()
    screen(place, {1: "include"}, close=False)
    with open_copy(place) as mine:
        if which == "later":
            decide(mine, 1, "include")  # once more
        before = place.read_bytes()
        mine._file.connection.execute("PRAGMA synchronous = OFF")  # so that its journal is valid
        with mine._file.transaction():
            for number in range(2, 12):
                decide(mine, number, "exclude")
            journal = journals.journal_of(place).read_bytes()
    after = place.read_bytes()
    assert int.from_bytes(after[16:18], "big") == size
    length = max(len(before), len(after))
    pages = [
        at
        for at in range(0, length, size)
        if before[at : at + size] != after[at : at + size] and at < len(before)
    ]
    assert len(pages) > 3
    return place, before, after, journal, pages, size


def put(place, content, journal):
    place.write_bytes(content)
    journals.journal_of(place).write_bytes(journal)


def mixed(before, after, written, size):
    """What is on the drive when only these pages were written."""
    content = bytearray(before.ljust(max(len(before), len(after)), b"\0"))
    for at in written:
        content[at : at + size] = after[at : at + size]
    return bytes(content)


def decided(path, *, write):
    with open_project(path, write=write) as mine:
        assert mine.verify() == []
        return mine.screening.progress(TA).decided


@pytest.mark.parametrize("write", [True, False])
def test_whatever_was_written_the_file_is_whole(interrupted, write):
    place, before, after, journal, pages, size = interrupted
    states = [before, after, *(mixed(before, after, pages[:n], size) for n in range(len(pages)))]
    states += [mixed(before, after, pages[n:], size) for n in range(1, len(pages))]
    for content in states:
        put(place, content, journal)
        assert journals.belongs(place)
        assert decided(place, write=write) == 1
        journals.journal_of(place).unlink(missing_ok=True)
        assert not list(place.parent.glob("*left-over*"))


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("how", ["moved", "linked", "copied back"])
def test_a_change_that_was_saved_without_the_journal_is_not_taken_back(interrupted, how, many):
    place, before, _, journal, _, _ = interrupted
    put(place, before, journal)
    other = place.with_name("elsewhere.screener")
    if how == "linked":
        os.link(place, other)
    else:
        shutil.move(place, other)
    later = range(5, 30 if many else 6)
    with open_copy(other) as mine, mine._file.transaction():  # exactly one change
        for number in later:
            decide(mine, number, "include")
    saved = other.read_bytes()
    if how == "moved":
        shutil.move(other, place)
    elif how == "copied back":
        shutil.copy(other, place)
    assert not journals.belongs(place)
    assert decided(place, write=False) == 1 + len(later)
    assert place.read_bytes() == saved
    assert decided(place, write=True) == 1 + len(later)
    assert place.with_name("a.screener-left-over-1").read_bytes() == journal
