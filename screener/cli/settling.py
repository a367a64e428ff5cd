"""Commands that settle: what was agreed on a record or on a question of a form, pairs of rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    of_screening,
    print_result,
    remark_hidden,
    say,
    step_option,
    tell,
)
from screener.files import open_project
from screener.model import Mode, Status
from screener.model.words import counted
from screener.printing.returned import settled_before
from screener.studies.listing import rows


@click.command(
    epilog=examples(
        "screener resolve review.screener 17 include --stage title-abstract "
        '--why "the abstract names adults" --by Maya --by Jonas',
        "screener resolve review.screener 12 design rct --stage extraction "
        '--why "allocated by lot" --by Maya --by Jonas',
        "screener resolve review.screener --from settled.csv --stage extraction",
        "screener resolve review.screener --from agenda.xlsx --stage title-abstract",
    )
)
@click.argument("project", type=PATH)
@click.argument("named", metavar="[RECORD|STUDY]", default="")
@click.argument("values", metavar="[VERDICT | FIELD VALUE]", nargs=-1)
@step_option()
@click.option("--reason", default="", help="A criterion id, a reason id, or other.")
@click.option("--row", default="", help="A form: the row of a list.")
@click.option("--same-meaning", is_flag=True, help="A form: their answers mean the same.")
@click.option("--page", default="", help="A form: where it stands.")
@click.option("--quote", default="", help="A form: what stands there.")
@click.option("--why", default="", help="One sentence for the minutes; needed.")
@click.option("--by", multiple=True, metavar="NAME", help="Who agreed; repeat it.")
@click.option("--adjudication", is_flag=True, help="A third person decided.")
@click.option("--overturn", is_flag=True, help="Settle otherwise what was agreed; it is counted.")
@click.option("--from", "table", type=PATH, metavar="FILE", help="CSV or XLSX; all or none.")
def resolve(
    project: Path,
    named: str,
    values: tuple[str, ...],
    stage: str,
    table: Path | None,
    adjudication: bool,
    overturn: bool,
    **said: Any,  # noqa: ANN401 - the other options, as a row of a table has them
) -> None:
    """Record the consensus (or the adjudication) on a record, or on a question of a form."""
    screening = of_screening(stage)
    if table is not None and (named or values or adjudication or any(said.values())):
        raise click.UsageError(
            "With --from the lines of FILE say what is settled, why and by whom; only --stage and"
            " --overturn go with it."
        )
    with open_project(project) as review:
        if table is not None:
            settled = review.printing.read_settled(table, stage, tell=tell)
            count = review.consensus.resolve_many(stage, settled, overturn=overturn)
            before = settled_before(len(settled) - count)
            say(f"{counted(count, 'item')} settled.{before and f' {before}'}")
            return
        if len(values) != (1 if screening else 2):
            raise click.UsageError("Give RECORD and VERDICT, or STUDY, FIELD and VALUE.")
        if not said["why"] or not said["by"]:
            raise click.UsageError("Give --why and --by.")
        said["mode"] = Mode.ADJUDICATION if adjudication else Mode.DISCUSSION
        said["same_meaning"] = "yes" if said["same_meaning"] else ""
        by = said.pop("by")
        columns = ("record", "verdict") if screening else ("study", "field", "value")
        row = dict(zip(columns, (named, *values), strict=True)) | said | {"by": ""}
        (_, subject, item, agreed), *_ = review.printing.settled(stage, [(0, row)])
        review.consensus.resolve(
            subject,
            agreed.value,
            step=stage,
            item=item,
            state=agreed.state,
            reason=agreed.reason,
            details=agreed.details,
            why=agreed.why,
            by=by,
            mode=agreed.mode,
            overturn=overturn,
        )
        status = review.consensus.state(subject, stage, item).status
    done = "settled" if status is Status.RESOLVED else f"recorded, and still {status}"
    say(f"{'Record ' * screening}{' '.join((named, *values[:-1]))}: {done}, {values[-1]}.")


@click.command(epilog=examples("screener pairs review.screener --stage extraction"))
@click.argument("project", type=PATH)
@step_option()
@json_option
def pairs(project: Path, stage: str, as_json: bool) -> None:
    """List the rows of the lists of a form: paired, proposed or unpaired."""
    with open_project(project, write=False) as review:
        names = {str(one.id): one.name for one in review.consensus.people()}
        found: list[dict[str, Any]] = [
            {
                "study": subject,
                "list": row.list,
                "key": row.key,
                "rows": [
                    {"reviewer": names.get(one.author, one.author), "id": one.row, "key": key}
                    for one, key in row.keyed
                ],
                "state": state,
            }
            for subject, row, state in rows(review.consensus, review.forms.step(stage))
        ]
        named = {one.id: one.name for one in review.studies.all()}
        remark_hidden(review, stage)
    words = (
        f"{named[one['study']]}  {one['list']}  {one['key']}  {one['state']}: "
        + ", ".join(f"{row['reviewer']}:{row['key']}" for row in one["rows"])
        for one in found
    )
    print_result(found, words, as_json=as_json)


@click.command(
    epilog=examples(
        "screener pair review.screener 12 arms Maya:telephone Jonas:calls --stage extraction",
        "screener pair review.screener 12 arms Maya:post --no-such --stage extraction",
    )
)
@click.argument("project", type=PATH)
@click.argument("study")
@click.argument("list_", metavar="LIST")
@click.argument("named", metavar="REVIEWER:ROW...", nargs=-1, required=True)
@step_option()
@click.option("--as", "key", default="", help="What the row is known by; else its own key.")
@click.option("--no-such", is_flag=True, help="There is no such row.")
@click.option("--why", default="", help="Why; one sentence that the minutes show.")
@click.option("--by", multiple=True, metavar="NAME", help="Who agreed; once for each.")
@click.option("--adjudication", is_flag=True, help="Decided by somebody who was no reviewer of it.")
def pair(
    project: Path,
    study: str,
    list_: str,
    named: tuple[str, ...],
    stage: str,
    key: str,
    no_such: bool,
    why: str,
    by: tuple[str, ...],
    adjudication: bool,
) -> None:
    """Say that rows of several reviewers are one row, or that there is none."""
    wanted = [(who, row) for who, _, row in (one.rpartition(":") for one in named)]
    with open_project(project) as review:
        subject = review.studies.find(study).id
        found = review.consensus.pair(
            subject, stage, list_, wanted, key=key, exists=not no_such, why=why, by=by,
            mode=Mode.ADJUDICATION if adjudication else Mode.DISCUSSION,
        )  # fmt: skip
    say(f"{found.key}: {'no such row' if no_such else 'one row'}.")
