"""The command that writes the archive of a review."""

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
)
from screener.files import open_project
from screener.model.words import counted


@click.command(epilog=examples("screener archive review.screener review-archive.zip"))
@click.argument("project", type=PATH)
@click.argument("out", type=PATH)
@quiet_option
def archive(project: Path, out: Path, quiet: bool) -> None:
    """Write everything that was decided as one zip, readable without Screener.

    Tables, texts and numbers, with a codebook and a manifest of hashes. What is hidden is in none
    of them, and README.txt says how much that is.
    """
    require_places([project], [out])
    with open_project(project, write=False) as review:
        count = review.archive.write(out, progress(quiet=quiet))
        for step in review.consensus.steps:
            remark_hidden(review, step.id)
    say(f"{out}: {counted(count, 'file')}.")
