"""Notices of retraction and correction."""

from __future__ import annotations

import pytest

from screener.duplicates.notices import Notice, kind, notice, words
from screener.model import Fields


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (Fields(title="Letters from peers"), None),
        (
            Fields(title="Letters", publication_type=("Journal Article", "Retracted Publication")),
            Notice.RETRACTED,
        ),
        (Fields(title="Letters", publication_type=("Retraction of Publication",)), "retraction"),
        (Fields(title="Letters", publication_type=("Published Erratum",)), Notice.CORRECTION),
        (Fields(title="Letters", publication_type=("Expression of Concern",)), Notice.CONCERN),
        (Fields(title="RETRACTED: Letters from peers"), Notice.RETRACTED),
        (Fields(title="Retraction notice to Letters from peers"), Notice.RETRACTION),
        (Fields(title="Expression of concern: Letters from peers"), Notice.CONCERN),
        (Fields(title="Correction: Letters from peers"), Notice.CORRECTION),
        (Fields(title="Reply: Letters from peers"), None),
        (Fields(title="Withdrawal of benzodiazepines in old age"), None),
        (Fields(title="Retracted gingiva after surgery of the jaw"), None),
    ],
)
def test_notice(fields, expected):
    assert notice(fields) == expected


def test_every_notice_is_a_sentence():
    for found in Notice:
        assert words(found).endswith(".")


def test_kind_comes_from_title_or_type():
    assert kind("correction", ()) == "correction"
    assert kind("", ("Published Erratum",)) == "correction"
    assert kind("", ("Journal Article",)) == ""
