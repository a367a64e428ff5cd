"""The SVG file: the reference, well-formed, self-contained."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from defusedxml import ElementTree

from screener.report.diagram import diagram
from screener.report.svg import svg

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
SPACE = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", ["finished", "draft", "databases_only"])
def test_reference(name, request):
    drawn = svg(diagram(request.getfixturevalue(name)))
    reference = (REFERENCE / f"flow-{name.replace('_', '-')}.svg").read_text(encoding="utf-8")
    assert drawn.splitlines() == reference.splitlines()


def test_lines_of_text_are_whole(finished):
    root = ElementTree.fromstring(svg(diagram(finished)))
    lines = ["".join(text.itertext()) for text in root.iter(f"{SPACE}text")]
    assert "Records screened (n = 1,005)" in lines
    assert "Study design; protocols (n = 14)" in lines
    fields = {span.get("data-field"): span.text for span in root.iter(f"{SPACE}tspan")}
    assert fields["records_screened"] == "(n = 1,005)"


def test_size_title_and_description(draft):
    drawing = diagram(draft)
    root = ElementTree.fromstring(svg(drawing))
    assert root.get("viewBox") == f"0 0 {drawing.width:g} {drawing.height:g}"
    assert root.find(f"{SPACE}title").text == "PRISMA 2020 flow diagram (DRAFT)"
    assert root.find(f"{SPACE}desc").text == drawing.description


def test_foreign_labels_are_text(finished):
    label = """<script>alert("1")</script> & 'x' ]]> \x00\x1b"""
    drawn = svg(diagram(replace(finished, other_excluded=((label, 17),))))
    root = ElementTree.fromstring(drawn)
    assert "<script" not in drawn
    told = "".join(root.itertext())
    assert """<script>alert("1")</script>""" in told


def test_nothing_is_loaded_from_elsewhere(draft):
    drawn = svg(diagram(draft))
    assert "href" not in drawn
    assert "url(" not in drawn
    assert re.findall(r"https?://[^\"]*", drawn) == ["http://www.w3.org/2000/svg"]
