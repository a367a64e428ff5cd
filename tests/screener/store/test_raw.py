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
from screener.store import paths, raw, records, seen
from screener.store.file import FileKind
from screener.store.opening import open_file
from screener.store.salvage import salvage

WORDS = st.text(max_size=40)


def packed_beside(fields, tags):
    """Return a raw text and the body of the version that names it."""
    named = records.named(fields)
    packed = raw.pack(tags, named)
    return packed, records.encoded(named, raw.digest(packed)).decode()


FIELDS = st.builds(
    Fields,
    title=WORDS,
    authors=st.lists(WORDS, max_size=3).map(tuple),
    year=st.none() | st.integers(1, 2100),
    abstract=WORDS,
    keywords=st.lists(WORDS, max_size=3).map(tuple),
)


@st.composite
def fields_and_tags(draw):
    """Fields and tags, of whose values some are those of the fields."""
    fields = draw(FIELDS)
    said = [fields.title, fields.abstract, str(fields.year), *fields.authors, *fields.keywords]
    value = WORDS | st.sampled_from(said)
    return fields, draw(st.lists(st.tuples(WORDS, value), min_size=1, max_size=6).map(tuple))


@given(fields_and_tags())
def test_what_was_packed_beside_the_fields_comes_back(drawn):
    fields, tags = drawn
    packed, body = packed_beside(fields, tags)
    assert raw.tags_of(packed, body) == tags
    assert raw.named(body) == raw.digest(packed)
    assert records.to_text(fields, tags) == body
    assert raw.is_sound(packed, body)


def test_what_the_fields_say_is_not_said_again():
    fields = Fields(title="Peers", authors=("Okafor, N", "Brandt, S"), year=2020)
    tags = (("TI", "Peers"), ("PY", "2020"), ("AU", "Okafor, N"), ("AU", "Brandt, S"), ("N1", "x"))
    packed, body = packed_beside(fields, tags)
    assert packed == b'[["TI","PY","AU","AU","N1"],[1,"2020",3,4,"x"]]'
    assert raw.tags_of(packed, body) == tags


def test_a_record_without_tags_names_none():
    assert packed_beside(Fields(title='ends like one "'), ())[0] == b""
    assert raw.named(records.to_text(Fields(title='ends like one "'))) == ""


def test_a_lone_surrogate_in_a_tag_is_replaced():
    assert raw.pack((("TI", "a \ud800 b"),), {}) == '[["TI"],["a \ufffd b"]]'.encode()


@pytest.mark.parametrize(
    "changed",
    [
        lambda packed, _: (packed, records.to_text(Fields(title="T", abstract="peels"))),
        lambda packed, body: (packed[:-1], body),
        lambda packed, body: (b" " + packed, body),
        lambda _, body: (raw.pack((("TI", "other"),), {}), body),
        lambda packed, body: (packed.hex(), body),
        lambda _, body: (b"", body),
        lambda _, __: (b"", records.to_text(Fields(title="T"))),
    ],
    ids=["names none", "cut", "lengthened", "another text", "not bytes", "empty", "none"],
)
def test_what_was_changed_is_noticed(changed):
    tags = (("TI", "T"), ("AB", "peers"), ("N1", "what is said of peers"))
    assert not raw.is_sound(*changed(*packed_beside(Fields(title="T", abstract="peers"), tags)))


@pytest.mark.parametrize(
    "text",
    [
        *("[1]", '[["TI"]]', '[["TI"],[]]', '[["TI"],["a","b"]]', '[[7],["a"]]', "{}", '"TI"'),
        *("[[", '[["TI"],[2.5]]', '[["TI"],[null]]', '[["TI"],[-1]]'),
        *('[["PY"],[1]]', '[["AU"],[0]]', '[["AU"],[4]]', '[["TI"],[99999999999999999999]]'),
    ],
)
def test_well_hashed_nonsense_is_noticed(text):
    fields = {"authors": ("A, B",), "year": 2020, "zone": "T"}
    body = records.encoded(fields, raw.digest(text.encode())).decode()
    assert not raw.is_sound(text.encode(), body)


def test_a_number_names_the_value_of_a_field():
    text = b'[["AU","TI"],[3,2]]'
    body = records.encoded({"authors": ("A, B",), "year": 2020, "zone": "T"}, raw.digest(text))
    assert raw.tags_of(text, body.decode()) == (("AU", "A, B"), ("TI", "T"))


@pytest.mark.parametrize("fields", ["[]", "7", '{"title":{}}', '{"title":null}', '{"authors":7}'])
def test_a_version_without_fields_is_noticed(fields):
    text = b'[["TI"],[1]]'
    assert not raw.is_sound(text, f'{{"fields":{fields},"raw":"{raw.digest(text)}"}}')


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
    seen.note(paths.stamp(path))


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
