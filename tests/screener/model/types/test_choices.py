"""Types with options: what names an option, and the order of categories."""

from dataclasses import replace

import pytest

from screener.model import (
    TYPES,
    AnswerState,
    Judgement,
    Option,
    Question,
    UserError,
    Verdict,
    categories,
    ordered,
)

DESIGN = Question(
    id="design",
    words="Design",
    type="choice",
    options=(
        Option(id="rct", text="Randomized controlled trial"),
        Option(id="pre-post", text="Pre-post"),
        Option(id="cohort"),
    ),
    special=(AnswerState.UNCLEAR, AnswerState.NOT_REPORTED),
)
MEDIA = replace(DESIGN, id="media", type="choices")
FOLLOW_UP = Question(
    id="c",
    words="Follow-up rate",
    type="score",
    options=(
        Option(id="most", text="85-100 %", score="2"),
        Option(id="many", text="70-84.9 %", score="1"),
        Option(id="few", text="Less than 70 %", score="0"),
        Option(id="unclear", text="Can't tell", score="0"),
    ),
)


def of(kind, **more):
    return Question(id="q", words="Q", type=kind, **more)


@pytest.mark.parametrize(
    "typed",
    ["rct", " RCT ", "randomized  controlled trial", "Randomized\u00a0controlled trial", "ｒｃｔ"],
)
def test_an_option_is_named_by_its_id_or_its_text(typed):
    assert TYPES["choice"].parse(typed, DESIGN) == "rct"


@pytest.mark.parametrize(
    "typed", ["", "r", "rct;cohort", "not-reported", "1", "Randomized", "rct" * 9999]
)
def test_what_is_none_of_the_options_is_refused_with_their_names(typed):
    named = r"choose one of: Randomized controlled trial, Pre-post, Cohort\."
    with pytest.raises(UserError, match=rf"none of the options; {named}"):
        TYPES["choice"].parse(typed, DESIGN)


def test_an_id_goes_before_a_text_and_two_equal_texts_name_nothing():
    options = (Option(id="a", text="b"), Option(id="b", text="c"), Option(id="d", text="C"))
    question = of("choice", options=options)
    assert TYPES["choice"].parse("b", question) == "b"
    assert TYPES["choice"].parse("B", question) == "b"
    with pytest.raises(UserError, match="none of the options"):
        TYPES["choice"].parse("c", question)


def test_an_id_as_it_is_written_goes_before_one_in_other_letters():
    question = of("choice", options=(Option(id="A"), Option(id="a")))
    assert [TYPES["choice"].parse(id_, question) for id_ in "Aa"] == ["A", "a"]
    assert not TYPES["choice"].same("A", "a", question)


def test_an_option_is_shown_by_its_text():
    assert TYPES["choice"].show("rct", DESIGN) == "Randomized controlled trial"
    assert TYPES["choice"].show("cohort", DESIGN) == "Cohort"
    assert TYPES["choice"].show("case-series", DESIGN) == "Case series"


def test_several_choices_are_kept_in_one_order_and_shown_in_another():
    kind = TYPES["choices"]
    assert (
        kind.parse(" rct; Cohort ;rct;", MEDIA) == kind.parse("cohort；rct", MEDIA) == "cohort;rct"
    )
    assert kind.same("rct;cohort", "cohort;rct", MEDIA)
    assert not kind.same("rct;cohort", "rct", MEDIA)
    assert kind.show("cohort;rct", MEDIA) == "Randomized controlled trial; Cohort"
    assert kind.show("cohort;gone;rct", MEDIA) == "Randomized controlled trial; Cohort; Gone"


def test_several_choices_do_not_depend_on_the_order_of_a_version():
    later = replace(MEDIA, options=MEDIA.options[::-1])
    assert TYPES["choices"].parse("rct;cohort", later) == TYPES["choices"].parse(
        "rct;cohort", MEDIA
    )


def test_several_choices_are_at_least_one_and_all_known():
    for nothing in ("", " ; ;"):
        with pytest.raises(UserError, match="Nothing is chosen"):
            TYPES["choices"].parse(nothing, MEDIA)
    with pytest.raises(UserError, match="“rct, cohort” is none of the options"):
        TYPES["choices"].parse("rct, cohort", MEDIA)


def test_a_special_value_among_the_options_stands_alone():
    options = (*MEDIA.options, Option(id="unclear", text="Can't tell"))
    question = replace(MEDIA, options=options)
    assert TYPES["choices"].parse("can't tell", question) == "unclear"
    with pytest.raises(UserError, match="Can't tell stands alone; take out the others"):
        TYPES["choices"].parse("rct;unclear", question)


