"""The command line, thin over the public API; the contract is docs/command-line.md."""

from __future__ import annotations

import importlib
import sys

import click

from screener.model import Cancelled, UserError

# Commands are imported only when they are called: `screener decide` should not wait for a PDF writer.
COMMANDS = {
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


def main(arguments: list[str] | None = None) -> None:
    """Run one command; a `UserError` is one line on standard error and exit status 1."""
    try:
        commands.main(args=arguments, prog_name="screener", standalone_mode=True)
    except UserError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except Cancelled:
        click.echo("Stopped; nothing was changed.", err=True)
        sys.exit(1)
