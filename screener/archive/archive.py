"""The archive of an open project: one zip, written in one step, the same for the same project."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from screener.archive import (
    changes,
    deciding,
    forms,
    numbers,
    people,
    readme,
    records,
    settling,
    studies,
    trail,
)
from screener.archive.bundle import Bundle
from screener.archive.index import Index
from screener.archive.parts import Document, Part, Plain, Review, Table
from screener.model import Progress, UserError, silent
from screener.model.arguments import public
from screener.store import paths
from screener.store.file import File, FileKind

WHAT = "Writing the archive"


def _picture(ending: str) -> Document:
    def made(of: Review) -> bytes:
        from screener.report.saving import encoded

        return encoded(of.report.flow(), ending)

    return f"diagram/prisma{ending}", _PICTURES[ending], made


_PICTURES = {
    ".svg": "The PRISMA 2020 flow diagram.",
    ".pdf": "The PRISMA 2020 flow diagram.",
    ".csv": "Its numbers, for the R package PRISMA2020.",
}


def _report(of: Review) -> bytes:
    from screener.printing.writing import encoded

    return encoded(of.manuscript.document(), ".html")


_REPORT: Document = (
    "report.html",
    "The report: methods, results, tables, search strategies, checklists.",
    _report,
)
DOCUMENTS: tuple[Document, ...] = (*map(_picture, _PICTURES), _REPORT)
"""What is put in for people beside the tables: a place in the zip, what it is, what makes it.

One that cannot be made (letters that a PDF cannot show) is left out, and README.txt says why.
"""


class Archive:
    """Writes the archive of one open project, and changes nothing."""

    def __init__(self, file: File, of: Review) -> None:
        self._file = file
        self._of = of

    @public
    def write(self, path: Path | str, progress: Progress = silent) -> int:
        """Write the archive as a zip; returns how many files are in it.

        What is hidden is in none of them. `UserError` in a reviewer's copy or an arbitrator's file,
        for a name that does not end in .zip, and where no file can be put.
        """
        path = Path(path)
        if self._file.kind is not FileKind.PROJECT:
            raise UserError(
                "The archive is written from the coordinator's project; this file holds only what"
                " one person did."
            )
        if path.suffix.lower() != ".zip":
            raise UserError(f"The archive is a zip file; end the name “{path.name}” in .zip.")
        paths.require_place(path)
        with (
            paths.written_beside(path) as beside,
            beside.open("wb") as stream,
            Bundle(stream) as bundle,
        ):
            return self._fill(bundle, progress)

    def _fill(self, bundle: Bundle, progress: Progress) -> int:
        progress(0, None, WHAT)
        documents, left_out = self._documents()
        parts = [*documents, *self._parts(progress)]
        bundle.add(readme.readme(self._of, parts, left_out))
        parts.append(readme.codebook(parts))
        for place, part in enumerate(parts):
            progress(place, len(parts), WHAT)
            if isinstance(part, Table):
                bundle.add_table(part, partial(progress, place, len(parts), WHAT))
            else:
                bundle.add(part)
        bundle.finish()
        progress(len(parts), len(parts), WHAT)
        return len(parts) + 2

    def _documents(self) -> tuple[list[Part], list[str]]:
        found: list[Part] = []
        left_out = []
        for path, about, made in DOCUMENTS:
            try:
                found.append(Plain(path=path, about=about, content=made(self._of)))
            except UserError as error:
                left_out.append(f"{path}: {error}")
        return found, left_out

    def _parts(self, progress: Progress) -> Iterator[Part]:
        file, of = self._file, self._of
        index = Index(file, of)
        yield from changes.parts(file, of)
        yield from records.parts(file, of, index)
        yield from people.parts(file, of, index)
        progress(0, None, WHAT)
        said = deciding.decided(file, index)
        answers = deciding.recorded(file, index, "answer", "A")
        yield from deciding.parts(file, of, index, said)
        progress(0, None, WHAT)
        settled, known = settling.settled(file, index)
        told = {**said.numbers, **answers.numbers}
        yield settling.table(file, of, index, settled, known, told)
        yield from studies.parts(file, of, index)
        rows = deciding.recorded(file, index, "row", "R")
        yield from forms.parts(file, of, index, answers, rows)
        yield from numbers.parts(of)
        yield trail.table(file, of, index, partial(progress, 0, None, WHAT))
