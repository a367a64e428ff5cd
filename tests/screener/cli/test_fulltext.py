"""`fulltext PROJECT linked`: what belongs together with the reports that are sought."""

from __future__ import annotations

import json

import pytest

from screener import open_project
from screener.model import Stage

TITLE = "Peer-led text messaging for adults with bipolar disorder in remote clinics"
RIS = f"""TY  - JOUR
AU  - Brandvik, Maren
PY  - 2018
TI  - {TITLE}
T2  - Invented Journal of Psychiatry
DO  - 10.5555/ijp.2018.244
ER  -

TY  - JOUR
AU  - Brandvik, Maren
PY  - 2017
TI  - {TITLE}
T2  - medRxiv
ER  -
"""


@pytest.fixture
def review(folder):
    """The prepared review with a report and its preprint more; full text is open for two others."""
    (folder / "more.ris").write_text(RIS, encoding="utf-8")
    with open_project(folder / "review.screener") as project:
        project.sources.import_file(folder / "more.ris", source="PubMed")
        project.screening.open(Stage.FULL_TEXT)
        report = project.units.find("9")
        for name in ("Maya", "Jonas"):
            project.consensus.write_copy(name, folder / f"{name}-2.screener")
    return report


def test_nothing_is_linked_to_what_is_sought(review, run):
    status, out, err = run("fulltext", "review.screener", "linked")
    assert (status, out, err) == (0, "", "No report that is sought has a linked record.\n")


@pytest.fixture
def sought(review, folder):
    """Both include the report and leave out its preprint; full text is open for the report."""
    with open_project(folder / "review.screener") as project:
        preprint = project.units.find("10")
    for name in ("Maya", "Jonas"):
        with open_project(folder / f"{name}-2.screener") as mine:
            mine.screening.reopen(Stage.TITLE_ABSTRACT, "two more")
            for unit, verdict in ((review, "include"), (preprint, "exclude")):
                mine.screening.decide(unit, verdict, stage=Stage.TITLE_ABSTRACT)
            mine.screening.close(Stage.TITLE_ABSTRACT)
    with open_project(folder / "review.screener") as project:
        project.consensus.merge(folder / "Maya-2.screener", folder / "Jonas-2.screener")
        project.screening.open(Stage.FULL_TEXT)
        project.consensus.write_copy("Maya", folder / "newer.screener")
    return folder


def test_in_words(sought, run):
    status, out, _ = run("fulltext", "review.screener", "linked", "--quiet")
    assert (status, out.splitlines()) == (0, [
        f"9  {TITLE}",
        "   a preprint of it: 10, 2017, excluded at title and abstract",
        f"      {TITLE}",
    ])  # fmt: skip
    assert run("fulltext", "review.screener", "linked", "9", "--quiet")[1] == out
    assert run("fulltext", "review.screener", "linked", "1", "--quiet")[1] == ""


@pytest.mark.parametrize(
    ("file", "standing"),
    [
        ("review.screener", "excluded at title and abstract"),
        ("newer.screener", "you excluded it at title and abstract"),
    ],
)
def test_as_json(sought, run, file, standing):
    _, out, _ = run("fulltext", file, "linked", "--json")
    (found,) = json.loads(out)
    (other,) = found.pop("linked")
    assert set(found) == {"record", "uid", "title"}
    assert (found["record"], found["title"]) == (9, TITLE)
    assert other.pop("uid")
    assert other == {
        "record": 10,
        "title": TITLE,
        "year": 2017,
        "kind": "preprint-and-report",
        "words": "a preprint of it",
        "standing": standing,
    }


def test_an_unknown_record_is_refused(review, refuses):
    assert refuses("fulltext", "review.screener", "linked", "99").startswith("There is no record")
