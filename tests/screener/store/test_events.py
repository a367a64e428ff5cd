"""The canonical form and the ids of events are frozen: every computer must give the same."""

import hashlib
import json
import re
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener import open_copy
from screener.model import Stage, UserError, Verdict, moments
from screener.store import events
from screener.store.events import canonical_text, id_of, log_id, parse, text_of
from screener.store.kinds import KINDS, LogKind
from screener.store.kinds.body import canonical, clean
from screener.store.kinds.reviewer import Decision, Note

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


BODY = Decision(verdict=Verdict.EXCLUDE, reason="participants", seen="cd" * 32, protocol="ab" * 8)
GOLDEN = {
    "action": "fedcba9876543210fedcba9876543210",
    "action_name": "Exclude: Participants",
    "body": BODY,
    "supersedes": ("ff" * 32, "11" * 32),
    "time": "2026-05-04T10:11:12+02:00",
}
PLACE = {
    "log": "0123456789abcdef0123456789abcdef",
    "seq": 7,
    "prev": bytes.fromhex("ab" * 32),
    "kind": "decision",
    "step": "title-abstract",
    "subject": "00112233445566778899aabbccddeeff",
}


def row(**more):
    """An event as its table has it, with its id in front."""
    place = {**PLACE, **{k: v for k, v in more.items() if k in PLACE}}
    text = text_of(**{**GOLDEN, **{k: v for k, v in more.items() if k not in PLACE}})
    return (id_of((b"", *place.values(), text)), *place.values(), text)


def test_an_event_and_its_id_are_frozen():
    found = row()
    assert found[-1] == (
        '{"action":"fedcba9876543210fedcba9876543210","action_name":"Exclude: Participants",'
        '"body":{"protocol":"abababababababab","reason":"participants","seen":"' + "cd" * 32 + '",'
        '"verdict":"exclude"},'
        '"supersedes":["' + "11" * 32 + '","' + "ff" * 32 + '"],'
        '"time":"2026-05-04T10:11:12+02:00"}'
    )
    whole = canonical_text(found)
    assert whole.decode("utf-8") == found[-1].replace(
        ',"supersedes"',
        ',"kind":"decision","log":"0123456789abcdef0123456789abcdef",'
        '"prev":"' + "ab" * 32 + '","seq":7,"step":"title-abstract",'
        '"subject":"00112233445566778899aabbccddeeff","supersedes"',
    )
    assert canonical(json.loads(whole)) == whole.decode("utf-8"), "one order of the keys"
    assert found[0] == hashlib.sha256(whole).digest()
    assert found[0].hex() == "bfbccbe1f6637f9d59bc177ea1b3cdd15097c42db90d84b9a9b546838660e52a"


def test_a_log_id_is_frozen():
    named = {"kind": "reviewer", "author": "a" * 32, "computer": "b" * 32, "nonce": "c" * 32}
    whole = json.dumps(named, sort_keys=True, separators=(",", ":")).encode()
    assert log_id(**named) == hashlib.sha256(whole).hexdigest()[:32]
    assert log_id(**named) == "3e5dbf785dee63615e3425e3ede4a5b5"


def test_what_is_empty_is_left_out():
    plain = json.loads(canonical_text(row(subject="", step="", prev=None)))
    assert plain.keys() == {
        *("action", "action_name", "body", "kind", "log", "prev", "seq", "supersedes", "time")
    }
    assert plain["prev"] == ""
    assert "undoes" in json.loads(canonical_text(row(undoes="a" * 32)))


@pytest.mark.parametrize("key", ["log", "seq", "prev", "kind", "step", "subject"])
def test_the_id_hangs_on_every_column(key):
    other = {
        "log": "f" * 32,
        "seq": 8,
        "prev": None,
        "kind": "note",
        "step": "full-text",
        "subject": "f" * 32,
    }
    assert row(**{key: other[key]})[0] != row()[0]


@pytest.mark.parametrize("value", [1.5, {"a": [0.0]}, {"a": {"b": (1, float("nan"))}}])
def test_a_float_has_no_canonical_form(value):
    with pytest.raises(TypeError, match="float"):
        canonical(value)


def test_lone_surrogates_are_replaced_and_nothing_else():
    assert clean({"a\ud800": ["b\udc00c", 1, "plain ü"]}) == {"a\ufffd": ["b\ufffdc", 1, "plain ü"]}
    found = row(kind="note", body=Note(text="broken \udfff emoji"))
    assert found[-1].encode("utf-8")
    assert parse(found).body == Note(text="broken \ufffd emoji")


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


