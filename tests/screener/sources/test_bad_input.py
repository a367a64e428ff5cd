"""Files that are damaged, foreign or odd: read as far as they go, or refused in one sentence."""

from __future__ import annotations

import gzip
import os
import re
import sqlite3
import zipfile
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest

from screener.model import Entry, Skipped, UserError
from screener.sources.decoding import LARGEST_RECORD, LARGEST_WHOLE, LONGEST_LINE
from screener.sources.reading import read, read_text
from screener.sources.writing import write

RIS = "TY  - JOUR\nAU  - Smith, A\nTI  - Peer support {n}\nPY  - 2019\nKW  - {word}\nER  - \n\n"


def _ris(count: int, word: str = "naïve") -> str:
    return "".join(RIS.format(n=n, word=word) for n in range(count))


def _file(tmp_path: Path, content: bytes | str, name: str = "export.ris") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _entries(path: Path) -> list[Entry]:
    return [found for found in read(path) if isinstance(found, Entry)]


def _text(text: str) -> list[Entry]:
    return [found for found in read_text(text) if isinstance(found, Entry)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n \n", "only blank lines"),
        (gzip.compress(b"TY  - JOUR\nER  - \n", mtime=0), "compressed"),
        (b"%PDF-1.7\nTY  - JOUR", "is a PDF"),
        (b"{\\rtf1 TY  - JOUR}", "formatted document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 more", "old Office document"),
        (bytes(range(256)) * 40, "is no reference file"),
        ("<!DOCTYPE html><html><body>Log in</body></html>", "log in"),
        ("<html><form><table><tr><td>Password</td></tr></table></form></html>", "log in"),
        ("<html><body><table><tr><td>Title</td></tr></table></body></html>", "is a table as a web"),
        ('<?xml version="1.0"?>\n<Workbook xmlns="urn:x"><Row/></Workbook>', "is a table as a web"),
        ('<?xml version="1.0"?>\n<collection><leader/></collection>', "outermost .*“collection”"),
        ("1. Inv J. 2020 Jan;3(2):1-9.\n\nA title.\n\nPMID: 30000001\n", "with the format PubMed"),
        ("Reference Type: Journal Article\nAuthor: Field, A.\n", "export it as XML"),
        ("Dear colleague,\nthe export is attached.\n", "No records were found"),
        ("[" * 100_000, "nested far too deeply"),
        ('[{"title": "x", ', r"is no valid JSON \(line 1, character 17\); export it again"),
        ('[{"title": "x", "volume": ' + "9" * 5_000 + "}]", "has a number that is far too long;"),
        ("<xml><records>" + "<a>" * 500, "nested far too deeply"),
        ("<PubmedArticleSet/>" + "<a/>" * 5_000, "cut off or damaged"),
    ],
)
def test_what_is_no_reference_file_is_refused(
    tmp_path: Path, content: bytes | str, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        list(read(_file(tmp_path, content)))


def test_a_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.csv"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (title)")
    connection.close()
    with pytest.raises(UserError, match="is a database"):
        read(path)


@pytest.mark.parametrize(
    ("member", "says"),
    [
        ("a.ris", "unpack it first"),
        ("sdb/sdb.eni", "EndNote library"),
        ("word/document.xml", "Office document"),
    ],
)
def test_archives_are_refused_with_advice(tmp_path: Path, member: str, says: str) -> None:
    path = tmp_path / "export.ris"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    with pytest.raises(UserError, match=says):
        read(path)


def test_a_folder_a_pipe_and_a_file_that_is_gone_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(UserError, match="not there any more"):
        read(tmp_path / "gone.ris")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(UserError, match="no regular file"):
            read(tmp_path / "pipe")


def test_a_file_that_vanishes_between_looking_and_reading_is_reported(tmp_path: Path) -> None:
    path = _file(tmp_path, _ris(2))
    reading = read(path)
    path.unlink()
    with pytest.raises(UserError, match="not there any more"):
        list(reading)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">',
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
    ],
)
def test_entity_declarations_are_refused(tmp_path: Path, declaration: str) -> None:
    text = f"<?xml version='1.0'?><!DOCTYPE xml [{declaration}]><xml><records><record><titles>"
    text += "<title>&x;</title></titles></record></records></xml>"
    with pytest.raises(UserError, match="declares entities"):
        read(_file(tmp_path, text, "export.xml"))


