from hypothesis import given
from hypothesis import strategies as st

from screener.model import Verdict
from screener.screening.screening import Queue
from ui.screening.line import Line, leaves

EVERY = [f"{n:02}" for n in range(12)]


def test_what_leaves_which_queue():
    assert leaves(Queue.PENDING, Verdict.MAYBE)
    assert leaves(Queue.CHANGED, Verdict.INCLUDE)
    assert leaves(Queue.INCLUDED, Verdict.EXCLUDE)
    assert not leaves(Queue.INCLUDED, Verdict.INCLUDE)
    assert not leaves(Queue.ALL, Verdict.INCLUDE)
    assert not leaves(Queue.FLAGGED, Verdict.EXCLUDE)


def test_an_empty_queue_has_no_current_and_takes_in_a_unit():
    line = Line([], EVERY)
    assert (line.current, line.step(1)) == ("", False)
    line.go_to("05")
    assert (line.ids, line.current) == (["05"], "05")


def test_find_stays_where_it_is_when_the_unit_is_elsewhere():
    line = Line(["01", "03"], EVERY)
    assert not line.find("02")
    assert not line.find("no such unit")
    assert line.current == "01"
    assert line.find("03")
    assert line.current == "03"


def test_after_says_what_advance_does_at_the_end_of_the_queue():
    line = Line(["01", "03"], EVERY)
    line.at = 1
    assert line.after(leaving=True) == "01"
    assert line.after(leaving=False) == "03"
    line.advance(leaving=False)
    assert line.current == "03"


def test_after_the_last_record_comes_the_first_that_was_skipped():
    line = Line(["01", "03", "05"], EVERY)
    line.at = 2
    assert line.after(leaving=True) == "01"
    line.advance(leaving=True)
    assert (line.at, line.current) == (0, "01")


@given(st.lists(st.sampled_from(["leave", "stay", "next", "back", "return"]), max_size=40))
def test_the_queue_keeps_its_order_and_after_foretells(acts):
    line, gone = Line(EVERY, EVERY), []
    for act in acts:
        if act in ("next", "back"):
            line.step(1 if act == "next" else -1)
        elif act == "return" and gone:
            unit = gone.pop()
            line.go_to(unit)
            assert line.current == unit
        elif line.current and act in ("leave", "stay"):
            unit, foretold = line.current, line.after(leaving=act == "leave")
            line.advance(leaving=act == "leave")
            gone += [unit] if act == "leave" else []
            assert line.current == foretold
        assert line.ids == sorted(set(EVERY) - set(gone))
