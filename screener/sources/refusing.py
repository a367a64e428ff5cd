"""Files that are no reference files: each is refused with one sentence that says what to do."""

from __future__ import annotations

import re
import zipfile
from typing import NoReturn

from screener.model import UserError
from screener.sources.decoding import Content

_SIGNATURES = (
    (b"\x1f\x8b", "is compressed (gzip); unpack it first"),
    (b"BZh", "is compressed (bzip2); unpack it first"),
    (b"\xfd7zXZ\0", "is compressed (xz); unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "is compressed (7-Zip); unpack it first"),
    (b"Rar!\x1a\x07", "is compressed (RAR); unpack it first"),
    (b"SQLite format 3\0", "is a database, not an export; export the references as RIS"),
    (b"%PDF", "is a PDF; export the references themselves, for example as RIS"),
    (b"{\\rtf", "is a formatted document (RTF); export the references as RIS"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office document; save it as .xlsx or CSV"),
    (b"\x89PNG", "is a picture; export the references as RIS"),
    (b"\xff\xd8\xff", "is a picture; export the references as RIS"),
    (b"GIF8", "is a picture; export the references as RIS"),
    (b"\x7fELF", "is a program; export the references as RIS"),
    (b"MZ\x90", "is a program; export the references as RIS"),
)  # fmt: skip
_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TABLE = re.compile(r"^\s*(?:<\?[^>]{0,200}\?>\s*){0,3}<(?:table|Workbook)\b", re.I)
_LOG_IN = re.compile(r"<form\b|password", re.I)
_ROOT = re.compile(r"\s*(?:<[?!][^<>]*>\s*)*<([A-Za-z_][\w:.-]{0,60})[\s/>]")
_KNOWN_TEXTS = (
    (
        re.compile(r"^\d{1,6}[.:] .{10,}", re.M),
        re.compile(r"^PMID: \d{1,8}\b", re.M),
        "is PubMed's text for reading; save it once more with the format PubMed",
    ),
    (
        re.compile(r"^Reference Type: ", re.M),
        re.compile(r"^(?:Record Number|Author|Title): ", re.M),
        "is EndNote's text for reading; export it as XML: File > Export",
    ),
)
# What an archive is by the sorted names of what it holds, one a line.
_ARCHIVES = (
    (
        re.compile(r"\.enl|sdb/"),
        "is an EndNote library; open it in EndNote and export it as XML: File > Export",
    ),
    (
        re.compile(r"^(?:word|ppt)/", re.M),
        "is an Office document; export the references as RIS instead",
    ),
    (
        re.compile(r"^content\.xml$(?s:.*)^mimetype$", re.M),
        "is an OpenDocument file; save the table as CSV or .xlsx",
    ),
    (re.compile(r"^$"), "is an archive (ZIP) that is damaged or empty; export it again"),
    (re.compile(""), "is an archive (ZIP); unpack it first and choose the files inside"),
)
_RDF = re.compile(r"\s*(?:<[?!][^<>]*>\s*)*<(?:\w+:)?RDF[\s>]")
_ZOTERO_RDF = re.compile(r"purl\.org/net/biblio#|<bib:|<z:itemType")
_BIBLIONTOLOGY = "purl.org/ontology/bibo"
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\ufffd]")


def refuse_foreign(content: Content) -> None:
    """Raise the right sentence for content that is known to be no reference file."""
    if content.size == 0:
        raise UserError(f"“{content.name}” is empty; export it again.")
    for signature, what in _SIGNATURES:
        if content.head.startswith(signature):
            raise UserError(f"“{content.name}” {what}.")
    if is_zip(content):
        _refuse_archive(content)
        return
    if not content.sample.strip("\ufeff \t\r\n\0"):
        raise UserError(f"“{content.name}” holds no records, only blank lines; export it again.")
    page = _HTML.match(content.sample)
    in_page = page and "<table" in content.sample.lower() and not _LOG_IN.search(content.sample)
    if in_page or _TABLE.match(content.sample):
        raise UserError(
            f"“{content.name}” is a table as a web page or XML; open it in a spreadsheet program"
            " and save it as .xlsx or CSV."
        )
    if page:
        raise UserError(
            f"“{content.name}” is a web page, perhaps the log-in page of an expired session;"
            " log in to the database and export again."
        )
    if _RDF.match(content.sample.lstrip("\ufeff")) and not _ZOTERO_RDF.search(content.sample):
        _refuse_rdf(content)
    if _is_binary(content):
        raise UserError(
            f"“{content.name}” is no reference file; export the references as RIS, NBIB or CSV."
        )


def _refuse_rdf(content: Content) -> NoReturn:
    """Say which RDF this is: only that of Zotero's own vocabulary is read."""
    what = (
        "is RDF in the Bibliographic Ontology, as Zotero's translator Bibliontology writes it"
        if _BIBLIONTOLOGY in content.sample
        else "is RDF of a vocabulary that is not read"
    )
    raise UserError(f"“{content.name}” {what}; export the references as Zotero RDF or RIS instead.")


def refuse_unknown(content: Content) -> NoReturn:
    """Raise the sentence for text in which nothing was recognised."""
    for one, other, what in _KNOWN_TEXTS:
        if one.search(content.sample) and other.search(content.sample):
            raise UserError(f"“{content.name}” {what}.")
    root = _ROOT.match(content.sample.lstrip("\ufeff"))
    if root:
        raise UserError(
            f"“{content.name}” is XML of a kind that is not known (its outermost element is"
            f" “{root[1]}”); export the references as RIS, NBIB or CSV."
        )
    raise UserError(
        f"No records were found in “{content.name}”; export the references as RIS, NBIB, XML,"
        " BibTeX or CSV, or name the format yourself."
    )


def is_zip(content: Content) -> bool:
    """Whether the content is an archive, which workbooks are too."""
    return content.head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def archive_names(content: Content) -> list[str]:
    """Return the names inside an archive; nothing when it is damaged."""
    try:
        with content.open() as stream, zipfile.ZipFile(stream) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return []


def is_workbook(names: list[str]) -> bool:
    """Whether an archive with these names is an Excel workbook."""
    return any(name.lower().endswith("xl/workbook.xml") for name in names)


def _refuse_archive(content: Content) -> None:
    names = archive_names(content)
    if is_workbook(names):
        return
    listed = "\n".join(sorted(name.lower() for name in names))
    what = next(what for inside, what in _ARCHIVES if inside.search(listed))
    raise UserError(f"“{content.name}” {what}.")


def _is_binary(content: Content) -> bool:
    sample = content.sample[:20000]
    if content.nul and content.encoding in ("utf-8", "mixed") and _nuls(content.head) > 0.2:
        return True
    return len(_CONTROL.findall(sample)) > 0.02 * len(sample) + 3


def _nuls(head: bytes) -> float:
    return head.count(0) / max(len(head), 1)
