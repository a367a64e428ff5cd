"""The rules by name: what makes a pair certain, what forbids that, what is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from screener.duplicates.comparison import Comparison
from screener.duplicates.settings import Settings

Test = Callable[[Comparison, Settings], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named test on a pair, and the words that explain it to a person.

    A veto that `contradicts` says that the records differ; the others say that too little is known.
    """

    name: str
    words: str
    holds: Test
    contradicts: bool = True


_ARTICLE_PAGES = 3
_BEGINNING = 70.0
_FULL = 0.9
_PERIODIC_WORDS = """
    annual yearly quarterly monthly weekly year month week report reports statistics abstracts news
    update updates updated highlights trends estimates surveillance census guideline guidelines
    recommendations standards literature
"""
_PERIODIC = frozenset(_PERIODIC_WORDS.split())
_SPELLING = 85.0
"""Titles this alike may be two ways to write down one title, where the place settles the rest."""


# ---- vetoes: while one holds, the pair is never merged without a person ------------------------


def _one_report(pair: Comparison) -> bool:
    """Whether place and text leave no doubt, so that the titles are two spellings of one."""
    if (
        pair.title_unknown
        or pair.authors is not True
        or pair.doi is False
        or pair.abstract is False
    ):
        return False
    near = pair.likeness >= _SPELLING or pair.contains
    if pair.translated and pair.abstract is True and pair.volume is True and _several_pages(pair):
        return True
    if pair.doi is True and pair.abstract is True and not pair.crowded:
        # the chapters of a book may have its DOI and its blurb
        return pair.page is True or (near and pair.page is not False and not pair.wording.numbers)
    return pair.exclusive and (pair.abstract is True or _one_title(pair))


def _several_pages(pair: Comparison) -> bool:
    """Whether they fill the same pages, more than the abstracts of a meeting do."""
    span = min(pair.one.pages.span, pair.other.pages.span)
    return pair.range and span >= _ARTICLE_PAGES


def _one_title(pair: Comparison) -> bool:
    """Whether the titles are one, translated or longer on one side, and do not contradict.

    Without the same abstract no page excuses another word or number: men, women; Part 1, Part 2.
    """
    if pair.wording.numbers:
        return False
    if pair.contains or (pair.translated and pair.same_year):
        return True
    return pair.likeness >= _SPELLING and not pair.wording.replaced


def _replaced(pair: Comparison, _: Settings) -> bool:
    return pair.wording.replaced and not pair.title_unknown and not _one_report(pair)


def _years(pair: Comparison, settings: Settings) -> bool:
    return pair.year_gap is not None and pair.year_gap > settings.years and not pair.versions


def _dois(pair: Comparison, _: Settings) -> bool:
    # a journal's name may be cut short
    journal = pair.journal is True or (pair.journal is None and pair.range and pair.abstract)
    exact = pair.place and journal and not (pair.last_page is False or pair.issue is False)
    text = pair.same_text and pair.page is True and pair.journal is True
    return pair.doi is False and not ((exact and pair.title_same) or text or pair.versions)


def _places(pair: Comparison, _: Settings) -> bool:
    return pair.page is False and not (pair.journal is True and (_online(pair) or _listed(pair)))


def _online(pair: Comparison) -> bool:
    """Whether one text of one volume has pages in print and a number online.

    One text may be presented at two meetings, or printed in two languages: on pages of one kind.
    """
    presented = pair.one.presented or pair.other.presented
    kinds = pair.one.pages.kind != pair.other.pages.kind or pair.last_page is True
    return pair.same_text and pair.volume is True and kinds and not presented


def _listed(pair: Comparison) -> bool:
    """Whether the DOI says that one of the pages is a number of the article, or a wrong one."""
    if not (pair.doi is True and pair.title_same and pair.authors is True):
        return False
    return pair.volume is True or pair.same_text


def _issues(pair: Comparison, _: Settings) -> bool:
    # columns come back in every issue, often on one page, and abstracts in every supplement
    settled = pair.doi is True or pair.versions or (pair.page is True and pair.abstract is True)
    counted = pair.page is False  # a doubt already
    return (pair.issue is False or pair.supplement is False) and not (settled or counted)


def _volumes(pair: Comparison, _: Settings) -> bool:
    # one journal, year and page, title and authors: one of the volumes is a supplement's number
    elsewhere = pair.page is True and pair.journal is True and pair.same_year
    typing = elsewhere and pair.title_same and pair.authors is True
    known = pair.identifier and pair.journal is not False
    return pair.volume is False and not (known or typing or pair.versions)


def _journals(pair: Comparison, _: Settings) -> bool:
    # one meeting has many names; the same range of pages under one title and year does not
    agrees = pair.volume is True or pair.page is True or pair.abstract is True
    known = pair.identifier and agrees
    # "Nephron", "Nephron - Clinical Practice": 37 and c37 of one issue
    numbered = pair.volume is True and pair.issue is True and pair.near_page
    text = (pair.place or numbered) and pair.abstract is True
    pages = pair.range and (pair.same_year or pair.abstract is True or pair.place)
    return pair.journal is False and not (known or text or pages)


