"""A name that leaves no room for the name of the journal is refused; one shorter works whole."""

import shutil

import pytest

from screener import create_project, merge_into, open_project, restore
from screener.model import UserError

ROOM = 255 - len("-journal")


def longest(letter):
    """The longest name of that letter that there is room for, and one that is too long."""
    stem = letter * ((ROOM - len(".screener")) // len(letter.encode()))
    return f"{stem}.screener", f"{stem}{letter}.screener"


def new(pair, out):
    create_project(out, title="New").close()


def copy(pair, out):
    with open_project(pair.project) as review:
        review.consensus.write_copy("Ruth", out)


def backup(pair, out):
    with open_project(pair.project) as review:
        review.backup(out)


def restored(pair, out):
    restore(pair.a, out)


def merged(pair, out):
    merge_into(out, pair.a, pair.b)


@pytest.mark.parametrize("letter", ["a", "ä"])
@pytest.mark.parametrize("make", [new, copy, backup, restored, merged])
def test_every_maker_of_files_says_that_a_name_is_too_long(pair, make, letter):
    before = sorted(pair.folder.iterdir())
    fits, too_long = longest(letter)
    with pytest.raises(UserError, match=r"is too long \(2.. bytes\): at most 247 leave room"):
        make(pair, pair.folder / too_long)
    assert sorted(pair.folder.iterdir()) == before
    place = pair.folder / fits
    make(pair, place)
    with open_project(place) as review:
        review._file.set_own("x", "y")
        place.unlink()
        with pytest.raises(UserError, match="moved or removed"):
            review.require_there()
        assert review.kept is not None


def test_a_file_that_was_named_too_long_says_so_when_it_is_written(pair):
    place = pair.folder / longest("a")[1]
    shutil.copy(pair.a, place)
    with open_project(place, write=False) as read:
        assert read.verify() == []
    with pytest.raises(UserError, match="is too long"):
        open_project(place)


def test_a_journal_of_another_file_beside_a_long_name_is_set_aside(pair):
    place = pair.folder / longest("a")[0]
    shutil.copy(pair.a, place)
    journal = place.with_name(f"{place.name}-journal")
    journal.write_bytes(b"of another file")
    open_project(place).close()
    (left,) = pair.folder.glob("*-left-over-1")
    assert left.read_bytes() == b"of another file"
