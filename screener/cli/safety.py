"""Commands that keep a review safe: verify, backup, backups, restore."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    print_result,
    progress,
    quiet_option,
    say,
)
from screener.model import NO_TAGS
from screener.project import open_project
from screener.project import restore as write_backup_out


@click.command(epilog=examples("screener verify review.screener"))
@click.argument("project", type=PATH)
@json_option
@quiet_option
def verify(project: Path, as_json: bool, quiet: bool) -> None:
    """Check integrity, hashes, chains and caches; say what is damaged."""
    with open_project(project, write=False, check_up_to=-1) as review:
        problems = review.verify(progress(quiet=quiet))
        broken = any(p.kind == "file" for p in problems)
        records, events = (0, 0) if broken else review.counts()
        has_tags = not broken and review.has_tags
    document = {
        "ok": not problems,
        "records": records,
        "events": events,
        "has_tags": has_tags,
        "problems": [{"kind": p.kind, "where": p.where, "message": p.message} for p in problems],
    }
    whole = f"{project} is whole: {records} records, {events} entries."
    lines = [problem.message for problem in problems] or [whole, *([] if has_tags else [NO_TAGS])]
    print_result(document, lines, as_json=as_json)
    if problems:
        say(
            f"{project.name} is damaged; restore a backup (screener backups {project.name}).",
            err=True,
        )
        sys.exit(1)


@click.command(epilog=examples("screener backup review.screener"))
@click.argument("project", type=PATH)
@click.argument("out", required=False, type=PATH)
@quiet_option
def backup(project: Path, out: Path | None, quiet: bool) -> None:
    """Write a verified backup, into the data folder unless OUT says where."""
    with open_project(project, write=False, check_up_to=-1) as review:
        say(review.backup(out, progress(quiet=quiet)))


@click.command(epilog=examples("screener backups review.screener"))
@click.argument("project", type=PATH)
@json_option
def backups(project: Path, as_json: bool) -> None:
    """List the backups of a review, newest first."""
    with open_project(project, write=False, check_up_to=-1) as review:
        found = review.backups()
    document = [{"file": str(b.path), "made": b.made, "size": b.size} for b in found]
    lines = (f"{one.made}  {one.size:>12}  {one.path}" for one in found)
    print_result(document, lines, as_json=as_json)


@click.command(epilog=examples("screener restore BACKUP.screener review-restored.screener"))
@click.argument("backup", type=PATH)
@click.argument("out", type=PATH)
@quiet_option
def restore(backup: Path, out: Path, quiet: bool) -> None:
    """Write a backup as a new project file."""
    write_backup_out(backup, out, progress(quiet=quiet))
    say(f"{out} is restored.")
