"""The files the pictures of the documentation are taken of, made out of the example review."""

from __future__ import annotations

import csv
import shutil
import tempfile
from itertools import islice
from pathlib import Path

import screener
from screener import Project, create_project, open_copy, open_project
from screener.answers.draft import Place
from screener.answers.toml import read
from screener.example import CONTENT
from screener.example.content import Steps, import_search, searches, toml
from screener.example.screened import MERGED, Screened
from screener.model import AnswerState, Stage, Verdict, silent
from screener.screening.screening import OrderBy

DECIDED = 46  # records that are decided before the picture of the screening page
PREVIEWED = "psycinfo.ris"  # one of its lines cannot be read
ELSEWHERE = "rayyan.csv"
FORMS = Path(screener.__file__).resolve().parents[1] / "resources" / "forms"
SHIPPED = ("digital-peer-support", "mqrs")
INTERVENTIONS = {
    "Harbour Path": ("Harbour Path one year on", "Bringing Harbour Path"),
    "Moodboat": ("Moodboat, a peer-moderated", "First year of Moodboat"),
    "Signal Fire": ("Signal Fire: daily", "Signal Fire in a second city"),
    "Talking Points": ("Talking Points: a tablet",),
}
SAID = (
    ("country", "Norway", "2", ""),
    ("setting", "two community clinics", "2", "two clinics of one city"),
    ("funding", "", "", ""),
    ("n-enrolled", "118", "4", "118 people gave consent"),
    ("diagnosis", "schizophrenia", "3", ""),
)
"""Answers of the extraction form: question, value (none: not reported), page, quote."""


def write_table(folder: Path) -> Path:
    """Write a table whose headings nobody knows."""
    table = folder / "from a colleague.csv"
    table.write_text(
        "Nr;Bezeichnung;Wer;Wann;Inhalt\n"
        "1;Peer support by text message;Okonedo, C.;2018;We asked 40 people.\n"
        "2;A forum for carers: what was read;Roth, J.;2019;Posts were counted.\n",
        encoding="utf-8",
    )
    return table


def write_elsewhere(mine: Project, table: Path) -> None:
    """Write decisions as Rayyan exports them: on some records of a copy, and on one it has not."""
    units = mine.units.load(mine.screening.queues.queue(Stage.TITLE_ABSTRACT))
    titles = [unit.fields.title for unit in islice(units, 12)]
    with table.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("key", "title", "notes"))
        for place, title in enumerate([*titles, "Letters between friends"]):
            word = "Excluded" if place % 3 else "Included"
            rows.writerow((place, title, f'RAYYAN-INCLUSION: {{"Maya Lindqvist"=>"{word}"}}'))


def write_early(folder: Path, sources: Path) -> tuple[Path, Path, Path]:
    """Write the same review as it was earlier: duplicates unanswered; a copy begun, and one not."""
    project = folder / "early.screener"
    copy, fresh = folder / "maya.screener", folder / "jonas.screener"
    title = "Digital peer support"
    with create_project(project, title=title, protocol=CONTENT / "protocol.toml") as review:
        for search in searches():
            if search["file"] != PREVIEWED:
                import_search(review, search, sources)
        review.duplicates.join(review.duplicates.find().certain)
        shutil.copy(project, folder / "with-reviewer.screener")
    with open_project(folder / "with-reviewer.screener") as review:
        review.consensus.write_copy("Maya Lindqvist", copy)
        review.consensus.write_copy("Jonas Roth", fresh)
    verdicts = (Verdict.EXCLUDE, Verdict.EXCLUDE, Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE)
    stage = Stage.TITLE_ABSTRACT
    with open_copy(copy) as mine:
        for place, unit in enumerate(list(mine.screening.queues.queue(stage))[:DECIDED]):
            mine.screening.decide(unit, verdicts[place % len(verdicts)], stage=stage)
        write_elsewhere(mine, copy.with_name(ELSEWHERE))
    for made in (copy, fresh):
        show_in_order(made)
    return project, copy, fresh


def show_in_order(copy: Path) -> None:
    """Have a copy show its records as imported: a new one has them in another order each time."""
    with open_copy(copy) as mine:
        mine.screening.queues.set_order(OrderBy.IMPORTED)


def write_studies(folder: Path) -> tuple[Path, Path]:
    """Write the example when its reports were included: some in studies, forms open, a copy begun.

    At the end of the example all of this is done already.
    """
    project, copy = folder / "studies.screener", folder / "maya-forms.screener"
    with tempfile.TemporaryDirectory(dir=folder) as work:
        Screened(Path(work), toml("review.toml"), Steps(silent)).write()
        shutil.copy(Path(work) / MERGED, project)
    with open_project(project) as review:
        _link(review)
        named = [one.id for one in review.studies.all() if one.id]
        for name in SHIPPED:
            form = review.forms.keep(read(FORMS / f"{name}.toml"))
            review.studies.open(form.id, named)
        review.consensus.write_copy("Maya Lindqvist", copy)
    with open_copy(copy) as mine:
        _answer(mine)
    return project, copy


def _link(review: Project) -> None:
    """Put reports of named interventions into studies; the others wait in the left list."""
    of_title = {review.units.get(u).fields.title: u for u in review.studies.included()}
    for name, titles in INTERVENTIONS.items():
        studies = []
        for begins in titles:
            unit = next(u for title, u in of_title.items() if title.startswith(begins))
            studies.append(review.studies.link([unit]).id)
        review.studies.group(name, studies)


def _answer(mine: Project) -> None:
    extraction, ratings = mine.forms.answering("extraction"), mine.forms.answering("mqrs")
    first, second, *_ = (one.id for one in mine.studies.all() if one.id)
    for study in (first, second):
        for question, value, page, quote in SAID:
            state = AnswerState.VALUE if value else AnswerState.NOT_REPORTED
            place = Place(page=page, quote=quote)
            extraction.answer(study, question, value, state=state, place=place)
        for arm in ("Harbour Path", "Waiting list"):
            extraction.add_row(study, "arms", arm)
    for question, value in (("a", "score-4"), ("b", "score-1")):
        ratings.answer(first, question, value)
