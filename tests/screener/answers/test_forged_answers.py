"""What nobody can have recorded comes in with no merge: it is refused by name, and nothing changes.

Every entry here has right hashes and a right chain.
"""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from screener import merge_into, open_project
from screener.model import Option, UserError
from tests.screener.answers.trial import ID, uid
from tests.screener.consensus.planting import canonical, plant

NOBODY = "e" * 32


def ids(made):
    with made.open() as review:
        form = review.forms.step(ID).form
        people = {one.name: str(one.id) for one in review.consensus.people()}
        return form.name, people, [uid(review, n) for n in (1, 2)], str(review.units.find("1"))


def answer(question, **more):
    return "answer", {"question": question} | more


def row(**more):
    return "row", {"list": "strands", "id": "third", "key": "Third"} | more


FORGED = [
    (answer("setting", value="x", form="f" * 16), "names a version of the form that there is not"),
    (answer("setting", value="x", form=""), "names a version of the form that there is not"),
    (answer("nothing", value="x"), "has no question “nothing”"),
    (answer("strands", value="x"), "“strands” is a list of What was done, and no question"),
    (answer("strands", value="x", row="third"), "“strands” is a list of What was done"),
    (answer("setting", value="x", row="telephone"), "Setting is asked for no row"),
    (answer("dose", value="5"), "Dose is asked for a row of strand"),
    (answer("dose", value="5", row="telephone/telephone"), "Dose is asked for a row of strand"),
    (answer("dose", value="5", row="nowhere"), "there is no strand “nowhere”"),
    (answer("dose", value="abc", row="telephone"), "“abc” is not a number"),
    (answer("dose", value="NaN", row="telephone"), "“NaN” is not a number"),
    (answer("dose", value="5", row="telephone", unit="parsecs"), "“parsecs” is none of the units"),
    (answer("rigour", value="zzz"), "“zzz” is none of the options"),
    (answer("rigour", value="low;high"), "“low;high” is none of the options"),
    (answer("rigour", value="unclear"), "is not as Screener writes it"),
    (answer("blinded", state="unclear"), "offers no “unclear”"),
    (answer("means", value="post;chat", row="telephone"), "is not as Screener writes it"),
    (answer("setting", value="a\x00b\x1b[31m"), "is not as Screener writes it"),
    (answer("story", value="x" * 900_000), "the most is 100000"),
    (answer("setting", value="x", quote="x" * 900_000), "longer than 100,000 characters"),
    (answer("setting", value="x", report=NOBODY), "names a report that is not here"),
    (row(list="nothing"), "has no list “nothing”"),
    (row(list="setting"), "has no list “setting”"),
    (row(key=" "), "it has no name"),
    (row(key="k" * 1000), "longer than 500 characters"),
]


@pytest.fixture
def begun(trial):
    made = trial(count=2)
    made.answer("Maya", {(1, "setting"): "home"}, rows=((1, "Telephone"),), close=False)
    return made


def refused(made, path, words, **how):
    before = made.project.read_bytes()
    with pytest.raises(UserError, match=re.escape(words)) as said:
        merge_into(made.project, path, **how)
    assert f"{path.name} holds " in str(said.value)
    assert made.project.read_bytes() == before
    return str(said.value)


@pytest.mark.parametrize(("forged", "words"), FORGED, ids=[words for _, words in FORGED])
def test_an_answer_that_cannot_be_is_refused_by_name(begun, forged, words):
    form, people, studies, _ = ids(begun)
    kind, body = forged
    body = ({"form": form} if kind == "answer" else {}) | body
    path = begun.copies["Maya"]
    plant(path, kind, canonical(body), author=people["Maya"], subject=studies[0], step=ID)
    assert " of Maya that cannot be (" in refused(begun, path, words)


@pytest.mark.parametrize("subject", [NOBODY, "", "a record"])
def test_an_answer_on_nothing_that_is_asked_about_is_refused(begun, subject):
    form, people, _, record = ids(begun)
    body = canonical({"question": "setting", "value": "x", "form": form})
    at = record if subject == "a record" else subject
    plant(begun.copies["Maya"], "answer", body, author=people["Maya"], subject=at, step=ID)
    words = {NOBODY: "record or study that is not here", "": "an answer of Maya on nothing"}
    refused(begun, begun.copies["Maya"], words.get(subject, "it is on nothing that is"))


