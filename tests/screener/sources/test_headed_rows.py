"""Tables of answers and decisions as spreadsheets save them."""

import pytest

from screener.model import UserError
from screener.sources import headed_rows, typed_rows


@pytest.fixture
def read(tmp_path):
    def call(text, *needed, encoding="utf-8"):
        path = tmp_path / "answers.csv"
        path.write_bytes(text.encode(encoding))
        return headed_rows.read(path, needed)

    return call


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_rows_by_their_headings(read, delimiter, encoding):
    lines = (("record", "verdict", "note"), ("1", "include", "Größe"), ("2", "exclude", ""))
    text = "".join(delimiter.join(line) + "\r\n" for line in lines)
    found = read(text, "verdict", encoding=encoding).rows
    assert [(row.line, row.cells) for row in found] == [
        (number, dict(zip(lines[0], line, strict=True))) for number, line in enumerate(lines[1:], 2)
    ]


def test_a_short_row_has_empty_cells_and_a_long_one_loses_what_has_no_heading(read):
    short, long = read("record,verdict\n1\n2,include,more\n", "record").rows
    assert (short.cells, long.cells) == (
        {"record": "1", "verdict": ""},
        {"record": "2", "verdict": "include"},
    )


def test_a_quotation_mark_nobody_closed_is_said_of_its_row(read):
    found = read('record,note\n1,"open\n2,b\n3,"c"\n', "record").rows
    assert [row.cells["record"] for row in found] == ["1", "2", "3"]
    assert [bool(row.remark) for row in found] == [True, False, False]


def test_a_missing_heading_is_named(read):
    with pytest.raises(UserError, match=r"has no column answer; .* parted by commas, semicolons"):
        read("record_id_1;record_id_2\n1;2\n", "record_id_1", "record_id_2", "answer")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_only_a_text_that_has_control_characters_is_said_to_have_some(tmp_path, encoding):
    """Excel's “Unicode text” has a NUL in every second byte."""
    path, told = tmp_path / "answers.txt", []
    path.write_bytes("study\tvalue\r\n1\tüber\r\n".encode(encoding))
    typed_rows.read_csv(path, ("study",), tell=told.append)
    assert told == []
    path.write_bytes("study\tvalue\r\n1\tü\x02ber\r\n".encode(encoding))
    typed_rows.read_csv(path, ("study",), tell=told.append)
    assert len(told) == 1


def test_what_turns_the_direction_of_writing_is_left_out(read):
    (row,) = read("record,note\n1,\u202eevil\u202c\n", "record").rows
    assert row.cells["note"] == "evil"
