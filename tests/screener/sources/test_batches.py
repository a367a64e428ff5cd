from __future__ import annotations

import pytest

from screener import create_project, open_project, summary_of
from screener.model import Cancelled, Entry, Fields, Search, UserError
from screener.sources.parsed import Entries, Parsed


def parsed(name, *titles):
    return Parsed(
        file=name,
        format="ris",
        dialect="RIS",
        guess=Search(source=""),
        digest=name.ljust(8, "0"),
        entries=Entries(Entry(fields=Fields(title=title)) for title in titles),
        skipped=(),
    )


FILES = (
    (parsed("a.ris", "Peers by post", "Peers by video"), Search(source="Embase", claimed=2)),
    (parsed("b.ris", "Letters"), Search(source="PubMed")),
    (parsed("c.ris", "Forum", "Video"), Search(source="CINAHL")),
)


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "new.screener", title="New") as project:
        yield project


def test_several_files_are_one_action_and_a_batch_each(project):
    heard = []
    project.listen(heard.append)
    stored = project.sources.store_many(FILES)
    assert [change.action for change in heard] == ["Import from Embase, PubMed and CINAHL"]
    assert stored == project.sources.batches()
    assert [(b.search.source, b.parsed) for b in stored] == [
        ("Embase", 2), ("PubMed", 1), ("CINAHL", 2),
    ]  # fmt: skip
    records = list(project.sources.records())
    assert [(r.number, r.fields.title) for r in records] == [
        (1, "Peers by post"), (2, "Peers by video"), (3, "Letters"), (4, "Forum"), (5, "Video"),
    ]  # fmt: skip
    assert [r.batch for r in records] == [stored[place].id for place in (0, 0, 1, 2, 2)]
    assert project.verify() == []


def test_one_of_several_is_taken_back_alone(project):
    stored = project.sources.store_many(FILES)
    project.sources.withdraw(stored[1].id, "wrong file")
    assert project.sources.count() == 4
    project.undo()
    assert project.sources.count() == 5


def test_several_files_make_one_backup(project):
    project.sources.store_many(FILES[:1])
    before = len(project.backups())
    project.sources.store_many(FILES[1:])
    assert len(project.backups()) == before + 1


@pytest.mark.parametrize("last", range(1, 4))
def test_several_files_that_are_stopped_leave_nothing(project, last):
    before, told = project.counts(), []

    def stop(done, total, what):
        if what == "Saving records":
            told.append((done, total))
            if len(told) == last:
                raise Cancelled

    with pytest.raises(Cancelled):
        project.sources.store_many(FILES, stop)
    assert told == [(2, 5), (3, 5), (5, 5)][:last]
    assert project.counts() == before
    assert project.sources.batches() == []


@pytest.mark.parametrize(
    ("last", "sentence"),
    [
        ((parsed("a.ris", "Peers by post"), Search(source="Ovid")), "same file as a.ris"),
        ((parsed("d.ris", "Peers by post"), Search(source=" ")), "which source"),
        ((parsed("e.ris", "Peers by post"), Search(source="Ovid")), "imported already (Before"),
    ],
)
def test_one_file_that_cannot_be_stored_keeps_all_of_them_out(project, last, sentence):
    project.sources.store(parsed("e.ris", "Peers by post"), Search(source="Before"))
    with pytest.raises(UserError) as raised:
        project.sources.store_many([*FILES, last])
    assert sentence in str(raised.value)
    assert len(project.sources.batches()) == 1


def test_no_files_are_no_action(project):
    before = project.counts()
    assert project.sources.store_many([]) == []
    assert project.counts() == before


def test_what_was_taken_back_is_in_no_count(tmp_path, making):
    path = making.review(tmp_path, records=3)
    with open_project(path) as review:
        wrong = making.fill(review, tmp_path, 2, source="A wrong file", mark="wrong")
        review.consensus.write_copy("Maya", tmp_path / "older.screener")
        review.sources.withdraw(wrong.id, "the wrong file")
        assert review.counts()[0] == review.sources.count() == 3
        review.consensus.write_copy("Maya", tmp_path / "newer.screener")
        for name in ("older", "newer"):
            merged = review.consensus.merge(tmp_path / f"{name}.screener")
            said = [finding.message for one in merged.files for finding in one.findings]
            assert "3 of 3 records, the same as here." in said
    found = summary_of(path)
    assert (found.records, found.units) == (3, 3)
