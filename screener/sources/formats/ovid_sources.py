"""The source lines of the databases on Ovid: each writes journal, numbers and date in an order."""

from __future__ import annotations

import re

_JOURNAL = re.compile(
    r"^(?P<journal>.{2,300}?)\.\s+(?:Vol\.?\s*)?(?P<volume>[A-Za-z]{0,3}\d[\w-]{0,9})"
    r"\s?(?:\((?P<issue>[^()]{1,40})\))?"
    r"\s?(?:\(pp?\.?\s*(?P<brackets>[^()]{1,40})\)|:\s*(?P<pages>[\w-]{1,30}))?(?P<rest>.*)$",
    re.S,
)
_AFTER = re.compile(r"\bpp?\.?\s*(\w+\s?-\s?\w+|\w+)|,\s*(\d+-\d+)\s*\.?$")
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_SEASONS = rf"(?:{_MONTHS}|Spring|Summer|Autumn|Fall|Winter)"
_DATE = (
    rf"(?P<date>(?:(?:\d{{1,2}}\s+)?{_SEASONS}(?:\s?[/-]\s?\w{{3,9}}\.?)?\s+(?:\d{{1,2}},?\s+)?)?"
    rf"(?:19|20)\d\d(?:\s+{_MONTHS}(?:\s+\d{{1,2}})?)?)"
)
_VOLUME = r"(?P<volume>[A-Za-z]{0,3}\d[\w-]{0,9}(?:\s?Suppl\.?\s?\w{0,4})?)"
_ISSUE = r"(?P<issue>[^()]{1,40})"
_NUMBER = r"(?P<issue>[\w/-]{1,12})"
_PAGES = r"(?P<pages>[A-Za-z]{0,3}\d[\w.]{0,12}(?:\s?[-\u2013]\s?\w{1,12})?)"
_ORDERS = tuple(
    re.compile(rf"^(?P<journal>.{{2,300}}?)[.,:;]?\s*{order}", re.S)
    for order in (
        # Journals@Ovid, AMED: "... June 2015;58(6):688-696"
        rf"(?<=[\s.,]){_DATE}\s*;\s*{_VOLUME}?\s?(?:\({_ISSUE}\))?\s*:\s*{_PAGES}",
        # International Political Science Abstract: "... 12, Winter 2007: 7-14", "... 2013(1): 3-28"
        rf"(?<=[\s.,]){_VOLUME}\s?(?:\({_ISSUE}\))?,\s*{_DATE}\s*:\s*{_PAGES}",
        rf"(?<=[\s.,]){_DATE}\s?\({_ISSUE}\)\s*:\s*{_PAGES}",
        # EconLit: "..., December 2015, v. 105, iss. 12, pp. 3443-69"
        rf"(?<=[\s.,]){_DATE},\s+v\.?\s?{_VOLUME}(?:,\s+(?:iss|no)\.?\s?{_NUMBER})?,\s+pp?\.?\s?{_PAGES}",
        # CAB Abstracts, Global Health: "... 2009. 92(3): 1-10", "... 2009 Vol.92 No.3 pp.1-10"
        rf"(?<=[\s.,]){_DATE}[.;,]?\s+(?:Vol\.?\s*)?{_VOLUME}\s?(?:\({_ISSUE}\))?\s*:\s*{_PAGES}",
        rf"(?<=[\s.,]){_DATE}[.;,]?\s+Vol\.?\s*{_VOLUME},?\s+No\.?\s*{_NUMBER},?\s+pp?\.?\s*{_PAGES}",
        # ERIC: "... v43 n5 p623-634 Sep 2015"
        rf"(?<=[\s.,])v\.?\s?{_VOLUME}(?:\s+n\.?\s?{_NUMBER})?(?:\s+pp?\.?\s?{_PAGES})?(?:\s+{_DATE})?$",
        # HMIC: "...: Vol 115(5955) 12 May 2005, pp 12-13"
        rf"(?<=[\s.,:])Vol\.?\s?{_VOLUME}\s?(?:\({_ISSUE}\))?,?\s+{_DATE},?\s+pp?\.?\s?{_PAGES}",
        # A chapter of a book: "Methods in the analysis of walks.:371-397, 2004."
        rf"(?<=[\w.])[:,]\s?(?:pp?\.?\s?)?{_PAGES},\s*{_DATE}",
    )
)
_EDITORS = re.compile(r"^(?:[^\[\]]{2,80}\[[^\]]{0,200}Editor[^\]]{0,200}\][.,;]?\s*)+")
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d$")
_TOO_MUCH = re.compile(r"(?:19|20)\d\d\b|\bv$", re.I)  # of a journal
_LONGEST = 1000


def apart(text: str) -> dict[str, str]:
    """Take a source line apart: journal, volume, issue, pages, and the rest, which has the date.

    Nothing when it is written in no known order.
    """
    text = _EDITORS.sub("", text)
    if len(text) > _LONGEST:
        return {}
    match = _JOURNAL.match(text)
    if not match or _YEAR_ALONE.match(match["volume"]) or _TOO_MUCH.search(match["journal"]):
        for order in _ORDERS:
            if other := order.match(text.rstrip(". ")):
                found = {name: value or "" for name, value in other.groupdict().items()}
                return found | {"rest": found["date"]}
    if not match:
        return {}
    found = {name: value or "" for name, value in match.groupdict().items()}
    after = _AFTER.search(found["rest"])
    behind = (after[1] or after[2]) if after else ""
    return found | {"pages": found["pages"] or found["brackets"] or behind}
