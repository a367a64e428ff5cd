"""Changing a form: each change gives a whole form or is refused, and no version hides an answer."""

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.answers import editing, shipped, toml
from screener.answers.form import Form, FormKind, Overall, require_successor
from screener.model import Option, Question, UserError, When


def begun():
    """A new form with a choice, what waits for it, and a list with a section of its own."""
    form = editing.new_form(FormKind.EXTRACTION, ())
    form, section = editing.titled(form, None, "section", "Study")
    form, id_ = editing.with_field(form, section)
    options = (Option(id="option", text=""), Option(id="option-2", text=""))
    new = replace(form.question(id_), words="Design", type="choice", options=options)
    form, id_ = editing.put(form, None, id_, new)
    texts = (Option(id="option", text="Randomized"), Option(id="option-2", text="Pre-post"))
    form, id_ = editing.put(form, None, id_, replace(form.question(id_), options=texts))
    form, other = editing.with_field(form, section, id_)
    waits = When(field="design", options=("randomized",))
    new = replace(form.question(other), words="How", when=waits)
    form, _ = editing.put(form, None, other, new)
    return editing.named(form, "What was done", ())


def test_ids_are_made_from_labels_and_what_waits_follows_them():
    form = begun()
    assert form.id == "what-was-done"
    assert [one.id for one in form.sections] == ["study"]
    assert [q.id for q in form.questions] == ["design", "how"]
    assert [o.id for o in form.questions[0].options] == ["randomized", "pre-post"]
    form, id_ = editing.put(form, None, "design", replace(form.questions[0], words="Kind of study"))
    assert id_ == "kind-of-study"
    assert form.question("how").when.field == "kind-of-study"
    first, *rest = form.question(id_).options
    new = replace(form.question(id_), options=(replace(first, text="By lot"), *rest))
    form, _ = editing.put(form, None, id_, new)
    assert form.question("how").when.options == ("by-lot",)


@pytest.mark.parametrize(
    ("words", "taken", "id_"),
    [
        ("Number of arms", (), "number-of-arms"),
        ("  ", (), "field"),
        ("12 weeks", (), "field-12-weeks"),
        ("Länge", (), "l-nge"),
        ("Design", ("design", "design-2"), "design-3"),
        ("Unclear", (), "field-unclear"),  # a special value is not made by accident
        ("x" * 90, (), "x" * 40),
    ],
)
def test_an_id_is_lower_case_and_not_taken(words, taken, id_):
    assert editing.id_from(words, taken) == id_


def test_an_id_that_was_given_in_another_way_stays():
    form = editing.copied(shipped.shipped("extraction"), ["extraction"])
    design = form.question("design")
    first, *rest = design.options
    assert first.id == "rct"
    new = replace(design, options=(replace(first, text="A randomized trial"), *rest))
    form, _ = editing.put(form, None, "design", new)
    assert form.question("design").options[0].id == "rct"


@pytest.mark.parametrize("title", ["Protocol", "Full text", "Report", "Forms", "extraction"])
def test_a_new_form_takes_no_id_that_means_something_else(title):
    form = editing.named(begun(), title, {"extraction"})
    assert form.id.endswith("-2")


def test_a_copy_is_a_form_of_its_own():
    for name, form in shipped.every():
        made = editing.copied(form, [form.id])
        assert made.id != form.id, name
        assert made.questions == form.questions
        assert form.title in made.reference
        assert made.provenance != "verified"  # what is changed in it nobody has checked
        assert toml.parse(toml.text(made)).content() == made.content()


def test_order_and_removal():
    form = begun()
    assert [q.id for q in editing.moved(form, None, "how", -1).questions] == ["how", "design"]
    assert editing.moved(form, None, "how", 1) == form
    with pytest.raises(UserError, match="asked only when"):
        editing.without(form, None, "design")
    form = editing.without(form, None, "how")
    form, second = editing.with_section(form, "study")
    form, field = editing.with_field(form, second)
    assert [q.id for q in editing.moved(form, None, second, -1).questions] == [field, "design"]
    assert editing.without(form, None, second).questions == form.questions[:1]


def test_lists_and_rows():
    form, list_ = editing.with_list(begun())
    new = replace(form.list_of(list_), title="Arms", row="arm")
    form, list_ = editing.list_put(form, None, list_, new)
    assert list_ == "arms"
    form = editing.per_row(form, "study", ("arms",))
    assert {q.list for q in form.questions} == {("arms",)}
    form, field = editing.with_field(form, "study")
    assert form.question(field).list == ("arms",)  # as the section is asked
    form, list_ = editing.list_put(form, None, "arms", replace(new, title="Groups"))
    assert {q.list for q in form.questions} == {(list_,)}
    with pytest.raises(UserError, match="list that the form has not"):
        editing.without(form, None, list_)


