"""A file is released when it is closed, whatever fails then."""

import shutil

import pytest

from screener import open_copy, open_project
from screener.model import Stage, UserError, Verdict
from screener.screening.screening import Draft

TA = Stage.TITLE_ABSTRACT


def test_a_file_is_closed_when_the_programs_own_folder_cannot_be_used(pair, home):
    mine = open_copy(pair.a)
    mine.screening.reopen(TA, why="more")
    kept = home.with_name("kept")
    home.rename(kept)
    home.write_text("a file where the folder was")
    mine.close()
    assert sorted(p.name for p in pair.a.parent.glob("*a.screener*")) == ["a.screener"]
    with pytest.raises(UserError, match="own folder"):
        open_copy(pair.a)
    home.unlink()
    shutil.move(kept, home)
    with open_copy(pair.a) as again:
        assert again.verify() == []


def test_all_that_is_to_be_done_at_closing_is_done_when_one_of_it_fails(pair):
    mine = open_project(pair.a)
    mine._file.on_close(lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        mine.close()
    with open_project(pair.a) as again:
        mine.close()  # a second time: the file is another one's now
        with pytest.raises(UserError, match="the project that is open"):
            open_project(pair.a)
        assert again.verify() == []


def test_closing_and_reopening_look_at_each_entry_once(tmp_path, making):
    """A stage of 20,000 decisions took minutes: each entry was compared with every other."""
    steps = {}
    for count in (50, 400):
        making.review(tmp_path / str(count), records=count)
        with open_copy(tmp_path / str(count) / "a.screener") as mine:
            units = mine.screening.queues.queue(TA)
            drafts = [Draft(unit=unit, verdict=Verdict.INCLUDE) for unit in units]
            mine.screening.decisions.decide_many(drafts, stage=TA)
            told = []
            mine._file.connection.set_progress_handler(lambda told=told: told.append(0), 100)
            mine.screening.close(TA)
            mine.screening.reopen(TA, why="more")
            mine._file.connection.set_progress_handler(None, 0)
            steps[count] = len(told)
    assert steps[50] > 10
    assert steps[400] < 12 * steps[50]