def _authors(pair: Comparison, _: Settings) -> bool:
    whole = pair.place and pair.last_page is True and not pair.generic
    return pair.authors is False and not whole


def _abstracts(pair: Comparison, _: Settings) -> bool:
    # databases translate and rewrite abstracts; without the page that is no excuse
    return pair.abstract is False and pair.page is not True and not pair.versions


def _generic(pair: Comparison, _: Settings) -> bool:
    # a title that many documents carry: everything known must agree, and enough must be known
    if not pair.generic:
        return False
    fields = (pair.page, pair.last_page, pair.issue, pair.doi, pair.authors)
    if any(field is False for field in fields):
        return True
    if pair.volume is True and pair.abstract is True:
        return False
    numbered = pair.doi is True or (pair.volume is True and pair.journal is True)
    empty = pair.one.empty_title or pair.other.empty_title
    exact = pair.doi is True or pair.issue is True or not empty
    return not (numbered and exact and pair.page is True and pair.authors is True)


def _presented(pair: Comparison, _: Settings) -> bool:
    # databases give the article's DOI to the abstract of a meeting that came before it
    known = pair.page is True or pair.journal is True or pair.abstract is True
    return pair.one_presented and not known


VETOES = (
    Rule(
        "numbers-differ",
        "the titles differ in a number, part or dose",
        lambda pair, _: pair.wording.numbers and not pair.wording.marked and not _one_report(pair),
    ),
    Rule("word-replaced", "a word of the title is another one", _replaced),
    Rule(
        "kind-differs",
        "one is a correction, retraction, reply, comment or letter",
        lambda pair, _: pair.one.kind != pair.other.kind,
    ),
    Rule("versions-differ", "they are two versions of one review", lambda pair, _: pair.versions),
    Rule("years-differ", "the years are far apart", _years),
    Rule("pmids-differ", "they have different PubMed numbers", lambda pair, _: pair.pmid is False),
    Rule("dois-differ", "they have different DOIs", _dois),
    Rule("pages-differ", "the first pages differ", _places),
    Rule("volumes-differ", "the volumes differ", _volumes),
    Rule("issues-differ", "the issues or supplements differ", _issues),
    Rule("journals-differ", "the journals differ", _journals),
    Rule(
        "meetings-differ",
        "the meetings differ",
        lambda pair, _: pair.meeting is False and not (pair.place or pair.doi is True),
    ),
    Rule("authors-differ", "they share no authors", _authors),
    Rule("abstracts-differ", "the abstracts are different texts", _abstracts),
    Rule(
        "one-presented",
        "one is an abstract of a meeting, and the other may be its article",
        _presented,
        contradicts=False,
    ),
    Rule(
        "number-behind",
        "one title has a number behind it, which may be a part or a footnote's mark",
        lambda pair, _: pair.wording.marked and not (pair.footnote or _one_report(pair)),
        contradicts=False,
    ),
    Rule("generic-title", "many documents carry such a title", _generic, contradicts=False),
)

# ---- certain: the title agrees, and place or identifier agrees ---------------------------------


def _same_place(pair: Comparison, _: Settings) -> bool:
    return pair.place and (pair.journal is True or pair.authors is True) and pair.title_agrees


def _longer_title(pair: Comparison, _: Settings) -> bool:
    # a book's chapters have its DOI, and a page of a meeting's abstracts several reports
    if pair.authors is not True or not (pair.abstract is True or not pair.crowded):
        return False
    if pair.doi is not True or pair.page is False or pair.abstract is False:
        return False
    known = pair.place or pair.abstract is True or (pair.journal is True and pair.same_year)
    return known and (pair.likeness >= _SPELLING or pair.contains)


def _more_words(pair: Comparison, _: Settings) -> bool:
    return (
        (pair.place or (pair.page is True and pair.abstract is True and pair.same_year))
        and pair.range
        and (pair.abstract is True or not pair.crowded)
        and pair.authors is True
        and not (pair.wording.numbers or pair.wording.replaced)
        and pair.likeness >= _SPELLING
    )


def _beginning(pair: Comparison, _: Settings) -> bool:
    spot = pair.place and pair.issue is True and pair.journal is True and pair.same_year
    alone = not (pair.shared_pages or pair.crowded or pair.abstract is False)
    return spot and alone and pair.authors is True and pair.contains and pair.likeness >= _BEGINNING


def _same_pages(pair: Comparison, _: Settings) -> bool:
    return (
        pair.page is True
        and pair.last_page is not False
        and (pair.same_year or pair.abstract is True)
        and pair.authors is True
        and pair.title_agrees
        and (pair.journal is not False or pair.range)
    )


