"""Project files: making one, and opening one for writing or reading."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from screener.model import Protocol, UserError
from screener.model.arguments import public
from screener.model.words import as_name, is_blank, one_line
from screener.project import Project
from screener.store import paths
from screener.store.file import FileKind
from screener.store.membership import last_number
from screener.store.opening import create, open_file


@public
def create_project(
    path: Path | str, *, title: str, protocol: Path | str | Protocol | None = None
) -> Project:
    """Make a new project file, with a protocol from a value or a TOML file, and open it."""
    place = Path(path)
    if is_blank(title) and protocol is None:
        raise UserError("Give the review a title.")
    first = _first_protocol(title, protocol)
    with (
        paths.written_beside(place, new=True) as beside,  # half a file would block the next try
        Project(create(beside, kind=FileKind.PROJECT)) as project,
    ):
        project.protocol.set(first)
    return open_project(place)


def _first_protocol(title: str, protocol: Path | str | Protocol | None) -> Protocol:
    if protocol is None:
        return Protocol(title=as_name(title))
    if not isinstance(protocol, Protocol):
        from screener.protocol.protocol import read_protocol

        protocol = read_protocol(protocol)
    if not is_blank(title):
        protocol = replace(protocol, title=as_name(title))
    return protocol


@public
def open_project(
    path: Path | str, *, write: bool = True, check_up_to: int | None = None
) -> Project:
    """Open a project (or a copy) for writing, or for reading only with `write=False`.

    A file that this computer does not know as whole is checked first, unless it has more records
    than `check_up_to`: then whoever asked does it (`Project.require_whole`). Of an older one in the
    place of what was saved the log of the program says so before it is written to (a command prints
    that): afterwards nothing tells. `UserError` when it is damaged.
    """
    file = open_file(Path(path), write=write)
    try:
        if check_up_to is None or last_number(file) <= check_up_to:
            from screener.store import whole

            file = whole.checked(file)
        project = Project(file)
        if file.whole:
            project.require_whole()
        if write and (older := project.older()):
            import logging  # hardly anybody waits for it

            logging.getLogger(__name__).warning("%s", one_line(older.sentence))
    except BaseException:
        file.close()
        raise
    return project


@public
def open_copy(path: Path | str) -> Project:
    """Open a reviewer's copy for screening; `UserError` when it is a project."""
    project = open_project(path)
    if not project.is_copy:
        project.close()
        raise UserError("Open your own copy to screen.")
    return project
