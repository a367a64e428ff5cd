"""The formats that can be read, in one table."""

from __future__ import annotations

from screener.sources.formats import (
    bibtex,
    cochrane,
    ebsco_xml,
    endnote_tagged,
    endnote_xml,
    json_items,
    medline,
    mods,
    ovid,
    pubmed_xml,
    refworks,
    registers,
    ris,
    table,
    workbook,
    wos,
    zotero_rdf,
)
from screener.sources.formats.format import Format

FORMATS: dict[str, Format] = {
    known.name: known
    for known in (
        ris.FORMAT,
        medline.FORMAT,
        wos.FORMAT,
        endnote_tagged.FORMAT,
        ovid.FORMAT,
        refworks.FORMAT,
        cochrane.FORMAT,
        endnote_xml.FORMAT,
        pubmed_xml.FORMAT,
        mods.FORMAT,
        ebsco_xml.FORMAT,
        registers.ICTRP,
        registers.CLINICALTRIALS,
        zotero_rdf.FORMAT,
        bibtex.FORMAT,
        json_items.CSL,
        json_items.FORMAT,
        table.FORMAT,
        workbook.FORMAT,
    )
}
"""Each format under its machine name."""
