"""Files of one review brought together: into a project, or only to compare them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Unpack

from screener.consensus.merging.admission import admitted
from screener.consensus.merging.checks import remark_behind
from screener.consensus.merging.findings import (
    Admitted,
    Answers,
    Choices,
    MergeRefused,
    require_admitted,
)
from screener.consensus.merging.taking import Meant, require_continuable, take_in
from screener.consensus.merging.together import Before, require_hidden, require_people
from screener.consensus.merging.unclosed import remark_shown
from screener.files import open_project
from screener.model import Progress, UserError, silent
from screener.project import Project
from screener.steps import read_standings
from screener.store import paths, union
from screener.store.file import FileKind
from screener.store.opening import create, open_file
from screener.store.temporary import private_folder


def merge_into(
    target: Path | str,
    *files: Path | str,
    progress: Progress = silent,
    open_early: bool = False,
    as_project: str | None = None,
    why: str = "",
    **answers: Unpack[Answers],
) -> tuple[Admitted, ...]:
    """Merge files into a project or copy, which is made from them when it does not exist.

    What the keywords in `answers` allow: `Choices`. With `as_project`, a reason, the file made by
    merging goes on as the project. `why` is the reason of `open_early`.
    """
    place, chosen = Path(target), [Path(f) for f in files]
    if paths.identity(place) is not None:
        with open_project(place) as project:
            done = project.consensus.merge(
                *chosen,
                progress=progress,
                open_early=open_early,
                as_project=as_project,
                why=why,
                **answers,
            )
            return done.files
    if as_project is not None:
        require_continuable(None, as_project)
    with admitted(None, _some(chosen), read_standings, progress, Choices(**answers)) as found:
        require_admitted(found)
        confirmed = open_early or bool(answers.get("take_changes"))
        with _made_from(found, place, progress, confirmed=confirmed) as project:
            if as_project is not None:
                project.consensus.continue_as_project(as_project)
            if open_early:
                project.consensus.open_early(why)
            remark_shown(found, project.consensus.standings(), early=open_early)
            return tuple(found)


def _some(files: list[Path]) -> list[Path]:
    if not files:
        raise UserError("Name the files to merge.")
    union.require_few(files)
    return files


@contextmanager
def _made_from(
    found: list[Admitted], place: Path, progress: Progress, *, kept: bool = True, confirmed: bool
) -> Iterator[Project]:
    """Make a new project file out of admitted files, opened; it is unmade when that fails.

    A file that is not `kept` is not waited for until it is on the disk, and is read by whoever
    asked for it. `confirmed` is as in `Meant`.
    """
    reading = open_file(next(one.private for one in found if one.private is not None), write=False)
    uuid = reading.uuid
    reading.close()
    with ExitStack() as stack:
        at = stack.enter_context(paths.written_beside(place, new=True)) if kept else place
        file = create(at, kind=FileKind.PROJECT, uuid=uuid, durable=kept)
        stack.callback(file.close)
        meant = Meant(confirmed=confirmed)
        reader = read_standings if kept else None
        take_in(file, found, progress, reader=reader, new=True, meant=meant)
        if not kept:
            require_people(file, found, Before())
            here = read_standings(file)
            require_hidden(file, found, here, Before(), confirmed=confirmed, only_read=True)
        remark_behind(file, read_standings, found)
        yield Project(file)


@contextmanager
def compare(
    *files: Path | str, progress: Progress = silent, open_early: bool = False
) -> Iterator[tuple[Project | None, list[Admitted]]]:
    """Compare files without changing any: their union in a place that goes away again.

    Gives the union as an open project and what the checks found; the project is None when a file
    was refused. It speaks only of the reviewers whose files were given.
    """
    chosen, meant = _some([Path(f) for f in files]), Choices(project=True)
    with ExitStack() as stack:
        found = stack.enter_context(admitted(None, chosen, read_standings, progress, meant))
        if any(one.refused for one in found):
            yield None, found
            return
        folder = stack.enter_context(private_folder())
        place = folder / "compared.screener"
        made = _made_from(found, place, progress, kept=False, confirmed=open_early)
        try:
            project = stack.enter_context(made)
        except MergeRefused:
            yield None, found
            return
        if open_early:
            project.consensus.open_early()
        here = project.consensus.standings()
        remark_shown(found, here, early=open_early, only_read=True)
        yield project, found
