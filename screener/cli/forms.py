"""Commands on forms: take or change one, answer it, list its answers and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from screener.answers import toml
from screener.answers.appraisal import Appraisal
from screener.answers.draft import Draft
from screener.answers.shipped import shipped
from screener.answers.step import FormStep
from screener.cli.named import answer_json, in_words
from screener.cli.shared import (
    PATH,
    ListingGroup,
    examples,
    json_option,
    print_json_list,
    print_result,
    remark_hidden,
    say,
    shown,
    tell,
)
from screener.files import open_project
from screener.model import Origin, Reviewer, UserError
from screener.model.words import counted
from screener.project import Project
from screener.sources.typed_rows import read_csv
from screener.studies import from_table
from screener.studies.listing import Line, appraisals, lines

FORM = click.option("--stage", required=True, metavar="FORM", help="The id of the form.")


@click.group(
    cls=ListingGroup,
    invoke_without_command=True,
    epilog=examples("screener forms review.screener", "screener forms review.screener remove mqrs"),
)
@click.argument("project", type=PATH)
@json_option
@click.pass_context
def forms(context: click.Context, project: Path, as_json: bool) -> None:
    """List the forms of a review, or remove one."""
    context.obj = project
    if context.invoked_subcommand is not None:
        return
    with open_project(project, write=False) as review:
        found: list[dict[str, Any]] = [
            {
                "id": step.id,
                "title": step.form.title,
                "kind": str(step.form.kind),
                "version": step.form.version,
                "digest": step.form.name,
                "opened": len(step.subjects()) - len(step.barred()),
                "fields": len(step.form.questions),
            }
            for step in review.forms.steps()
        ]
    words = (
        f"{one['id']}  {one['title']}, {one['kind']}, version {one['version']}, "
        f"{counted(one['fields'], 'field')}, open for {counted(one['opened'], 'study')}"
        for one in found
    )
    print_result(found, words, as_json=as_json)


@forms.command()
@click.argument("id_", metavar="ID")
@click.pass_obj
def remove(project: Path, id_: str) -> None:
    """Remove a form that is open for no study and that nobody answered; undo brings it back."""
    with open_project(project) as review:
        title = review.forms.step(id_).form.title
        review.forms.remove(id_)
    say(f"{title} is removed.")


@click.command(
    epilog=examples(
        "screener form review.screener --shipped mqrs",
        "screener form review.screener extraction --from extraction.toml",
        "screener form review.screener extraction",
    )
)
@click.argument("project", type=PATH)
@click.argument("id_", metavar="[ID]", default="")
@click.option("--from", "source", type=PATH, metavar="FILE.toml", help="A version of it, as TOML.")
@click.option("--shipped", "taken", metavar="ID", help="Take a form that comes with Screener.")
@click.option("--why", default="", help="What changed in this version.")
def form(project: Path, id_: str, source: Path | None, taken: str | None, why: str) -> None:
    """Print a form as TOML, or add a version of it."""
    with open_project(project, write=bool(source or taken)) as review:
        if source is None and taken is None:
            click.echo(toml.text(review.forms.step(id_).form), nl=False)
            return
        new = toml.read(source) if source is not None else shipped(taken or "")
        if id_ and new.id != id_:
            raise UserError(f"This is the form “{new.id}” and not “{id_}”; name it so.")
        kept = review.forms.keep(new, why=why)
    say(f"{kept.id}: version {kept.version}, {counted(len(kept.questions), 'field')}.")


@click.command(
    epilog=examples(
        "screener answer maya.screener 12 design rct --stage extraction --page 4",
        "screener answer maya.screener 12 arm-n 31 --row telephone --stage extraction",
        "screener answer maya.screener --from answers.csv --stage extraction",
    )
)
@click.argument("copy", type=PATH)
@click.argument("study", default="")
@click.argument("field", default="")
@click.argument("value", default="")
@FORM
@click.option("--row", default="", help="The row of a list, by its key; made when it is new.")
@click.option("--list", "list_", default="", help="With --remove: the list of the row.")
@click.option("--remove", is_flag=True, help="Remove the row with its answers.")
@click.option("--report", default="", metavar="RECORD", help="The report it was found in.")
@click.option("--page", default="", help="Where in it.")
@click.option("--quote", default="", help="What stands there.")
@click.option("--note", default="", help="A note to the answer.")
@click.option("--origin", type=click.Choice([str(o) for o in Origin]), help="Where it is from.")
@click.option("--literal", is_flag=True, help="VALUE is text, also where it is a special word.")
@click.option("--from", "table", type=PATH, metavar="FILE.csv", help="Many answers, all or none.")
def answer(
    copy: Path,
    study: str,
    field: str,
    value: str,
    stage: str,
    table: Path | None,
    **said: Any,  # noqa: ANN401 - the other options, as a row of a table has them
) -> None:
    """Record one answer (`none` takes it back), or many from a table."""
    with open_project(copy) as review:
        answering = review.forms.answering(stage)
        step = review.forms.step(stage)
        if table is not None:
            count = answering.answer_many(_drafts(review, step, table))
            say(f"{counted(count, 'answer')} recorded.")
            return
        subject = review.studies.find(study)
        if said["remove"]:
            if not (said["list_"] and said["row"]):
                raise click.UsageError("With --remove give --list and --row.")
            row = answering.row_named(subject.id, said["list_"], said["row"])
            answering.remove_row(subject.id, said["list_"], row.id)
            say(f"{subject.name}: the row {row.key} is removed.")
            return
        if not field:
            raise click.UsageError("Give STUDY, FIELD and VALUE, or --from FILE.csv.")
        given = {
            key: shown(said[key] or "")
            for key in ("row", "report", "page", "quote", "note", "origin")
        }
        draft = from_table.draft(
            lambda _: subject,
            review.units.find,
            step.form,
            {"study": study, "field": field, "value": shown(value)} | given,
            literal=said["literal"],
        )
        changed = answering.answer_many([draft])
    say(f"{subject.name}: {field} {'is ' + value if changed else 'stays'}.")


def _drafts(review: Project, step: FormStep, table: Path) -> list[Draft]:
    """Return the answers of a table; `UserError` for a column or a word that it cannot have."""
    rows = read_csv(table, ("study", "field", "value"), from_table.ANSWERS, tell=tell)
    return from_table.drafts(review.studies, review.units.find, step.form, rows)


@click.command(epilog=examples("screener answers review.screener --stage extraction --json"))
@click.argument("file", type=PATH)
@FORM
@json_option
def answers(file: Path, stage: str, as_json: bool) -> None:
    """List what is asked and answered of every study, and what is agreed."""
    with open_project(file, write=False) as review:
        step, names = review.forms.step(stage), review.consensus.reviewers()
        numbers = {str(unit): number for unit, number in review.units.numbered()}
        found = (_line(one, step, names, numbers) for one in lines(review.consensus, step))
        remark_hidden(review, stage)
        if as_json:
            print_json_list(found)
            return
        for one in found:
            asked = step.form.question(one["field"])
            agreed = in_words(one["agreed"], asked) if one["agreed"] else ""
            given = "; ".join(f"{a['reviewer']} {in_words(a, asked)}" for a in one["answers"])
            row = f" ({one['row']})" if one["row"] else ""
            told = f" = {agreed}" if agreed else f": {given}" if given else ""
            say(f"{one['study_name']}  {one['label']}{row}  {one['status']}{told}")


def _line(
    one: Line, step: FormStep, people: Sequence[Reviewer], numbers: Mapping[str, int]
) -> dict[str, Any]:
    question = one.question
    several = question is not None and question.type == "choices"

    def values(text: str) -> str | list[str]:
        return text.split(";") if several and text else text

    agreed = one.agreed
    given = []
    for each in one.answers:
        told = answer_json(each, people, numbers)
        given.append(told | {"value": values(told["value"])})
    return {
        "study": one.subject,
        "study_name": step.name_of(one.subject),
        "list": "/".join(question.list) if question else one.item.question,
        "row": one.row,
        "field": question.id if question else "",
        "label": question.words if question else step.form.list_words(one.item.question),
        "type": question.type if question else "",
        "compare": str(question.compare) if question else "",
        "status": str(one.status),
        "agreed": agreed
        and {
            "value": values(agreed.value.value),
            "state": str(agreed.value.state),
            "unit": agreed.value.unit,
            "report": numbers.get(agreed.report),
            "page": agreed.page,
            "quote": agreed.quote,
        },
        "answers": given,
    }


@click.command(epilog=examples("screener appraisal review.screener --stage mqrs --json"))
@click.argument("project", type=PATH)
@FORM
@json_option
def appraisal(project: Path, stage: str, as_json: bool) -> None:
    """Print what the agreed ratings come to, study by study."""
    with open_project(project, write=False) as review:
        step = review.forms.step(stage)
        found = list(appraisals(review.consensus, step))
        remark_hidden(review, stage)
        document = [
            {
                "study": subject,
                "name": step.name_of(subject),
                "row": one.row,
                "total": None if one.total is None else _number(one.total),
                "possible": _number(one.possible),
                "complete": one.complete,
                "band": one.band,
                "overall": one.overall,
                "items": {
                    id_: {
                        "value": rated.value,
                        "state": str(rated.state),
                        "score": None if rated.score is None else _number(rated.score),
                    }
                    for id_, rated in one.items.items()
                },
            }
            for subject, one in found
        ]
        words = (
            "  ".join(
                filter(None, (step.name_of(subject), one.row, _total(one), one.band, one.overall))
            )
            for subject, one in found
        )
        print_result(document, words, as_json=as_json)


def _total(one: Appraisal) -> str:
    """Say what the agreed ratings come to; a score that nobody agreed on is no 0."""
    if one.total is None and one.open and one.possible:
        return f"nothing agreed yet, {counted(one.open, 'item')} open"
    return one.words


def _number(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)