def test_yes_and_no_are_there_unless_the_question_has_its_own():
    assert TYPES["yes-no"].parse(" YES", of("yes-no")) == "yes"
    assert TYPES["yes-no"].show("no", of("yes-no")) == "No"
    own = of("yes-no", options=(Option(id="yes", text="Ja"), Option(id="no", text="Nein")))
    assert TYPES["yes-no"].parse("nein", own) == "no"
    for wrong in ("y", "true", "1", "maybe", "yes;no"):
        with pytest.raises(UserError, match="choose one of: Ja, Nein"):
            TYPES["yes-no"].parse(wrong, own)


@pytest.mark.parametrize("kind", ["verdict", "reason", "judgement"])
@pytest.mark.parametrize("typed", ["Met", "MET", "ｍet", "not met", "", "none"])
def test_the_words_of_screening_are_exact(kind, typed):
    question = of(kind, options=(Option(id="met"), Option(id="not-met", text="not met")))
    assert TYPES[kind].parse("not-met ", question) == "not-met"
    with pytest.raises(UserError, match="choose one of: met, not-met"):
        TYPES[kind].parse(typed, question)
    assert not TYPES[kind].same("met", "Met", question)


def test_a_verdict_taken_back_is_no_verdict():
    assert categories(of("verdict")) == ("include", "maybe", "exclude")
    assert set(categories(of("verdict"))) == set(Verdict) - {Verdict.NONE}
    assert set(categories(of("judgement"))) == set(Judgement)
    assert TYPES["judgement"].show("not-met", of("judgement")) == "Not met"


def test_a_reason_is_one_of_those_declared_or_any_where_none_is():
    assert TYPES["reason"].parse(" study-design ", of("reason")) == "study-design"
    with pytest.raises(UserError, match="nothing to read"):
        TYPES["reason"].parse(" ", of("reason"))
    with pytest.raises(UserError, match="choose one of: other"):
        TYPES["reason"].parse("study-design", of("reason", options=(Option(id="other"),)))


def test_categories_are_the_options_and_then_the_special_values_in_their_order():
    assert categories(DESIGN) == ("rct", "pre-post", "cohort", "not-reported", "unclear")
    assert categories(of("yes-no", special=(AnswerState.UNCLEAR,))) == ("yes", "no", "unclear")


def test_a_special_value_that_is_an_option_is_one_category_in_its_own_place():
    question = replace(FOLLOW_UP, options=FOLLOW_UP.options[::-1], special=tuple(AnswerState)[1:4])
    assert categories(question) == (
        "unclear", "few", "many", "most", "not-reported", "not-applicable",
    )  # fmt: skip


@pytest.mark.parametrize("kind", TYPES)
def test_only_types_with_few_values_make_tables(kind):
    question = of(kind, options=(Option(id="low"), Option(id="high")))
    tabled = kind in {"verdict", "judgement", "choice", "yes-no", "score", "rating"}
    assert categories(question) == (("low", "high") if tabled else None)


@pytest.mark.parametrize("kind", TYPES)
def test_only_choices_and_ratings_that_say_so_and_scores_have_an_order(kind):
    options = (Option(id="low", score="0"), Option(id="not-reported"), Option(id="high", score="1"))
    question = of(kind, options=options, special=(AnswerState.UNCLEAR,))
    said = replace(question, ordered=True)
    assert ordered(question) == (("low", "high") if kind == "score" else None)
    may = kind in {"choice", "rating", "score", "yes-no"}
    assert ordered(said) == (("low", "high") if may else None)


def test_scores_are_ordered_as_declared_where_they_rise_or_fall():
    assert ordered(FOLLOW_UP) == ("most", "many", "few")
    up = replace(FOLLOW_UP, options=FOLLOW_UP.options[::-1])
    assert ordered(up) == ("few", "many", "most")


def test_scores_declared_in_disorder_are_ordered_by_the_number():
    options = (
        Option(id="yes", score="10"),
        Option(id="no", score="0"),
        Option(id="partly", score="9.5"),
    )
    assert ordered(of("score", options=options)) == ("no", "partly", "yes")


def test_scores_that_are_equal_stand_as_declared():
    options = tuple(Option(id=i, score=s) for i, s in (("a", "1"), ("b", "0"), ("c", "0.0")))
    assert ordered(of("score", options=options)) == ("a", "b", "c")


def test_an_option_without_a_score_leaves_no_order():
    options = (Option(id="a", score="1"), Option(id="b"))
    assert ordered(of("score", options=options)) is None
