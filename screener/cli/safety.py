"""Commands that keep a review safe: verify, backup, backups, restore."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
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
from screener.files import open_project
from screener.model import NO_TAGS, Backup, ErrorKind, UserError
from screener.model.words import counted
from screener.safety import find_backups
from screener.safety import restore as write_backup_out


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
        older = None if problems else review.older()
    if older is not None:
        say(older.sentence, err=True)
    document = {
        "ok": not problems,
        "records": records,
        "events": events,
        "has_tags": has_tags,
        "problems": [{"kind": p.kind, "where": p.where, "message": p.message} for p in problems],
    }
    holds = f"{counted(records, 'record')}, {counted(events, 'entry')}"
    whole = f"{project} is whole: {holds}."
    lines = [problem.message for problem in problems] or [whole, *([] if has_tags else [NO_TAGS])]
    print_result(document, lines, as_json=as_json)
    if problems:
        say(
            f"{project.name} is damaged; restore a backup (screener backups {project.name}).",
            err=True,
            needed=True,
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
    """List the backups of a file, be it damaged, then those of others of its review.

    Where its review cannot be read, all backups of this computer are listed.
    """
    found, wrong = _found(project)
    document = [
        {
            "file": str(b.path),
            "made": b.made,
            "size": b.size,
            "kind": b.what.kind,
            "reviewer": b.what.reviewer,
            "records": b.what.records,
            "decisions": b.what.decisions,
            "answers": b.what.answers,
            "own": b.own,
            "title": b.what.title,
        }
        for b in found
    ]
    print_result(document, _listed(found), as_json=as_json)
    if wrong:
        say(wrong, err=True, needed=True)


def _found(path: Path) -> tuple[list[Backup], str]:
    """Return the backups for a file, and what is wrong with it when it cannot be opened."""
    try:
        with open_project(path, write=False, check_up_to=-1) as review:
            return review.backups(), ""
    except UserError as error:
        if error.kind is ErrorKind.LOCKED:  # it is whole, and its window has the list
            raise
        return find_backups(path), str(error)


def _listed(found: list[Backup]) -> Iterator[str]:
    """Say of which file each is; those of other files and reviews stand under a heading."""
    of = "Other files of" if any(one.own for one in found) else "Files of"
    for (own, _), together in groupby(found, key=lambda one: (one.own, one.path.parent)):
        some = list(together)
        if not own:
            title = next((one.what.title for one in some if one.what.title), "without a title")
            yield f"{of} the review “{title}”:"
        for one in some:
            yield f"{one.made}  {one.size:>12}  {one.what.words}  {one.path}"


@click.command(epilog=examples("screener restore BACKUP.screener review-restored.screener"))
@click.argument("backup", type=PATH)
@click.argument("out", type=PATH)
@quiet_option
def restore(backup: Path, out: Path, quiet: bool) -> None:
    """Write a backup as a new file; says which file of the review it is."""
    what = write_backup_out(backup, out, progress(quiet=quiet))
    say(f"{out} is restored: {what.words}.")
