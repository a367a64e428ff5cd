"""Consensus and store know nothing of forms, and no order of merging changes where they stand."""

import re
import shutil
from contextlib import suppress
from itertools import permutations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import screener
from screener import merge_into, open_project
from screener.model import AnswerState, UserError

ID, LIST = "third-step", "strands"
ROOT = Path(screener.__file__).parent


def test_neither_consensus_nor_store_names_anything_of_the_form(trial):
    form = trial.form
    ids = [form.id, *(one.id for one in form.lists)]
    ids += [q.id for q in form.questions if q.id not in ("setting", "story")]
    words = re.compile("|".join(rf"['\"]{re.escape(id_)}['\"]" for id_ in ids))
    for folder in ("consensus", "store"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            assert not words.search(text), path
            imported = re.findall(r"^\s*(?:from|import) screener\.(\w+)", text, re.MULTILINE)
            assert not {"screening", "answers", "fulltext"} & set(imported), path


NUMBER = st.integers(1, 2)
SAID = {
    "setting": st.sampled_from(["home", "HOME ", "school", AnswerState.NOT_REPORTED]),
    "rigour": st.sampled_from(["low", "high", "unclear", AnswerState.UNCLEAR, AnswerState.NONE]),
    "blinded": st.sampled_from(["yes", "Yes", "no"]),
    "story": st.sampled_from(["one", "two"]),
}
ANSWER = st.sampled_from(sorted(SAID)).flatmap(
    lambda q: st.tuples(st.just("answer"), NUMBER, st.just(q), SAID[q])
)
KEY = st.sampled_from(["Group", "group", "Other group", "Third"])
DOSE = st.sampled_from(["3", "3.0", "4", ""])
FIRST = st.fixed_dictionaries(
    {
        (who, number): st.tuples(
            st.fixed_dictionaries({q: st.none() | said for q, said in SAID.items()}),
            st.lists(st.tuples(KEY, DOSE), max_size=2),
        )
        for who in range(3)
        for number in (1, 2)
    }
).map(
    lambda every: [
        (who, one)
        for (who, number), (answers, rows) in every.items()
        for one in (
            *(("answer", number, q, said) for q, said in answers.items() if said is not None),
            *(("row", number, key, dose) for key, dose in rows),
        )
    ]
)
ACT = st.one_of(
    ANSWER,
    st.tuples(st.just("row"), NUMBER, KEY, DOSE),
    st.tuples(st.just("gone"), NUMBER),
    st.tuples(st.just("undo")),
    st.tuples(st.just("close")),
)
MEETING = st.lists(
    st.one_of(
        st.tuples(st.just("settle"), st.integers(0, 9)),
        st.tuples(st.just("pair"), NUMBER, st.booleans()),
        st.tuples(st.just("undo")),
    ),
    max_size=4,
)


def act(review, one):
    at = review.forms.answering(ID)
    kind, *rest = one
    if kind == "undo":
        if review.undo_name():
            review.undo()
        return
    if kind == "close":
        at.close()
        at.reopen("More to say")
        return
    unit = review.studies.find(str(rest[0])).id
    rows = at.rows(unit, LIST)
    if kind == "answer":
        how = {"state": rest[2]} if isinstance(rest[2], AnswerState) else {"value": rest[2]}
        at.answer(unit, rest[1], **how)
    elif kind == "gone":
        if rows:
            at.remove_row(unit, LIST, rows[0].id)
    else:
        same = [r.id for r in rows if r.key.casefold() == rest[1].casefold()]
        row = same[0] if same else at.add_row(unit, LIST, rest[1])
        if rest[2]:
            at.answer(unit, "dose", rest[2], row=row)


def meet(trial, review, acts):
    for one in acts:
        with suppress(UserError):  # a pair may be refused: another row has its key
            meet_once(trial, review, *one)


def meet_once(trial, review, kind, *rest):
    here = review.consensus.at(ID)
    if kind == "undo":
        if review.undo_name().startswith(("Settle", "Pair", "There is no")):
            review.undo()
    elif kind == "pair":
        unit = trial.uid(review, rest[0])
        ends = {s.author: (s.author, s.row) for s in here.said(unit) if s.question == LIST}
        chosen = list(ends.values()) if rest[1] else list(ends.values())[:1]
        key = "one of the meeting" if rest[1] else ""
        review.consensus.pair(unit, ID, LIST, chosen, key=key, exists=rest[1])
    elif open_ := [s for s in here.discrepancies() if s.open and s.item.question != LIST]:
        state = open_[rest[0] % len(open_)]
        values = {"setting": "home", "rigour": "low", "blinded": "no", "dose": "4"}
        review.consensus.resolve(
            state.subject,
            values[state.item.question],
            step=ID,
            item=state.item,
            why="By the meeting",
            by=["Maya"],
        )


@given(
    acts=FIRST,
    later=st.lists(st.tuples(st.integers(0, 2), ACT), max_size=6),
    meeting=MEETING,
)
def test_no_order_of_merging_changes_where_anything_stands(
    trial, tmp_path_factory, acts, later, meeting
):
    made = trial("Maya", "Jonas", "Ines", count=2, folder=tmp_path_factory.mktemp("any"))
    names = list(made.copies)
    for mine, several in ((0, acts), (1, later)):
        for name in names:
            with open_project(made.copies[name]) as review:
                for one in (one for who, one in several if names[who] == name):
                    act(review, one)
                if not mine:
                    review.forms.answering(ID).close()
                    review.forms.answering(ID).reopen("Once more")
        if not mine:
            made.merge()
            with made.open() as review:
                meet(made, review, meeting)
                assert made.whole(review)
    found = []
    for n, order in enumerate(permutations(made.copies.values())):
        place = made.folder / f"any-{n}.screener"
        shutil.copy(made.project, place)
        for one in order:
            merge_into(place, one)
        with open_project(place, write=False) as review:
            assert made.whole(review)
            found.append(made.seen(review))
    assert all(one == found[0] for one in found)
