"""The plots and tables of a review whose studies two people rated, against what they said."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from screener import open_project
from screener.answers.shipped import shipped
from screener.model import UserError
from screener.report.plots.plots import Plots
from screener.studies.tables import Tables
from tests.screener.rated import EXTRACTION, JBI, MQRS, NAMES, OPEN_EACH, ROB2, rated, said

STUDIES = 8
OF_ROB2 = (1, 2, 3)
DIFFER = [n for n in range(1, STUDIES + 1) if n % OPEN_EACH == 3]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(tmp_path_factory.mktemp("home")))
        folder = tmp_path_factory.mktemp("rated") / "review"
        yield rated(folder, studies=STUDIES, rated_here={ROB2: OF_ROB2})


@pytest.fixture
def review(path):
    with open_project(path, write=False) as project:
        yield project


@pytest.fixture
def plots(review):
    return Plots(review.units, review.studies, review.consensus, review.forms.steps())


@pytest.fixture
def tables(review):
    return Tables(review.units, review.studies, review.consensus, review.forms.steps())


def named(review):
    """The names of the studies by the numbers of their reports."""
    return {n: review.studies.find(str(n)).name for n in range(1, STUDIES + 1)}


def agreed(form, number):
    """What both said of a study, by question."""
    one, other = (said(form, number, name) for name in NAMES)
    return {id_: word for id_, word in one.items() if other[id_] == word}


def lines(drawing):
    """What the drawing says to a screen reader, by the words before the colon."""
    parts = (part.split(": ", 1) for part in drawing.description.split(". ") if ": " in part)
    return {name: told.rstrip(".") for name, told in parts}


def test_every_plot_there_is_can_be_drawn(plots):
    offered = [(one.name, one.stage) for one in plots.offered()]
    assert offered == [
        ("by-year", ""),
        ("by-intervention", ""),
        ("by-design", EXTRACTION),
        ("by-peer-role", EXTRACTION),
        ("by-modality", EXTRACTION),
        ("scores", MQRS),
        ("traffic-light", ROB2),
        ("summary", ROB2),
        ("traffic-light", JBI),
        ("summary", JBI),
    ]
    for name, stage in offered:
        assert plots.drawing(name, stage).shapes


def test_the_scores_are_the_sums_of_what_was_agreed(review, plots):
    form, told = shipped(MQRS), lines(plots.drawing("scores", MQRS))
    for number, name in named(review).items():
        words = agreed(form, number)
        total = sum(int(q.option(words[q.id]).score) for q in form.questions if q.id in words)
        open_ = len(form.questions) - len(words)
        wanted = f"{total} so far, {open_} item open" if open_ else f"{total} of 17"
        assert told[name] == wanted
    assert sum("open" in words for words in told.values()) == len(DIFFER)


def test_the_traffic_light_has_what_was_agreed_and_the_worst(review, plots):
    form = shipped(ROB2)
    drawing = plots.drawing("traffic-light", ROB2)
    assert "3 results of 3 studies" in drawing.description
    order, found = ["low", "some-concerns", "high"], lines(drawing)
    for number, name in named(review).items():
        if number not in OF_ROB2:
            assert f"{name}, hope" not in found
            continue
        words = agreed(form, number)
        worst = max(words.values(), key=order.index) if len(words) == 5 else ""
        wanted = [words.get(q.id, "to settle").replace("-", " ") for q in form.questions]
        wanted.append(worst.replace("-", " ") or "to settle")
        codes = [f"D{n}" for n in range(1, 6)] + ["Overall"]
        assert found[f"{name}, hope"] == ", ".join(map(" ".join, zip(codes, wanted, strict=True)))


def test_studies_are_counted_by_what_is_agreed_and_the_open_are_named(review, plots, tables):
    form = shipped(EXTRACTION)
    question = form.question("design")
    wanted = Counter(
        question.option(word).words if (word := agreed(form, n).get("design")) else "To settle"
        for n in range(1, STUDIES + 1)
    )
    drawing = plots.drawing("by-design")
    found = lines(drawing)
    assert {name: int(found[name]) for name in wanted} == wanted
    assert f"Draft: {wanted['To settle']} " in drawing.description
    counts = tables.sheets("studies")[1]
    of_design = {value: int(n) for of, value, n in counts.rows if of == "design"}
    assert {name.capitalize(): n for name, n in of_design.items()} == {
        name.capitalize(): n for name, n in wanted.items()
    }


def test_years_and_interventions_need_no_form(review, plots, tables):
    years = Counter(
        unit.fields.year for unit in review.units.load(one.primary for one in review.studies.all())
    )
    told = lines(plots.drawing("by-year"))
    assert {year: int(told[str(year)]) for year in years} == years
    assert lines(plots.drawing("by-intervention")) == {
        "Together online": "2",
        "Peer line": "1",
        "No intervention named": "5",
    }
    rows = [row for row in tables.sheets("studies")[1].rows if row[0] == "intervention"]
    assert [int(n) for _, _, n in rows] == [2, 1, 5]


def test_the_share_of_an_option_is_in_the_table_and_in_the_plot(review, plots, tables):
    items = tables.sheets("appraisal", stage=JBI)[1].rows
    said_of_first = lines(plots.drawing("summary", JBI))[
        f"{shipped(JBI).questions[0].words}, {STUDIES} lines"
    ]
    counts = {row[2].lower(): row[4] for row in items if row[0] == "1"}
    for part in said_of_first.split(", "):
        words, _, n = part.rpartition(" ")
        assert words == "to settle" or counts[words.partition(" / ")[0]] == n


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("heat-map", ""), "is no plot; there are by-year, by-intervention"),
        (("traffic-light", MQRS), "is no plot of .*; there are scores"),
        (("traffic-light", ""), "can be drawn of rob2 and jbi-rct; name the form"),
        (("scores", "rob3"), "“rob3” is none, there are extraction"),
    ],
)
def test_a_plot_there_is_none_of_is_refused_in_a_sentence(plots, asked, words):
    with pytest.raises(UserError, match=words):
        plots.drawing(*asked)


def test_nothing_of_what_is_hidden_is_drawn(tmp_path, monkeypatch):
    monkeypatch.setenv("SCREENER_HOME", str(tmp_path))
    path = rated(tmp_path / "hidden", studies=2, forms=(EXTRACTION, MQRS), close=False)
    with open_project(path, write=False) as review:
        plots = Plots(review.units, review.studies, review.consensus, review.forms.steps())
        assert [one.name for one in plots.offered()] == ["by-year", "by-intervention"]
        with pytest.raises(UserError):
            plots.drawing("scores", MQRS)
        with pytest.raises(UserError, match="hidden until"):
            plots.drawing("by-design")


def test_the_command_writes_a_plot_by_the_ending(path, making, tmp_path):
    out = tmp_path / "lights.svg"
    done = making.cli(
        "export", path, out, "--what", "plot", "--plot", "traffic-light", "--stage", ROB2
    )
    assert done.returncode == 0, done.stderr
    assert "Some concerns" in out.read_text(encoding="utf-8")
    for words, status in (
        (("--what", "plot"), 2),
        (("--plot", "scores"), 2),
        (("--what", "plot", "--plot", "scores"), 1),
    ):
        done = making.cli("export", path, tmp_path / "plot.csv", *words)
        assert (done.returncode, (tmp_path / "plot.csv").exists()) == (status, False)


def test_the_correlation_of_totals_is_that_of_the_whole_totals(path, making):
    done = making.cli("agreement", path, "--stage", MQRS, "--json")
    (totals,) = json.loads(done.stdout)["totals"]
    assert (totals["n"], totals["lacking"]) == (STUDIES, 0)
    form, rows = shipped(MQRS), []
    for number in range(1, STUDIES + 1):
        given = [said(form, number, name) for name in NAMES]
        rows.append([sum(int(q.option(one[q.id]).score) for q in form.questions) for one in given])
    # Shrout and Fleiss: ICC(2,1) from the mean squares, written out.
    n, k = len(rows), 2
    mean = sum(map(sum, rows)) / (n * k)
    of_rows = k * sum((sum(row) / k - mean) ** 2 for row in rows) / (n - 1)
    of_people = n * sum((sum(row[j] for row in rows) / n - mean) ** 2 for j in range(k)) / (k - 1)
    every = sum((x - mean) ** 2 for row in rows for x in row)
    error = (every - of_rows * (n - 1) - of_people * (k - 1)) / ((n - 1) * (k - 1))
    icc = (of_rows - error) / (of_rows + (k - 1) * error + k * (of_people - error) / n)
    assert totals["icc"] == pytest.approx(icc)
    done = making.cli("agreement", path, "--stage", MQRS)
    assert f"intraclass correlation {icc:.3f}" in done.stdout