def test_abbreviations_that_multiply_are_refused(tmp_path: Path) -> None:
    """A kilobyte that stands for ten billion characters."""
    names = "abcdefghij"
    lines = [f"@string{{{new} = {' # '.join([old] * 10)}}}" for old, new in pairwise(names)]
    text = "\n".join(['@string{a = "xxxxxxxxxx"}', *lines, "@article{k, title = j}"])
    with pytest.raises(UserError, match=r"abbreviations \(@string\) of this file stand for more"):
        list(read(_file(tmp_path, text, "export.bib")))
    many = '@string{a = "' + "x" * 100_000 + '"}' + "\n@article{k, title = a}" * 3_000
    with pytest.raises(UserError, match="more than 20 times the text of the file"):
        list(read(_file(tmp_path, many, "export.bib")))


def test_abbreviations_of_journals_do_not_multiply(tmp_path: Path) -> None:
    text = '@string{j = "Annals of Invented Medicine and of Everything Else"}\n'
    text += "@article{k, title = {One}, journal = j}\n" * 20_000
    found = list(read(_file(tmp_path, text, "export.bib")))
    assert len(found) == 20_000


def test_headings_that_multiply_are_refused(tmp_path: Path) -> None:
    text = f"title,{'x' * 60_000}\n" + "a,b\n" * 1_000
    with pytest.raises(UserError, match="headings of this table stand for more than 100 times"):
        list(read(_file(tmp_path, text, "export.csv")))


@pytest.mark.parametrize(
    "encoded",
    [
        _ris(2).encode("utf-8"),
        b"\xef\xbb\xbf" + _ris(2).encode("utf-8"),
        b"\xff\xfe" + _ris(2).encode("utf-16-le"),
        b"\xfe\xff" + _ris(2).encode("utf-16-be"),
        _ris(2).encode("utf-16-be"),
        _ris(2).encode("utf-16-le"),
        _ris(2).encode("cp1252"),
        _ris(2).replace("\n", "\r\n").encode("utf-8"),
        _ris(2).replace("\n", "\r").encode("utf-8"),
        _ris(1).encode("utf-8") + _ris(1).encode("cp1252"),
        _ris(2).encode("utf-8").replace(b"Peer", b"Pe\0er"),
    ],
)
def test_encodings_and_line_ends_do_not_matter(tmp_path: Path, encoded: bytes) -> None:
    found = _entries(_file(tmp_path, encoded))
    assert [entry.fields.title for entry in found][-1].startswith("Peer support")
    assert [entry.fields.keywords for entry in found] == [("naïve",)] * 2


def test_mixed_encodings_are_remarked(tmp_path: Path) -> None:
    reading = read(_file(tmp_path, _ris(1).encode("utf-8") + _ris(1).encode("cp1252")))
    assert "Windows-1252" in reading.remarks[0]


def test_only_line_ends_end_a_line() -> None:
    (entry,) = _text("TY  - JOUR\nTI  - a\u2028b\u0085c\x0bd\nER  - \n")
    assert entry.fields.title == "a b c d"


def test_records_without_er_are_kept() -> None:
    found = _text(_ris(3).replace("ER  - \n", ""))
    assert len(found) == 3
    assert "missing" in found[0].remarks[0]


def test_the_last_er_may_be_missing() -> None:
    assert len(_text(_ris(2).rstrip().removesuffix("ER  -"))) == 2


def test_one_space_before_the_hyphen_is_enough() -> None:
    (entry,) = _text(_ris(1).replace("  - ", " - "))
    assert entry.fields.title == "Peer support 0"


def test_a_tag_alone_on_its_line_in_an_abstract_stays_text() -> None:
    text = "TY  - JOUR\nTI  - T\nAB  - We saw\nER  stress lower and\nTI  tubing\nER  - \n"
    (entry,) = _text(text)
    assert entry.fields.abstract == "We saw ER stress lower and TI tubing"


