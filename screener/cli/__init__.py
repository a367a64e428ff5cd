"""The command line, thin over the public API; the contract is docs/command-line.md."""

from __future__ import annotations

import errno
import gc
import importlib
import os
import sys
from contextlib import suppress
from pathlib import Path

import click

from screener.model import Cancelled, UserError
from screener.streams import use_utf8

# Where each command is, and what it does. It is imported only when it is called: `screener decide`
# should not wait for a PDF writer, nor the list of commands for all of them.
COMMANDS = {
    "new": (
        "screener.cli.project:new",
        "Make a project file.",
    ),
    "protocol": (
        "screener.cli.project:protocol",
        "Print the protocol as TOML, or set it.",
    ),
    "import": (
        "screener.cli.sources:import_files",
        "Read reference files, each into one import batch; `-` is standard input.",
    ),
    "withdraw": (
        "screener.cli.sources:withdraw",
        "Take an import batch (its id, or its place from 1) out of the review.",
    ),
    "remove": (
        "screener.cli.sources:remove",
        "Remove records before screening.",
    ),
    "correct": (
        "screener.cli.sources:correct",
        "Correct fields of a record beside the source's.",
    ),
    "propose": (
        "screener.cli.proposals:propose",
        "Propose a correction of a record; an empty VALUE takes the proposal back.",
    ),
    "proposals": (
        "screener.cli.proposals:proposals",
        "List the corrections that reviewers propose; take one, or leave it.",
    ),
    "duplicates": (
        "screener.cli.duplicates:duplicates",
        "Find duplicate groups, join the certain ones, list the pairs to ask about.",
    ),
    "records": (
        "screener.cli.records:records",
        "List the units, or with --members every imported record.",
    ),
    "copy": (
        "screener.cli.project:copy",
        "Write a reviewer's copy or an arbitrator's file, or a newer one for the same name.",
    ),
    "open": (
        "screener.cli.project:open_stage",
        "Open full text for what passed, or a form for studies; new copies carry it.",
    ),
    "decide": (
        "screener.cli.screening:decide",
        "Record one decision (`none` takes it back), or many from a table.",
    ),
    "take-decisions": (
        "screener.cli.take_decisions:take_decisions",
        "Take decisions made in Rayyan, ASReview, Covidence or Abstrackr.",
    ),
    "undo": (
        "screener.cli.project:undo",
        "Take back the last action, or one.",
    ),
    "history": (
        "screener.cli.project:history",
        "Print everything that happened to a record.",
    ),
    "close": (
        "screener.cli.screening:close",
        "Close the stage and print the closing code.",
    ),
    "reopen": (
        "screener.cli.screening:reopen",
        "Open a closed stage again.",
    ),
    "compare": (
        "screener.cli.consensus:compare_files",
        "Read the files only: coverage, discrepancies by kind, agreement.",
    ),
    "merge": (
        "screener.cli.consensus:merge",
        "Merge reviewers' files into a project; a newer copy into an older one.",
    ),
    "reviewers": (
        "screener.cli.reviewers:reviewers",
        "List who takes part and how far each is; add, rename, let join or leave, remove.",
    ),
    "status": (
        "screener.cli.status:status",
        "Print how far each stage is.",
    ),
    "discrepancies": (
        "screener.cli.meeting:discrepancies",
        "Print the list for the meeting.",
    ),
    "resolve": (
        "screener.cli.settling:resolve",
        "Record the consensus (or the adjudication) on a record, or on a question of a form.",
    ),
    "agenda": (
        "screener.cli.printing:agenda",
        "Write what is to settle, to be filled in; OUT ends in docx, pdf, xlsx or html.",
    ),
    "minutes": (
        "screener.cli.printing:minutes",
        "Write what was settled, why, by whom and when; OUT ends in docx, pdf, xlsx or html.",
    ),
    "agreement": (
        "screener.cli.meeting:agreement",
        "Print the agreement figures of every pair of reviewers.",
    ),
    "fulltext": (
        "screener.cli.fulltext:fulltext",
        "Say which reports could be retrieved, and list what is linked to them.",
    ),
    "studies": (
        "screener.cli.studies:studies",
        "List the studies, or link reports to them.",
    ),
    "forms": ("screener.cli.forms:forms", "List the forms of a review, or remove one."),
    "form": ("screener.cli.forms:form", "Print a form as TOML, or add a version of it."),
    "answer": (
        "screener.cli.forms:answer",
        "Record one answer (`none` takes it back), or many from a table.",
    ),
    "answers": (
        "screener.cli.forms:answers",
        "List what is asked and answered of every study, and what is agreed.",
    ),
    "pairs": (
        "screener.cli.settling:pairs",
        "List the rows of the lists of a form: paired, proposed or unpaired.",
    ),
    "pair": (
        "screener.cli.settling:pair",
        "Say that rows of several reviewers are one row, or that there is none.",
    ),
    "appraisal": (
        "screener.cli.forms:appraisal",
        "Print what the agreed ratings come to, study by study.",
    ),
    "flow": (
        "screener.cli.report:flow",
        "Print the PRISMA 2020 numbers, and draw the diagram.",
    ),
    "report": (
        "screener.cli.report:report",
        "Write the report of a review as .docx, .pdf or .html, or its tables as .xlsx.",
    ),
    "archive": (
        "screener.cli.archive:archive",
        "Write everything that was decided as one zip, readable without Screener.",
    ),
    "export": (
        "screener.cli.report:export",
        "Write records, studies, answers, ratings or a plot; the ending of OUT chooses the format.",
    ),
    "verify": (
        "screener.cli.safety:verify",
        "Check integrity, hashes, chains and caches; say what is damaged.",
    ),
    "backup": (
        "screener.cli.safety:backup",
        "Write a verified backup, into the data folder unless OUT says where.",
    ),
    "backups": (
        "screener.cli.safety:backups",
        "List the backups of a file, be it damaged, then those of others of its review.",
    ),
    "restore": (
        "screener.cli.safety:restore",
        "Write a backup as a new file; says which file of the review it is.",
    ),
    "example": (
        "screener.cli.project:example",
        "Write the example review: the project, two reviewers' copies, its source files.",
    ),
    "convert": (
        "screener.cli.convert:convert",
        "Read reference files of any known format and write them as one file.",
    ),
    "dedupe": (
        "screener.cli.dedupe:dedupe",
        "Find the duplicate records of a table.",
    ),
}


