"""Files of one review brought together: into a project, or only to compare them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from screener.consensus.admission import admitted
from screener.consensus.findings import Admitted, require_admitted
from screener.model import Progress, UserError, silent
from screener.project import Project, open_project, read_standings
from screener.store import union
from screener.store.file import FileKind
from screener.store.opening import create, open_file


def merge_into(
    target: Path | str,
    *files: Path | str,
    progress: Progress = silent,
    open_early: bool = False,
    salvage: bool = False,
) -> tuple[Admitted, ...]:
    """Merge files into a project or copy, which is made from them when it does not exist."""
    place = Path(target)
    if place.exists():
        with open_project(place) as project:
            done = project.consensus.merge(
                *files, progress=progress, open_early=open_early, salvage=salvage
            )
            return done.files
    with _made_from([Path(f) for f in files], place, progress) as (project, found):
        if open_early:
            project.consensus.open_early()
        return tuple(found)


@contextmanager
def _made_from(
    files: list[Path], place: Path, progress: Progress
) -> Iterator[tuple[Project, list[Admitted]]]:
    """Make a new project file out of the union of files, opened; unmade when that fails."""
    if not files:
        raise UserError("Name the files to merge.")
    with admitted(None, files, read_standings, progress) as found:
        require_admitted(found)
        first = next(one.private for one in found if one.private is not None)
        reading = open_file(first, write=False)
        uuid = reading.uuid
        reading.close()
        file = create(place, kind=FileKind.PROJECT, uuid=uuid)
        try:
            private = [one.private for one in found if one.private is not None]
            for one, taken in zip(found, union.union(file, private, progress), strict=True):
                one.new_events, one.known_events = taken.new, taken.known
        except BaseException:
            file.close()
            place.unlink(missing_ok=True)
            raise
        project = Project(file)
        try:
            yield project, found
        finally:
            project.close()


@contextmanager
def compare(
    *files: Path | str, progress: Progress = silent, open_early: bool = False
) -> Iterator[tuple[Project | None, list[Admitted]]]:
    """Compare files without changing any: their union in a place that goes away again.

    Gives the union as an open project and what the checks found; the project is None when a file
    was refused.
    """
    chosen = [Path(f) for f in files]
    with admitted(None, chosen, read_standings, progress) as checked:
        if any(one.refused for one in checked):
            yield None, checked
            return
    with TemporaryDirectory(prefix="screener-") as folder:
        place = Path(folder) / "compared.screener"
        with _made_from(chosen, place, progress) as (project, found):
            if open_early:
                project.consensus.open_early()
            yield project, found