def test_angle_brackets_that_are_no_markup_survive() -> None:
    text = "TY  - JOUR\nTI  - <b>Bold</b> CO<sub>2</sub>\n"
    text += "AB  - <18 y and >65 y; P < 0.05 &lt;1\nER  - \n"
    (entry,) = _text(text)
    assert entry.fields.title == "Bold CO2"
    assert entry.fields.abstract == "<18 y and >65 y; P < 0.05 <1"


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("2019/05//", 2019), ("2019///Spring", 2019), ("99", None), ("in press", None),
        ("2019-05-01", 2019), ("c2019", 2019), ("Start date: 20170812", 2017),
        ("2021; 2020", 2021), ("10 15", None), ("20170812", 2017), ("99999999", None),
    ],
)  # fmt: skip
def test_years(written: str, year: int | None) -> None:
    (entry,) = _text(f"TY  - JOUR\nTI  - T\nPY  - {written}\nER  - \n")
    assert entry.fields.year == year


def test_a_record_without_title_is_kept() -> None:
    (entry,) = _text("TY  - JOUR\nAU  - Smith, A\nER  - \n")
    assert entry.fields.title == ""


def test_a_cut_off_xml_gives_its_whole_records_and_says_where_it_ends(tmp_path: Path) -> None:
    record = "<record><titles><title>T</title></titles></record>"
    text = f"<xml><records>{record}{record}<record><titles><ti"
    found = list(read(_file(tmp_path, text)))
    assert sum(isinstance(item, Entry) for item in found) == 2
    assert isinstance(found[-1], Skipped)
    assert "cut off" in found[-1].why


def test_an_xml_that_breaks_in_its_first_record_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cut off"):
        read(_file(tmp_path, "<xml><records><record><titles><ti"))


def test_a_broken_brace_spares_the_other_entries() -> None:
    text = "@article{a, title={Peer {support}, year=2019}\n@article{b, title={Second}}\n"
    first, second = _text(text)
    assert (first.fields.title, first.fields.year) == ("Peer support", 2019)
    assert "line 1" in first.remarks[0]
    assert second.fields.title == "Second"


def test_an_unclosed_quote_swallows_no_rows() -> None:
    found = _text('Title,Abstract\n"Never closed,abc\nSecond,x\nThird,y\n')
    assert [entry.fields.title for entry in found][1:] == ["Second", "Third"]
    assert "line 2" in found[0].remarks[0]


def test_ragged_rows_are_remarked() -> None:
    short, long = _text("Title,Authors,Year\nA,B\nC,D,2019,extra\n")
    assert "fewer cells" in short.remarks[0]
    assert "more cells" in long.remarks[0]
    assert ("", "extra") in long.raw


def test_formulas_are_text() -> None:
    (entry,) = _text('Title,Authors,Year\n"=HYPERLINK(""x"")","+1+1",2019\n')
    assert entry.fields.title == '=HYPERLINK("x")'


def test_an_unknown_format_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no known format"):
        read(_file(tmp_path, _ris(1)), format="word")


def test_a_named_format_is_used(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No record was found"):
        read(_file(tmp_path, _ris(1)), format="pubmed-xml")


def test_an_entry_without_fields_is_reported(tmp_path: Path) -> None:
    found = list(read(_file(tmp_path, "@article{a, title={T}}\n@article{b, broken\n")))
    assert [type(item) for item in found] == [Entry, Skipped]


def test_text_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="damaged workbook"):
        read(_file(tmp_path, _ris(1)), format="xlsx")


WORDS = "words of an abstract " * 50


