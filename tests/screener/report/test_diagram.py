"""The layout: what stands where, and that nothing overlaps whatever the numbers are."""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians, sin

from hypothesis import given, settings
from hypothesis import strategies as st

from screener.report import diagram as module
from screener.report.diagram import diagram
from screener.report.drawing import Arrow, Box, Role, Text
from screener.report.flow import Flow, Pending
from screener.report.placing import WAITING


def of(drawing, kind):
    return [shape for shape in drawing.shapes if isinstance(shape, kind)]


def boxes(drawing) -> list[Box]:
    """The boxes of the flow: those with an edge, but for the stamp."""
    return [box for box in of(drawing, Box) if box.edge and not box.turn]


def stamps(drawing) -> list[Box]:
    return [box for box in of(drawing, Box) if box.turn]


def bands(drawing) -> list[Box]:
    return [box for box in of(drawing, Box) if box.fill is Role.WASH]


def words(drawing) -> str:
    return " ".join(" ".join(text.text for text in of(drawing, Text)).split())


def turned_bounds(box: Box) -> tuple[float, float, float, float]:
    angle = radians(box.turn)
    half_x = (box.width * abs(cos(angle)) + box.height * abs(sin(angle))) / 2
    half_y = (box.width * abs(sin(angle)) + box.height * abs(cos(angle))) / 2
    x, y = box.middle
    return x - half_x, y - half_y, x + half_x, y + half_y


