"""Command on full texts: whether a report could be retrieved."""

from __future__ import annotations

from pathlib import Path

import click

from screener.cli.shared import PATH, examples
from screener.project import open_project


@click.group(
    epilog=examples("screener fulltext review.screener status 17 not-retrieved --why lost")
)
@click.argument("project", type=PATH)
@click.pass_context
def fulltext(context: click.Context, project: Path) -> None:
    """Say which reports could be retrieved."""
    context.obj = project


@fulltext.command()
@click.argument("record")
@click.argument("state", type=click.Choice(["sought", "retrieved", "not-retrieved"]))
@click.option("--why", default="", help="Why it could not be retrieved; required then.")
@click.pass_obj
def status(project: Path, record: str, state: str, why: str) -> None:
    """Record whether the report behind RECORD was retrieved."""
    with open_project(project) as review:
        review.fulltext.set_retrieval(review.units.find(record), state, why)
    click.echo(f"Record {record}: {state.replace('-', ' ')}.")
