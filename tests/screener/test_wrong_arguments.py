"""Scripts that give something else than is asked for get a sentence, from every public method."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from screener import create_project, open_copy, open_project
from screener.model import Stage, UserError

TA = Stage.TITLE_ABSTRACT
RIS = "".join(f"TY  - JOUR\nTI  - Report {n} of peers\nER  - \n\n" for n in (1, 2, 3))


@pytest.fixture
def review(tmp_path):
    (tmp_path / "a.ris").write_text(RIS, encoding="utf-8")
    with create_project(tmp_path / "review.screener", title="Peers") as project:
        project.sources.import_file(tmp_path / "a.ris", source="PubMed")
        for name in ("Maya", "Jonas"):
            project.consensus.write_copy(name, tmp_path / f"{name}.screener")
        for name, verdict in (("Maya", "include"), ("Jonas", "exclude")):
            with open_copy(tmp_path / f"{name}.screener") as mine:
                for unit in mine.screening.to_screen("title-abstract"):
                    mine.screening.decide(unit, verdict, stage="title-abstract")
                mine.screening.close(TA)
        project.consensus.merge(tmp_path / "Maya.screener", tmp_path / "Jonas.screener")
        yield project


def test_a_unit_or_a_number_stands_for_its_id(review):
    found = next(review.consensus.discrepancies(TA))
    review.consensus.resolve(
        found.unit, "include", step=TA, why="Read.", by=review.consensus.people()
    )
    assert review.consensus.state(found.subject, TA).outcome == "include"
    assert review.units.find(3) == review.units.find("3")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda p: p.consensus.resolve(None, "include", step=TA, why="", by=[]), "“subject” has"),
        (lambda p: p.consensus.resolve("1", "include", step=TA, why="w", by="Maya"), "“by” has"),
        (
            lambda p: p.consensus.resolve("1", "include", step=TA, why=None, by=[]),
            "“why” has to be",
        ),
        (lambda p: p.screening.decide("1", "yes", stage=TA), "“verdict” has to be include, maybe"),
        (lambda p: p.report.export("out.csv", which="every"), "“which” has to be all, included"),
        (lambda p: p.sources.import_file(None, source="x"), "“path” has to be a path or a text"),
        (lambda p: p.sources.remove("3", why="x"), "“named” has to be a list, and is “3”"),
        (lambda p: p.studies.link("3"), "“reports” has to be a list"),
        (lambda p: p.consensus.add_person(None), "“name” has to be a text, and is None"),
        (lambda p: open_project(None), "“path” has to be a path or a text, and is None"),
    ],
)
def test_the_argument_is_named(review, call, words):
    with pytest.raises(UserError, match=re.escape(words)):
        call(review)


def test_all_that_the_page_for_scripts_names_is_checked(review):
    """What takes a text, a list or a word from a script is checked, or takes what was given out."""
    page = Path(__file__).parents[2] / "docs" / "scripts.md"
    named = re.findall(r"(?m)^\| `(\w+)` \| ([^|]+) \|$", page.read_text("utf-8"))
    places = {name: re.findall(r"`(\w+)`", words) for name, words in named if hasattr(review, name)}
    assert len(places) > 8
    unchecked = set()
    for place, methods in places.items():
        for name in methods:
            method = getattr(getattr(review, place), name, None)
            if not inspect.ismethod(method) or not inspect.signature(method).parameters:
                continue
            if not hasattr(method, "__wrapped__"):
                unchecked.add(f"{place}.{name}")
    assert not unchecked
