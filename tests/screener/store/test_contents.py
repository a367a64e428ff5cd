"""What events name by a digest is read as strictly as they are: records, protocols, forms."""

import hashlib
import json
import shutil
import sqlite3

import pytest

from screener import compare, merge_into, open_project
from screener.consensus.merging.findings import MergeRefused
from screener.model import ErrorKind, UserError
from tests.screener.consensus.planting import canonical, plant, spoil

DEEP = '{"fields":' + "[" * 5000 + "]" * 5000 + "}"
RECORDS = (
    '{"fields":{"title":7}}',
    '{"fields":{"authors":"Maple"}}',
    '{"fields":{"year":"2019"}}',
    '{"fields":{"colour":"red"}}',
    '{"fields":{},"more":1}',
    '{"fields": {}}',
    "[]",
    "no JSON",
    DEEP,
)
PROTOCOLS = ("{}", "[]", "no JSON", DEEP, '{"title":"Peers"}')


def swap(path, table, body, **columns):
    """Keep a content of a digest of its own in a file."""
    digest = hashlib.sha256(body.encode()).digest()
    values = (digest, *columns.values(), body)
    marks = ", ".join("?" * len(values))
    spoil(path, f"INSERT INTO {table} VALUES ({marks})", *values)
    return digest.hex()


def corrected(path, body):
    """Forge a correction of record 1 to a malformed version; return the record."""
    db = sqlite3.connect(path)
    (record,) = db.execute("SELECT uid FROM record WHERE number = 1").fetchone()
    db.close()
    version = swap(path, "record_version", body, record=record)
    said = canonical({"record": record, "version": version})
    plant(path, "correct", said, log="project", subject=record)
    return record


def changed(path, what, body):
    """Forge a newer version of the protocol or of a form out of a malformed content."""
    digest = swap(path, f"{what}_version", body)
    said = {"version": 9, "digest": digest} | ({"id": "odd"} if what == "form" else {})
    plant(path, what, canonical(said), log="project", step="odd" if what == "form" else "")
    return digest


def refused(pair, path, named):
    """Assert that a file is refused by name in every way into another."""
    for target, answers in (
        (pair.project, {"take_changes": True}),
        (pair.folder / "new.screener", {}),
        (pair.folder / "older.screener", {}),
    ):
        with pytest.raises(MergeRefused, match=named):
            merge_into(target, path, **answers)
    assert not (pair.folder / "new.screener").exists()
    with compare(path) as (union, (found,)):
        assert union is None
        assert named in found.refused.message


@pytest.mark.parametrize("body", RECORDS)
def test_a_malformed_record_version(pair, body):
    shutil.copyfile(pair.a, pair.folder / "older.screener")
    record = corrected(pair.a, body)
    with open_project(pair.a, write=False) as file:
        assert ("record", record) in {(p.kind, p.where) for p in file.verify()}
    refused(pair, pair.a, "Record 1 has a version")


@pytest.mark.parametrize("what", ["protocol", "form"])
@pytest.mark.parametrize("body", PROTOCOLS)
def test_a_malformed_protocol_or_form_version(pair, what, body):
    shutil.copyfile(pair.a, pair.folder / "older.screener")
    digest = changed(pair.a, what, body)

    refused(pair, pair.a, f"The {what} version {digest[:16]} is malformed")


@pytest.mark.parametrize(
    "change",
    [
        {"reviewers_per_record": "two"},
        {"criteria": 5},
        {"maybe": "perhaps"},
        {"more": 1},
        {"reason_required": {"title-abstract": "no"}},
        {"further_reasons": [["only-an-id"]]},
    ],
)
def test_a_protocol_with_one_wrong_part(pair, change):
    shutil.copyfile(pair.a, pair.folder / "older.screener")
    db = sqlite3.connect(pair.a)
    (body,) = db.execute("SELECT body FROM protocol_version").fetchone()
    db.close()
    digest = changed(pair.a, "protocol", canonical(json.loads(body) | change))
    refused(pair, pair.a, f"The protocol version {digest[:16]} is malformed")


def test_salvage_leaves_a_malformed_version_out(pair):
    corrected(pair.a, '{"fields":{"title":7}}')
    (found,) = merge_into(pair.project, pair.a, salvage=True, answers_only=True)
    assert found.new_events
    with open_project(pair.project, write=False) as review:
        assert review.verify() == []
        assert all(isinstance(one.fields.title, str) for one in review.sources.records())


def test_what_was_taken_in_before_is_told_in_one_sentence(pair, tmp_path):
    """No reading of a malformed content ends in anything but a sentence."""
    other = shutil.copyfile(pair.project, pair.folder / "other.screener")
    corrected(pair.project, DEEP)
    changed(other, "protocol", DEEP)
    for path, read in (
        (pair.project, lambda review: list(review.sources.records())),
        (other, lambda review: review.protocol.current),
    ):
        with (
            open_project(path, write=False) as review,
            pytest.raises(UserError, match="malformed") as told,
        ):
            read(review)
        assert told.value.kind is ErrorKind.DAMAGED
