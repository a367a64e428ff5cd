"""Commands that settle: what was agreed on a record or on a question of a form, pairs of rows."""

from __future__ import annotations

from dataclasses import dataclass
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
)
from screener.cli.sources import read_csv
from screener.consensus.settling import Settlement
from screener.files import open_project
from screener.model import (
    SPECIAL_VALUES,
    AnswerState,
    Details,
    Mode,
    Outcome,
    Status,
    UserError,
)
from screener.model.step import WHOLE, Item
from screener.model.words import counted
from screener.project import Project
from screener.studies.listing import rows

_SCREENING = ("record", "verdict", "reason", "why", "by", "mode")
_FORM = (
    "study", "list", "row", "field", "value", "same_meaning", "page", "quote", "why", "by", "mode",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What is settled, as a command or a row of a table says it."""

    named: str
    value: str
    field: str = ""
    row: str = ""
    reason: str = ""
    page: str = ""
    quote: str = ""
    same_meaning: bool = False
    why: str = ""
    by: tuple[str, ...] = ()
    mode: Mode = Mode.DISCUSSION
    overturn: bool = False


@click.command(
    epilog=examples(
        "screener resolve review.screener 17 include --stage title-abstract "
        '--why "the abstract names adults" --by Maya --by Jonas',
        "screener resolve review.screener 12 design rct --stage extraction "
        '--why "allocated by lot" --by Maya --by Jonas',
        "screener resolve review.screener --from settled.csv --stage extraction",
    )
)
@click.argument("project", type=PATH)
@click.argument("named", metavar="RECORD|STUDY", default="")
@click.argument("values", metavar="VERDICT | FIELD VALUE", nargs=-1)
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
@click.option("--from", "table", type=PATH, metavar="FILE.csv", help="Many, all or none.")
def resolve(
    project: Path,
    named: str,
    values: tuple[str, ...],
    stage: str,
    table: Path | None,
    adjudication: bool,
    **said: Any,  # noqa: ANN401 - the other options are fields of what is said
) -> None:
    """Record the consensus (or the adjudication) on a record, or on a question of a form."""
    screening = of_screening(stage)
    with open_project(project) as review:
        if table is not None:
            count = review.consensus.resolve_many(stage, _read(review, stage, table))
            say(f"{counted(count, 'item')} settled.")
            return
        if len(values) != (1 if screening else 2):
            raise click.UsageError("Give RECORD and VERDICT, or STUDY, FIELD and VALUE.")
        if not said["why"] or not said["by"]:
            raise click.UsageError("Give --why and --by.")
        one = _Said(
            named=named,
            value=values[-1],
            field="" if screening else values[0],
            mode=Mode.ADJUDICATION if adjudication else Mode.DISCUSSION,
            **said,
        )
        subject, item, agreed = _place(review, stage, one)
        review.consensus.resolve(
            subject,
            agreed.value,
            step=stage,
            item=item,
            state=agreed.state,
            reason=one.reason,
            details=agreed.details,
            why=one.why,
            by=one.by,
            mode=one.mode,
            overturn=one.overturn,
        )
        status = review.consensus.state(subject, stage, item).status
    done = "settled" if status is Status.RESOLVED else f"recorded, and still {status}"
    say(f"{'Record ' * screening}{' '.join((named, *values[:-1]))}: {done}, {values[-1]}.")


def _place(review: Project, stage: str, one: _Said) -> tuple[str, Item, Settlement]:
    """Return where one item stands, and what is agreed on it."""
    state = AnswerState.VALUE
    if of_screening(stage):
        if one.value not in set(Outcome):
            known = ", ".join(Outcome)
            raise UserError(f"“{one.value}” is no verdict; choose one of {known}.")
        subject, item = str(review.units.find(one.named)), WHOLE
    else:
        subject, item = review.studies.find(one.named).id, Item(one.field, one.row)
        if one.value in set(SPECIAL_VALUES):
            state = AnswerState(one.value)
    details = Details(page=one.page, quote=one.quote, same_meaning=one.same_meaning)
    value = one.value if state is AnswerState.VALUE else ""
    return subject, item, Settlement(value, one.why, one.by, state, one.reason, one.mode, details)


def _read(review: Project, stage: str, table: Path) -> list[tuple[str, str, Item, Settlement]]:
    """Return what a table settles; `UserError` for a column or a word that it cannot have."""
    columns = _SCREENING if of_screening(stage) else _FORM
    found = []
    for line, row in read_csv(table, needed=(*columns[:1], "why", "by")):
        unknown = sorted(row.keys() - {*columns})
        if unknown:
            raise UserError(
                f"{table.name} has a column “{unknown[0]}” that settles nothing; known are "
                f"{', '.join(columns)}."
            )
        mode = row.get("mode", "").strip() or Mode.DISCUSSION
        if mode not in (Mode.DISCUSSION, Mode.ADJUDICATION):
            raise UserError(f"line {line}: “{mode}” is no mode; it is discussion or adjudication.")
        one = _Said(
            named=row[columns[0]],
            value=row.get("verdict", row.get("value", "")).strip(),
            field=row.get("field", "").strip(),
            row=row.get("row", "").strip(),
            reason=row.get("reason", "").strip(),
            page=row.get("page", ""),
            quote=row.get("quote", ""),
            same_meaning=row.get("same_meaning", "").strip().lower() in ("yes", "true", "1"),
            why=row["why"],
            by=tuple(name.strip() for name in row["by"].split(";") if name.strip()),
            mode=Mode(mode),
        )
        found.append((f"line {line}", *_place(review, stage, one)))
    return found


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
        + ", ".join(f"{row['reviewer']}:{row['id']}" for row in one["rows"])
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
def pair(
    project: Path,
    study: str,
    list_: str,
    named: tuple[str, ...],
    stage: str,
    key: str,
    no_such: bool,
) -> None:
    """Say that rows of several reviewers are one row, or that there is none."""
    wanted = [(who, row) for who, _, row in (one.rpartition(":") for one in named)]
    with open_project(project) as review:
        subject = review.studies.find(study).id
        found = review.consensus.pair(subject, stage, list_, wanted, key=key, exists=not no_such)
    say(f"{found.key}: {'no such row' if no_such else 'one row'}.")
