"""A form that cannot work is refused in one sentence that names the place; what is taken is kept.

A form that is taken prints as TOML that reads back as the same form.
"""

import json
import random
from dataclasses import replace

import pytest

from screener import open_project
from screener.answers import toml
from screener.model import STAGES, UserError
from screener.model.words import one_line
from tests.screener.consensus.planting import canonical, plant

HEAD = 'id = "{id}"\ntitle = "T"\nkind = "{kind}"\n'
CHOICE = 'type="choice",options=[{id="x"},{id="y"}]'


def form(fields, *, id_="own", kind="extraction", before="", after="", section=""):
    text = HEAD.format(id=id_, kind=kind) + before
    return f'{text}\n[[sections]]\nid="s"\n{section}\nfields=[{fields}]\n{after}'


ONE = '{id="a",type="text"}'
LISTS = 'lists=[{id="rows"}]'
CIRCLE = ",".join(
    f'{{id="{one}",{CHOICE},when={{field="{other}",is=["x"]}}}}' for one, other in ("ab", "ba")
)
WRONG = [
    (form('{id="a",type="decimal",min=nan}'), "“min” of “a” is no number"),
    (form('{id="a",type="decimal",max=inf}'), "“max” of “a” is no number"),
    (form('{id="a",type="decimal",max=1e300}'), "“max” of “a” is no number"),
    (form('{id="a",type="score",options=[{id="x",score=nan}]}'), "score of “x” of “a”"),
    (form('{id="a",type="score",options=[{id="x",score=-inf}]}'), "score of “x” of “a”"),
    (
        form('{id="a",type="integer",min=5,max=1}'),
        "The least of “a” (“min”) is more than its most (“max”)",
    ),
    (form('{id="a",type="choice",options=[{id="x"},{id="x"}]}'), "“a” has the option “x” twice"),
    (form('{id="a",type="choice",options=[{id="none"}]}'), "“a” has an option “none”"),
    (form('{id="a",type="choice",options=[{id="value"}]}'), "“a” has an option “value”"),
    (form('{id="a",type="choice"}'), "“a” has no options"),
    (form('{id="a",type="text",special=["none"]}'), "“special” of “a”"),
    (form('{id="a",type="text",special=["unclear","unclear"]}'), "“special” of “a”"),
    (form(CIRCLE), "“a” and “b”"),
    (form(f'{{id="a",{CHOICE},when={{field="a",is=["x"]}}}}'), "ever be asked “a”"),
    (form(f'{{id="a",{CHOICE}}}', section='when={field="a",is=["x"]}'), "ever be asked “a”"),
    (form(ONE, before=LISTS, section='per=["rows","rows"]'), "rows of “rows” twice"),
    (form(ONE, after='[overall]\nhow="zzz"'), "one of sum, none, worst, asked and ahrq, not “zzz”"),
    (form(ONE, after='[overall]\nhow="sum"\nper="zz"'), "no list of the form (“zz”)"),
    (form(ONE, after='[overall]\nhow="sum"\nbands=[{from=nan,text="b"}]'), "band “b”"),
    (form("", section="rating={options=[]}"), "rating of “s” has no options"),
    (form('{id="a",type="text",role="design"},{id="b",type="text",role="design"}'), "“a” and “b”"),
    (form('{id="a",type="text",role="design"}', before=LISTS, section='per="rows"'), "“a”"),
    (form('{id="a",type="decimal",units=["w",""]}'), "unit of “a”"),
    (form('{id="a",type="decimal",units=["w","w"]}'), "“a” has the unit “w” twice"),
    (form('{id="s",type="text"}'), "“s”"),
    (form('{id="a",type="zzz"}'), "“a” has the type “zzz”, which is none; choose one of text"),
    (form(""), "no fields"),
    *((form(ONE, id_=id_), f"“{id_}” is the id of a stage") for id_ in sorted(STAGES)),
]


@pytest.mark.parametrize(("text", "words"), WRONG, ids=[words for _, words in WRONG])
def test_what_cannot_work_is_refused_by_its_place(text, words):
    with pytest.raises(UserError) as refused:
        toml.parse(text)
    assert words in str(refused.value)
    assert str(refused.value) == one_line(str(refused.value))


