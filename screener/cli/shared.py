"""What all commands share: their options, progress on standard error, JSON on standard output."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from typing import TYPE_CHECKING, Any, TypeVar

import click

from screener.model import Progress, Stage, UserError, silent
from screener.model.cells import LEFT_OUT, visible
from screener.model.words import one_line
from screener.store import paths, room, temporary

if TYPE_CHECKING:  # the core is read when a command opens a file, not before
    from screener.project import Project

Command = TypeVar("Command", bound=Callable[..., Any])

# Whether a file can be read is found out by reading it: then there is one sentence for it.
PATH = click.Path(path_type=Path, readable=False)
_AT_ONCE = 200
STAGES = click.Choice([str(s) for s in Stage])


json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
"""Adds `--json`: one document on standard output, nothing else."""
_QUIET = "screener.quiet"


def _hush(context: click.Context, _: click.Parameter, quiet: bool) -> bool:
    context.meta[_QUIET] = quiet or context.meta.get(_QUIET, False)
    return quiet


quiet_option = click.option(
    "--quiet", is_flag=True, callback=_hush, help="No progress and no remarks."
)
"""Adds `--quiet`: no progress and no remarks on standard error."""


def hushed(command: click.Command) -> click.Command:
    """Return a command with `--quiet`, and those of a group: every command has it."""
    if not any(one.name == "quiet" for one in command.params):
        command.params.append(
            click.Option(
                ["--quiet"], is_flag=True, callback=_hush, expose_value=False,
                help="No progress and no remarks.",
            )
        )  # fmt: skip
    for one in getattr(command, "commands", {}).values():
        hushed(one)
    return command


class ListingGroup(click.Group):
    """A group that lists without a command; its flags may follow the project as everywhere."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the flags first, where click looks for those of a group."""
        if not self.commands.keys() & set(args[1:]):
            flags = {one.opts[0] for one in self.params if isinstance(one, click.Option)}
            args = sorted(args, key=lambda one: one not in flags)
        return super().parse_args(ctx, args)


def step_option(*, required: bool = True) -> Callable[[Command], Command]:
    """Add `--stage` to a command that takes the id of a form too; the core says which there are."""
    words = "title-abstract, full-text, or the id of a form."
    if required:
        return click.option("--stage", required=True, help=words)
    return click.option("--stage", default=None, help=words)


def of_screening(step: str) -> bool:
    """Say whether a step is a stage of screening; else it is a form."""
    return step in {str(stage) for stage in Stage}


def require_screening(step: str) -> Stage:
    """Return a stage of screening by its id; `UserError` for anything else."""
    if not of_screening(step):
        raise UserError(f"“{step}” is no stage of screening; name {' or '.join(Stage)}.")
    return Stage(step)


def stage_option(*, required: bool = True) -> Callable[[Command], Command]:
    """Add `--stage`; where it may be left out, `stage_of` says which is meant."""
    # A default of None would count as one, and nothing would be required.
    more: dict[str, Any] = {"required": True} if required else {"default": None}
    return click.option("--stage", type=STAGES, help="title-abstract or full-text.", **more)


def stage_of(review: Project, named: str | None) -> str:
    """Return the stage that was named, else the last that was opened, and say which."""
    if named:
        return named
    taken = review.last_stage()
    say_at_the_end(f"Stage: {taken}, the last that was opened.")
    return str(taken)


_AT_THE_END = "said at the end"


def say_at_the_end(text: str) -> None:
    """Say something on standard error once the command is done: an error is one sentence alone."""
    click.get_current_context().meta.setdefault(_AT_THE_END, []).append(text)


def say_what_waits(context: click.Context) -> None:
    """Say what was to be said at the end of a command."""
    for text in context.meta.get(_AT_THE_END, ()):
        say(text, err=True)


def require_places(
    read: Sequence[Path | None], write: Sequence[Path | None], endings: Sequence[str] = ()
) -> None:
    """Raise `UserError` unless each file that a command writes has a place of its own.

    Asked before anything is done: nothing is written over what is read, nor one file over another.
    `endings` are those that the files written have to have, in their order: what an option writes
    has one kind, and a name that says another may be that of something else.
    """
    for path, ending in zip(write, endings, strict=False):
        if path is not None and str(path) != "-" and path.suffix.lower() != ending:
            raise UserError(
                f"What is written to {path} is {ending[1:].upper()}; end its name in {ending}."
            )
    named = {paths.real(path) for path in read if path is not None}
    for path in write:
        if path is None:
            continue
        if str(path) == "-":
            raise UserError("A file cannot be called “-” here; give the name of a file.")
        if paths.real(path) in named or any(_same(path, other) for other in named):
            raise UserError(f"{path} is named twice; give every file its own name.")
        named.add(paths.real(path))
        paths.require_place(path)


