"""Where an export came from, as far as its content tells: a guess that the person confirms."""

from __future__ import annotations

import re
from collections.abc import Iterable

from screener.model import Entry, Search, SourceKind

_DATABASES = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"embase", "Embase"),
        (r"psyc\s?info", "APA PsycInfo"),
        (r"psyc\s?articles", "APA PsycArticles"),
        (r"cinahl", "CINAHL"),
        (r"\beric\b", "ERIC"),
        (r"\bpubmed\b", "PubMed"),
        (r"medline", "MEDLINE"),
        (r"cochrane|central\b", "Cochrane CENTRAL"),
        (r"scopus", "Scopus"),
        (r"cab abstracts", "CAB Abstracts"),
        (r"global health", "Global Health"),
        (r"\bamed\b", "AMED"),
        (r"academic search", "Academic Search"),
        (r"biosis", "BIOSIS"),
        (r"zoological record", "Zoological Record"),
        (r"ptsdpubs|pilots", "PTSDpubs"),
        (r"assia|applied social sciences", "ASSIA"),
        (r"sociological abstracts", "Sociological Abstracts"),
        (r"dissertations", "ProQuest Dissertations & Theses"),
        (r"lilacs", "LILACS"),
        (r"jstor", "JSTOR"),
        (r"web of science|\bwos\b", "Web of Science"),
        (r"socindex", "SocINDEX"),
        (r"\btrid\b", "TRID"),
        (r"google scholar", "Google Scholar"),
        (r"\bieee\b", "IEEE Xplore"),
        (r"\bacm\b", "ACM Digital Library"),
        (r"clinicaltrials\.gov", "ClinicalTrials.gov"),
    )
)
_ACCESSIONS = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"(?:WOS|ISI):", "Web of Science"),
        (r"BIOSIS:|(?:BCI:)?BCI\d|PREV\d", "BIOSIS"),
        (r"ZOOREC:|ZOOR\d", "Zoological Record"),
        (r"MEDLINE:", "MEDLINE"),
        (r"INSPEC:", "INSPEC"),
        (r"CCC:", "Current Contents"),
        (r"DIIDW:", "Derwent Innovations Index"),
        (r"KJD:", "KCI Korean Journal Database"),
        (r"SCIELO:", "SciELO"),
        (r"CSCD:", "Chinese Science Citation Database"),
        (r"RSCI:", "Russian Science Citation Index"),
        (r"CABI:", "CAB Abstracts"),
        (r"FSTA:", "FSTA"),
        (r"PQDT:", "ProQuest Dissertations & Theses"),
        (r"PPRN:", "Preprint Citation Index"),
        (r"DRCI:", "Data Citation Index"),
        (r"2-s2\.0-\d", "Scopus"),
        (r"CN-\d{8}$", "Cochrane CENTRAL"),
        (r"NCT\d{8}$", "ClinicalTrials.gov"),
        (r"L\d{8,12}$", "Embase"),
        (r"E[JD]\d{6,7}$", "ERIC"),
        (r"pub\.\d{10}$", "Dimensions"),
        (r"(?:https?://openalex\.org/)?W\d{8,11}$", "OpenAlex"),
    )
)
_DATABASE = SourceKind.DATABASE
_REGISTER = SourceKind.REGISTER
# Searched in the beginning of the file, in this order: pattern, source, kind, platform. Names
# alone are no mark, because abstracts of reviews name the databases that were searched.
_MARKS = (
    (
        r"<Trials_downloaded_from_ICTRP|^[\ufeff\"]{0,2}TrialID\b",
        "WHO ICTRP",
        _REGISTER,
        "WHO ICTRP",
    ),
    (
        r"^[\ufeff\"]{0,2}(?:Rank\"?,\"?)?NCT Number\b",
        "ClinicalTrials.gov",
        _REGISTER,
        "ClinicalTrials.gov",
    ),
    (r"ovidsp\.ovid|Ovid Technologies|Link to the Ovid|^<1\.? *>\s*$", "", _DATABASE, "Ovid"),
    (r"search\.ebsco|openurl\.ebsco|EBSCO Publishing", "", _DATABASE, "EBSCOhost"),
    (r"proquest\.com", "", _DATABASE, "ProQuest"),
    (r"^Provider: American Psychological", "APA PsycInfo", _DATABASE, "APA PsycNet"),
    (r"www\.embase\.com|^[\ufeff\"]{0,2}SEARCH QUERY", "Embase", _DATABASE, "Embase.com"),
    (r"\bCN-\d{8}\b|cochranelibrary", "Cochrane CENTRAL", _DATABASE, "Cochrane Library"),
    (r"\bWOS:\w{8}|^FN Clarivate|^FN ISI", "Web of Science", _DATABASE, "Web of Science"),
    (r"www\.scopus\.com|^DB  - Scopus|2-s2\.0-\d", "Scopus", _DATABASE, "Scopus"),
    (r"^OWN +- ERIC", "ERIC", _DATABASE, "ERIC"),
    (r"^OWN +- NLM|<PubmedArticle\b|^PMID- ", "PubMed", _DATABASE, "PubMed"),
    (r"^[\ufeff\"]{0,2}PMID\"?,\"?Title\"?,\"?Authors", "PubMed", _DATABASE, "PubMed"),
    (r"\bGSRank\b|scholar\.google", "Google Scholar", _DATABASE, "Publish or Perish"),
    (r"www\.jstor\.org", "JSTOR", _DATABASE, "JSTOR"),
    (r"ieeexplore\.ieee", "IEEE Xplore", _DATABASE, "IEEE Xplore"),
    (r"dl\.acm\.org", "ACM Digital Library", _DATABASE, "ACM Digital Library"),
)
_MANAGERS = (
    (r"RAYYAN-|rayyan-\d", "Rayyan"),
    (r"ASReview_|asreview_", "ASReview"),
    (r"Covidence #", "Covidence"),
    (r'zotero\.org|source-app name="Zotero|^[\ufeff"]{0,2}Key"?,"?Item Type', "Zotero"),
    (r'mendeley\.com|source-app name="Mendeley', "Mendeley"),
    (r'source-app name="JabRef', "JabRef"),
    (r'source-app name="Citavi', "Citavi"),
    (r'name="EndNote"|\.enlp?\b', "EndNote"),
    (r"^M4  - Citavi", "Citavi"),
    (r"^ID  - RefID:|RefWorks Tagged", "RefWorks"),
    (r"JabRef|jabref-meta", "JabRef"),
)


