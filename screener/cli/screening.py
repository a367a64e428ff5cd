"""Commands of one reviewer: decide, close, reopen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from screener.cli.decisions_table import drafts_from, named
from screener.cli.shared import (
    PATH,
    examples,
    of_screening,
    progress,
    quiet_option,
    say,
    shown,
    stage_option,
    step_option,
)
from screener.files import open_project
from screener.model import Stage, UserError, Verdict
from screener.model.words import counted


@click.command(
    epilog=examples(
        "screener decide maya.screener 17 include --stage title-abstract",
        "screener decide maya.screener 18 exclude --stage full-text --reason participants",
        "screener decide maya.screener --from decisions.csv --stage title-abstract",
    )
)
@click.argument("copy", type=PATH)
@click.argument("record", required=False)
@click.argument("verdict", required=False, type=click.Choice([str(v) for v in Verdict]))
@stage_option()
@click.option("--reason", default="", help="A criterion id, a reason id, or other (with --note).")
@click.option("--judge", multiple=True, metavar="CRITERION=met|not-met|unclear")
@click.option("--note", help="A note on the record.")
@click.option("--from", "table", type=PATH, metavar="FILE.csv", help="Many decisions, all or none.")
@click.option("--replace", is_flag=True, help="With --from: also where it is decided otherwise.")
@quiet_option
def decide(
    copy: Path,
    record: str | None,
    verdict: str | None,
    stage: str,
    reason: str,
    judge: tuple[str, ...],
    note: str | None,
    table: Path | None,
    replace: bool,
    quiet: bool,
) -> None:
    """Record one decision (`none` takes it back), or many from a table."""
    at = Stage(stage)
    if (table is None) == (record is None or verdict is None):
        raise click.UsageError("Give RECORD and VERDICT, or --from FILE.csv.")
    with open_project(copy) as review:
        if not review.is_copy:
            raise UserError("Open your own copy to screen.")
        if table is not None:
            with named(table) as place:
                drafts = drafts_from(review, place, at, replace=replace)
            count = review.screening.decisions.decide_many(
                drafts, stage=at, progress=progress(quiet=quiet)
            )
            say(f"{counted(count, 'decision')} recorded.")
            return
        assert record is not None
        assert verdict is not None
        review.screening.decide(
            review.units.find(record),
            Verdict(verdict),
            stage=at,
            reason=reason,
            judgements=_judgements(judge),
            note=None if note is None else shown(note),
        )
        standing = review.screening.progress(at)
    say(f"Record {record}: {verdict}. {standing.decided} of {standing.all} decided.")


def _judgements(judge: Iterable[str]) -> dict[str, str]:
    found = {}
    for one in judge:
        criterion, equals, word = one.partition("=")
        if not equals:
            raise UserError(f"“{one}” is no judgement; write it as criterion=met.")
        found[criterion] = word
    return found


@click.command(epilog=examples("screener close maya.screener --stage title-abstract"))
@click.argument("copy", type=PATH)
@step_option()
@quiet_option
def close(copy: Path, stage: str, quiet: bool) -> None:
    """Close the stage and print the closing code."""
    with open_project(copy) as review:
        if of_screening(stage):
            code = review.screening.close(Stage(stage))
            pending, noun = review.screening.progress(Stage(stage)).pending, "record"
        else:
            answering, step = review.forms.answering(stage), review.forms.step(stage)
            code = answering.close()
            # How every question stands would be derived of what tells how many are finished.
            barred, noun = step.barred(), "study"
            asked = [one for one in step.subjects() if one not in barred]
            pending = sum(not answering.sheet(one).complete for one in asked)
    if pending and not quiet:
        were = "was" if pending == 1 else "were"
        say(f"{counted(pending, noun)} {were} closed undecided.", err=True)
    say(code)


@click.command(epilog=examples('screener reopen maya.screener --stage title-abstract --why "new"'))
@click.argument("copy", type=PATH)
@step_option()
@click.option("--why", required=True, help="The reason; the report names it.")
def reopen(copy: Path, stage: str, why: str) -> None:
    """Open a closed stage again."""
    with open_project(copy) as review:
        if of_screening(stage):
            review.screening.reopen(Stage(stage), why)
        else:
            review.forms.answering(stage).reopen(why)
        words = review.consensus.at(stage).step.words
    say(f"{words} is open again.")
