"""Accession numbers: the database that gave one, where its form says so."""

from __future__ import annotations

import re

_FORMS = tuple(
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


def database_of(accession: str) -> str:
    """Return the database whose accession numbers look like this one, or nothing."""
    return next((name for form, name in _FORMS if form.match(accession)), "")
