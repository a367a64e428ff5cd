"""How the Sources pages write dates, numbers and what does not add up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from screener.model import Batch, Fields, SourceKind
from screener.model.words import counted, listed, short_names
from screener.sources import dates
from screener.sources.parsed import Parsed

KINDS = {
    SourceKind.DATABASE: "database",
    SourceKind.REGISTER: "register",
    SourceKind.WEBSITE: "website",
    SourceKind.ORGANISATION: "organisation",
    SourceKind.CITATION_SEARCHING: "citation searching",
}
"""The kinds of source in words, in the order in which they are offered."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_FEW = 3
_AUTHORS = 4


def day(iso: str, *, short: bool = False) -> str:
    """Write an ISO date as "14 December 2018", or "14 Dec 2018"; other text as it stands."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    month = _MONTHS[found.month - 1]
    return f"{found.day} {month[:3] if short else month} {found.year}"


def iso_day(text: str) -> str:
    """Return the ISO date a person wrote in any usual way; text that is none as it stands."""
    said = text.strip()
    try:
        return date.fromisoformat(dates.date(said) or _day_first(said)).isoformat()
    except ValueError:
        return said


def _day_first(text: str) -> str:
    """Read 14.12.2018, where only the day can come first."""
    parts = text.replace("/", ".").split(".")
    if len(parts) != 3 or not all(part.strip().isdecimal() for part in parts):
        return ""
    first, second, year = (int(part) for part in parts)
    if "." not in text and first <= 12 and second <= 12 and first != second:
        return ""  # 3/4/2019 is another day on each side of the Atlantic
    if "/" in text and second > 12:
        first, second = second, first
    return f"{year:04}-{second:02}-{first:02}"


def mismatch(source: str, claimed: int | None, read: int) -> str:
    """Say how the records read differ from the number the source announced, or nothing."""
    if claimed is None or claimed == read:
        return ""
    gap = abs(claimed - read)
    more = "fewer" if read < claimed else "more"
    records = "record" if gap == 1 else "records"
    return f"{gap:,} {more} {records} than {source or 'the source'} claimed"


def unread(lines: Sequence[int]) -> str:
    """Say which lines no record could be made of: "Lines 4,180, 9,022 and 11,764 ..."."""
    if not lines:
        return ""
    named = [f"{line:,}" for line in lines[:_FEW]]
    if len(lines) == 1:
        return f"No record could be made of what begins at line {named[0]}."
    if len(lines) > _FEW:
        named.append(f"{len(lines) - _FEW:,} more")
    return f"No record could be made of what begins at lines {listed(named)}."


def byline(fields: Fields) -> str:
    """Write authors, journal and year in one line."""
    parts = (short_names(fields.authors, _AUTHORS), fields.journal, str(fields.year or ""))
    return "  ·  ".join(part for part in parts if part)


def recognised(fields: Fields) -> str:
    """Write authors, year and what else was found: "Okafor N  ·  2017  ·  abstract, DOI"."""
    found = [
        "abstract" if fields.abstract else "no abstract",
        "DOI" if fields.doi else "",
        "PMID" if fields.pmid else "",
    ]
    parts = (
        short_names(fields.authors, _AUTHORS),
        str(fields.year or ""),
        ", ".join(f for f in found if f),
    )
    return "  ·  ".join(part for part in parts if part)


def summed(batches: Sequence[Batch]) -> str:
    """Write how many searches and records there are, those taken back left out."""
    present = [batch for batch in batches if not batch.withdrawn]
    records = sum(batch.parsed for batch in present)
    searches = counted(len(present), "search", "searches")
    return f"{searches}, {counted(records, 'record')}"


def hint(parsed: Parsed) -> str:
    """Say what of a search the file told, and why the rest is asked for."""
    guess = parsed.guess
    found = [
        name for name, there in (
            ("source", guess.source), ("kind", guess.source), ("platform", guess.platform)
        ) if there
    ]  # fmt: skip
    asked = "is asked for by PRISMA-S and printed in the report."
    if not found:
        return f"The file does not say where it comes from. All of this {asked}"
    return f"Guessed from the file: {', '.join(found)}. The rest {asked}"
