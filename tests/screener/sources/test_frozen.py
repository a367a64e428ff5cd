"""Values made quickly are the values that the class makes."""

from __future__ import annotations

import dataclasses

import pytest

from screener.model import Entry, Fields
from screener.sources.frozen import quick


def test_a_value_made_quickly_is_of_its_class_and_frozen() -> None:
    made = quick(Entry)(Fields(title="T"), (("TY", "JOUR"),), 3, ("A remark.",))
    usual = Entry(fields=Fields(title="T"), raw=(("TY", "JOUR"),), line=3, remarks=("A remark.",))
    assert type(made) is Entry
    assert made == usual
    assert hash(made) == hash(usual)
    assert dataclasses.replace(made, line=4).line == 4
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.line = 4  # type: ignore[misc]


def test_every_field_is_asked_for() -> None:
    with pytest.raises(TypeError):
        quick(Entry)(Fields())
