"""The face of the diagram and its measures."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.report.typeface import file, missing, width


def test_both_files_are_there():
    assert Path(file(strong=False)).name == "SourceSansPro-Regular.ttf"
    assert Path(file(strong=True)).name == "SourceSansPro-Semibold.ttf"


def test_width_is_that_of_the_face():
    """A figure of Source Sans is 497 thousandths of the size, whichever figure it is."""
    assert width("1234567890", 100, strong=False) == pytest.approx(497)
    assert width("", 14, strong=True) == 0
    assert width("Records", 28, strong=True) == pytest.approx(2 * width("Records", 14, strong=True))
    assert width("Records", 14, strong=True) > width("Records", 14, strong=False)


def test_letters_of_east_asia_are_one_em_wide():
    assert width("对象A", 10, strong=False) == pytest.approx(20 + width("A", 10, strong=False))


def test_missing_letters_are_named_once():
    assert missing("Étude – Łódź, Ελλάδα, Киев (n = 3)") == ""
    assert missing("对 象 对") == "对象"
