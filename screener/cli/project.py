"""Commands on the project as a whole: new, protocol, copy, open, undo, history, example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    of_screening,
    print_json,
    quiet_option,
    say,
    stage_of,
    step_option,
)
from screener.files import create_project, open_project
from screener.model import Stage
from screener.model.words import counted


@click.command(epilog=examples('screener new review.screener --title "Digital peer support"'))
@click.argument("project", type=PATH)
@click.option("--title", required=True, help="The review's title.")
@click.option("--protocol", type=PATH, help="A protocol file (TOML).")
def new(project: Path, title: str, protocol: Path | None) -> None:
    """Make a project file."""
    with create_project(project, title=title, protocol=protocol) as made:
        count = len(made.protocol.current.criteria)
    say(f"{project}: “{title}”, {counted(count, 'criterion', 'criteria')}.")


@click.command(
    epilog=examples(
        "screener protocol review.screener --from protocol.toml "
        '--why "registered without a limit of age"'
    )
)
@click.argument("project", type=PATH)
@click.option("--from", "source", type=PATH, help="Set the protocol from this TOML file.")
@click.option("--why", default="", help="What changed and for what reason; the report prints it.")
def protocol(project: Path, source: Path | None, why: str) -> None:
    """Print the protocol as TOML, or set it."""
    if why and source is None:
        raise click.UsageError("--why is the reason of a change: name the file with --from.")
    with open_project(project, write=source is not None) as review:
        if source is None:
            click.echo(review.protocol.toml(), nl=False)
            return
        before = review.protocol.current.version
        now = review.protocol.read(source, why=why)
        words = counted(len(now.criteria), "criterion", "criteria")
        same = " It says the same already, so nothing is recorded." if now.version == before else ""
        say(f"Version {now.version}: {words}.{same}")


@click.command(
    epilog=examples('screener copy review.screener --reviewer "Maya Lindqvist" --out maya.screener')
)
@click.argument("project", type=PATH)
@click.option("--reviewer", metavar="NAME", help="Whose copy it is.")
@click.option("--arbitrator", metavar="NAME", help="Who settles; the file holds no decisions.")
@step_option(required=False)
@click.option("--out", required=True, type=PATH, help="Where to write it.")
def copy(
    project: Path, reviewer: str | None, arbitrator: str | None, stage: str | None, out: Path
) -> None:
    """Write a reviewer's copy or an arbitrator's file, or a newer one for the same name."""
    if (reviewer is None) == (arbitrator is None):
        raise click.UsageError("Name a --reviewer or an --arbitrator, one of the two.")
    with open_project(project) as review:
        if arbitrator is not None:
            written = review.consensus.write_arbitrators_file(
                arbitrator, stage_of(review, stage), out
            )
            words = f"what {written.name} settles; it holds nobody's decisions"
        else:
            assert reviewer is not None
            written = review.consensus.write_copy(reviewer, out)
            words = f"the copy of {written.name}; it holds nobody else's decisions"
    say(f"{out}: {words}.")


@click.command(
    "open",
    epilog=examples(
        "screener open review.screener --stage full-text",
    ),
)
@click.argument("project", type=PATH)
@step_option()
@click.option("--study", "studies", multiple=True, help="A form: only this study; repeat it.")
@click.option("--design", "designs", multiple=True, metavar="ID", help="A form: this design only.")
@click.option("--reviewer", "names", multiple=True, metavar="NAME", help="A form: who answers it.")
@click.option(
    "--take-out", "out", multiple=True, metavar="ID", help="A form: ask this study no more."
)
def open_stage(
    project: Path,
    stage: str,
    studies: tuple[str, ...],
    designs: tuple[str, ...],
    names: tuple[str, ...],
    out: tuple[str, ...],
) -> None:
    """Open full text for what passed, or a form for studies; new copies carry it."""
    if out and (studies or designs or names):
        raise click.UsageError("--take-out ID opens nothing; leave out what else is named.")
    with open_project(project) as review:
        if of_screening(stage):
            if studies or designs or names or out:
                raise click.UsageError("A stage of screening is opened for all that passed.")
            count = review.screening.open(Stage(stage))
        elif out:
            count = review.studies.take_out(stage, out)
        else:
            from screener.studies.listing import of_designs

            wanted = of_designs(review.consensus, review.forms.steps(), designs) if designs else ()
            count = review.studies.open(stage, (*studies, *wanted), names)
        words = review.consensus.at(stage).step.words
    if out:
        what = counted(count, "study", "studies")
        say(f"{words} asks {what} no more; the answers stay. Write new copies for the reviewers.")
    else:
        say(f"{words} is open for {count} more; write new copies for the reviewers.")


@click.command(epilog=examples("screener undo maya.screener"))
@click.argument("file", type=PATH)
@click.option("--action", default="", metavar="ID", help="One action by its id (see history).")
@click.option("--redo", is_flag=True, help="Repeat what was taken back last.")
def undo(file: Path, action: str, redo: bool) -> None:
    """Take back the last action, or one."""
    with open_project(file) as review:
        name = review.redo() if redo else review.undo(action)
    say(f"{'Repeated' if redo else 'Taken back'}: {name}")


@click.command(epilog=examples("screener history review.screener 17"))
@click.argument("file", type=PATH)
@click.argument("record")
@json_option
def history(file: Path, record: str, as_json: bool) -> None:
    """Print everything that happened to a record."""
    with open_project(file, write=False) as review:
        lines = review.history(record)
    if as_json:
        print_json(
            [
                {
                    "time": s.time,
                    "who": s.who,
                    "action_name": s.what,
                    "action": s.event.action,
                    "kind": s.event.kind.name,
                    "stage": s.event.step or None,
                    "event": s.event.id,
                    "body": s.event.body.to_json(),
                }
                for s in lines
            ]
        )
        return
    # Whoever made a copy may have given an action of theirs the id of somebody else's.
    for (_, action), together in groupby(lines, key=lambda line: (line.who, line.event.action)):
        first, *others = together
        words = dict.fromkeys(
            w for line in (first, *others) for w in _told(line.event.body.to_json())
        )
        told = f" ({', '.join(words)})" if words else ""
        say(f"{first.time}  {first.who}: {first.what}{told}  [{action}]")


_TOLD = (*("verdict", "field", "value", "reason", "judgements", "state", "fields", "why", "text"),)


def _told(body: Mapping[str, Any]) -> Iterator[str]:
    """Say what an event holds for the one record, which the name of a bulk action does not."""
    for value in filter(None, map(body.get, _TOLD)):
        if isinstance(value, Mapping):
            yield from (f"{name} {judged}" for name, judged in value.items())
        elif isinstance(value, str):
            yield " ".join(value.split())
        else:
            yield "; ".join(map(str, value))


@click.command(epilog=examples("screener example try-it"))
@click.argument("folder", metavar="DIR", type=PATH)
@quiet_option
def example(folder: Path, quiet: bool) -> None:
    """Write the example review: the project, two reviewers' copies, its source files."""
    from screener.cli.shared import progress
    from screener.example import write_example

    for path in write_example(folder, progress(quiet=quiet)):
        say(path)
