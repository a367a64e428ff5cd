"""The bibliographic fields of one record, to read and to write."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from screener.model import Fields
from ui.sources.fields import FormGrid, Label, LineEditor, TextEditor

NAMES = {
    "title": "Title",
    "translated_title": "Translated title",
    "authors": "Authors",
    "year": "Year",
    "date": "Date",
    "journal": "Journal",
    "journal_abbreviation": "Journal, short",
    "volume": "Volume",
    "issue": "Issue",
    "pages": "Pages",
    "article_number": "Article number",
    "doi": "DOI",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "issn": "ISSN",
    "isbn": "ISBN",
    "registration": "Registration",
    "abstract": "Abstract",
    "keywords": "Keywords",
    "language": "Language",
    "type": "Type",
    "publication_type": "Publication type",
    "publisher": "Publisher",
    "url": "Web address",
    "accession": "Accession number",
    "database": "Database",
}
"""The fields of a record in the order in which they are shown, in words."""

MAIN = (
    "title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "abstract",
    "keywords", "url",
)  # fmt: skip
"""The fields that are offered when a record is written by hand."""

_LONG = {"title": 2, "abstract": 8, "authors": 2, "keywords": 2}


def shown(fields: Fields, name: str) -> str:
    """Return a field as one text; lists with semicolons between the parts."""
    value = getattr(fields, name)
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None else str(value)


class RecordForm(QWidget):
    """One field a row; lists are one text with semicolons between the parts."""

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: dict[str, str] = {}
        self.fields: dict[str, LineEditor | TextEditor] = {}
        grid = FormGrid(self, names=120)
        for name in names:
            self.fields[name] = _field(name)
            grid.add_row(Label(NAMES[name], self.fields[name]), self.fields[name])
        grid.setRowStretch(grid.rowCount(), 1)

    def set_fields(self, fields: Fields) -> None:
        """Fill the form."""
        self._before = {name: shown(fields, name) for name in self.fields}
        for name, text in self._before.items():
            self.fields[name].fill(text)

    def texts(self) -> dict[str, str]:
        """Return what stands in every field."""
        return {name: field.text().strip() for name, field in self.fields.items()}

    def changes(self) -> dict[str, str]:
        """Return the fields that a person changed, with their new text."""
        return {n: t for n, t in self.texts().items() if t != self._before.get(n, "").strip()}


def _field(name: str) -> LineEditor | TextEditor:
    if name in _LONG:
        return TextEditor(NAMES[name], lines=_LONG[name])
    return LineEditor(NAMES[name])