def test_a_form_that_was_not_read_from_a_file_is_refused_as_well(trial):
    made = trial(count=1)
    with made.open() as review:
        form_ = review.forms.step("third-step").form
        for id_ in ("full-text", "report"):
            with pytest.raises(UserError, match=f"“{id_}” is the id of a stage"):
                review.forms.keep(replace(form_, id=id_, version=0, name=""))
        assert [step.id for step in review.forms.steps()] == ["third-step"]


def _random_form(rng):
    """A form of anything a form may say, as TOML that a person could write."""
    lists = [f"list{n}" for n in range(rng.randrange(3))]
    kind = rng.choice(["extraction", "appraisal"])
    text = HEAD.format(id=f"form-{rng.randrange(9)}", kind=kind)
    text += f"reviewers = {rng.randrange(1, 10)}\n"
    if rng.random() < 0.5:
        text += 'designs = ["rct"]\nreference = "A \\"book\\"\\nof two lines"\nlicence = "é"\n'
    for id_ in lists:
        text += f'[[lists]]\nid="{id_}"\nrow="{rng.choice(["", "arm"])}"\n'
    earlier = []
    for n in range(rng.randrange(1, 4)):
        per = rng.sample(lists, rng.randrange(min(3, len(lists) + 1)))
        text += f'[[sections]]\nid="s{n}"\ntitle="{rng.choice(["", "Part"])}"\n'
        text += f"per={json.dumps(rng.choice([per, per[0]]) if len(per) == 1 else per)}\n"
        if rng.random() < 0.4:
            text += 'rating={options=["low","high"],rule="worst"}\n'
        for k in range(rng.randrange(1, 5)):
            id_ = f"q{n}-{k}"
            text += f'[[sections.fields]]\nid="{id_}"\n' + _random_field(rng, earlier)
            if not per and 'type="choice"' in text.rpartition("[[sections.fields]]")[2]:
                earlier.append(id_)
    if rng.random() < 0.5:
        text += '[overall]\nhow="sum"\nbands=[{from=14.50,text="",on=true},{from=-0.0,text="b"}]\n'
    return text


def _random_field(rng, earlier):
    text = f'label="{rng.choice(["", "Label", " a  label "])}"\n'
    kind = rng.choice(
        ["text", "long-text", "integer", "decimal", "date", "choice", "choices", "yes-no", "score"]
    )
    text += f'type="{kind}"\n'
    if kind in ("choice", "choices"):
        text += 'options=[{id="x",text="X"},{id="y",retired=true},{id="unclear",text="?"}]\n'
    if kind == "score":
        text += f'options=[{{id="x",score={rng.choice(["2", "0.10", "-1.5"])}}},{{id="y"}}]\n'
    if kind in ("integer", "decimal"):
        text += f"min={rng.choice(['-0.0', '0', '1.50'])}\nmax={rng.choice(['104.5', '200'])}\n"
        text += rng.choice(["", 'unit="weeks"\n', 'units=["weeks","months"]\n'])
    for key in ("required", "ordered", "retired"):
        if rng.random() < 0.3:
            text += f"{key}=true\n"
    text += rng.choice(["", 'special=["unclear"]\n', "special=[]\n"])
    text += rng.choice(["", 'compare="wording"\n', 'compare="none"\n', 'compare="value"\n'])
    if earlier and rng.random() < 0.4:
        text += f'when={{field="{rng.choice(earlier)}",is=["x"]}}\n'
    return text + rng.choice(["", 'help="Two\\nlines"\ncode="A.1"\n'])


@pytest.mark.parametrize("seed", range(60))
def test_what_is_taken_prints_as_what_reads_back_as_the_same(seed):
    read = toml.parse(_random_form(random.Random(seed)))
    again = toml.parse(toml.text(read))
    assert again == read
    assert again.content() == read.content()


def test_a_form_with_the_id_of_a_stage_is_no_entry_of_any_file(trial):
    made = trial(count=1)
    made.answer("Maya", {(1, "setting"): "home"}, close=False)
    with open_project(made.copies["Maya"], write=False) as review:
        digest = review.forms.step("third-step").form.name
    body = {"id": "full-text", "version": 1, "digest": digest + "0" * 48}
    plant(made.copies["Maya"], "form", canonical(body), log="project", step="full-text")
    with pytest.raises(UserError, match="no form is called “full-text”, which is a stage"):
        made.merge("Maya")
