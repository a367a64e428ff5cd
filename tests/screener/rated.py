"""A review whose studies were extracted and rated by two people, and merged; some is to settle."""

from __future__ import annotations

from screener import open_copy, open_project
from screener.answers.draft import Draft
from screener.answers.shipped import shipped
from screener.answers.values import Value
from screener.model import AnswerState
from tests.screener.conftest import Making

NAMES = ("Maya", "Jonas")
EXTRACTION, MQRS, ROB2, JBI = "extraction", "mqrs", "rob2", "jbi-rct"
OPEN_EACH = 7
"""Of so many studies one has what the two said differently."""
ROW = "hope"


def said(form, number, name):
    """What a reviewer says of a study: its options by question, the same on every run."""
    found = {}
    for place, question in enumerate(form.questions):
        if question.type in ("choice", "score", "rating", "choices") and question.options:
            options = [one.id for one in question.options]
            found[question.id] = options[(number * 5 + place * number) % len(options)]
    differs = number % OPEN_EACH == 3 and name == NAMES[1]
    if differs:
        first = next(q for q in form.questions if q.id in found)
        options = [one.id for one in first.options]
        found[first.id] = options[(options.index(found[first.id]) + 1) % len(options)]
    return found


def rated(folder, *, studies=8, forms=(EXTRACTION, MQRS, ROB2, JBI), rated_here=None, close=True):
    """Write the project; its path. `rated_here` gives the numbers each form is open for."""
    path = Making.included(folder, records=studies, reviewers=NAMES)
    with open_project(path) as review:
        for id_ in forms:
            review.forms.keep(shipped(id_))
            wanted = (rated_here or {}).get(id_)
            ids = [review.studies.find(str(n)).id for n in wanted or ()]
            review.studies.open(id_, ids)
        every = [one.id for one in review.studies.all()]
        if studies > 3:
            review.studies.group("Together online", every[:2])
            review.studies.group("Peer line", every[2:3])
        copies = {name: path.with_name(f"{name}-forms.screener") for name in NAMES}
        for name, copy in copies.items():
            review.consensus.write_copy(name, copy)
    for name, copy in copies.items():
        with open_copy(copy) as mine:
            for id_ in forms:
                at = mine.forms.answering(id_)
                at.answer_many(_drafts(mine, id_, name, (rated_here or {}).get(id_)))
                if close:
                    at.close()
    with open_project(path) as review:
        review.consensus.merge(*copies.values())
    return path


def _drafts(mine, id_, name, only):
    step = mine.forms.step(id_)
    numbers = dict(mine.units.numbered())
    for subject in step.subjects():
        number = numbers[next(s for s in mine.studies.all() if s.id == subject).reports[0]]
        if only and number not in only:
            continue
        for question, value in said(step.form, number, name).items():
            asked = step.form.question(question)
            state = AnswerState(value) if value in set(AnswerState) else AnswerState.VALUE
            stated = Value(state, "" if state is not AnswerState.VALUE else value)
            row = ROW if asked.list else ""
            if not asked.list or id_ == ROB2:
                yield Draft(subject=subject, question=question, value=stated, row=row)