_STANDARD_INPUT = "standard input"


@contextmanager
def inputs(files: Sequence[Path]) -> Iterator[list[Path]]:
    """Give the files that a command reads; `-` is what comes in by standard input, kept meanwhile.

    It is kept in a private file, because a reader looks at a file more than once. `UserError` when
    it is named twice, or cannot be kept.
    """
    wanted = [str(file) == "-" for file in files]
    if sum(wanted) > 1:
        raise UserError("Standard input (-) can be read once only; name it once.")
    if not any(wanted):
        yield list(files)
        return
    with temporary.private_folder() as folder:
        kept = folder / _STANDARD_INPUT
        try:
            with kept.open("wb") as copy:
                copyfileobj(sys.stdin.buffer, copy)
        except OSError as error:
            raise room.unusable_temporary(error) from error
        yield [kept if here else file for here, file in zip(wanted, files, strict=True)]


@contextmanager
def saved(what: str) -> Iterator[None]:
    """Say, where a list cannot be written, what the command has saved before."""
    try:
        yield
    except UserError as error:
        words = f"{what} is saved, and only the list is missing: {error}"
        raise UserError(words, kind=error.kind) from error


def _same(one: Path, other: Path) -> bool:
    """Whether both are one file under two names."""
    found = paths.identity(one)
    return found is not None and found == paths.identity(other)


def say(text: object, *, err: bool = False, needed: bool = False) -> None:
    """Print one line; every line for a person is printed by this.

    What a file says (a name, a title, an action) stays within its line, whatever is in it. What
    is `needed` says what is wrong, so `--quiet` does not take it away.
    """
    context = click.get_current_context(silent=True)
    if needed or not (err and context is not None and context.meta.get(_QUIET)):
        click.echo(one_line(str(text)), err=err)


def tell(sentence: str) -> None:
    """Say on standard error what a command leaves out or takes otherwise than it was given."""
    say(sentence, err=True)


def shown(text: str) -> str:
    """Return what was typed without control characters, and say so where there are any."""
    if visible(text) != text:
        tell(f"What was typed {LEFT_OUT}")
    return visible(text)


def print_json(document: object) -> None:
    """Print one JSON document to standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def print_result(document: object, lines: Iterable[str], *, as_json: bool) -> None:
    """Print what a command found: one JSON document, or lines for a person."""
    if as_json:
        print_json(document)
    else:
        for line in lines:
            say(line)


def print_json_list(items: Iterable[object]) -> None:
    """Print a list as one JSON document, as `print_json` does, without holding all of it."""
    waiting, begun = iter(items), False
    while some := list(islice(waiting, _AT_ONCE)):
        texts = (json.dumps(item, ensure_ascii=False, indent=1) for item in some)
        # A line end inside a text is written as two signs, so each one here begins a line.
        lines = ",\n".join(f" {text}".replace("\n", "\n ") for text in texts)
        click.echo(f",\n{lines}" if begun else f"[\n{lines}", nl=False)
        begun = True
    click.echo("\n]" if begun else "[]")


def remark(text: str, *, quiet: bool) -> None:
    """Say something on standard error unless told to be quiet."""
    if not quiet:
        say(text, err=True)


def remark_hidden(review: Project, step: str) -> None:
    """Say on standard error how much of a step is hidden, if anything is."""
    hidden = review.consensus.hidden(step)
    if hidden:
        words = review.consensus.at(step).step.words
        say(
            f"{words}: {hidden} hidden, not closed yet by everybody who has to decide them.",
            err=True,
        )


def progress(*, quiet: bool) -> Progress:
    """Return a progress line on standard error when that is a terminal, else nothing."""
    if quiet or not sys.stderr.isatty():
        return silent
    last = 0.0

    def show(done: int, total: int | None, what: str, /) -> None:
        nonlocal last
        if time.monotonic() - last < 0.1:
            return
        last = time.monotonic()
        part = f"{done} of {total}" if total else str(done)
        click.echo(f"\r{what}: {part}\x1b[K", err=True, nl=False)

    return show


def examples(*lines: str) -> str:
    """Return the epilog of a command: how it is called."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)
