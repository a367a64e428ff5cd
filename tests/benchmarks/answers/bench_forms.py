"""100 studies x 60 fields x 2 reviewers: saving a field, comparing a study, the tables.

Aims: a field saved costs at most 1.8 times a one-row commit with the same pragmas, measured beside
it; what is to settle of a study is there in 50 ms after its last item was settled; each table is
written within a second.
"""

from __future__ import annotations

import os
import random
import sqlite3
import tempfile
from itertools import pairwise
from pathlib import Path
from statistics import median

from made import included, timed

from screener import open_copy, open_project
from screener.answers.draft import Draft
from screener.answers.form import Form, FormKind
from screener.answers.values import Value
from screener.model import AnswerState, Option, Question
from screener.studies.listing import lines
from screener.studies.tables import Tables

STUDIES, FIELDS, ROUNDS, EACH = 100, 60, 5, 40
TYPES = ("text", "integer", "decimal", "choice", "choices", "yes-no")
OPTIONS = (Option(id="one"), Option(id="two"), Option(id="three"))
FORM = Form(
    id="wide",
    title="Wide",
    questions=tuple(
        Question(
            id=f"q-{n}",
            words=f"Question {n}",
            type=(kind := TYPES[n % len(TYPES)]),
            required=True,
            special=(AnswerState.NOT_REPORTED,),
            options=OPTIONS if kind.startswith("choice") else (),
            role="design" if n == TYPES.index("choice") else "",
        )
        for n in range(FIELDS)
    ),
    kind=FormKind.EXTRACTION,
)


def value(question: Question, rng: random.Random) -> str:
    if question.type.startswith("choice"):
        return rng.choice(OPTIONS).id
    if question.type == "yes-no":
        return rng.choice(["yes", "no"])
    return str(rng.randrange(1000)) if question.type != "text" else f"words {rng.randrange(99)}"


def main() -> None:
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as name:
        folder = Path(name)
        path = included(folder, STUDIES)
        copies = [folder / "a-forms.screener", folder / "b-forms.screener"]
        with open_project(path) as review:
            review.forms.keep(FORM)
            print(f"{review.studies.open(FORM.id)} studies opened, {FIELDS} fields")
            for who, copy in zip("AB", copies, strict=True):
                review.consensus.write_copy(who, copy)
        for copy, seed in zip(copies, (1, 2), strict=True):
            fill(copy, seed)
        with open_copy(copies[0]) as mine:
            save(mine, folder)
            mine.forms.answering(FORM.id).close()
        with open_copy(copies[1]) as mine:
            mine.forms.answering(FORM.id).close()
        with open_project(path) as review:
            print(f"merge {timed(lambda: review.consensus.merge(*copies)):.2f} s")
            compare(review)
            tables(review, folder)


def fill(copy: Path, seed: int) -> None:
    """Answer everything; every fifth answer differs from the other reviewer's by its seed."""
    with open_copy(copy) as mine:
        alike, rng = random.Random(0), random.Random(seed)
        drafts = [
            Draft(
                subject=study,
                question=question.id,
                value=Value(AnswerState.VALUE, rng.choice([value(question, alike), *differs])),
            )
            for study in mine.studies.ids()
            for question in FORM.questions
            for differs in [[value(question, rng)] if alike.random() < 0.2 else []]
        ]
        answering = mine.forms.answering(FORM.id)
        print(f"{len(drafts)} answers from a table "
              f"{timed(lambda: answering.answer_many(drafts)):.2f} s")  # fmt: skip


def save(mine, folder: Path) -> None:
    """Save fields one by one, each against a commit of one row."""
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = TRUNCATE", "synchronous = FULL"):
        plain.execute(f"PRAGMA {pragma}")
    plain.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, body TEXT)")
    answering, studies = mine.forms.answering(FORM.id), mine.studies.ids()
    answering.answer(studies[0], "q-0", "first")  # the first of a session copies the file
    ratios, ours = [], []
    for place in range(ROUNDS):
        one, other = [], []
        for n in range(EACH):
            study, text = studies[(place * EACH + n) % STUDIES], f"saved {place} {n}"
            one.append(timed(lambda s=study, t=text: answering.answer(s, "q-0", t)))
            other.append(timed(lambda: commit(plain)))
        ratios.append(median(one) / median(other))
        ours.append(median(one))
    print(f"a field saved {median(ours) * 1e3:.2f} ms; ratio {median(ratios):.2f} (aim 1.8)")


def commit(plain: sqlite3.Connection) -> None:
    plain.execute("BEGIN")
    plain.execute("INSERT INTO row (body) VALUES (?)", ("x" * 400,))
    plain.execute("COMMIT")


def compare(review) -> None:
    """Settle the first item of a study, then read what is to settle of the next."""
    step = review.forms.step(FORM.id)
    print(f"all derived {timed(lambda: list(review.consensus.differing(FORM.id))):.2f} s")
    studies, read, settled = review.studies.ids(), [], []
    for study, other in pairwise(studies[:31]):
        found = list(review.consensus.discrepancies(FORM.id, only=[study]))
        first = found[0]
        said = first.answers[0]
        settled.append(
            timed(
                lambda s=study, d=first, a=said: review.consensus.resolve(
                    s, a.value, step=FORM.id, item=d.item, why="Looked up.", by=["A", "B"]
                )
            )
        )
        read.append(
            timed(
                lambda s=other: (
                    list(review.consensus.discrepancies(FORM.id, only=[s])),
                    list(lines(review.consensus, step, [s])),
                )
            )
        )
    print(
        f"an item settled {median(settled) * 1e3:.1f} ms; the next study compared "
        f"{median(read) * 1e3:.1f} ms (aim 50)"
    )


def tables(review, folder: Path) -> None:
    made = Tables(review.units, review.studies, review.consensus, review.forms.steps())
    for what, ending in (("studies", "csv"), ("studies", "xlsx"), ("answers", "csv")):
        place = folder / f"{what}.{ending}"
        seconds = timed(lambda w=what, p=place: made.write(p, w, stage=FORM.id))
        print(f"{place.name} {seconds:.2f} s (aim 1)")


if __name__ == "__main__":
    main()
