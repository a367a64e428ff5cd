"""Recent files: newest first, kept over a restart, a project and its one copy in one row."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ui.start.recent import KEPT, Recent, RecentFiles

PROJECT = Recent(path="/r/p.screener", uuid="1", title="Sleep", state="3 to settle")
COPY = Recent(path="/r/a.screener", uuid="1", title="Sleep", reviewer="Maya")
OTHER = Recent(path="/r/b.screener", uuid="1", title="Sleep", reviewer="Jonas")


@pytest.fixture
def recent(qapp):
    return RecentFiles()


def test_the_newest_stands_first_and_the_list_is_kept(recent):
    recent.note(COPY)
    recent.note(PROJECT)
    recent.note(COPY)
    assert RecentFiles().files == (COPY, PROJECT)


@pytest.fixture
def files(tmp_path):
    """A project, its copy and a restored project of one review, which are there."""
    names = ("p.screener", "a.screener", "p-restored.screener")
    for name in names:
        (tmp_path / name).touch()
    paths = [str(tmp_path / name) for name in names]
    return [replace(one, path=p) for one, p in zip((PROJECT, COPY, PROJECT), paths, strict=True)]


def test_a_project_and_its_one_copy_stand_in_one_row(recent, files):
    project, mine, _ = files
    recent.note(project)
    recent.note(mine)
    (row,) = recent.listed()
    assert (row.recent, row.own_copy) == (project, mine)


def test_every_file_has_a_row_of_its_own_where_a_review_has_several(recent, files):
    for one in files:
        recent.note(one)
    assert [(row.recent, row.own_copy) for row in recent.listed()] == [
        (one, None) for one in reversed(files)
    ]


@pytest.mark.parametrize("gone", [0, 1])
def test_a_file_that_is_gone_does_not_hide_the_other_one(recent, files, gone):
    pair = files[:2]
    for one in pair:
        recent.note(one)
    Path(pair[gone].path).unlink()
    assert {row.recent.path for row in recent.listed()} == {one.path for one in pair}


def test_two_copies_stand_by_themselves(recent):
    for one in (PROJECT, COPY, OTHER):
        recent.note(one)
    assert [r.recent for r in recent.listed()] == [OTHER, COPY, PROJECT]
    assert not any(r.own_copy for r in recent.listed())


def test_a_copy_alone_has_no_doors(recent):
    recent.note(COPY)
    (row,) = recent.listed()
    assert (row.recent, row.own_copy) == (COPY, None)


def test_files_without_a_review_are_never_joined(recent):
    recent.note(Recent(path="/r/x.screener"))
    recent.note(Recent(path="/r/y.screener", reviewer="Maya"))
    assert len(recent.listed()) == 2


def test_forgetting_and_finding_again(recent):
    recent.note(COPY)
    recent.note(PROJECT)
    recent.forget(COPY.path)
    recent.moved(PROJECT.path, "/else/p.screener")
    assert [r.path for r in RecentFiles().files] == ["/else/p.screener"]


def test_only_so_many_are_kept(recent):
    for number in range(KEPT + 3):
        recent.note(Recent(path=f"/r/{number}.screener"))
    assert len(recent.files) == KEPT


@pytest.mark.parametrize("kept", ["", "{}", '[3, {"path": 4}, {"no": "path"}]'])
def test_a_broken_list_is_empty(home, qapp, kept):
    (home / "recent.json").write_text(kept, encoding="utf-8")
    assert RecentFiles().files == ()


def test_what_a_newer_program_added_is_passed_over(home, qapp):
    (home / "recent.json").write_text(json.dumps([{"path": "/r/p.screener", "colour": "red"}]))
    assert RecentFiles().files == (Recent(path="/r/p.screener"),)
