"""Recent files: newest first, kept over a restart, a project and its one copy in one row."""

import json

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


def test_a_project_and_its_one_copy_stand_in_one_row(recent):
    recent.note(PROJECT)
    recent.note(COPY)
    (row,) = recent.listed()
    assert (row.recent, row.own_copy) == (PROJECT, COPY)


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
