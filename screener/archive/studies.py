"""Studies and interventions, and the tables of them that a review prints."""

from __future__ import annotations

from collections.abc import Iterator

from screener.answers.form import FormKind
from screener.archive.index import Index
from screener.archive.parts import Part, Review, Row, Table, together, yes
from screener.model import Study
from screener.store.file import File
from screener.store.heads import heads
from screener.store.kinds import project
from screener.studies.tables import Sheet, Tables


def parts(file: File, of: Review, index: Index) -> Iterator[Part]:
    """Yield studies, interventions and the tables of them; nothing of what is hidden."""
    yield _studies(file, of, index)
    yield _interventions(of)
    yield from _tables(of)


def _studies(file: File, of: Review, index: Index) -> Table:
    shown = {one.id: one for one in of.studies.all()}

    def row(body: project.Study) -> Row:
        one: Study | None = shown.get(body.id)
        return (
            body.id, body.name, body.state, together(map(index.unit, body.reports)),
            index.number(one.primary) if one else "", together(body.registrations),
            together(one.interventions) if one else "", body.into, yes(one),
        )  # fmt: skip

    def rows() -> Iterator[Row]:
        yield from (row(head.body) for head in heads(file, project.Study))
        for one in of.studies.all():
            if not one.id:
                numbers = together(map(index.number, one.reports))
                primary = index.number(one.primary)
                yield "", one.name, one.state, numbers, primary, "", "", "", yes(one)

    return Table(
        path="studies/studies.csv",
        about="The studies, and included reports that are in none, each of which counts as one.",
        columns=(
            ("study", "Id of the study; empty: a report that is in no study yet"),
            ("name", "Name of the study"),
            ("state", "included; awaiting: classification; ongoing"),
            ("reports", "Numbers of its reports, included or not, joined by ; "),
            ("primary", "Number of its primary report"),
            ("registrations", "Its registration numbers"),
            ("interventions", "Ids of the interventions it tests, in interventions.csv"),
            ("into", "Study that this one was joined to: it counts for that"),
            ("has_report", "Whether a report of it is included at full text\tyes; empty"),
        ),
        rows=rows(),
    )


def _interventions(of: Review) -> Table:
    found = of.studies.interventions()
    return Table(
        path="studies/interventions.csv",
        about="The interventions, and the studies that test each.",
        columns=(
            ("intervention", "Id of the intervention"),
            ("name", "Name of the intervention"),
            ("studies", "Ids of the studies that test it, joined by ; "),
        ),
        rows=[(one.id, one.name, together(one.studies)) for one in found],
    )


def _tables(of: Review) -> Iterator[Table]:
    steps = of.forms.steps()
    made = Tables(of.units, of.studies, of.consensus, steps)
    if of.studies.all():
        for name, sheet in zip(("included", "counts"), made.sheets("studies"), strict=True):
            about = f"The included studies as a review prints them: {sheet.name.lower()}."
            yield _of_sheet(f"studies/{name}.csv", about, sheet)
    for place, step in enumerate(steps, 1):
        if step.form.kind is FormKind.APPRAISAL and of.consensus.visible(step.id):
            for part, sheet in enumerate(made.sheets("appraisal", stage=step.id), 1):
                about = f"The ratings of {step.id} as a review prints them: {sheet.name.lower()}."
                yield _of_sheet(f"forms/{place}-{step.id}/table-{part}.csv", about, sheet)


def _of_sheet(path: str, about: str, sheet: Sheet) -> Table:
    return Table(path=path, about=about, columns=sheet.columns, rows=sheet.rows)
