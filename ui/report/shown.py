"""What can be shown of the studies, as a list: the tables and plots there are of the review now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from screener.answers.form import FormKind
from screener.answers.step import FormStep
from screener.project import Project
from screener.report.drawing import Drawing
from screener.report.plots.plots import Plots
from screener.report.saving import save_drawing
from screener.studies.tables import KINDS, Sheet, Tables, write

PLOT = "plot"
_NAME = "_name"
"""How the column of names ends that stands beside one of ids: "study", "study_name"."""
_PICTURES = "SVG picture (*.svg);;PDF (*.pdf);;PNG picture (*.png)"
_TABLES = "CSV table (*.csv);;Excel workbook, with the codebook (*.xlsx)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One table or plot: its words, the form it is listed under, and what the core calls it.

    `form` is "" for what is listed under the studies, whatever form it is counted by (`stage`).
    `what` is a table of `screener.studies.tables`, of which `place` says which sheet, or `PLOT`
    with the `name` of one.
    """

    words: str
    form: str = ""
    what: str
    stage: str = ""
    name: str = ""
    place: int = 0
    raw: bool = False

    @property
    def is_plot(self) -> bool:
        """Whether it is drawn; else it is a table."""
        return self.what == PLOT

    @property
    def kinds(self) -> str:
        """The kinds of files it can be saved as, for the dialog."""
        if self.what == "robvis":
            return _TABLES.partition(";;")[0]
        return _PICTURES if self.is_plot else _TABLES

    @property
    def file_name(self) -> str:
        """What its file is called at first."""
        ending = ".svg" if self.is_plot else ".csv"
        words = self.words.lower().replace(" ", "-")
        return "-".join(filter(None, (self.stage, words))) + ending


def forms(project: Project) -> list[tuple[str, str]]:
    """Return what tables and plots are listed under: the studies, then each form to be seen."""
    steps = project.forms.steps()
    return [("", "Studies"), *((s.id, s.words) for s in steps if project.consensus.visible(s.id))]


def items(project: Project, form: str = "") -> list[Item]:
    """Return what there is of the studies now, or of a form."""
    offered = _plots(project).offered()
    if not form:
        return [
            Item(words="Included studies", what="studies"),
            Item(words="Counts", what="studies", place=1),
            *(
                Item(words=one.words, what=PLOT, stage=one.stage, name=one.name)
                for one in offered
                if one.name.startswith("by-")
            ),
        ]
    plots = (
        Item(words=one.words, form=form, what=PLOT, stage=form, name=one.name)
        for one in offered
        if one.stage == form and not one.name.startswith("by-")
    )
    return [*_ratings(project.forms.step(form)), *plots, *_answers(form)]


def _ratings(step: FormStep) -> Iterator[Item]:
    if step.form.kind is not FormKind.APPRAISAL:
        return
    yield Item(words="Ratings", form=step.id, what="appraisal", stage=step.id)
    yield Item(words="Options of each item", form=step.id, what="appraisal", stage=step.id, place=1)
    if any(q.type == "rating" and not q.retired for q in step.form.questions):
        yield Item(words="For robvis", form=step.id, what="robvis", stage=step.id)


def _answers(form: str) -> Iterator[Item]:
    yield Item(words="Agreed answers", form=form, what="answers", stage=form)
    yield Item(words="Answers of each reviewer", form=form, what="answers", stage=form, raw=True)


def hidden(project: Project) -> list[str]:
    """Return the forms of which nothing may be seen yet, in words."""
    return [s.words for s in project.forms.steps() if not project.consensus.visible(s.id)]


def sheets(project: Project, item: Item) -> list[Sheet]:
    """Return the table of an item, and the sheets that go into a workbook with it.

    `UserError` as the tables have it.
    """
    tables = Tables(project.units, project.studies, project.consensus, project.forms.steps())
    found = tables.sheets(item.what, stage=item.stage, raw=item.raw)
    return [found[item.place], *(one for one in found if one is not found[item.place])]


def to_show(project: Project, item: Item) -> Sheet:
    """Return the table of an item as people read it: by names, without the ids that files keep.

    `UserError` as the tables have it.
    """
    sheet = sheets(project, item)[0]
    named = {head.removesuffix(_NAME) for head in sheet.heads if head.endswith(_NAME)}
    kept = [place for place, head in enumerate(sheet.heads) if head not in named]
    return replace(
        sheet,
        columns=[
            (head.removesuffix(_NAME), meaning)
            for head, meaning in (sheet.columns[place] for place in kept)
        ],
        rows=[[row[place] for place in kept] for row in sheet.rows],
    )


def drawing(project: Project, item: Item) -> Drawing:
    """Return the drawing of an item; `UserError` as the plots have it."""
    return _plots(project).drawing(item.name, item.stage)


def save(project: Project, item: Item, path: Path) -> None:
    """Write an item, as the ending of `path` says; `UserError` for another, or no such place."""
    if item.is_plot:
        save_drawing(drawing(project, item), path)
    else:
        kinds = (".csv",) if item.what == "robvis" else KINDS
        write(path, sheets(project, item), kinds=kinds)


def _plots(project: Project) -> Plots:
    return Plots(project.units, project.studies, project.consensus, project.forms.steps())
