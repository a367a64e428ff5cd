"""Commands that report: flow, report, export."""

from __future__ import annotations

from pathlib import Path

import click

from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    print_result,
    progress,
    quiet_option,
    remark_hidden,
    require_places,
    require_screening,
    say,
    stage_of,
    step_option,
)
from screener.files import open_project
from screener.model import Stage, UserError
from screener.model.words import counted
from screener.project import Project
from screener.report.listing import WHATEVER_THE_STAGE, Which
from screener.report.saving import save, save_drawing
from screener.store import paths

TABLES = ("studies", "answers", "appraisal", "robvis")


@click.command(epilog=examples("screener flow review.screener --svg flow.svg"))
@click.argument("project", type=PATH)
@click.option("--svg", type=PATH, metavar="OUT")
@click.option("--pdf", type=PATH, metavar="OUT")
@click.option("--png", type=PATH, metavar="OUT")
@click.option("--csv", "table", type=PATH, metavar="OUT", help="The PRISMA2020 template for R.")
@json_option
def flow(
    project: Path,
    svg: Path | None,
    pdf: Path | None,
    png: Path | None,
    table: Path | None,
    as_json: bool,
) -> None:
    """Print the PRISMA 2020 numbers, and draw the diagram."""
    require_places([project], [svg, pdf, png, table], [".svg", ".pdf", ".png", ".csv"])
    with open_project(project, write=False) as review:
        found, remarks = review.report.flow(), review.report.remarks()
        with paths.together():
            for path, ending in ((svg, "svg"), (pdf, "pdf"), (png, "png"), (table, "csv")):
                if path is not None:
                    save(found, path, ending)
    document = found.json() | {"remarks": list(remarks)}
    numbers = (f"{name}: {value}" for name, value in document.items() if type(value) is int)
    print_result(document, numbers, as_json=as_json)
    if not as_json:
        draft = [f"DRAFT: {found.draft_sentence}"] if found.draft else []
        for sentence in (*draft, *found.problems, *remarks):
            say(sentence, err=True)


@click.command(epilog=examples("screener report review.screener report.docx"))
@click.argument("project", type=PATH)
@click.argument("out", type=PATH)
@click.option("--spelling", type=click.Choice(["british", "american"]), default="british")
@quiet_option
def report(project: Path, out: Path, spelling: str, quiet: bool) -> None:
    """Write the report of a review as .docx, .pdf or .html, or its tables as .xlsx.

    It says what was done and came of it, and what is missing; the PRISMA 2020 diagram, the tables,
    the search strategies and the checklists are in it. A draft is stamped and says what is open.
    """
    require_places([project], [out])
    with open_project(project, write=False) as review:
        draft = review.manuscript.write(out, spelling, progress(quiet=quiet))
    say(f"{out}: the report{', a draft' if draft else ''}.")
    if draft:
        say(f"DRAFT: {draft}", err=True)


@click.command(epilog=examples("screener export review.screener excluded.ris --which excluded"))
@click.argument("project", type=PATH)
@click.argument("out", type=PATH)
@click.option("--what", type=click.Choice(["records", *TABLES, "plot"]), default="records")
@click.option("--plot", metavar="NAME", default="", help="With plot: traffic-light, by-year, …")
@click.option("--which", type=click.Choice([str(w) for w in Which]), default="all")
@step_option(required=False)
@click.option("--raw", is_flag=True, help="With answers: each reviewer's too.")
@click.option("--codebook", type=PATH, metavar="OUT.csv", help="Write what the columns mean.")
@quiet_option
def export(
    project: Path,
    out: Path,
    what: str,
    plot: str,
    which: str,
    stage: str | None,
    raw: bool,
    codebook: Path | None,
    quiet: bool,
) -> None:
    """Write records, studies, answers, ratings or a plot; the ending of OUT chooses the format."""
    require_places([project], [out, codebook])
    if bool(plot) != (what == "plot"):
        raise click.UsageError("--what plot and --plot NAME go together.")
    with open_project(project, write=False) as review:
        if what == "plot":
            from screener.report.plots.plots import Plots

            steps = review.forms.steps()
            plots = Plots(review.units, review.studies, review.consensus, steps)
            save_drawing(plots.drawing(plot, stage or ""), out)
            for form in steps:
                remark_hidden(review, form.id)
            say(f"{out}: {plot}.")
            return
        if what != "records":
            from screener.studies.tables import Tables

            steps = review.forms.steps()
            tables = Tables(review.units, review.studies, review.consensus, steps)
            rows = tables.write(out, what, stage=stage or "", raw=raw)
            for form in steps:
                remark_hidden(review, form.id)
            say(f"{out}: {counted(rows, 'row')}.")
            return
        count = review.report.export(
            out,
            which=Which(which),
            stage=_stage(review, stage, Which(which)),
            codebook=codebook,
            progress=progress(quiet=quiet),
        )
        for step in Stage:
            remark_hidden(review, step)
    say(f"{out}: {counted(count, 'record')}.")


def _stage(review: Project, named: str | None, which: Which) -> Stage:
    """Return the stage of an export; what is included without a stage is included in the review."""
    first = review.last_stage() is Stage.TITLE_ABSTRACT
    if which is Which.INCLUDED and not named and not review.is_copy and first:
        raise UserError(
            "Nothing is included in the review yet: full text is not open. For what passed title"
            " and abstract say --stage title-abstract."
        )
    decided = which in (Which.INCLUDED, Which.EXCLUDED, Which.TO_SETTLE)
    if named == Stage.FULL_TEXT and decided and not review.is_copy and first:
        raise UserError(
            "Full text is not open yet, so nothing was decided there; name title-abstract, or open"
            " it first."
        )
    if not named and which in WHATEVER_THE_STAGE:
        return Stage.TITLE_ABSTRACT
    return require_screening(stage_of(review, named))
