"""The plots: what is drawn where, that nothing leaves the page, a sign on every colour."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from screener.answers.shipped import names, shipped
from screener.report.drawing import RATINGS, Box, Role, Text
from screener.report.pdf import pdf
from screener.report.plots import bars, ratings
from screener.report.plots.marks import OPEN, Mark, marks_of
from screener.report.plots.said import (
    Count,
    Counts,
    Headed,
    RatedItem,
    RatedLine,
    Ratings,
    Score,
    Scores,
)
from screener.report.svg import svg
from screener.report.typeface import width

HEAD = Headed(title="A plot", about="Some studies", open="Draft: 2 ratings to settle.")
LONG = "Consortium for the Evaluation of Digital Peer Support in Rural Communities 2019, " * 2
SIGNS = {
    "rob2": "+−×",
    "robins-i": "+−×!?",
    "jbi-rct": ["+×?n/a", "+×?"],
    "mmat": "+×?",
    "casp-qualitative": "+?×",
}


def signs(question):
    return "".join(mark.sign for mark in marks_of(question).values())


@pytest.mark.parametrize("name", SIGNS)
def test_the_options_of_an_instrument_have_the_signs_of_robvis(name):
    found = {signs(q) for q in shipped(name).questions if marks_of(q)}
    assert found == set(SIGNS[name] if isinstance(SIGNS[name], list) else [SIGNS[name]])


def test_what_is_scored_or_written_has_no_sign():
    unmarked = {"mqrs", "nos-cohort", "nos-case-control"}
    for name in names():
        if name in unmarked:
            assert not any(marks_of(q) for q in shipped(name).questions)


def rated(count, of="robins-i"):
    """As many studies; the k-th has its k-th mark on the first item, one is to settle."""
    items = [(q, list(marks_of(q).values())) for q in shipped(of).questions if marks_of(q)]
    lines = []
    for n in range(count):
        marks = [marks[(n + place) % len(marks)] for place, (_, marks) in enumerate(items)]
        marks[-1] = OPEN if n == 1 else marks[-1]
        name = LONG if n == 2 else f"Okonedo {1990 + n}"
        lines.append(RatedLine(name=name, marks=(*marks[:1], None, *marks[2:])))
    told = [RatedItem(code=q.id.upper(), words=q.words, marks=tuple(m)) for q, m in items]
    return Ratings(head=HEAD, items=tuple(told), lines=tuple(lines), overall=True)


def scored(*given, bands=()):
    lines = tuple(
        Score(name=name, total=Decimal(total), possible=Decimal(possible), words=words, whole=whole)
        for name, total, possible, words, whole in given
    )
    return Scores(head=HEAD, lines=lines, bands=bands)


SCORES = scored(
    ("Byrne 2018", 11, 17, "11 of 17", True),
    (LONG, 9, 13, "9 of 13 possible, 2 not applicable", True),
    ("Strand 2018", 8, 17, "8 so far, 3 items open", False),
)
COUNTS = Counts(
    head=HEAD,
    lines=(
        Count(name="Pre-post", studies=15),
        Count(name=LONG, studies=2),
        Count(name="Nothing", studies=0),
        Count(name="To settle", studies=3, open=True),
    ),
)
EVERY = {
    **{f"lights of {n}": ratings.traffic_light(rated(n)) for n in (0, 1, 30, 100)},
    **{f"summary of {n}": ratings.summary(rated(n)) for n in (0, 1, 30, 100)},
    "checklist": ratings.summary(rated(7, "jbi-rct")),
    "scores": bars.scores(SCORES),
    "no scores": bars.scores(scored()),
    "counts": bars.counts(COUNTS),
    "no counts": bars.counts(Counts(head=HEAD, lines=())),
}


def texts(drawing):
    return [shape for shape in drawing.shapes if isinstance(shape, Text)]


def boxes(drawing, *fills):
    return [s for s in drawing.shapes if isinstance(s, Box) and s.fill in fills]


def words(drawing):
    return [text.text for text in texts(drawing)]


@pytest.mark.parametrize("name", EVERY)
def test_nothing_leaves_the_page_and_no_words_lie_on_each_other(name):
    drawing = EVERY[name]
    seen = texts(drawing)
    for text in seen:
        assert 0 <= text.x <= text.x + text.width <= drawing.width
        assert text.size <= text.y <= drawing.height
        assert text.width == pytest.approx(width(text.text, text.size, strong=text.strong))
    by_line = {}
    for text in seen:
        by_line.setdefault(round(text.y), []).append(text)
    for line in by_line.values():
        line.sort(key=lambda text: text.x)
        for one, other in pairwise(line):
            assert one.x + one.width <= other.x + 0.01


@pytest.mark.parametrize("name", EVERY)
def test_every_colour_has_its_sign(name):
    drawing = EVERY[name]
    for box in boxes(drawing, *RATINGS):
        x, y = box.middle
        on_it = [
            text
            for text in texts(drawing)
            if text.role is Role.SIGN
            and abs(text.x + text.width / 2 - x) < 1
            and 0 < text.y - y < 9
        ]
        # A part of a bar that is too narrow has its sign in the numbers beside it.
        assert len(on_it) == 1 or box.width < 16


@pytest.mark.parametrize("name", EVERY)
def test_it_says_what_is_open_in_the_picture_and_to_a_screen_reader(name):
    drawing = EVERY[name]
    assert HEAD.open in " ".join(words(drawing))
    assert drawing.description.startswith("Some studies. Draft: 2 ratings to settle.")


@pytest.mark.parametrize("name", ["lights of 30", "checklist", "scores", "counts"])
def test_it_is_a_file_of_each_kind(name):
    drawing = EVERY[name]
    ElementTree.fromstring(svg(drawing))
    assert pdf(drawing).startswith(b"%PDF")
    assert pdf(drawing).count(b"/Type /Page\n") == 1


def test_a_light_stands_where_the_rating_is_and_nothing_where_none_is_asked():
    drawing = ratings.traffic_light(rated(3))
    discs = [b for b in boxes(drawing, *RATINGS, None) if b.width == b.height == 20]
    per_line = {}
    for disc in discs:
        per_line.setdefault(disc.y, []).append(disc)
    lines = [sorted(line, key=lambda b: b.x) for _, line in sorted(per_line.items())][:3]
    assert [len(line) for line in lines] == [6, 6, 6]  # of seven items the second is not asked
    assert [line[0].fill for line in lines] == [Role.GOOD, Role.SOME, Role.BAD]
    assert lines[1][-1].fill is None


def test_the_summary_counts_what_is_agreed():
    found = rated(30)
    assert found.counts(0) == {mark: 0 if mark == OPEN else 6 for mark in found.marks}
    assert found.counts(6)[OPEN] == 1
    assert not any(found.counts(1).values())
    drawing = ratings.summary(found)
    assert words(drawing).count("6 (20 %)") >= 5
    assert {"6 (21 %)", "5 (17 %)"} <= set(words(drawing))  # of the 29 that are agreed
    of_first = sorted(
        (b for b in boxes(drawing, *RATINGS) if b.height == 22), key=lambda b: (b.y, b.x)
    )[:5]
    assert [b.fill for b in of_first] == list(RATINGS)
    assert [b.width for b in of_first] == [pytest.approx(60)] * 5


def test_marks_with_one_sign_share_a_column():
    found = [mark.words for mark in rated(7, "jbi-rct").marks]
    assert found[:2] == ["Yes / Include", "No / Exclude"]


def test_a_bar_is_as_long_as_its_score_and_its_outline_as_what_is_possible():
    drawing = bars.scores(SCORES)
    whole = boxes(drawing, Role.ACCENT)
    assert [b.width for b in whole] == [pytest.approx(360 * n / 17) for n in (11, 9)]
    outlines = [b for b in boxes(drawing, None) if b.edge and b.height == 14]
    assert [b.width for b in outlines] == [pytest.approx(360 * n / 17) for n in (17, 13, 17)]
    assert len(boxes(drawing, Role.WASH)) == 1  # what may still grow is paler
    assert "8 so far, 3 items open" in words(drawing)


def test_a_band_is_drawn_only_when_it_is_on():
    plain = ("Byrne 2018", 15, 17, "15 of 17", True)
    on = bars.scores(scored(plain, bands=((Decimal(14), "high"),)))
    line = next(b for b in boxes(on, Role.ACCENT) if b.width == 1.5)
    bar = next(b for b in boxes(on, Role.ACCENT) if b.height == 14)
    assert line.middle[0] == pytest.approx(bar.x + 360 * 14 / 17)
    assert "high: from 14" in words(on)
    off = bars.scores(scored(plain))
    assert not [b for b in boxes(off, Role.ACCENT) if b.width == 1.5]


def test_counts_are_as_long_as_they_are_many_and_empty_where_open():
    drawing = bars.counts(COUNTS)
    assert [b.width for b in boxes(drawing, Role.ACCENT)] == [360, pytest.approx(48)]
    hollow = [b for b in boxes(drawing, None) if b.edge]
    assert [b.width for b in hollow] == [pytest.approx(72)]
    assert {"15", "2", "0", "3"} <= set(words(drawing))


def test_a_mark_of_the_same_words_is_one():
    assert Mark(words="To settle", sign="") == OPEN
