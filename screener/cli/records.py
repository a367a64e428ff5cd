"""The command that lists units, or the records they are made of."""

from __future__ import annotations

from pathlib import Path

import click

from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    print_json_list,
    remark_hidden,
    say,
    stage_of,
    stage_option,
)
from screener.files import open_project
from screener.model import Status
from screener.report import listing


@click.command(epilog=examples("screener records review.screener --status conflict"))
@click.argument("project", type=PATH)
@stage_option(required=False)
@click.option("--status", type=click.Choice([str(s) for s in Status]))
@click.option("--members", is_flag=True, help="Every imported record instead of the units.")
@json_option
def records(
    project: Path,
    stage: str | None,
    status: str | None,
    members: bool,
    as_json: bool,
) -> None:
    """List the units, or with --members every imported record."""
    with open_project(project, write=False) as review:
        named = stage_of(review, stage)
        here = review.consensus.at(named)
        if members:
            found = listing.members(review.units, here, review.units.records())
            if status:
                found = (one for one in found if one["status"] == status)
        else:
            found = listing.listing(review.units, here, Status(status) if status else None)
        remark_hidden(review, named)
        if as_json:
            print_json_list(found)
            return
        for one in found:
            outcome = f" → {one['outcome']}" if one["outcome"] else ""
            say(f"{one['number']:>6}  {one['status']}{outcome}  {one['title']}")