def bounds(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.right, box.bottom


def apart(one, other) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


labels = st.text(min_size=1, max_size=60)
listed = st.lists(st.tuples(labels, st.integers(0, 99999)), max_size=12).map(tuple)
number = st.integers(0, 10**7)
waits = st.lists(
    st.tuples(st.sampled_from([*WAITING.values()]), number), unique_by=lambda one: one[0]
).map(tuple)
open_parts = st.builds(
    Pending,
    title_abstract=number,
    retrieval=number,
    full_text=number,
    title_abstract_open=waits,
    full_text_open=waits,
    title_abstract_reopened=number,
    full_text_reopened=number,
)
any_flow = st.builds(
    Flow,
    database_results=number,
    database_specific_results=listed,
    register_specific_results=listed,
    records_screened=number,
    records_excluded=number,
    dbr_sought_reports=number,
    dbr_assessed=number,
    dbr_excluded=listed,
    dbr_awaiting=number,
    website_results=st.none() | number,
    citations_results=st.none() | number,
    other_sought_reports=number,
    other_assessed=number,
    other_excluded=listed,
    other_awaiting=number,
    new_studies=number,
    new_reports=number,
    previous_studies=st.none() | number,
    previous_reports=st.none() | number,
    draft=st.booleans(),
    pending=open_parts,
)


@settings(max_examples=60, deadline=None)
@given(any_flow)
def test_nothing_overlaps_and_nothing_leaves_its_box(flow):
    drawing = diagram(flow)
    placed = [*map(bounds, boxes(drawing)), *map(turned_bounds, stamps(drawing))]
    placed += map(bounds, bands(drawing))
    for place, one in enumerate(placed):
        assert one[0] >= 0
        assert one[2] <= drawing.width
        assert one[3] <= drawing.height
        assert all(apart(one, other) for other in placed[:place])
    for text in of(drawing, Text):
        if text.turn:
            continue
        assert text.x >= module.MARGIN
        assert text.x + text.width <= drawing.width - module.MARGIN + 0.01
        holders = [box for box in boxes(drawing) if box.y <= text.y <= box.bottom]
        holders = [box for box in holders if box.x <= text.x <= box.right]
        for box in holders:
            assert text.x + text.width <= box.right
            assert box.y + text.size * 0.6 < text.y < box.bottom - 4


@settings(max_examples=30, deadline=None)
@given(any_flow)
def test_arrows_join_boxes_and_cross_none(flow):
    drawing = diagram(flow)
    placed = boxes(drawing)
    for arrow in of(drawing, Arrow):
        start, end = arrow.points[0], arrow.points[-1]
        for x, y in (start, end):
            on_edge = [
                box
                for box in placed
                if (x in (box.x, box.right) and box.y < y < box.bottom)
                or (y in (box.y, box.bottom) and box.x < x < box.right)
            ]
            assert len(on_edge) == 1
        for (x0, y0), (x1, y1) in zip(arrow.points, arrow.points[1:], strict=False):
            assert x0 == x1 or y0 == y1
            piece = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
            assert all(apart(piece, bounds(box)) for box in placed)


def test_both_columns(finished):
    drawing = diagram(finished)
    assert len(boxes(drawing)) == 14
    assert len(of(drawing, Arrow)) == (4 + 4) + (2 + 3)  # across and down, in each column
    assert [text.text for text in of(drawing, Text) if text.turn] == [
        "Identification",
        "Screening",
        "Included",
    ]
    for title in (
        "Identification of studies via databases and registers",
        "Identification of studies via other methods",
    ):
        assert title in words(drawing)


def test_databases_only(databases_only):
    drawing = diagram(databases_only)
    assert len(boxes(drawing)) == 9
    assert "via other methods" not in words(drawing)
    assert drawing.width < diagram(Flow(website_results=0)).width


def test_the_last_arrow_comes_from_the_other_methods(finished):
    drawing = diagram(finished)
    (bent,) = [arrow for arrow in of(drawing, Arrow) if len(arrow.points) == 3]
    lowest = max(boxes(drawing), key=lambda box: box.y)
    assert bent.points[-1] == (lowest.right, lowest.middle[1])


def test_an_updated_review_has_what_was_before_and_the_totals(finished, databases_only):
    for flow, others in ((finished, True), (databases_only, False)):
        updated = replace(flow, previous_studies=10, previous_reports=14)
        drawing = diagram(updated)
        said = words(drawing)
        assert "Previous studies" in said
        assert "Studies included in previous version of review (n = 10)" in said
        assert "Reports of studies included in previous version of review (n = 14)" in said
        assert "Identification of new studies via databases and registers" in said
        assert ("Identification of new studies via other methods" in said) is others
        assert f"New studies included in review (n = {flow.new_studies})" in said
        assert f"Reports of new included studies (n = {flow.new_reports})" in said
        assert f"Total studies included in review (n = {flow.new_studies + 10})" in said
        assert f"Reports of total included studies (n = {flow.new_reports + 14})" in said
        before, *_, total = sorted(boxes(drawing), key=lambda box: (box.x > 60, box.y))
        total = max(boxes(drawing), key=lambda box: box.y)
        ends = {(arrow.points[0], arrow.points[-1]) for arrow in of(drawing, Arrow)}
        assert ((before.middle[0], before.bottom), (total.x, total.middle[1])) in ends


def test_a_new_review_says_nothing_of_an_earlier_one(finished):
    said = words(diagram(finished))
    assert not [one for one in ("revious", "new studies", "Total studies") if one in said]


def test_bands_span_their_rows(finished):
    drawing = diagram(finished)
    identification, screening, included = bands(drawing)
    rows = sorted({box.y for box in boxes(drawing)})
    assert identification.y == rows[0]
    assert screening.y == rows[1]
    assert included.y == rows[-1]
    in_screening = [b for b in boxes(drawing) if rows[1] <= b.y < rows[-1]]
    assert screening.bottom == max(box.bottom for box in in_screening)


def test_footnotes(finished):
    told = words(diagram(finished))
    assert "*Consider, if feasible to do so, reporting the number of records" in told
    assert "**If automation tools were used, indicate how many" in told
    assert "Source: Page MJ, et al. BMJ 2021;372:n71." in told


def test_only_a_draft_is_stamped(finished, draft, databases_only):
    for flow in (finished, databases_only):
        drawing = diagram(flow)
        assert "DRAFT" not in words(drawing)
        assert "Draft" not in words(drawing)
        assert stamps(drawing) == []
        assert Role.WARN not in {text.role for text in of(drawing, Text)}
    for flow in (draft, replace(databases_only, draft=True)):
        drawing = diagram(flow)
        assert "DRAFT" in words(drawing)
        assert flow.draft_sentence in words(drawing)
        assert len(stamps(drawing)) == 1
        assert drawing.title.endswith("(DRAFT)")


def test_open_counts_are_in_the_colour_of_warnings(draft):
    warned = {text.text.strip() for text in of(diagram(draft), Text) if text.role is Role.WARN}
    assert {"conflicts open", "still being sought", "not yet decided", "DRAFT"} <= warned


def test_boxes_grow_with_what_they_hold(finished):
    many = tuple((f"A reason that needs two lines of its box {i}", i) for i in range(20))
    grown, before = diagram(replace(finished, dbr_excluded=many)), diagram(finished)
    assert grown.height > before.height + 30 * module.LINE
    assert "its box 19 (n = 19)" in words(grown)


def test_every_number_of_the_flow_is_linked(finished):
    linked = {text.link for text in of(diagram(finished), Text) if text.link}
    assert linked == {
        "database_results",
        "database_specific_results",
        "register_results",
        "duplicates",
        "excluded_automatic",
        "excluded_other",
        "records_screened",
        "records_excluded",
        "website_results",
        "organisation_results",
        "citations_results",
        "dbr_sought_reports",
        "dbr_notretrieved_reports",
        "dbr_assessed",
        "dbr_excluded",
        "dbr_awaiting",
        "other_sought_reports",
        "other_notretrieved_reports",
        "other_assessed",
        "other_excluded",
        "new_studies",
        "new_reports",
    }
