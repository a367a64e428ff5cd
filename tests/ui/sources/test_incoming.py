from __future__ import annotations

import pytest

from screener import create_project
from screener.model import Cancelled, Search
from screener.sources.sources import parse_file
from ui.sources.incoming import Incoming, Queue, store_all


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "new.screener", title="New") as project:
        yield project


@pytest.fixture
def files(embase, pubmed):
    return [
        Incoming(name=path.name, parsed=parse_file(path), search=Search(source=path.stem))
        for path in (embase, pubmed)
    ]


def test_only_what_was_read_described_and_not_refused_is_wanted(files):
    files[0].refused = "It is here already."
    undescribed = Incoming(name="c", parsed=files[1].parsed)
    queue = Queue([*files, undescribed, Incoming(name="d")])
    assert queue.wanted() == [files[1]]


def test_the_queue_ends_at_its_last_file(files):
    queue = Queue(files)
    assert not queue.is_last
    assert queue.go_on()
    assert queue.is_last
    assert not queue.go_on()
    assert queue.current is files[1]


def test_the_same_file_is_looked_for_among_those_before_only(files):
    queue = Queue([files[0], files[1], files[0]])
    digest = files[0].parsed.digest
    assert not queue.same_file_before(digest)
    queue.place = 2
    assert queue.same_file_before(digest)


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
