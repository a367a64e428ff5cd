"""The canonical text of a record, written quickly, is the canonical text."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from screener.model import FIELD_NAMES, Fields
from screener.store import events, raw, records

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
TAGS = st.lists(st.tuples(WORDS, WORDS), max_size=3)


@given(FIELDS, TAGS)
def test_the_quick_text_is_the_canonical_one(fields, tags):
    text = records.to_text(fields, tags)
    named = {n: getattr(fields, n) for n in FIELD_NAMES}
    whole = {"fields": {n: v for n, v in named.items() if v}}
    if tags:
        packed = raw.pack(tags, records.named(fields))
        assert packed.decode() == events.canonical(json.loads(packed))
        whole["raw"] = raw.digest(packed)
    assert text == events.canonical(events.clean(whole))
    assert records.to_text(records.from_text(text), tags) == text


def test_a_lone_surrogate_is_replaced():
    assert "\ud800" not in records.to_text(Fields(title="a \ud800 b"))
