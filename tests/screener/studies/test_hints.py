"""Hints that reports are of one study: each with its reason, nothing follows from it."""

import pytest

from screener.model import Fields, Unit
from screener.studies.hints import hints


def unit(number, **fields):
    id_ = f"{number:032x}"
    fields = Fields(**{"title": f"Report of something {number}", **fields})
    return Unit(id=id_, number=number, fields=fields, members=(number,), records=(id_,))


BY = ("Okafor, N", "Brandt, S")


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"registration": "NCT01234567"}, {"abstract": "See NCT01234567."}, "NCT01234567"),
        (
            {"authors": BY, "abstract": "We asked 212 adults."},
            {"authors": ("Brandt, S", "X, Y", "Okafor, N"), "abstract": "Of (N = 212) few left."},
            "212 participants",
        ),
        (
            {"authors": BY, "abstract": "At the Larch Valley Hospital."},
            {"authors": BY, "abstract": "Again at the Larch Valley Hospital."},
            "Larch Valley Hospital",
        ),
    ],
)
def test_what_hints_at_one_study(one, other, why):
    (found,) = hints([unit(1, **one), unit(2, **other)])
    assert why in found.why
    assert found.reports == (unit(1).id, unit(2).id)


def test_likeness_is_no_hint_where_a_person_answered_different():
    alike = {"authors": BY, "abstract": "We asked 212 adults."}
    one, other = unit(1, **alike), unit(2, **alike)
    assert hints([one, other])
    assert hints([one, other], different=[(one.id, other.id)]) == []
    assert hints([one, other], different=[(one.id, "f" * 32)])
    register = {"registration": "NCT01234567"}
    one, other = unit(1, **register), unit(2, **register)
    assert hints([one, other], different=[(one.id, other.id)])  # a fact, not a likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            {"authors": BY, "abstract": "In 2013 adults."},
            {"authors": BY, "abstract": "2013 adults"},
        ),
        ({"authors": BY, "abstract": "We asked 212 adults."}, {"abstract": "We asked 212 adults."}),
        ({"authors": BY}, {"authors": BY}),
        ({"registration": "NCT01234567"}, {"registration": "NCT07654321"}),
    ],
)
def test_what_hints_at_nothing(one, other):
    assert hints([unit(1, **one), unit(2, **other)]) == []
