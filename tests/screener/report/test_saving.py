"""Saving a flow: the ending says how, and nothing is left half done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screener.model import UserError
from screener.report.saving import encoded, save

STARTS = {".svg": b"<?xml", ".pdf": b"%PDF-", ".png": b"\x89PNG", ".csv": b"data,node,"}


@pytest.mark.parametrize("ending", STARTS)
def test_the_ending_says_which(ending, finished, tmp_path):
    path = tmp_path / f"flow{ending}"
    save(finished, path)
    assert path.read_bytes().startswith(STARTS[ending])
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_capital_letters_and_plain_names(finished, tmp_path):
    save(finished, str(tmp_path / "FLOW.SVG"))
    assert (tmp_path / "FLOW.SVG").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize("ending", STARTS)
def test_the_same_flow_gives_the_same_bytes(ending, draft):
    assert encoded(draft, ending) == encoded(replace(draft), ending)


@pytest.mark.parametrize("name", ["flow.docx", "flow", "flow.svg.exe"])
def test_another_ending_is_refused_with_those_that_are_possible(name, finished, tmp_path):
    with pytest.raises(UserError, match=r"\.svg, \.pdf, \.png or \.csv\.$") as refused:
        save(finished, tmp_path / name)
    assert name in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_is_replaced(finished, draft, tmp_path):
    path = tmp_path / "flow.csv"
    save(finished, path)
    before = path.read_bytes()
    save(draft, path)
    assert path.read_bytes() != before


def test_a_place_that_cannot_be_written(finished, tmp_path):
    with pytest.raises(UserError, match=r"There is no folder .*make it first or choose another"):
        save(finished, tmp_path / "absent" / "flow.svg")


def test_a_folder_of_that_name_is_left_alone(finished, tmp_path):
    (tmp_path / "flow.svg").mkdir()
    with pytest.raises(UserError, match="is a folder; give the name of a file in it"):
        save(finished, tmp_path / "flow.svg")
    assert [file.name for file in tmp_path.iterdir()] == ["flow.svg"]


@pytest.mark.parametrize("ending", [".pdf", ".png"])
def test_letters_without_a_face_are_refused_and_not_shown_as_boxes(ending, finished):
    foreign = replace(finished, other_excluded=(("对象不符", 17),))
    with pytest.raises(UserError, match=r"对象不符.*save it as \.svg"):
        encoded(foreign, ending)
    assert "对象不符" in encoded(foreign, ".svg").decode()


@pytest.mark.parametrize("ending", [".pdf", ".png"])
def test_letters_with_a_face(ending, finished):
    encoded(replace(finished, other_excluded=(("Étude à Łódź, Ελλάδα, Киев", 17),)), ending)
