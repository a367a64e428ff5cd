"""Raw text in a table of its own: only in the project, only when asked for, checked by its name."""

from __future__ import annotations

import shutil
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener import merge_into, open_copy, open_project
from screener.model import Entry, Fields, Search
from screener.sources.parsed import Entries, Parsed
from screener.store import raw, records
from screener.store.file import FileKind
from screener.store.opening import open_file
from screener.store.salvage import salvage

WORDS = st.text(max_size=40)
TAGS = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4).map(tuple)


def body_of(abstract, tags):
    return records.to_text(Fields(title="T", abstract=abstract), tags)


@given(WORDS, TAGS)
def test_what_was_packed_beside_the_fields_comes_back(abstract, tags):
    body = body_of(abstract, tags)
    packed = raw.pack(raw.encoded(tags), body.encode())
    assert raw.tags_of(packed, body) == tags
    assert raw.named(body) == raw.digest(raw.encoded(tags))
    assert raw.is_sound(packed, body)


def test_a_record_without_tags_names_none():
    assert raw.named(body_of('ends like one "', ())) == ""
    assert raw.encoded(()) == b""


def test_a_lone_surrogate_in_a_tag_is_replaced():
    assert raw.encoded((("TI", "a \ud800 b"),)) == '[["TI","a \ufffd b"]]'.encode()


@pytest.mark.parametrize(
    "changed",
    [
        lambda packed, body: (packed, body.replace("peers", "peels")),
        lambda packed, body: (packed[:-1], body),
        lambda packed, body: (b"\xff" + packed, body),
        lambda packed, body: (raw.pack(b'[["TI","other"]]', body.encode()), body),
        lambda packed, body: (packed.hex(), body),
        lambda packed, _: (packed, body_of("peers", ())),
    ],
    ids=["fields", "cut", "no deflate", "another text", "not bytes", "names none"],
)
def test_what_was_changed_is_noticed(changed):
    tags = (("TI", "peers"), ("AB", "what is said of peers"))
    body = body_of("peers", tags)
    packed = raw.pack(raw.encoded(tags), body.encode())
    assert not raw.is_sound(*changed(packed, body))


@pytest.mark.parametrize("text", ["[1]", '[["TI"]]', '[["TI", 7]]', "{}", '"TI"', "[[", "["])
def test_well_hashed_nonsense_is_noticed(text):
    body = records.encoded({"title": "T"}, raw.digest(text.encode())).decode()
    assert not raw.is_sound(raw.pack(text.encode(), body.encode()), body)


def test_a_text_that_swells_is_not_unpacked_whole(monkeypatch):
    monkeypatch.setattr(raw, "_MOST", 1_000)
    tags = (("AB", "x" * 10_000),)
    body = body_of("", tags)
    assert not raw.is_sound(raw.pack(raw.encoded(tags), body.encode()), body)


@pytest.fixture
def path(tmp_path, making):
    """A project of four records with tags and one without, and a copy of it, a.screener."""
    place = making.review(tmp_path, records=4, reviewers=())
    with open_project(place) as review:
        bare = Parsed(
            file="bare.csv", format="csv", dialect="CSV", guess=Search(source=""), digest="d" * 64,
            entries=Entries([Entry(fields=Fields(title="Said by nobody"))]), skipped=(),
        )  # fmt: skip
        review.sources.store(bare, Search(source="By hand"))
        review.consensus.write_copy("Maya", tmp_path / "a.screener")
    return place


def tags_by_number(review):
    return {r.number: review.sources.source_tags(r.id) for r in review.sources.records()}


def test_a_project_has_the_tags_and_a_copy_does_without(path):
    with open_project(path, write=False) as review:
        tags = tags_by_number(review)
        assert review.has_tags
        numbers = review._file.rows("SELECT number FROM raw ORDER BY number")
        assert numbers == [(1,), (2,), (3,), (4,)]
    assert tags[2][0] == ("TY", "JOUR")
    assert dict(tags[2])["DO"] == "10.5555/plain.2"
    assert tags[5] == ()
    with open_copy(path.with_name("a.screener")) as copy:
        assert tags_by_number(copy) == {1: None, 2: None, 3: None, 4: None, 5: ()}
        assert not copy.has_tags
        assert copy._file.rows("SELECT count(*) FROM raw") == [(0,)]
        assert copy.verify() == []


