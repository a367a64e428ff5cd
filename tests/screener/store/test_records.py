"""The canonical text of a record, written quickly, is the canonical text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from screener.model import Fields
from screener.store import events, records

WORDS = st.text(max_size=20)
FIELDS = st.builds(
    Fields,
    title=WORDS,
    authors=st.lists(WORDS, max_size=3).map(tuple),
    year=st.none() | st.integers(1, 2100),
    abstract=WORDS,
    keywords=st.lists(WORDS, max_size=3).map(tuple),
    doi=WORDS,
)
RAW = st.lists(st.tuples(WORDS, WORDS), max_size=3)


@given(FIELDS, RAW)
def test_the_quick_text_is_the_canonical_one(fields, raw):
    text = records.to_text(fields, raw)
    named = {n: getattr(fields, n) for n in records.FIELD_NAMES}
    whole = {"fields": {n: v for n, v in named.items() if v}}
    if raw:
        whole["raw"] = events.digest(events.canonical(events.clean(raw))).hex()
    assert text == events.canonical(events.clean(whole))
    assert records.to_text(records.from_text(text), raw) == text


def test_a_lone_surrogate_is_replaced():
    assert "\ud800" not in records.to_text(Fields(title="a \ud800 b"))