@pytest.mark.parametrize(
    ("head", "line", "says"),
    [
        ("TY  - JOUR\nTI  - A\nAB  - ", WORDS, "holds a line of"),
        ("PMID- 1\nTI  - A\nAB  - ", WORDS, "holds a line of"),
        ("TY  - JOUR\nTI  - A\nAB  - ", f"{WORDS}\n", "line 1 is longer than"),
        ("PMID- 1\nTI  - A\nAB  - ", f"{WORDS}\n      ", "line 1 is longer than"),
        ("<1>\nTitle\n  A\nAbstract\n  ", f"{WORDS}\n  ", "line 1 is longer than"),
        ("@article{a, title={A}, abstract={", WORDS, "line 1 is longer than"),
        ("\n@article{a, title={A}}\n@article{b,\n", f"{WORDS}\n", "line 3 is longer than"),
        ("<xml><records><record><abstract>", WORDS, "line 1 is longer than"),
        ("<xml><records><record/><!--", WORDS, "line 1 is a comment or a tag"),
    ],
)
def test_what_is_too_large_for_a_record_is_refused_early(
    tmp_path: Path, head: str, line: str, says: str
) -> None:
    size = LONGEST_LINE + (2 << 20) if says.startswith("holds") else LARGEST_RECORD + (2 << 20)
    path = _file(tmp_path, head + line * (size // len(line)))
    with pytest.raises(UserError, match=says):
        list(read(path))


def test_a_large_list_of_json_is_read_line_by_line_or_refused(tmp_path: Path) -> None:
    item = '{"title": "A", "DOI": "10.5555/a", "note": "' + WORDS * 50 + '"}'
    count = LARGEST_WHOLE // len(item) + 1
    for start, joint, end in (("", "\n", "\n"), ("[\n", ",\n", "\n]\n")):
        path = _file(tmp_path, start + joint.join([item] * count) + end, "export.json")
        assert sum(1 for found in read(path) if isinstance(found, Entry)) == count
    path = _file(tmp_path, "[" + ", ".join([item] * count) + "]", "export.json")
    with pytest.raises(UserError, match="can only be read as a whole"):
        read(path)


@pytest.mark.parametrize("ending", ["ris", "bib"])
def test_text_in_many_pieces_is_read_as_one(tmp_path: Path, ending: str) -> None:
    one = {
        "ris": "TY  - JOUR\nTI  - A title\nAB  - {words}\nER  - \n\n",
        "bib": "@article{{a,\n title={{A title}}, month=mine,\n abstract={{{words}}}\n}}\n\n",
    }[ending]
    text = one.format(words=WORDS)
    macro = "@string{mine={March}}\n\n" if ending == "bib" else "\n\n"
    path = _file(tmp_path, macro + text * 3000, f"export.{ending}")
    found = list(read(path))
    assert [item.line for item in found] == [3 + text.count("\n") * n for n in range(3000)]
    (expected,) = _text(macro + text)
    assert {item.fields for item in found if isinstance(item, Entry)} == {expected.fields}


def test_a_file_that_changes_while_it_is_read_is_reported(tmp_path: Path) -> None:
    path = _file(tmp_path, _ris(5_000))
    coming = iter(read(path))
    next(coming)
    with path.open("r+b") as file:
        file.truncate(1 << 18)
    with pytest.raises(UserError, match="changed while it was being read; import it again"):
        list(coming)


def test_an_empty_workbook_is_no_matter_for_a_text_editor(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    write(path, [])
    with pytest.raises(UserError, match="open it in a spreadsheet program"):
        read(path)


def test_rows_above_a_header_far_down_are_reported(tmp_path: Path) -> None:
    path = _file(tmp_path, _ris(8) + "KW  - x, Title, Authors, Year\nx, A, Field A, 2019\n")
    first, *others = read(path, format="csv")
    assert isinstance(first, Skipped)
    assert first.why.startswith("48 rows stand above the row that was taken for the header")
    assert len([item for item in others if isinstance(item, Entry)]) == 1
    table = _file(tmp_path, "Search: peer support\n\nTitle,Author\nA,Field A\n", "x.csv")
    assert [type(item) for item in read(table)] == [Entry]


_SAMPLES = [
    path
    for folder in ("data", "exports")
    for path in sorted((Path(__file__).parent / folder).iterdir())
    if "utf16" not in path.name
]


@pytest.mark.parametrize("path", _SAMPLES, ids=lambda path: path.name)
def test_numbers_of_thousands_of_digits_are_read_or_refused_in_a_sentence(
    path: Path, tmp_path: Path
) -> None:
    """Python makes no number of them, which `int` says with another error than of other texts."""
    text = path.read_bytes().decode("utf-8-sig", "replace")
    places = list(re.finditer(r"(?<![\w.])\d{1,3}(?![\w.])", text))
    for place in places[:: max(1, len(places) // 12)]:
        changed = text[: place.start()] + "9" * 5000 + text[place.end() :]
        with suppress(UserError):
            list(read(_file(tmp_path, changed, path.name)))


@pytest.mark.parametrize(
    "record",
    [
        "TY  - JOUR\nTI  - A title\nPY  - 2019\nDA  - May {0} 2019\nER  - \n",
        "TY  - JOUR\nTI  - A title\nSP  - {0}\nEP  - {0}\nVL  - {0}\nIS  - {0}\nER  - \n",
    ],
)
def test_a_day_or_page_of_thousands_of_digits_is_read(record: str) -> None:
    assert [e.fields.title for e in read_text(record.format("9" * 5000))] == ["A title"]
