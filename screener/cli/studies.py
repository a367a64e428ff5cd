"""Commands on studies: list them, link their reports, group them under interventions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from screener.cli.shared import (
    PATH,
    ListingGroup,
    examples,
    json_option,
    print_result,
    progress,
    quiet_option,
    say,
)
from screener.files import open_project
from screener.model import Study, StudyState
from screener.model.words import counted
from screener.project import Project


@click.group(
    cls=ListingGroup,
    invoke_without_command=True,
    epilog=examples(
        "screener studies review.screener --json",
        "screener studies review.screener link 12 15 --name 'Okafor 2013'",
        "screener studies review.screener intervention 'PeerTECH' --study 12 --study 20",
    ),
)
@click.argument("project", type=PATH)
@json_option
@quiet_option
@click.pass_context
def studies(context: click.Context, project: Path, as_json: bool, quiet: bool) -> None:
    """List the studies, or link reports to them.

    STUDY is the id of a study, its name, or the number of one of its reports.
    """
    context.obj = project
    if context.invoked_subcommand is None:
        with open_project(project, write=False) as review:
            document = _document(review, quiet=quiet)
        print_result(document, _lines(document), as_json=as_json)


@studies.command()
@click.argument("records", metavar="RECORD...", nargs=-1, required=True)
@click.option("--study", default="", help="The study they are reports of; else the first's.")
@click.option("--name", default="", help="What the study is called.")
@click.option("--primary", default="", metavar="RECORD", help="Its primary report.")
@click.option("--also", is_flag=True, help="Leave them in the studies they are in, too.")
@click.pass_obj
def link(
    project: Path, records: tuple[str, ...], study: str, name: str, primary: str, also: bool
) -> None:
    """Put reports into one study, out of those they are in."""
    with open_project(project) as review:
        find = review.units.find
        found = review.studies.link(
            [find(one) for one in records],
            study=study,
            name=name,
            primary=find(primary) if primary else "",
            also=also,
        )
    say(f"{found.name}: {counted(len(found.reports), 'report')}.")


@studies.command()
@click.argument("record")
@click.option("--study", default="", help="The study it is taken out of; else all.")
@click.pass_obj
def unlink(project: Path, record: str, study: str) -> None:
    """Take a report out of its study; it is in none then."""
    with open_project(project) as review:
        review.studies.unlink(review.units.find(record), study)
    say(f"Report {record} is taken out.")


@studies.command()
@click.argument("study")
@click.argument("other")
@click.pass_obj
def join(project: Path, study: str, other: str) -> None:
    """Join study OTHER to STUDY: its reports and answers count for that from now on."""
    with open_project(project) as review:
        found = review.studies.join(study, other)
    say(f"{found.name}: {counted(len(found.reports), 'report')}.")


@studies.command("set")
@click.argument("study")
@click.option("--name", default="", help="What it is called.")
@click.option("--state", type=click.Choice([str(s) for s in StudyState]), help="Where it stands.")
@click.option("--primary", default="", metavar="RECORD", help="Its primary report.")
@click.pass_obj
def set_study(project: Path, study: str, name: str, state: str | None, primary: str) -> None:
    """Name a study, or say its state or its primary report."""
    with open_project(project) as review:
        found = review.studies.set(
            study,
            name=name,
            state=state or "",
            primary=review.units.find(primary) if primary else "",
        )
    say(f"{found.name}: {found.state}.")


@studies.command()
@click.argument("name")
@click.option("--study", "tested", multiple=True, help="A study that tests it; repeat it.")
@click.option("--id", "id_", default="", help="The intervention that is changed; else by its name.")
@click.option("--remove", is_flag=True, help="Remove it; its studies stay.")
@click.pass_obj
def intervention(project: Path, name: str, tested: tuple[str, ...], id_: str, remove: bool) -> None:
    """Say which studies test the intervention NAME."""
    with open_project(project) as review:
        if remove:
            review.studies.ungroup(id_ or name)
            say(f"{name}: removed.")
        else:
            found = review.studies.group(name, tested, id_)
            say(f"{found.name}: {counted(len(found.studies), 'study')}.")


def _document(review: Project, *, quiet: bool) -> dict[str, Any]:
    here = review.studies
    numbers = {str(unit): number for unit, number in review.units.numbered()}
    return {
        "studies": [_study(one, numbers) for one in (*here.all(), *here.joined())],
        "interventions": [
            {"id": one.id, "name": one.name, "studies": list(one.studies)}
            for one in here.interventions()
        ],
        "hints": [
            {"reports": [numbers[unit] for unit in one.reports], "why": one.why}
            for one in here.hints(progress(quiet=quiet))
        ],
        "problems": here.problems(),
    }


def _study(one: Study, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": one.id or None,
        "name": one.name,
        "state": str(one.state),
        "primary": numbers.get(one.primary),
        "reports": [numbers[unit] for unit in one.reports],
        "interventions": list(one.interventions),
        "registrations": list(one.registrations),
        "into": one.into or None,
    }


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    names = {one["id"]: one["name"] for one in document["interventions"]}
    for one in document["studies"]:
        if one["into"] is None:
            tested = ", ".join(names[id_] for id_ in one["interventions"])
            reports = ", ".join(map(str, one["reports"]))
            linked = one["state"] if one["id"] else "in no study yet"
            yield "  ".join(filter(None, (one["name"], f"reports {reports}", linked, tested)))
    for hint in document["hints"]:
        yield f"Perhaps one study: {', '.join(map(str, hint['reports']))}. {hint['why']}"
    yield from document["problems"]
