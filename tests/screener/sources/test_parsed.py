"""Records that wait to be stored: the same as they were read, whether in memory or on disk."""

from __future__ import annotations

import gc
import os
import tempfile
import threading
from pathlib import Path

import pytest

from screener.model import Entry, Fields, UserError
from screener.sources import parsed
from screener.sources.parsed import Entries
from screener.sources.sources import parse_file
from screener.store import events, raw, records


def entry(number):
    return Entry(
        fields=Fields(title=f"Peers {number} \u2028 ü", year=1990 + number % 9, abstract="\n" * 9),
        raw=(("TI", f"Peers {number}"),),
        line=number * 7,
        remarks=("The year was guessed.",) if number % 3 == 0 else (),
    )


@pytest.fixture(params=["memory", "disk"])
def shelf(request, monkeypatch):
    if request.param == "disk":
        monkeypatch.setattr(parsed, "_IN_MEMORY", 100)
    monkeypatch.setattr(parsed, "AT_ONCE", 4)
    return Entries(entry(n) for n in range(1, 12))


def test_they_come_back_as_they_were(shelf):
    assert list(shelf) == [entry(n) for n in range(1, 12)]
    assert len(shelf) == 11
    assert shelf[-1] == entry(11)
    assert shelf[2:4] == (entry(3), entry(4))
    assert shelf[9:30] == (entry(10), entry(11))


def test_there_is_no_twelfth_of_eleven(shelf):
    with pytest.raises(IndexError):
        shelf[11]


def test_what_is_stored_is_the_canonical_text_and_its_digest(shelf):
    stored = [one for some in shelf.stored() for one in zip(*some, strict=True)]
    assert [text for _, text, _ in stored] == [records.to_text(e.fields, e.raw) for e in shelf]
    assert [digest for digest, _, _ in stored] == [events.digest(text) for _, text, _ in stored]
    assert [raw.tags_of(packed, text) for _, text, packed in stored] == [e.raw for e in shelf]


def test_they_know_how_many_have_each_field(shelf):
    assert shelf.filled["title"] == shelf.filled["abstract"] == 11
    assert shelf.filled["doi"] == 0


def test_nothing_is_left_of_a_file_without_records():
    assert list(Entries(())) == list(Entries(()).stored()) == []


def test_two_may_read_them_at_once(shelf):
    read = []
    others = [threading.Thread(target=lambda: read.append(list(shelf))) for _ in range(4)]
    for other in others:
        other.start()
    texts = [text for _, some, _ in shelf.stored() for text in some]
    for other in others:
        other.join()
    assert len(texts) == 11
    assert read == [[entry(n) for n in range(1, 12)]] * 4


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
def test_a_full_disk_is_said(monkeypatch):
    monkeypatch.setattr(parsed, "_IN_MEMORY", 1)
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: Path("/dev/full").open("w+b"))  # noqa: SIM115
    with pytest.raises(UserError, match=r"folder for temporary files, .* cannot be used .* free"):
        Entries([entry(1)])


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files cannot be counted here")
def test_the_temporary_file_goes_with_them(monkeypatch):
    monkeypatch.setattr(parsed, "_IN_MEMORY", 1)
    gc.collect()  # what other tests left goes before it is counted
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - a count, not paths
    shelf = Entries([entry(1)])
    during = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    del shelf
    gc.collect()
    assert during == before + 1
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


@pytest.mark.parametrize(
    ("lines", "year", "date", "remarks"),
    [
        ("Y1  - 1900/01/01\nDA  - 1950/01/01", 1900, "", 1),
        ("PY  - 2017\nDA  - 2016/12/15", 2017, "2016-12-15", 0),
        ("PY  - 2017\nDA  - 2017/12/15", 2017, "2017-12-15", 0),
        ("PY  - 2077\nDA  - 2017/12/15", 2017, "2017-12-15", 0),
        ("PY  - 12(3)", None, "", 0),
        ("PY  - 1861\nIS  - 1861", None, "", 1),
        ("PY  - 1861\nIS  - 2", 1861, "", 0),
    ],
)
def test_of_dates_that_cannot_both_be_true_the_year_is_kept_and_said(
    tmp_path, lines, year, date, remarks
):
    path = tmp_path / "a.ris"
    path.write_text(f"TY  - JOUR\nTI  - A title\n{lines}\nER  - \n")
    (entry,) = parse_file(path).entries
    assert (entry.fields.year, entry.fields.date) == (year, date)
    assert len(entry.remarks) == remarks


def test_a_record_without_a_title_says_so(tmp_path):
    path = tmp_path / "a.ris"
    path.write_text("TY  - JOUR\nAU  - Alba, A.\nER  - \n")
    assert parse_file(path).entries[0].remarks == ("This record has no title.",)
