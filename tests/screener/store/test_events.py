"""The canonical form and the ids of events are frozen: every computer must give the same."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.store import events
from screener.store.events import LOG_OF, VOID, canonical, clean, envelope, log_id, parse

# Golden vectors: value, its canonical text. A change here makes every file ever written unreadable.
CANONICAL = [
    ({}, "{}"),
    ({"b": 1, "a": [True, None, "x"]}, '{"a":[true,null,"x"],"b":1}'),
    ({"ä": "ß", "z": "é"}, '{"z":"é","ä":"ß"}'),
    ({"\U0001f600": 1, "\uffff": 2}, '{"\uffff":2,"\U0001f600":1}'),  # code points, not UTF-16
    (
        {"q": 'quote " back \\ slash / tab \t line \n'},
        r'{"q":"quote \" back \\ slash / tab \t line \n"}',
    ),
    ({"control": "\x01\x7f"}, '{"control":"\\u0001\x7f"}'),
    ((1, 2), "[1,2]"),
    (-12345678901234567890, "-12345678901234567890"),
]


@pytest.mark.parametrize(("value", "text"), CANONICAL)
def test_canonical_form_is_frozen(value, text):
    assert canonical(value) == text


GOLDEN = {
    "kind": "decision",
    "log": "0123456789abcdef0123456789abcdef",
    "seq": 7,
    "prev": "ab" * 32,
    "action": "fedcba9876543210fedcba9876543210",
    "action_name": "Exclude: Participants",
    "body": {"verdict": "exclude", "reason": "participants", "seen": "cd" * 32, "protocol": 2},
    "unit": "00112233445566778899aabbccddeeff",
    "stage": "title-abstract",
    "supersedes": ("ff" * 32, "11" * 32),
    "time": "2026-05-04T10:11:12+02:00",
}


def test_an_event_and_its_id_are_frozen():
    text = envelope(**GOLDEN)
    assert text == (
        '{"action":"fedcba9876543210fedcba9876543210","action_name":"Exclude: Participants",'
        '"body":{"protocol":2,"reason":"participants","seen":"' + "cd" * 32 + '",'
        '"verdict":"exclude"},"kind":"decision","log":"0123456789abcdef0123456789abcdef",'
        '"prev":"' + "ab" * 32 + '","seq":7,"stage":"title-abstract",'
        '"supersedes":["' + "11" * 32 + '","' + "ff" * 32 + '"],'
        '"time":"2026-05-04T10:11:12+02:00","unit":"00112233445566778899aabbccddeeff"}'
    )
    assert events.digest(text) == hashlib.sha256(text.encode()).digest()
    assert (
        events.digest(text).hex()
        == "ba800073055d89a43977ac1818609f177b38a18d6829d54c51b57bfd41b77fe3"
    )


def test_a_log_id_is_frozen():
    named = {"kind": "reviewer", "author": "a" * 32, "computer": "b" * 32, "nonce": "c" * 32}
    whole = json.dumps(named, sort_keys=True, separators=(",", ":")).encode()
    assert log_id(**named) == hashlib.sha256(whole).hexdigest()[:32]
    assert log_id(**named) == "3e5dbf785dee63615e3425e3ede4a5b5"


def test_what_is_empty_is_left_out():
    plain = envelope(**{**GOLDEN, "unit": "", "stage": ""})
    assert '"unit"' not in plain
    assert '"stage"' not in plain
    assert '"undoes"' not in plain


@pytest.mark.parametrize("value", [1.5, {"a": [0.0]}, {"a": {"b": (1, float("nan"))}}])
def test_a_float_has_no_canonical_form(value):
    with pytest.raises(TypeError, match="float"):
        canonical(value)


def test_lone_surrogates_are_replaced_and_nothing_else():
    assert clean({"a\ud800": ["b\udc00c", 1, "plain ü"]}) == {"a\ufffd": ["b\ufffdc", 1, "plain ü"]}
    text = envelope(**{**GOLDEN, "body": {"text": "broken \udfff emoji"}})
    assert text.encode("utf-8")
    assert parse(b"", text).body == {"text": "broken \ufffd emoji"}


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), values, max_size=5))
def test_canonical_form_is_one_for_equal_values_and_reads_back(value):
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(dict(reversed(value.items()))) == text
    assert canonical(json.loads(text)) == text


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_at_all_can_be_written_in_an_event(text):
    written = envelope(**{**GOLDEN, "body": {"text": text}})
    found = parse(events.digest(written), written)
    assert found.id == hashlib.sha256(written.encode("utf-8")).hexdigest()
    assert not any("\ud800" <= letter <= "\udfff" for letter in found.body["text"])
    assert len(found.body["text"]) == len(text)
    assert (found.unit, found.stage, found.seq) == (GOLDEN["unit"], GOLDEN["stage"], 7)


def test_time_carries_the_computers_offset():
    assert events.now()[-6] in "+-"


def test_every_kind_that_can_be_undone_has_a_log():
    assert VOID.keys() <= LOG_OF.keys()
    assert not VOID.keys() & {
        "close",
        "reopen",
        "protocol",
        "reviewer",
        "batch",
        "open",
        "opened-early",
    }