def test_lists_and_loading_read_no_raw_text(path):
    with open_project(path) as review:
        read = set()

        def note(action, table, *_):
            if action == sqlite3.SQLITE_READ:
                read.add(table)
            return sqlite3.SQLITE_OK

        review._file.connection.set_authorizer(note)
        assert len(list(review.sources.records())) == 5
        assert len(list(review.units.load(review.units.ids()))) == 5
        assert "record_version" in read
        assert "raw" not in read
        review.sources.source_tags(review.sources.find("1"))
        assert "raw" in read


def test_a_corrected_record_keeps_the_tags_of_its_source(path):
    with open_project(path) as review:
        before = tags_by_number(review)
        review.sources.correct("2", {"title": "Corrected"})
        assert tags_by_number(review) == before
        assert review.verify() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE raw SET body = x'00'",
        "DELETE FROM raw",
        "INSERT OR REPLACE INTO raw SELECT * FROM raw WHERE number = 1",
    ],
)
def test_nothing_in_the_table_changes(path, statement):
    with open_project(path) as review, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        review._file.connection.execute(statement)


def tamper(path, statement):
    """Change the table `raw` as an editor would who puts the triggers back."""
    connection = sqlite3.connect(path)
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'raw'"
    ).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement)
    for _, sql in triggers:
        connection.execute(sql)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (
            "DELETE FROM raw WHERE number = 2",
            "The text of record 2 as its source gave it is missing.",
        ),
        (
            "UPDATE raw SET body = (SELECT body FROM raw WHERE number = 3) WHERE number = 2",
            "The text of record 2 is not as its source gave it.",
        ),
        ("INSERT INTO raw VALUES (5, x'00')", "The text of record 5 is not as its source gave it."),
    ],
)
def test_missing_and_changed_raw_text_is_reported(path, statement, message):
    tamper(path, statement)
    with open_project(path, write=False) as review:
        assert [(p.kind, p.message) for p in review.verify()] == [("raw", message)]


def test_salvage_takes_what_is_whole_and_says_that_some_is_lacking(path, tmp_path):
    tamper(path, "UPDATE raw SET body = x'00' WHERE number = 2")
    damaged = open_file(path, write=False)
    salvage(damaged, tmp_path / "fresh.screener")
    damaged.close()
    with open_project(tmp_path / "fresh.screener") as review:
        assert review.verify() == []
        assert not review.has_tags
        tags = tags_by_number(review)
    assert tags[2] is None
    assert all(tags[number] for number in (1, 3, 4))


def test_a_project_made_from_copies_says_that_it_has_none(path, tmp_path, making):
    made = tmp_path / "made.screener"
    merge_into(made, path.with_name("a.screener"), as_project="the project is lost")
    with open_project(made) as review:
        assert (review.verify(), review.has_tags) == ([], False)
        making.fill(review, tmp_path, 1, mark="later", source="Embase")
        tags = tags_by_number(review)
        assert (review.verify(), review.has_tags) == ([], False)
    assert tags[1] is None
    assert dict(tags[6])["DO"] == "10.5555/later.1"
    said = making.cli("verify", made).stdout
    assert "reviewers' copies do without them" in said


def test_the_projects_file_brings_them_later(path, tmp_path, making):
    made = tmp_path / "made.screener"
    merge_into(made, path.with_name("a.screener"))
    merge_into(made, path, project=True)
    whole = making.digest(made)
    with open_project(path, write=False) as first, open_project(made, write=False) as review:
        assert tags_by_number(review) == tags_by_number(first)
        assert (review.verify(), review.has_tags) == ([], True)
    merge_into(made, path, project=True)
    assert making.digest(made) == whole


def test_in_either_order_the_tags_are_there(path, tmp_path):
    copy = path.with_name("a.screener")
    for name, files in (("one", (path, copy)), ("other", (copy, path))):
        made = tmp_path / f"{name}.screener"
        merge_into(made, *files, project=True)
        with open_project(made, write=False) as review:
            assert (review.verify(), review.has_tags) == ([], True)
            assert tags_by_number(review)[1]


def test_a_copy_takes_none_from_the_project(path, tmp_path, making):
    copy = path.with_name("a.screener")
    newer = tmp_path / "newer.screener"
    shutil.copy(path, newer)
    with open_project(newer) as review:
        making.fill(review, tmp_path, 2, mark="later", source="Embase")
    merge_into(copy, newer, project=True)
    with open_copy(copy) as mine:
        assert mine._file.kind is FileKind.COPY
        assert set(tags_by_number(mine)) == set(range(1, 8))
        assert mine._file.rows("SELECT count(*) FROM raw") == [(0,)]
        assert mine.verify() == []
