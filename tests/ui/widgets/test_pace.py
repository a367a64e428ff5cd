from __future__ import annotations

from ui.widgets.pace import Pace


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def told(steps):
    clock = Clock()
    pace, found = Pace(clock), []
    for seconds, what, done, total in steps:
        clock.now += seconds
        found.append(pace.left(what, done, total))
    return found


def test_it_is_told_from_how_fast_it_went():
    assert told([(0, "Reading", 0, 1000), (1, "Reading", 50, 1000), (9, "Reading", 500, 1000)]) == [
        "", "", "about 10 seconds left",
    ]  # fmt: skip
    assert told([(0, "Reading", 0, 1000), (60, "Reading", 100, 1000)])[-1] == "about 9 minutes left"


def test_another_thing_has_a_pace_of_its_own():
    steps = [(0, "Reading", 0, 10), (100, "Reading", 9, 10), (0, "Comparing", 0, 100)]
    steps += [(1, "Comparing", 10, 100), (1, "Comparing", 20, 100)]
    assert told(steps)[2:] == ["", "", "about 10 seconds left"]


def test_the_next_file_begins_anew_and_no_end_tells_nothing():
    assert told([(0, "Reading", 0, 10), (50, "Reading", 9, 10), (1, "Reading", 1, 10)])[-1] == ""
    assert told([(0, "Reading", 0, 0), (50, "Reading", 900, 0)])[-1] == ""
