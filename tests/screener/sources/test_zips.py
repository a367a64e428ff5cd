"""What is a zip within, as a workbook or a Word file, is written whatever the clock says."""

import time
import zipfile
from io import BytesIO

import pytest

from screener.printing import document as d
from screener.printing.docx import docx
from screener.sources.writers.xlsx import write_tables

PAGE = d.Document(
    title="A title",
    running=d.Running(review="A review", what="Agenda", details="Version 1"),
    blocks=(d.Paragraph(words=d.words("A sentence.")),),
)


def workbook():
    out = BytesIO()
    write_tables([("Sheet", [["a", "b"], ["1", "2"]])], out)
    return out.getvalue()


@pytest.mark.parametrize("write", [workbook, lambda: docx(PAGE)], ids=["xlsx", "docx"])
@pytest.mark.parametrize("year", [1969, 1975, 2150])
def test_a_clock_before_the_first_zip_or_after_the_last(write, year, monkeypatch):
    there = (year - 1970) * 365.25 * 86_400
    monkeypatch.setattr(time, "time", lambda: there)
    with zipfile.ZipFile(BytesIO(write())) as archive:
        assert archive.testzip() is None
        assert {part.date_time[0] for part in archive.infolist()} == {1980}
