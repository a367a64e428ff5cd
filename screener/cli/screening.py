"""Commands of one reviewer: decide, close, reopen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from screener.cli.shared import (
    PATH,
    examples,
    of_screening,
    progress,
    quiet_option,
    say,
    stage_option,
    step_option,
)
from screener.cli.sources import read_csv
from screener.files import open_project
from screener.model import Judgement, Stage, UserError, Verdict
from screener.model.words import counted
from screener.project import Project
from screener.screening.screening import Draft


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
            drafts = drafts_from(review, table, at)
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
            note=note,
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


def drafts_from(review: Project, table: Path, stage: Stage) -> list[Draft]:
    """Return the decisions of a table; `UserError` lists every row that matches no record."""
    criteria = [c.id for c in review.protocol.current.criteria]
    matcher = review.units.matcher()
    failures, drafts = [], []
    for line, row in read_csv(table, needed=("verdict",)):
        unit = matcher.find(row)
        if unit is None:
            failures.append(f"line {line} matches no record")
            continue
        word = row["verdict"].strip().lower()
        if word not in set(Verdict):
            failures.append(f"line {line}: “{word}” is no verdict")
            continue
        judged = {c: row[c].strip() for c in criteria if row.get(c, "").strip()}
        for criterion, judgement in judged.items():
            if judgement not in set(Judgement):
                failures.append(f"line {line}: {criterion} is “{judgement}”")
        drafts.append(
            Draft(
                unit=unit,
                verdict=Verdict(word),
                reason=row.get("reason", "").strip(),
                judgements=judged,
                note=row.get("note", "").strip(),
            )
        )
    if failures:
        listed = "; ".join(failures[:10]) + ("; ..." if len(failures) > 10 else "")
        raise UserError(
            f"{table.name}: {listed}; mend these lines, nothing was recorded at {stage}."
        )
    return drafts


@click.command(epilog=examples("screener close maya.screener --stage title-abstract"))
@click.argument("copy", type=PATH)
@step_option()
@quiet_option
def close(copy: Path, stage: str, quiet: bool) -> None:
    """Close the stage and print the closing code."""
    with open_project(copy) as review:
        if of_screening(stage):
            code = review.screening.close(Stage(stage))
            pending = review.screening.progress(Stage(stage)).pending
        else:
            code = review.forms.answering(stage).close()
            pending = review.consensus.standing(stage).pending
    if pending and not quiet:
        say(f"{pending} were closed undecided.", err=True)
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
