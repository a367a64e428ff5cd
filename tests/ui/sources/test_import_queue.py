from __future__ import annotations

import pytest

from screener import create_project
from screener.model import Cancelled, Search, silent
from screener.sources.sources import parse_file
from ui.sources.import_queue import ImportFile, Queue, read_all, refuse_known, store_all, take_in


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "new.screener", title="New") as project:
        yield project


@pytest.fixture
def files(embase, pubmed):
    return [
        ImportFile(name=path.name, parsed=parse_file(path), search=Search(source=path.stem))
        for path in (embase, pubmed)
    ]


def test_only_what_was_read_described_and_not_refused_is_wanted(files):
    files[0].refused = "It is here already."
    undescribed = ImportFile(name="c", parsed=files[1].parsed)
    queue = Queue([*files, undescribed, ImportFile(name="d")])
    assert queue.wanted() == [files[1]]


def test_the_queue_passes_over_what_is_refused(files):
    bad = [ImportFile(name=name, refused="It is a PDF.") for name in "xyz"]
    queue = Queue([bad[0], files[0], bad[1], files[1], bad[2]])
    assert queue.go_on()
    assert (queue.current, queue.count(), queue.is_last) == (files[0], (1, 2), False)
    assert queue.go_on()
    assert (queue.current, queue.count(), queue.is_last) == (files[1], (2, 2), True)
    assert not queue.go_on()
    assert queue.left_out() == bad
    assert queue.go_back()
    assert queue.current is files[0]
    assert not queue.go_back()


def test_what_is_here_already_or_twice_is_refused(project, embase, pubmed, tmp_path):
    again = tmp_path / "again.ris"
    again.write_bytes(embase.read_bytes())
    folder, gone = tmp_path / "folder", tmp_path / "gone.ris"
    folder.mkdir()
    project.sources.import_file(pubmed, source="PubMed")
    files = [ImportFile(name=p.name, path=p) for p in (embase, again, pubmed, folder, gone)]
    take_in(files, read_all(files, {}, silent))
    refuse_known(project, files)
    assert files[0].refused == ""
    assert files[1].refused == "It is the same as a file before it."
    assert files[2].refused.startswith("This file was imported already")
    assert files[3].refused == "“folder” is a folder; choose the files in it."
    assert "gone.ris" in files[4].refused


def test_reading_several_files_counts_the_files_to_the_end(embase, pubmed):
    said = []
    files = [ImportFile(name=p.name, path=p) for p in (embase, pubmed)]
    read_all(files, {}, lambda *told: said.append(told))
    assert list(dict.fromkeys(said)) == [(0, 2, "Reading files"), (1, 2, "Reading files")]


def test_reading_one_file_counts_records_of_which_nobody_knows_how_many(embase):
    said = []
    read_all([ImportFile(name="embase.ris", path=embase)], {}, lambda *told: said.append(told))
    assert set(said) == {(0, None, "Reading records")}


def test_each_file_is_an_import_of_its_own(project, files):
    said, heard = [], []
    project.listen(heard.append)
    assert store_all(project, lambda done, total, what: said.append((done, total)), files) == 4
    assert [b.parsed for b in project.sources.batches()] == [3, 1]
    assert [one.stored.parsed for one in files] == [3, 1]
    assert said[-1] == (4, 4)
    assert [change.action for change in heard] == ["Import from embase and pubmed"]


def test_stopping_stores_none_of_the_files(project, files):
    def stop_at_second(done, total, what):
        if done >= 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        store_all(project, stop_at_second, files)
    assert project.sources.batches() == []
    assert [one.stored for one in files] == [None, None]
