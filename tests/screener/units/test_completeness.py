"""The order in which one record of a group is kept."""

from __future__ import annotations

import pytest

from screener.units.candidate import kept


@pytest.mark.parametrize(
    "poorer",
    [
        {"abstract": "Short."},
        {"pmid": ""},
        {"doi": "not given"},
        {"pages": "244"},
        {"volume": ""},
        {"volume": "12 (no pagination)"},
        {"authors": "Brandvik, Maren"},
        {"source_order": 1},
    ],
)
def test_the_more_complete_record_is_kept(record, poorer):
    full = {"pmid": "31000001"}
    order = kept([record("a", **{**full, **poorer}), record("b", **full)])
    assert [one.id for one in order] == ["b", "a"]


def test_the_abstract_counts_before_the_identifiers(record):
    order = kept([record("a", pmid="31000001", abstract=""), record("b", doi="", pages="")])
    assert [one.id for one in order] == ["b", "a"]


def test_equals_are_ordered_by_id(record):
    assert [one.id for one in kept([record("b"), record("a")])] == ["a", "b"]
