"""The formats that can be read, in one table."""

from __future__ import annotations

from screener.sources.formats import (
    bibtex,
    clinicaltrials,
    cochrane,
    csl_json,
    ebsco_xml,
    endnote_tagged,
    endnote_xml,
    ictrp,
    json_items,
    medline,
    mods,
    ovid,
    pubmed_xml,
    refworks,
    ris,
    table,
    workbook,
    wos,
    zotero_rdf,
)
from screener.sources.formats.format import Format

FORMATS: dict[str, Format] = {
    module.FORMAT.name: module.FORMAT
    for module in (
        ris,
        medline,
        wos,
        endnote_tagged,
        ovid,
        refworks,
        cochrane,
        endnote_xml,
        pubmed_xml,
        mods,
        ebsco_xml,
        ictrp,
        clinicaltrials,
        zotero_rdf,
        bibtex,
        csl_json,
        json_items,
        table,
        workbook,
    )
}
"""Each format under its machine name."""
