"""Where every cell of random forms stands, compared with a small model of the rules.

The model knows classes of answers that are the same, and nothing of how answers are stored, parsed
or paired; the rules are those of docs/project-file.md (Forms).
"""

import random

import pytest

from screener import open_copy
from screener.answers.form import Form, FormList
from screener.model import AnswerState, Compare, Option, Question, When
from tests.screener.answers.trial import ID, new_trial, uid

LIST = "strands"
NONE_SUCH = AnswerState.NOT_REPORTED
WORDS = {  # of each type: what is typed, by what it says
    "text": {"one": ("A clinic", "a  CLINIC"), "two": ("School",)},
    "long-text": {"one": ("They met.", "they  met."), "two": ("Weekly.",)},
    "integer": {"one": ("30", "030"), "two": ("31",)},
    "decimal": {"one": ("1.5", "1.50"), "two": ("-2",)},
    "date": {"one": ("2018/5", "2018-05"), "two": ("2018",)},
    "yes-no": {"yes": ("yes", "Yes"), "no": ("no",)},
    "choice": {"yes": ("yes", "YES"), "no": ("no",)},
    "choices": {"yes": ("yes",), "no;yes": ("yes; no", "no;yes")},
    "score": {"yes": ("yes",), "no": ("no",)},
}
OPTIONS = (Option(id="yes", score="2"), Option(id="no", score="0"))
CHOSEN = ("yes-no", "choice", "choices", "score")
KEYS = {
    "phone": ("Phone", "phone", " PHONE"),
    "by-post": ("By post", "by-Post"),
    "third": ("third",),
}


def made_form(dice):
    """Make a form of a question of every type about the study, and one for each row."""
    questions = []
    for list_ in ((), (LIST,)):
        for type_ in dice.sample(sorted(WORDS), len(WORDS)):
            before = [q for q in questions if q.type in CHOSEN and q.list in ((), list_)]
            when = None
            if before and dice.random() < 0.5:
                when = When(field=dice.choice(before).id, options=(dice.choice(("yes", "no")),))
            usual = Compare.WORDING if type_ == "long-text" else Compare.VALUE
            questions.append(
                Question(
                    id=f"{type_}{'-of-row' * len(list_)}",
                    words=type_,
                    type=type_,
                    list=list_,
                    required=dice.random() < 0.5,
                    special=(NONE_SUCH,),
                    options=OPTIONS if type_ in ("choice", "choices", "score") else (),
                    when=when,
                    compare=dice.choice((usual, usual, usual, Compare.NONE)),
                )
            )
    lists = (FormList(id=LIST, title="Strands", row="strand"),)
    return Form(id=ID, title="Any", lists=lists, questions=tuple(questions))


def answered(dice, form):
    """Answer a study as one reviewer: keys as typed by key, and answers by question and key."""
    rows = {key: dice.choice(KEYS[key]) for key in KEYS if dice.random() < 0.7}
    said = {}
    for question in form.questions:
        for key in rows if question.list else ("",):
            if dice.random() < 0.6:
                told = dice.choice([*WORDS[question.type], NONE_SUCH])
                said[question.id, key] = told
    return rows, said


def asked(question, key, every):
    """Whether a question is asked in a cell, by what the reviewers of `every` say."""
    if question.when is None:
        return True
    field = question.when.field
    at = key if field.endswith("-of-row") else ""
    told = [said[field, at] for _, said in every if (field, at) in said]
    return any(word in question.when.options for one in told for word in one.split(";"))


def cells(question, every, enough):
    if not question.list:
        return [""]
    return [key for key in KEYS if sum(key in rows for rows, _ in every) >= enough]


def expected(form, every):
    """Where everything of a study stands, by question and key."""
    found = {}
    for key in KEYS:
        if sum(key in rows for rows, _ in every) == 1:
            found[LIST, key] = "row"
    for question in form.questions:
        for key in cells(question, every, 2):
            if question.compare is Compare.NONE or not asked(question, key, every):
                continue
            told = [said[question.id, key] for _, said in every if (question.id, key) in said]
            wording = question.compare is Compare.WORDING
            if len(told) < 2:
                found[question.id, key] = (
                    "missing"
                    if (question.required and not (told and wording)) or (told and not wording)
                    else "wording"
                    if told
                    else "blank"
                )
            elif len({*told}) == 1:
                found[question.id, key] = "agreed"
            else:
                found[question.id, key] = "wording" if wording else "differs"
    return found


def missing(form, mine):
    """What one reviewer still has to answer, by question and key."""
    return {
        (q.id, key)
        for q in form.questions
        for key in cells(q, [mine], 1)
        if q.required and asked(q, key, [mine]) and (q.id, key) not in mine[1]
    }


def type_in(dice, at, form, subject, mine):
    rows, said = mine
    ids = {key: at.add_row(subject, LIST, typed) for key, typed in rows.items()}
    for (question, key), told in said.items():
        how = {"state": told}
        if told is not NONE_SUCH:
            how = {"value": dice.choice(WORDS[form.question(question).type][told])}
        at.answer(subject, question, row=ids.get(key, ""), **how)
    by_id = {id_: key for key, id_ in ids.items()}
    return {(question, by_id.get(row, "")) for question, row in at.sheet(subject).missing()}


@pytest.mark.parametrize("seed", range(4))
def test_every_cell_stands_where_the_rules_say(tmp_path, seed):
    dice = random.Random(seed)
    form = made_form(dice)
    names = ("Maya", "Jonas", "Ines")[: 2 + seed % 2]
    made = new_trial(tmp_path, *names, count=3, form=form)
    given = {n: [answered(dice, form) for _ in names] for n in (1, 2, 3)}
    for place, name in enumerate(names):
        with open_copy(made.copies[name]) as mine:
            at = mine.forms.answering(ID)
            for number, every in given.items():
                left = type_in(dice, at, form, uid(mine, number), every[place])
                assert left == missing(form, every[place])
            at.close()
    made.merge()
    with made.open() as review:
        here = review.consensus.at(ID)
        for number, every in given.items():
            states = {tuple(s.item): str(s.status) for s in here.states([uid(review, number)])}
            assert states == expected(form, every)
            open_ = {tuple(s.item) for s in here.discrepancies([uid(review, number)]) if s.open}
            wanted = {"row", "missing", "differs"}
            assert open_ == {item for item, status in states.items() if status in wanted}
