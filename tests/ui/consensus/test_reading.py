"""The reading of the figures: the figure first, the band second, its author named."""

from dataclasses import replace

import pytest

from screener.consensus.agreement.agreement import PairAgreement
from screener.consensus.agreement.answers import OfTwo
from screener.consensus.agreement.figures import figures
from screener.consensus.agreement.weighted import weighted_kappa
from screener.model import Criterion, Element, Protocol, Stage
from ui.consensus.decision_painter import DecisionPainter
from ui.consensus.reading import (
    NOBODY_JUDGED,
    between,
    few_words,
    figure_rows,
    lowest_part,
    part_rows,
    reading,
    rounded,
)

BINARY = ("include", "exclude")
PER_CRITERION = ("met", "unclear", "not-met")
PICTURE = figures([[121, 31], [22, 1110]], BINARY)
PROTOCOL = Protocol(
    title="Peers",
    criteria=tuple(Criterion(id=str(e), element=e) for e in list(Element)[:5]),
)
PAINTER = DecisionPainter(Stage.TITLE_ABSTRACT, PROTOCOL, {})
TWO, THREE = PAINTER.tables()


def lowest(found):
    part = lowest_part(found, PAINTER.parts(found))
    return part.name if part else ""


def pair(**criteria):
    return PairAgreement(
        reviewers=("Maya", "Jonas"),
        measured={
            "binary": OfTwo(figures=PICTURE),
            "three_way": OfTwo(figures=PICTURE),
            **{
                f"criteria/{k}": OfTwo(figures=figures(t, PER_CRITERION, ("met", "not-met")))
                for k, t in criteria.items()
            },
        },
    )


def test_the_reading_names_figure_band_and_author():
    said = reading(PICTURE, TWO)
    assert "decided the same on 95.9 % of the 1,284 records." in said
    at = said.index("is 0.80 (0.74 to 0.85)")
    assert at < said.index("“excellent” in the words of Orwin 1994")
    assert at < said.index("“substantial” in the words of Landis and Koch 1977")
    assert "their agreement is 0.82" in said
    assert said.endswith("Maybe counts as include.")


def test_with_maybe_it_is_a_category_of_its_own():
    assert reading(PICTURE, THREE).endswith("Maybe is a category of its own.")


def test_a_figure_that_is_not_defined_says_why():
    alike = figures([[0, 0], [0, 40]], BINARY)
    assert "Kappa is not defined: both reviewers used only one category." in reading(alike, TWO)
    rows = {row.name: row for row in figure_rows(alike, TWO)}
    assert rows["Cohen’s kappa"].value is None
    assert rows["Cohen’s kappa"].note == "not defined: both reviewers used only one category"
    assert rows["Agreement on include"].note == "not defined: neither reviewer used include"


def test_without_records_there_is_nothing_to_compare():
    said = reading(figures([[0, 0], [0, 0]], BINARY), TWO)
    assert said == "No record was decided by both reviewers, so there is nothing to compare."


def test_the_rows_show_what_the_picture_shows():
    rows = {row.name: (row.figure, row.interval) for row in figure_rows(PICTURE, TWO)}
    assert rows == {
        "Raw agreement": ("0.96", "0.95 to 0.97"),
        "Cohen’s kappa": ("0.80", "0.74 to 0.85"),
        "Gwet’s AC1": ("0.95", "0.93 to 0.96"),
        "PABAK": ("0.92", "0.89 to 0.94"),
        "Agreement on include": ("0.82", ""),
        "Agreement on exclude": ("0.98", ""),
    }
    assert [row.name for row in figure_rows(PICTURE, TWO) if row.marked] == ["Cohen’s kappa"]


def test_the_lowest_criterion_is_marked():
    found = pair(
        participants=[[40, 0, 2], [0, 1, 0], [1, 0, 30]],
        comparisons=[[20, 0, 9], [0, 1, 0], [8, 0, 20]],
        outcomes=[[0, 0, 0], [0, 0, 0], [0, 0, 0]],
    )
    assert lowest(found) == "Comparisons"
    rows = part_rows(found, PAINTER.parts(found))
    assert [row.name for row in rows if row.marked] == ["Comparisons"]
    assert rows[2].note == NOBODY_JUDGED


def test_a_criterion_without_kappa_says_why():
    found = pair(participants=[[20, 0, 0], [0, 0, 0], [0, 0, 0]])
    (row,) = part_rows(found, PAINTER.parts(found))[:1]
    assert (row.value, row.figure, row.interval) == (None, "", "")
    assert row.note == "not defined: both reviewers used only one category"


@pytest.mark.parametrize("criteria", [{}, {"participants": [[20, 0, 0], [0, 0, 0], [0, 0, 20]]}])
def test_without_disagreement_no_criterion_is_the_lowest(criteria):
    assert lowest(pair(**criteria)) == ""


def test_of_an_order_the_weighted_kappa_is_the_one_that_is_shown():
    table = [[20, 9, 0], [8, 20, 0], [0, 0, 30]]
    found = pair(participants=[[40, 0, 2], [0, 1, 0], [1, 0, 30]], comparisons=table)
    ordered = replace(found.measured["criteria/comparisons"], weighted=weighted_kappa(table))
    found = replace(found, measured={**found.measured, "criteria/comparisons": ordered})
    plain, weighted = part_rows(found, PAINTER.parts(found))[:2]
    assert plain.value == found.figures("criteria/participants").kappa
    assert weighted.value == ordered.weighted.kappa > ordered.figures.kappa
    assert (plain.marked, weighted.marked) == (False, True)


def test_few_records_are_warned_of():
    assert few_words(PICTURE) == ""
    assert few_words(figures([[1, 0], [0, 0]], BINARY)).startswith("Only 1 record: ")


def test_numbers_have_two_places_and_a_real_minus():
    assert rounded(-0.0234) == "−0.02"
    assert rounded(-0.001) == "0.00"
    assert between((-0.5, 1.0)) == "−0.50 to 1.00"
    assert between(None) == ""
