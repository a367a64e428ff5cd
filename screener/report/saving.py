"""A flow or another drawing as a file, whose ending says its kind; texts of the review as files."""

from __future__ import annotations

from pathlib import Path

from screener.model import UserError
from screener.report.drawing import Drawing, Text
from screener.report.flow import Flow
from screener.report.template import csv_text
from screener.store import paths

PICTURES = (".svg", ".pdf", ".png")
ENDINGS = (*PICTURES, ".csv")


def save(flow: Flow, path: Path | str, ending: str = "") -> None:
    """Save the diagram (.svg, .pdf, .png) or its numbers for R (.csv).

    The ending of the name says which, unless `ending` ("svg", …) does. The file is written in
    one step: a reader finds the old one or the new one, never half of it. `UserError` for any
    other ending, for letters that the format cannot show, and where no file can be put.
    """
    path = Path(path)
    _write(path, encoded(flow, f".{ending}" if ending else path.suffix.lower(), path.name))


def save_drawing(drawn: Drawing, path: Path | str) -> None:
    """Save a drawing, such as a plot, as .svg, .pdf or .png; `UserError` as for `save`."""
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in PICTURES:
        raise UserError(
            f"A plot cannot be saved as “{path.name}”: let the name end in"
            f" {', '.join(PICTURES[:-1])} or {PICTURES[-1]}."
        )
    _write(path, as_picture(drawn, ending))


def _write(path: Path, content: bytes) -> None:
    with paths.written_beside(path) as beside:
        beside.write_bytes(content)


def save_text(path: Path, text: str) -> None:
    """Write a text of the review, such as a merge report, in one step.

    `UserError` where no file can be put, or a Screener file lies.
    """
    paths.write_text(path, text)


def encoded(flow: Flow, ending: str, name: str = "") -> bytes:
    """Give the bytes of the file with that ending (with its dot); `UserError` as for `save`.

    `name` is what the user called the file, for the sentence of the error.
    """
    if ending not in ENDINGS:
        raise UserError(
            f"The flow diagram cannot be saved as “{name or ending}”: let the name end in"
            f" {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}."
        )
    if ending == ".csv":
        return csv_text(flow).encode("utf-8")
    # Each kind loads what it needs and no more: the PDF writer alone takes half a second.
    from screener.report.diagram import diagram

    return as_picture(diagram(flow), ending)


def as_picture(drawn: Drawing, ending: str) -> bytes:
    """Give the bytes of a drawing as .svg, .pdf or .png; `UserError` for letters it cannot show."""
    if ending == ".svg":
        from screener.report.svg import svg

        return svg(drawn).encode("utf-8")
    _refuse_missing_letters(drawn)
    if ending == ".pdf":
        from screener.report.pdf import pdf

        return pdf(drawn)
    from screener.report.png import png

    return png(drawn)


def _refuse_missing_letters(drawn: Drawing) -> None:
    """Refuse what a PDF or PNG would show as empty boxes; who reads an SVG has other faces."""
    from screener.report.typeface import missing

    for shape in drawn.shapes:
        if isinstance(shape, Text) and (letters := missing(shape.text)):
            raise UserError(
                f"“{shape.text}” has letters that PDF and PNG cannot show here ({letters}): save"
                " it as .svg."
            )