@given(
    st.text(alphabet=st.characters(codec=None))
    | st.just(',"supersedes":[')
    | st.just('\\",\\"supersedes\\":[')
)
def test_any_text_at_all_can_be_written_in_an_event(text):
    written = row(kind="note", body=Note(text=text), action_name=text)
    found = parse(written)
    assert found.id == hashlib.sha256(canonical_text(written)).hexdigest()
    assert json.loads(canonical_text(written))["body"] == found.body.to_json()
    assert not any("\ud800" <= letter <= "\udfff" for letter in found.body.text)
    assert len(found.body.text) == len(found.action_name) == len(text)
    assert (found.subject, found.step, found.seq) == (PLACE["subject"], PLACE["step"], 7)


def test_time_carries_the_computers_offset():
    assert events.now()[-6] in "+-"


def test_what_is_never_taken_back():
    undone = {kind.name for kind in KINDS.values() if kind.undone}
    assert not undone & {
        *("close", "reopen", "protocol", "reviewer", "batch", "open", "opened-early"),
        *("joins", "leaves", "form", "present", "reveal"),
    }


_ANSWERING = "decision answer row note flag"


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("units", "batch withdraw remove same study"),
        ("answers", "decision answer row"),
        ("voided", "form reviewer joins leaves"),
        ("on_record", "decision note flag labels proposal proposal-left"),
        ("own", "labels"),
        (
            "at_step",
            f"{_ANSWERING} close reopen joins leaves open taken-out consensus pair opened-early",
        ),
    ],
)
def test_what_is_said_of_which_kinds(said, names):
    assert {kind.name for kind in KINDS.values() if getattr(kind, said)} == set(names.split())


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_body_is_frozen_and_what_it_says_unasked_can_be_read_again(kind):
    config = kind.body.__struct_config__
    assert config.frozen, "one body is shared by all who read its event"
    assert config.forbid_unknown_fields
    for field in msgspec.structs.fields(kind.body):
        if field.default is not msgspec.NODEFAULT:
            said = msgspec.to_builtins(field.default)
            assert msgspec.convert(said, field.type) == field.default, field.name


def test_the_names_of_the_kinds_are_frozen():
    """They stand in every file that was ever written."""
    by_log = {log: {k.name for k in KINDS.values() if k.log is log} for log in LogKind}
    assert by_log == {
        LogKind.PROJECT: {
            *("protocol", "form", "reviewer", "joins", "leaves", "batch", "withdraw", "correct"),
            *(
                "remove",
                "same",
                "different",
                "run",
                "finder",
                "open",
                "taken-out",
                "retrieval",
                "continued",
            ),
            *("study", "intervention"),
        },
        LogKind.REVIEWER: {
            *("decision", "answer", "row", "note", "flag", "labels", "proposal", "close", "reopen"),
        },
        LogKind.MEETING: {
            *("consensus", "pair", "present", "reveal", "opened-early", "proposal-left"),
        },
    }


def test_every_kind_stands_in_one_log():
    assert {kind.log for kind in KINDS.values()} == set(LogKind)
    assert all(KINDS[kind.name] is kind for kind in KINDS.values())
    assert all(re.fullmatch("[a-z/]+( [a-z/]+)*", kind.words) for kind in KINDS.values())


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("settle", '{"verdict":"exclude"}'),
        ("consensus ", '{"verdict":"exclude"}'),
        ("decision", '{"verdict":"banana"}'),
        ("decision", '{"verdict":7}'),
        ("decision", '{"verdict":"none"}'),
        ("decision", '{"verdict":"include","reason":"late"}'),
        ("decision", '{"reason":{},"verdict":"exclude"}'),
        ("decision", '{"judgements":[1],"verdict":"include"}'),
        ("decision", '{"judgements":{"age":"perhaps"},"verdict":"include"}'),
        ("decision", '{"extra":1,"verdict":"include"}'),
        ("note", '{"text":5}'),
    ],
)
def test_what_this_program_does_not_write_is_no_event(kind, body):
    text = text_of(**GOLDEN).replace(canonical(BODY.to_json()), body)
    assert body in text
    with pytest.raises(ValueError, match=r"."):
        parse((b"", *{**PLACE, "kind": kind}.values(), text))


def test_a_clock_that_says_no_year_is_named_and_not_the_text(making, tmp_path, monkeypatch):
    """Nothing that was typed is to be shortened."""
    project = making.review(tmp_path / "r")
    with open_copy(project.with_name("a.screener")) as maya:
        unit = maya.units.find("1")
        monkeypatch.setattr(moments, "now", lambda: datetime(1969, 7, 20, tzinfo=UTC))
        with pytest.raises(UserError) as refused:
            maya.screening.decide(unit, Verdict.INCLUDE, stage=Stage.TITLE_ABSTRACT)
    assert str(refused.value) == (
        "The clock of this computer says the year 1969, and nothing is recorded with such a time;"
        " set the clock, then do it again."
    )
