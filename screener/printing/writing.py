"""A document as a file, whose ending says its kind."""

from __future__ import annotations

from pathlib import Path

from screener.model import UserError
from screener.printing.document import Document
from screener.store import paths

ENDINGS = (".docx", ".pdf", ".html", ".xlsx")


def require_ending(path: Path, endings: tuple[str, ...] = ENDINGS, what: str = "This") -> str:
    """Return the ending of a name in lower case; `UserError` unless it is one of `endings`."""
    ending = path.suffix.lower()
    if ending not in endings:
        raise UserError(
            f"{what} cannot be saved as “{path.name}”: let the name end in"
            f" {', '.join(endings[:-1])} or {endings[-1]}."
        )
    return ending


def encoded(document: Document, ending: str) -> bytes:
    """Give the bytes of a document by an ending of `ENDINGS`; a workbook holds its tables only.

    `UserError` for letters that a PDF cannot show.
    """
    # Each format loads what it needs and no more: python-docx alone takes a third of a second.
    if ending == ".docx":
        from screener.printing.docx import docx

        return docx(document)
    if ending == ".pdf":
        from screener.printing.paged import pdf

        return pdf(document)
    if ending == ".xlsx":
        from screener.printing.sheets import workbook

        return workbook(document)
    from screener.printing.html import html

    return html(document).encode("utf-8")


def write(document: Document, path: Path, endings: tuple[str, ...] = ENDINGS) -> None:
    """Write a document in one step; `UserError` for another ending and where no file can be put."""
    content = encoded(document, require_ending(path, endings))
    with paths.written_beside(path) as beside:
        beside.write_bytes(content)