def test_what_is_kept_keeps_its_id_its_type_and_its_options():
    kept = begun()
    form, id_ = editing.put(kept, kept, "design", replace(kept.questions[0], words="Kind"))
    assert id_ == "design"
    for change in ({"type": "choices"}, {"section": "other"}, {"list": ("arms",)}):
        with pytest.raises(UserError):
            editing.put(kept, kept, "design", replace(kept.questions[0], **change))
    fewer = replace(kept.questions[0], options=kept.questions[0].options[:1])
    with pytest.raises(UserError, match="cannot lose its option “pre-post”"):
        editing.put(kept, kept, "design", fewer)
    with pytest.raises(UserError, match="retire it"):
        editing.without(kept, kept, "how")
    with pytest.raises(UserError, match="retire its fields"):
        editing.without(kept, kept, "study")
    again = editing.retired(editing.retired(form, "how"), "how")
    assert again == form


def _with(form, **changes):
    question = replace(form.questions[0], **changes)
    return replace(form, questions=(question, *form.questions[1:]))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (lambda: replace(begun(), title=" "), "no title"),
        (lambda: editing.new_form(FormKind.EXTRACTION, ()), "no title"),
        (lambda: replace(begun(), questions=()), "no fields"),
        (lambda: editing.titled(begun(), None, "study", "")[0], "section has no title"),
        (lambda: editing.with_list(begun())[0], "list has no title"),
        (lambda: editing.with_field(begun(), "study")[0], "no label"),
        (lambda: _with(editing.without(begun(), None, "how"), options=()), "no options"),
        (lambda: _with(begun(), options=(*begun().questions[0].options, Option(id="option"))),
         "without words"),
        (lambda: _with(editing.without(begun(), None, "how"), type="integer", options=(),
                       minimum=Decimal(2), maximum=Decimal(1)), "more than its most"),
    ],
)  # fmt: skip
def test_what_a_form_lacks_is_said(form, said):
    with pytest.raises(UserError, match=said):
        editing.require_whole(form())


def test_what_is_shipped_lacks_nothing():
    for _, form in shipped.every():
        editing.require_whole(form)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("field", "section", "list", "label", "option", "move", "retire", "remove",
                         "type", "per", "when")),
        st.integers(0, 20),
        st.sampled_from(("", "Dose", "Design", "Number of arms", "Unclear", "Größe")),
    ),
    max_size=25,
)  # fmt: skip


def act(form, kept, what, number, text):
    """Do something to a form, as a person may in any order; what is refused changes nothing."""
    fields, parts = form.questions, [*form.questions, *form.sections, *form.lists]
    field = fields[number % len(fields)] if fields else None
    section = form.sections[number % len(form.sections)].id if form.sections else ""
    if what == "field":
        return editing.with_field(form, section)[0]
    if what == "section":
        return editing.with_section(form, section)[0]
    if what == "list":
        return editing.with_list(form)[0]
    if what == "remove" and parts:
        return editing.without(form, kept, parts[number % len(parts)].id)
    if what == "move" and parts:
        return editing.moved(form, None, parts[number % len(parts)].id, 1 if number % 2 else -1)
    if what == "per" and form.lists:
        return editing.per_row(form, section, (form.lists[0].id,))
    if field is None:
        return form
    if what == "retire":
        return editing.retired(form, field.id)
    changes = {
        "label": {"words": text},
        "type": {"type": editing.TYPES[number % len(editing.TYPES)]},
        "option": {"options": editing.with_option(field).options},
        "when": {"when": When(field=fields[0].id, options=("randomized",))},
    }.get(what, {})
    return editing.put(form, kept, field.id, replace(field, **changes))[0]


@given(ACTS)
@settings(max_examples=60, deadline=None)
def test_whatever_is_done_every_form_is_whole_and_every_version_follows_the_one_before(acts):
    kept = form = begun()
    for what, number, text in acts:
        with suppress(UserError):
            form = act(form, kept, what, number, text)
        assert isinstance(form, Form)
        assert [q.section for q in form.questions] == sorted(
            (q.section for q in form.questions),
            key=[one.id for one in form.sections].index,
        )
        try:
            editing.require_whole(form)
        except UserError:
            continue
        if not any(q.list for q in form.questions):
            require_successor(kept, form)
            assert toml.parse(toml.text(form)).questions == form.questions


def test_overall_is_not_touched_by_fields():
    form = replace(begun(), overall=Overall(how="sum"))
    form, _ = editing.with_field(form, "study")
    assert form.overall == Overall(how="sum")
    assert isinstance(form.questions[-1], Question)


def test_words_that_pass_through_those_of_another_option_are_typed_on():
    """A next version may not give an option another's words; "Not sure" begins with "No"."""
    kept = begun()
    form = kept
    design = form.question("design")
    design = replace(design, options=(replace(design.options[0], text="No"), design.options[1]))
    kept, _ = editing.put(form, None, "design", design)
    form, id_ = editing.put(kept, kept, "design", editing.with_option(kept.question("design")))
    for typed in ("N", "No", "Not", "Not sure"):
        *others, last = form.question(id_).options
        new = replace(form.question(id_), options=(*others, replace(last, text=typed)))
        form, id_ = editing.put(form, kept, id_, new)
    assert [one.text for one in form.question(id_).options] == ["No", "Pre-post", "Not sure"]
    require_successor(kept, form)