def test_what_was_right_in_the_version_it_names_comes_in(begun):
    with begun.open() as review:
        form = review.forms.step(ID).form
        changed = {
            "dose": {"maximum": Decimal(1), "units": ("weeks", "months", "days")},
            "rigour": {"options": (*form.question("rigour").options, Option(id="other"))},
        }
        questions = tuple(replace(q, **changed.get(q.id, {})) for q in form.questions)
        review.forms.keep(replace(form, questions=questions), why="w")
    begun.answer("Maya", {(1, "dose", "telephone"): "5", (1, "rigour"): "high"}, close=False)
    begun.merge("Maya")
    with begun.open() as review:
        assert review.verify() == []
    form, people, studies, _ = ids(begun)  # the newest, which the copy does not have
    body = canonical({"question": "rigour", "value": "other", "form": form})
    path = begun.copies["Maya"]
    plant(path, "answer", body, author=people["Maya"], subject=studies[0], step=ID)
    refused(begun, path, "names a version of the form that there is not")


def meeting(kind, **body):
    whole = {"why": "w", "mode": "discussion", "by": ["Maya", "Jonas"]} if kind != "pair" else {}
    return kind, whole | body


OF_MEETING = [
    (meeting("consensus", question="rigour", state="none"), "it agrees on nothing"),
    (meeting("consensus", question="rigour", value="zzz"), "“zzz” is none of the options"),
    (meeting("consensus", question="blinded", state="unclear"), "offers no “unclear”"),
    (meeting("consensus", question="strands", row="telephone", value="x"), "“strands” is a list"),
    (meeting("consensus", question="nothing", value="x"), "has no question “nothing”"),
    (meeting("consensus", question="dose", value="5"), "Dose is asked for a row of strand"),
    (meeting("consensus", question="dose", row="no", value="5"), "there is no strand “no”"),
    (meeting("consensus", question="setting", value="x", by=[NOBODY]), "not in the review"),
    (meeting("consensus", question="setting", value="x", basis=["e" * 64]), "that is nowhere"),
    (meeting("pair", list="nothing", key="x", rows=[["Maya", "telephone"]]), "has no list"),
    (meeting("pair", list="strands", key="x", rows=[["Maya", "no"]]), "Maya has no row “no” there"),
    (meeting("pair", list="strands", key="x", rows=[[NOBODY, "telephone"]]), "not in the review"),
    (meeting("pair", list="strands", key="x", rows=[]), "it pairs no rows, or one twice"),
]


@pytest.fixture
def met(begun, tmp_path):
    begun.merge("Maya")
    other = tmp_path / "other.screener"
    other.write_bytes(begun.project.read_bytes())
    return begun, other


def planted(met, forged, **where):
    begun, other = met
    kind, body = forged
    _, people, studies, record = ids(begun)
    body = {
        key: [people.get(one, one) for one in v] if key == "by" else v for key, v in body.items()
    }
    if "rows" in body:
        body["rows"] = [[people.get(who, who), id_] for who, id_ in body["rows"]]
    where = {"subject": studies[0], "step": ID} | where
    if where["subject"] == "a record":
        where["subject"] = record
    plant(other, kind, canonical(body), log="meeting", **where)
    return begun, other


@pytest.mark.parametrize(("forged", "words"), OF_MEETING, ids=[f"{w} {f}" for f, w in OF_MEETING])
def test_what_a_meeting_cannot_have_settled_is_refused_by_name(met, forged, words):
    begun, other = planted(met, forged)
    refused(begun, other, words, project=True)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({"subject": NOBODY}, "on a record or study that is not here"),
        ({"subject": "a record", "step": "full-text"}, "full text has no list “strands”"),
    ],
)
def test_a_pair_where_no_rows_are_is_refused(met, where, words):
    pair = meeting("pair", list="strands", key="x", rows=[["Maya", "telephone"]])
    begun, other = planted(met, pair, **where)
    refused(begun, other, words, project=True)


def test_what_a_meeting_can_have_settled_comes_in(met):
    pair = meeting("pair", list="strands", key="x", rows=[["Maya", "telephone"]])
    begun, other = planted(met, pair)
    planted((begun, other), meeting("consensus", question="rigour", value="high"))
    planted(
        (begun, other), meeting("consensus", question="dose", row="x", value="5", unit="months")
    )
    merge_into(begun.project, other, project=True)
    with open_project(begun.project, write=False) as review:
        assert review.verify() == []
