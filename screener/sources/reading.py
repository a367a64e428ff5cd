"""Reading reference files of any known format: what the file is, then its records in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from screener.model import Entry, Progress, Search, Skipped, UserError, silent
from screener.sources import origins
from screener.sources.beginnings import Beginnings
from screener.sources.decoding import Content, examine, examine_text
from screener.sources.formats import table, workbook
from screener.sources.formats.columns import Mapping, known
from screener.sources.formats.format import Format, Found
from screener.sources.formats.known import FORMATS
from screener.sources.refusing import is_zip, refuse_foreign, refuse_unknown

__all__ = ["FORMATS", "Mapping", "Reading", "entries", "read", "read_text", "recognise"]

PREVIEW = 20
_OFTEN = 500
_LEAST = 0.3
_LIKELY = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A recognised file. Iterating yields its records and skipped lines in the order of the file.

    `format` is the machine's word, `dialect` the reader's; `guess` is where the search was
    probably run (source empty when the content does not say); `digest` is the file's.
    `mapping` is there for tables, in text and in workbooks: which columns fill which fields, and
    whether that is sure; changed by the person, it can be given to `read`.
    """

    format: str
    dialect: str
    guess: Search
    digest: str
    remarks: tuple[str, ...]
    preview: tuple[Entry | Skipped, ...]
    mapping: Mapping | None = None
    _content: Content = field(repr=False)
    _format: Format = field(repr=False)
    _progress: Progress = field(repr=False)

    def __iter__(self) -> Iterator[Entry | Skipped]:
        """Read the file from its beginning; `UserError` if it was changed since it was examined."""
        beginnings = Beginnings(self._content, self._format)
        for number, found in enumerate(self._format.read(self._content), 1):
            if number % _OFTEN == 0:
                self._progress(number, None, "Reading records")
            beginnings.take(found)
            yield found
        self._content.refuse_changed()
        yield from beginnings.unread()


def read(
    path: Path,
    *,
    format: str | None = None,  # noqa: A002
    mapping: Mapping | None = None,
    progress: Progress = silent,
) -> Reading:
    """Recognise the file at `path` by its content, or take it for the `format` that is named.

    A `mapping` means that it is a table whose columns a person has looked at.
    """
    return _reading(examine(path, progress), format, progress, mapping)


def read_text(text: str, *, format: str | None = None) -> Reading:  # noqa: A002
    """Recognise pasted references."""
    return _reading(examine_text(text), format, silent)


def _reading(
    content: Content, name: str | None, progress: Progress, mapping: Mapping | None = None
) -> Reading:
    if mapping is not None:
        name = (table if mapping.delimiter else workbook).FORMAT.name
    found = recognise(content) if name is None else _named(content, name)
    if found.first_rows is not None:
        mapping = mapping or known(found.first_rows(content))
        found = replace(found, read=partial(found.read, chosen=mapping))
    preview = _preview(content, found.read(content))
    guess = origins.guess(content.sample, [entry for entry in preview if isinstance(entry, Entry)])
    return Reading(
        format=found.name, dialect=origins.dialect(found.label, content.sample, guess), guess=guess,
        digest=content.digest, remarks=content.remarks, preview=preview,
        mapping=mapping,
        _content=content, _format=found, _progress=progress,
    )  # fmt: skip


def recognise(content: Content) -> Format:
    """Return the format of `content`; anything that is no reference file is refused with advice."""
    refuse_foreign(content)
    sure = {name: one.recognise(content) for name, one in FORMATS.items()}
    best = max(sure, key=sure.__getitem__)
    if sure[best] < _LEAST:
        refuse_unknown(content)
    likely = [name for name in sure if sure[name] >= _LIKELY]
    if len(likely) > 1:
        # An abstract may hold what looks like another format; what begins first is around it.
        best = min(likely, key=lambda name: (_begins(content, FORMATS[name]), -sure[name]))
    return FORMATS[best]


def _begins(content: Content, one: Format) -> int:
    """Return how many characters it takes until the text is one of this format."""
    recognise = one.wider or one.recognise
    few, enough = 0, len(content.sample)
    while enough - few > 1:
        middle = (few + enough) // 2
        if recognise(replace(content, sample=content.sample[:middle])) >= _LEAST:
            enough = middle
        else:
            few = middle
    return enough


def _named(content: Content, name: str) -> Format:
    if name not in FORMATS:
        raise UserError(f"“{name}” is no known format; choose one of {', '.join(FORMATS)}.")
    refuse_foreign(content)
    return FORMATS[name]


def _preview(content: Content, found: Found) -> tuple[Entry | Skipped, ...]:
    """Read the first records; a file without any is refused here, before anybody stores it."""
    seen: list[Entry | Skipped] = []
    entries = 0
    for item in found:
        # Skipped lines before the first record are many only in files that are no references.
        if len(seen) < 10 * PREVIEW or isinstance(item, Entry):
            seen.append(item)
        entries += isinstance(item, Entry)
        if entries >= PREVIEW:
            break
    if not entries:
        why = next((item.why for item in seen if isinstance(item, Skipped) and item.why), "")
        if why and "XML" in why:
            raise UserError(f"No record was found in “{content.name}”. {why}")
        program = "a spreadsheet program" if is_zip(content) else "a text editor"
        raise UserError(
            f"No record was found in “{content.name}”; open it in {program} to see what it"
            " holds and export it again."
        )
    return tuple(seen)


def entries(reading: Reading) -> Iterator[Entry]:
    """Yield the records alone."""
    return (found for found in reading if isinstance(found, Entry))
