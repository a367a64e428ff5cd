"""What a merge wrote is compared with the file it came from before it is saved."""

import shutil

import pytest

from screener import open_copy, open_project
from screener.model import UserError
from screener.store import union
from tests.screener.conftest import screen
from tests.screener.consensus.planting import spoil


@pytest.fixture
def files(tmp_path, making):
    """A copy with decisions, and a second one of the same content."""
    making.review(tmp_path, records=3)
    place, same = tmp_path / "a.screener", tmp_path / "same.screener"
    screen(place, {1: "include", 2: "exclude"}, close=False)
    shutil.copy(place, same)
    return place, same


def read_again(place, other):
    with open_project(place) as mine:
        file = mine._file
        with union.attached(file, other) as name:
            return union._read_again(file.connection, name, (0, 0))


def test_what_is_the_same_names_its_authors(files):
    place, same = files
    with open_copy(place) as mine:
        reviewer = mine._file.reviewer
    assert read_again(place, same) == sorted([reviewer, "coordinator"])


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET body = replace(body, 'include', 'exclude') WHERE kind = 'decision'",
        "UPDATE event SET seq = seq + 1 WHERE kind = 'decision'",
        "UPDATE event SET subject = '' WHERE kind = 'decision'",
        "UPDATE event SET prev = zeroblob(32) WHERE kind = 'decision'",
        "UPDATE record_version SET body = body || ' '",
        "DELETE FROM event WHERE kind = 'decision'",
    ],
)
def test_what_differs_is_not_saved(files, change):
    place, same = files
    table = change.removeprefix("UPDATE ").removeprefix("DELETE FROM ").split()[0]
    for verb in ("update", "delete"):
        spoil(same, f"DROP TRIGGER {table}_kept_on_{verb}")
    spoil(same, change)
    with pytest.raises(UserError, match="did not keep what was written; nothing was merged"):
        read_again(place, same)
