"""docs/command-line.md names every option of every command, and every key of a converted record."""

import re
from pathlib import Path

import click
import pytest

from screener.cli import COMMANDS, commands
from screener.sources.writers.json_list import FURTHER, NAMES

CONTRACT = (Path(__file__).parents[3] / "docs" / "command-line.md").read_text(encoding="utf-8")
OF_ALL = {"--json", "--quiet", "--help"}
"""What the page says once, of all commands."""


def options(command):
    """The options of a command and of those below it."""
    below = command.commands.values() if isinstance(command, click.Group) else ()
    mine = {o for p in command.params if isinstance(p, click.Option) for o in p.opts}
    return mine.union(*map(options, below))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_named_where_its_command_is(name):
    found = commands.get_command(click.Context(commands), name)
    every = (" ".join(item.split()) for item in re.split(r"\n(?=- )|\n\n", CONTRACT))
    items = [item for item in every if f"`{name} " in item]
    named = set(re.findall(r"--[a-z-]+", " ".join(items)))
    assert options(found) - OF_ALL - named == set()


def test_every_key_of_a_converted_record_is_named():
    (item,) = (one for one in re.split(r"\n(?=- )|\n\n", CONTRACT) if one.startswith("- `convert "))
    keys = {"accession", *re.findall(r"[a-z_]+", item)}  # which is called source_id there
    assert {*NAMES, *FURTHER} - keys == set()
