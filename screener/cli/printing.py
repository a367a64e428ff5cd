"""Commands that print: the agenda of a meeting and its minutes."""

from __future__ import annotations

from pathlib import Path

import click

from screener.cli.shared import (
    PATH,
    examples,
    progress,
    quiet_option,
    remark_hidden,
    require_places,
    say,
    step_option,
)
from screener.consensus.reveal import Level, level_named
from screener.files import open_project
from screener.model.words import counted

_show_option = click.option(
    "--show",
    "level",
    type=click.Choice([one.words for one in Level]),
    help="How much of the decisions; else as much as the meeting chose.",
)


@click.command(
    epilog=examples(
        "screener agenda review.screener agenda.pdf --stage title-abstract",
        "screener agenda review.screener agenda.xlsx --stage title-abstract --show everything",
    )
)
@click.argument("project", type=PATH)
@click.argument("out", type=PATH)
@step_option()
@_show_option
@quiet_option
def agenda(project: Path, out: Path, stage: str, level: str | None, quiet: bool) -> None:
    """Write what is to settle, to be filled in; OUT ends in docx, pdf, xlsx or html."""
    require_places([project], [out])
    with open_project(project, write=False) as review:
        shown = level_named(level) if level else None
        show = progress(quiet=quiet)
        count = review.printing.write_agenda(out, stage, level=shown, progress=show)
        remark_hidden(review, stage)
    say(f"{out}: {counted(count, 'item')} to settle.")


@click.command(
    epilog=examples("screener minutes review.screener minutes.docx --stage title-abstract")
)
@click.argument("project", type=PATH)
@click.argument("out", type=PATH)
@step_option()
@_show_option
@quiet_option
def minutes(project: Path, out: Path, stage: str, level: str | None, quiet: bool) -> None:
    """Write what was settled, why, by whom and when; OUT ends in docx, pdf, xlsx or html."""
    require_places([project], [out])
    with open_project(project, write=False) as review:
        shown = level_named(level) if level else None
        show = progress(quiet=quiet)
        count = review.printing.write_minutes(out, stage, level=shown, progress=show)
        remark_hidden(review, stage)
    say(f"{out}: {counted(count, 'item')} settled.")
