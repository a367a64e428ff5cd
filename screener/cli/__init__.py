"""The command line, thin over the public API; the contract is docs/command-line.md."""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import suppress

import click

from screener.model import Cancelled, UserError

# Imported only when called: `screener decide` should not wait for a PDF writer.
COMMANDS = {
    "new": "screener.cli.project:new",
    "protocol": "screener.cli.project:protocol",
    "import": "screener.cli.sources:import_files",
    "withdraw": "screener.cli.sources:withdraw",
    "remove": "screener.cli.sources:remove",
    "correct": "screener.cli.sources:correct",
    "duplicates": "screener.cli.duplicates:duplicates",
    "records": "screener.cli.records:records",
    "copy": "screener.cli.project:copy",
    "open": "screener.cli.project:open_stage",
    "decide": "screener.cli.screening:decide",
    "take-decisions": "screener.cli.take_decisions:take_decisions",
    "undo": "screener.cli.project:undo",
    "history": "screener.cli.project:history",
    "close": "screener.cli.screening:close",
    "reopen": "screener.cli.screening:reopen",
    "compare": "screener.cli.consensus:compare_files",
    "merge": "screener.cli.consensus:merge",
    "reviewers": "screener.cli.reviewers:reviewers",
    "status": "screener.cli.status:status",
    "discrepancies": "screener.cli.meeting:discrepancies",
    "resolve": "screener.cli.meeting:resolve",
    "agreement": "screener.cli.meeting:agreement",
    "fulltext": "screener.cli.fulltext:fulltext",
    "flow": "screener.cli.report:flow",
    "export": "screener.cli.report:export",
    "verify": "screener.cli.safety:verify",
    "backup": "screener.cli.safety:backup",
    "backups": "screener.cli.safety:backups",
    "restore": "screener.cli.safety:restore",
    "example": "screener.cli.project:example",
    "convert": "screener.cli.convert:convert",
    "dedupe": "screener.cli.dedupe:dedupe",
}


class _Commands(click.Group):
    """Finds a command's module when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        found = getattr(importlib.import_module(module), name)
        assert isinstance(found, click.Command)
        return found


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Screen the records of a systematic review, compare two reviewers, settle what differs."""


STOPPED = 130
"""The exit status of a program that a person stopped (Ctrl+C)."""


def main(arguments: list[str] | None = None) -> None:
    """Run one command; a `UserError` is one line on standard error and exit status 1."""
    try:
        sys.exit(commands.main(args=arguments, prog_name="screener", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except UserError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except (click.Abort, Cancelled):
        click.echo("Stopped; nothing is half done.", err=True)
        sys.exit(STOPPED)
    except OSError as error:
        # Files have their sentences where they are written; what has no name is the output.
        if error.filename is not None:
            raise
        _give_up_output()
        click.echo(f"The output could not be written ({error.strerror}); make room.", err=True)
        sys.exit(1)


def _give_up_output() -> None:
    """Leave what is still to be printed to nobody: Python would try once more at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
