"""What holds for every type, and comparing answers with their states."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.model import (
    SPECIAL_VALUES,
    TYPES,
    AnswerState,
    Option,
    Question,
    UserError,
    comparable,
    same_answer,
    special_values,
    type_of,
)
from screener.model.types import LONGEST

VALUE, UNCLEAR = AnswerState.VALUE, AnswerState.UNCLEAR
OPTIONS = (
    Option(id="low", text="Low", score="0"),
    Option(id="some-concerns", text="Some concerns", score="1"),
    Option(id="high", score="2"),
    Option(id="unclear", text="Can't tell; no text", score="0"),
)
QUESTIONS = [
    Question(
        id="q",
        words="Q",
        type=kind,
        options=OPTIONS if kind in {"choice", "choices", "score", "rating", "yes-no"} else (),
    )
    for kind in TYPES
]
each_type = pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.type)

PIECES = st.sampled_from(
    ["0", "1", "30", "٣", "３", ".", ",", "-", "\u2212", "2018", "05", "13", "/", ";", "；",
     "\u037e", " ", "\u00a0", "\u200b", "\n", "\x00", "low", "LOW", "some-concerns",
     "Some concerns", "unclear", "include", "met", "yes", "e", "\u0301", "ﬁ", "⁵", "½", "ß", "İ",
     "ᾳ", "\u0345", "´"]
)  # fmt: skip
typed = st.one_of(
    st.lists(PIECES, max_size=6).map("".join), st.text(st.characters(codec="utf-8"), max_size=20)
)


def test_the_types_are_those_of_the_design():
    names = (
        "text long-text integer decimal date choice choices yes-no score rating verdict reason "
        "judgement"
    )
    assert list(TYPES) == names.split()
    assert all(TYPES[name].name == name for name in TYPES)


def test_the_table_of_types_cannot_be_changed():
    with pytest.raises(TypeError):
        TYPES["text"] = TYPES["date"]


def test_an_unknown_type_is_a_fault_of_whoever_made_the_question():
    with pytest.raises(KeyError):
        type_of(Question(id="q", words="Q", type="colour"))


@each_type
@given(typed)
def test_what_is_parsed_is_parsed_again_to_itself_and_can_be_shown(question, text):
    kind = type_of(question)
    try:
        stored = kind.parse(text, question)
    except UserError:
        return
    assert stored
    assert kind.parse(stored, question) == stored
    assert kind.same(stored, stored, question)
    assert kind.show(stored, question).strip()


@each_type
@given(st.text(max_size=60))
def test_every_refusal_is_a_sentence_that_can_be_printed(question, text):
    said = ""
    try:
        type_of(question).parse(text, question)
    except UserError as refused:
        said = str(refused)
    assert not said or said.endswith(".")
    assert said.isprintable()
    assert len(said.encode("utf-8")) < 500


@each_type
@given(typed)
def test_the_canonical_form_is_its_own(question, text):
    canonical = type_of(question).canonical(text, question)
    assert type_of(question).canonical(canonical, question) == canonical


@each_type
@given(typed, typed, typed)
def test_being_the_same_is_an_equivalence(question, a, b, c):
    same = type_of(question).same
    assert same(a, a, question)
    assert same(a, b, question) is same(b, a, question)
    if same(a, b, question) and same(b, c, question):
        assert same(a, c, question)


@each_type
@given(typed)
def test_parsing_keeps_the_meaning(question, text):
    kind = type_of(question)
    try:
        stored = kind.parse(text, question)
    except UserError:
        return
    if kind.name in {"verdict", "reason", "judgement"}:  # compared exactly, white space as well
        assert stored == text.strip()
    else:
        assert kind.same(text, stored, question)


@each_type
def test_every_type_refuses_what_is_not_its_own(question):
    wrong = " " if question.type in {"text", "long-text", "reason"} else "neither this nor that"
    with pytest.raises(UserError, match=r"^[“TN].+[;:].+\.$"):
        type_of(question).parse(wrong, question)


@each_type
def test_what_is_very_long_is_refused_with_a_short_sentence(question):
    for letter in ("a", "9", "é", ";a"):
        with pytest.raises(UserError) as refused:
            type_of(question).parse(letter * (LONGEST + 1), question)
        assert len(str(refused.value)) < 250


states = st.sampled_from([s for s in AnswerState if s is not AnswerState.NONE])
said = st.tuples(states, typed)


@each_type
@given(said, said, said)
def test_being_the_same_answer_is_an_equivalence(question, a, b, c):
    assert same_answer(a, a, question)
    assert same_answer(a, b, question) is same_answer(b, a, question)
    if same_answer(a, b, question) and same_answer(b, c, question):
        assert same_answer(a, c, question)


@each_type
@pytest.mark.parametrize("special", SPECIAL_VALUES)
def test_a_special_value_is_a_value_like_others(question, special):
    assert same_answer((special, ""), (special, ""), question)
    assert not same_answer((special, ""), (VALUE, "30"), question)
    for other in set(SPECIAL_VALUES) - {special}:
        assert not same_answer((special, ""), (other, ""), question)


@each_type
def test_a_blank_is_compared_with_nothing(question):
    for other in ((AnswerState.NONE, ""), (VALUE, "30"), (UNCLEAR, "")):
        with pytest.raises(ValueError, match="never compared"):
            same_answer((AnswerState.NONE, ""), other, question)
        with pytest.raises(ValueError, match="never compared"):
            same_answer(other, (AnswerState.NONE, ""), question)


@pytest.mark.parametrize("kind", ["choice", "choices", "score", "rating", "yes-no", "judgement"])
def test_an_option_of_that_name_is_the_special_value(kind):
    question = next(q for q in QUESTIONS if q.type == kind)
    assert same_answer((VALUE, "unclear"), (UNCLEAR, ""), question)
    assert comparable(VALUE, "unclear", question) == (UNCLEAR, "", "")
    assert special_values(question) == (UNCLEAR,)


@pytest.mark.parametrize("kind", ["choice", "choices", "score", "rating", "yes-no"])
def test_any_other_option_is_a_value(kind):
    question = next(q for q in QUESTIONS if q.type == kind)
    assert comparable(VALUE, "Some  concerns", question) == (VALUE, "some-concerns", "")
    assert not same_answer((VALUE, "low"), (VALUE, "high"), question)


@pytest.mark.parametrize("kind", ["text", "long-text", "reason", "choice"])
def test_the_word_alone_is_not_the_special_value(kind):
    question = Question(id="q", words="Q", type=kind, special=SPECIAL_VALUES)
    assert not same_answer((VALUE, "unclear"), (UNCLEAR, ""), question)


def test_special_values_are_offered_in_one_order_and_once():
    given = (AnswerState.NOT_APPLICABLE, AnswerState.NOT_REPORTED, AnswerState.NOT_REPORTED)
    question = Question(id="q", words="Q", type="choice", options=OPTIONS, special=given)
    assert special_values(question) == SPECIAL_VALUES
    assert special_values(Question(id="q", words="Q", type="integer")) == ()


def test_the_same_number_of_another_unit_is_another_answer():
    weeks = Question(id="q", words="Q", type="integer", units=("weeks", "months"))
    twelve = ((VALUE, "12"), (VALUE, "12"))
    assert same_answer(*twelve, weeks)
    assert same_answer(*twelve, weeks, units=("", "weeks"))
    assert same_answer(*twelve, weeks, units=("months", "months"))
    assert not same_answer(*twelve, weeks, units=("", "months"))
    nothing = (AnswerState.NOT_REPORTED, "")
    assert same_answer(nothing, nothing, weeks, units=("weeks", "months"))


def test_equal_answers_have_equal_keys():
    question = Question(id="q", words="Q", type="decimal", maximum=Decimal(99))
    assert comparable(VALUE, "30.0", question) == comparable(VALUE, "030", question)
    assert comparable(VALUE, "30.0", question) == (VALUE, "30", "")
    assert comparable(UNCLEAR, "left over", question) == (UNCLEAR, "", "")