def _same_volume(pair: Comparison, _: Settings) -> bool:
    # a volume has one year: another one is a slip, unless a column comes back
    year = not pair.year_gap or pair.abstract is True or (pair.long_title and pair.near_page)
    return (
        pair.volume is True
        and pair.journal is True
        and pair.authors is True
        and (pair.title_agrees or _longer_text(pair))
        and year
        and _one_kind(pair)
    )


def _longer_text(pair: Comparison) -> bool:
    """Whether one text has a longer title in one of the databases."""
    contradicted = pair.issue is False or pair.page is False
    return pair.contains and pair.abstract is True and not contradicted


def _one_kind(pair: Comparison) -> bool:
    """Whether nothing speaks for an abstract of a meeting on one side and its article."""
    return pair.abstract is True or not pair.one_presented


def _incomplete(pair: Comparison, _: Settings) -> bool:
    return (
        pair.journal is True
        and pair.authors is True
        and (pair.same_year or _ahead(pair))
        and pair.title_agrees
        and (pair.volume is None or pair.page is None)
        and _one_kind(pair)
    )


def _ahead(pair: Comparison) -> bool:
    """Whether a report has the year before as well: online before print, the meeting's own year.

    The title is no column's or yearly report's, and the authors are all the same.
    """
    one, other = pair.one, pair.other
    if one.supplement or other.supplement or one.meeting_name or other.meeting_name:
        return False  # one abstract may be presented in two years
    names = min(len(one.authors), len(other.authors))
    single = pair.title_same and pair.long_title and pair.shared_authors >= _FULL and names > 1
    words = {word for title in pair.titled for word in title.words.split()}
    return single and pair.year_gap == 1 and pair.volume is None and _PERIODIC.isdisjoint(words)


def _same_text(pair: Comparison, _: Settings) -> bool:
    # one text may stand in several journals, so something of the place must be known to agree
    year = pair.same_year or (pair.volume is True and pair.issue is True)
    if not (pair.title_agrees and year and pair.abstract is True):
        return False
    if pair.authors is None:
        return pair.volume is True and pair.journal is True
    return pair.authors and (pair.journal is True or pair.volume is True or pair.page is True)


CERTAIN = (
    Rule("same-doi", "same DOI and title", lambda pair, _: pair.doi is True and pair.title_agrees),
    Rule(
        "same-pmid",
        "same PubMed number and title",
        lambda pair, _: pair.pmid is True and pair.title_agrees,
    ),
    Rule("same-place", "same title, volume and first page", _same_place),
    Rule("same-pages", "same title, authors, year and first page", _same_pages),
    Rule(
        "same-own-pages",
        "same authors, volume and range of pages, similar or translated title",
        lambda pair, _: _one_report(pair),
    ),
    Rule(
        "same-doi-and-place",
        "same DOI and authors, and some of the place or the abstract; one title longer",
        _longer_title,
    ),
    Rule("same-page-range", "same authors, volume and page range, one title longer", _more_words),
    Rule(
        "same-issue-and-page",
        "same authors, journal, volume, issue and page, one title longer",
        _beginning,
    ),
    Rule("same-volume", "same title, authors, journal and volume", _same_volume),
    Rule("same-journal", "same title, authors, journal and year; place not given", _incomplete),
    Rule("same-abstract", "same title, authors, year, abstract and some of the place", _same_text),
)

# ---- questions ---------------------------------------------------------------------------------


def _ask_title(pair: Comparison, settings: Settings) -> bool:
    # of a report without authors, and of a title that many carry, more must be the same
    near = pair.title_same and pair.journal is True and pair.same_year
    if pair.generic or pair.authors is None:
        empty = pair.one.empty_title or pair.other.empty_title
        return near and pair.authors is not False and not empty
    return pair.likeness >= settings.likeness and pair.authors is True


def _ask_bare(pair: Comparison, _: Settings) -> bool:
    # records of which little more than the title is known; pages and journals tell columns apart
    telling = not pair.generic or pair.abstract is True
    if not (pair.title_same and telling and pair.authors is None) or pair.disputed:
        return False
    return pair.one.registry_entry == pair.other.registry_entry


def _ask_place(pair: Comparison, _: Settings) -> bool:
    if pair.authors is False or (pair.generic and pair.issue is False):
        return False
    return pair.exclusive or (pair.place and pair.authors is True and pair.likeness >= 60)


QUESTIONS = (
    Rule(
        "identifier",
        "same DOI or PubMed number",
        lambda pair, _: pair.identifier and (pair.title_unknown or pair.likeness >= 50),
    ),
    Rule("title", "much the same title and authors", _ask_title),
    Rule("place", "same volume and pages, no other authors", _ask_place),
    Rule("bare-title", "same title, no authors to compare, and nothing differs", _ask_bare),
    Rule(
        "title-contains",
        "one title is the beginning of the other",
        lambda pair, _: pair.contains and pair.authors is True,
    ),
)
NAMES = frozenset(rule.name for rule in (*CERTAIN, *VETOES, *QUESTIONS))