def guess(sample: str, entries: Iterable[Entry]) -> Search:
    """Guess source, kind and platform; the source is empty when the content does not say."""
    named = _named(entries)
    for pattern, source, kind, platform in _MARKS:
        if re.search(pattern, sample, re.M):
            return Search(source=source or named, kind=kind, platform=platform)
    return Search(source=named, kind=_DATABASE, platform="")


def dialect(label: str, sample: str, search: Search) -> str:
    """Say in words whose version of the format this is: "RIS as Ovid writes it"."""
    manager = next((name for pattern, name in _MANAGERS if re.search(pattern, sample, re.M)), "")
    writer = manager or search.platform or search.source
    return f"{label} as {writer} writes it" if writer else label


def database_name(text: str) -> str:
    """Return the usual name of a database out of the text of a tag, or nothing."""
    lowered = text.lower()
    return next((name for pattern, name in _DATABASES if pattern.search(lowered)), "")


def database_of(accession: str) -> str:
    """Return the database whose accession numbers look like this one, or nothing."""
    return next((name for form, name in _ACCESSIONS if form.match(accession)), "")


def _named(entries: Iterable[Entry]) -> str:
    found = [name for e in entries if (name := database_name(e.fields.database))]
    # Records of several databases are a library's, not one search's.
    return found[0] if found and len(set(found)) == 1 else ""