class _Commands(click.Group):
    """Finds a command's module when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        found = getattr(importlib.import_module(module), name)
        assert isinstance(found, click.Command)
        from screener.cli.shared import hushed

        return hushed(found)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands as click does, from the table."""
        limit = formatter.width - 6 - max(map(len, COMMANDS))
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, click.Command(name, help=does).get_short_help_str(limit))
                    for name, (_, does) in COMMANDS.items()
                ]
            )


def _show_versions(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from screener.cli.shared import say
        from screener.versions import versions

        say(", ".join(f"{name} {version}" for name, version in versions().items()))
        context.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_versions,
    help="Print the versions of Screener, Qt and SQLite.",
)
def commands() -> None:
    """Screen the records of a systematic review, compare two reviewers, settle what differs."""


@commands.result_callback()
@click.pass_context
def _at_the_end(context: click.Context, _: object) -> None:
    from screener.cli.shared import say_what_waits

    say_what_waits(context)


STOPPED = 130
"""The exit status of a program that a person stopped (Ctrl+C)."""
_AT_ONCE = 50_000
"""New objects before Python looks for garbage: all that a command imports stays in use."""


def main(arguments: list[str] | None = None) -> None:
    """Run one command; a `UserError` is one line on standard error and exit status 1."""
    gc.set_threshold(_AT_ONCE)
    use_utf8()
    try:
        sys.exit(commands.main(args=arguments, prog_name="screener", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except UserError as error:
        from screener.cli.hints import told

        click.echo(told(error), err=True)  # a `UserError` is one line
        sys.exit(1)
    except (click.Abort, Cancelled):
        click.echo("Stopped; nothing is half done.", err=True)
        sys.exit(STOPPED)
    except OSError as error:
        # Files have their sentences where they are written; what has no name is the output.
        if error.filename is not None:
            from screener.store import room

            place = Path(str(error.filename))
            if not room.is_full(error) and not room.is_unread(error):
                raise
            full = room.is_full(error)
            click.echo(str(room.full(place, error) if full else room.unread(place)), err=True)
            sys.exit(1)
        _give_up_output()
        if os.name == "nt" and error.errno == errno.EINVAL:  # nobody reads it any more (`| more`)
            sys.exit(1)
        click.echo(
            f"The output could not be written ({error.strerror}); make room. What was recorded by "
            "then is saved, and is not to be done again.",
            err=True,
        )
        sys.exit(1)


def _give_up_output() -> None:
    """Leave what is still to be printed to nobody: Python would try once more at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
