"""Different reports that look alike: how many does the finder merge, as given and with gaps?

Every trap makes two different reports out of one: an abstract and its article, two parts of a
series, a correction, the same abstract at two meetings. The reports are invented ones and, where
the shared data is there, distinct reports of the labelled sets. Printed per trap: the pairs wrongly
merged with every field there, written as another database would, and with a third of the fields
blank (where the sides can be told apart by nothing that is left, a merge is not the rules' fault);
and the pairs asked about as given. The aim is no wrong merge while the fields are there.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from screener.duplicates import kinds
from screener.duplicates.finder import find
from screener.duplicates.found import Found
from screener.units import places
from screener.units.candidate import Candidate

SETS = Path(__file__).resolve().parents[4] / "shared" / "data" / "duplicates"
INVENTED = 90
PER_SET = 25
BLANK = 1 / 3
BLANKED = ("authors", "year", "journal", "volume", "issue", "pages", "doi", "abstract")
MOST_WITH_GAPS = 0.02

Trap = Callable[[Candidate, random.Random], tuple[Candidate, Candidate]]

# ---- the reports -------------------------------------------------------------------------------

CARE = "peer support/sitagliptin/weekly messages/vitamin A/a low dose of 2.5 mg/yoga/light therapy"
AIMS = "restless nights/fatal falls/viral load/recovery/local pain/weight gain/early relapse"
WHO = "adults/women/patients aged over 65 years/CD4+ carriers/nurses/rats/men with stage II disease"
WHERE = "remote clinics/two valleys/primary care/a mountain district/harbour towns/night shifts"
HOW = "a randomised trial/a cohort study/a systematic review/a case series/results of phase 2"
NAMES = "Brandvik Oyelaran Castellanos Zdunek Farkas Obuya Petit Zielonka Quist Halvorsen Ito Mbeki"
JOURNALS = (
    "Invented Journal of Psychiatry/Annals of Imagined Nursing/Journal of Unwritten Cohorts/"
    "European Archives of Fiction/Mills and Medicine"
)
SENTENCES = (
    "Few have asked what helps where nobody else is near. We allocated 212 people at random. "
    "Outcomes were rated by two people who did not know the group. The groups differed by 3.1 "
    "points after six months. Six people left the study early. More people should be asked."
)


def invented(count: int, rng: random.Random) -> list[Candidate]:
    made = []
    for number in range(count):
        care, aim, who, where, how = (
            rng.choice(words.split("/")) for words in (CARE, AIMS, WHO, WHERE, HOW)
        )
        page = rng.randrange(20, 900)
        made.append(
            Candidate(
                id=str(number),
                title=f"Effects of {care} on {aim} among {who} in {where} {number}: {how}",
                authors="; ".join(f"{name}, A." for name in rng.sample(NAMES.split(), 4)),
                year=str(rng.randint(2001, 2024)),
                journal=rng.choice(JOURNALS.split("/")),
                volume=str(rng.randint(2, 80)),
                issue=str(rng.randint(2, 11)),
                pages=f"{page}-{page + rng.randint(4, 12)}",
                doi=f"10.5555/{number}.{page}",
                abstract=f"{who} and {aim} in {where}, {number}: {care}. {SENTENCES}",
            )
        )
    return made


def labelled(rng: random.Random) -> Iterable[Candidate]:
    """Articles of the labelled sets that have a telling title, one record of each."""
    csv.field_size_limit(1 << 30)
    for path in sorted(SETS.glob("*.csv")):
        with path.open(newline="", encoding="utf-8-sig") as stream:
            rows = {row["duplicate_group"]: row for row in csv.DictReader(stream)}
        articles = [row for row in rows.values() if telling(row)]
        for row in rng.sample(articles, PER_SET):
            yield replace(Candidate.from_row(row), id=f"{path.stem}-{row['record_id']}", pmid="")


def telling(row: dict[str, str]) -> bool:
    presented = places.conference(row["journal"]) or places.supplement(row["volume"], row["number"])
    if presented or kinds.kind_of(row["title"]):
        return False
    pages = places.pages(row["pages"])
    return len(row["title"].split()) > 6 and pages.kind == "print" and not pages.guessed


# ---- the traps ---------------------------------------------------------------------------------


def other_journal(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    """A guideline that two journals print."""
    place = {"volume": str(rng.randint(90, 200)), "pages": "1011-1022", "issue": "1", "doi": ""}
    return one, replace(one, journal="Gazette of Double Prints", **place)


def abstract_of(one: Candidate, rng: random.Random) -> Candidate:
    return replace(
        one,
        journal=one.journal + ". Conference: 7th Invented Congress. Turin Italy",
        volume=f"{one.volume} (Supplement 1)",
        issue="",
        pages=f"S{rng.randint(1, 400)}",
        doi="",
        abstract=f"Aim: to look ahead. {one.abstract[len(one.abstract) // 2 :]} To be continued.",
    )


def abstract_and_article(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    return one, abstract_of(one, rng)


def abstract_with_the_articles_doi(
    one: Candidate, rng: random.Random
) -> tuple[Candidate, Candidate]:
    other = abstract_of(one, rng)
    return one, replace(other, doi=one.doi, journal="Meetings Weekly", volume="138 (Suppl 1)")


def bare_abstract_and_article(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    return one, replace(abstract_of(one, rng), volume="", issue="", pages="", abstract="")


def two_meetings(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    """One abstract in two supplements of one journal and year."""
    place = {"doi": "", "issue": ""}
    return (
        replace(one, volume=f"{one.volume} Suppl 1", pages=f"S{rng.randint(1, 99)}", **place),
        replace(one, volume=f"{one.volume} (SUPPL. 3)", pages=f"S{rng.randint(100, 400)}", **place),
    )


def cut_supplements(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    """The same where "36 (Supplement 1)" was cut at the bracket, one side without pages."""
    left, right = two_meetings(one, rng)
    return replace(left, volume="1)"), replace(right, volume="3)", pages="")


def two_meetings_glued(one: Candidate, _: random.Random) -> tuple[Candidate, Candidate]:
    place = {"volume": "", "issue": "", "pages": "", "doi": ""}
    return (
        replace(one, journal=f"{one.journal}.Conference: 3rd Winter School. Oslo Norway", **place),
        replace(one, journal=f"{one.journal}.Conference: 12th Summer Days. Bari Italy", **place),
    )


def two_journals_glued(one: Candidate, _: random.Random) -> tuple[Candidate, Candidate]:
    place = {"volume": "", "issue": "", "pages": "", "doi": ""}
    return (
        replace(one, journal="BRAIN BEHAVIOUR AND FICTION.Conference: 3rd Winter School", **place),
        replace(one, journal="Fiction Research.Conference: 12th Summer Days. Bari", **place),
    )


def _next_article(one: Candidate, **changes: str) -> Candidate:
    """The article that begins where this one ends."""
    last = int((re.findall(r"\d+", one.pages) or ["40"])[-1]) % 10_000
    doi = one.doi + "9" if one.doi else ""
    return replace(one, **{"pages": f"{last + 1}-{last + 9}", "doi": doi, **changes})


SERIES = (
    ", part 1/, part 2", " I/ II", ": part A/: part B", " (2017)/ (2018)", ": day one/: day two",
)  # fmt: skip
TWINS = (
    "adults/adolescents", "men/women", "with insulin/without insulin", "sitagliptin/linagliptin",
    "prednisone/prednisolone", "citalopram/escitalopram", "amlodipine/felodipine", "fetal/fatal",
    "vitamin A/vitamin E", "hepatitis A/hepatitis B", "2.5 mg/25 mg", "CD4+ cells/CD4- cells",
    "dapagliflozin/canagliflozin", "short term/long term", "the liver/the brain", "local/vocal",
    "no effect/effect", "weight/height", "nilotinib/erlotinib", "over 65 years/under 65 years",
    "aged > 65 years/aged < 65 years", "expression/depression", "ureteral/urethral",
    "phase 2/phase 3", "type I/type II", "IL-8/IL-18", "six months/twelve months",
    "letters [part 1: adults]/letters [part 2: children]",
)  # fmt: skip


def series(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    left, right = rng.choice(SERIES).split("/")
    other = _next_article(one, title=one.title + right)
    return replace(one, title=one.title + left), other


def _twins(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    """Two reports by one template: a word is another one in title and abstract."""
    left, right = rng.choice(TWINS).split("/")
    return (
        replace(one, title=f"{one.title} and {left}", abstract=f"On {left}: {one.abstract}"),
        replace(one, title=f"{one.title} and {right}", abstract=f"On {right}: {one.abstract}"),
    )


def twin_articles(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    left, right = _twins(one, rng)
    return left, _next_article(right)


def twins_on_one_page(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    """Two abstracts of one supplement, on one page, with one DOI for all."""
    place = {"issue": "Suppl 1", "pages": f"S{rng.randint(1, 400)}", "doi": "10.5555/supplement"}
    left, right = _twins(one, rng)
    return replace(left, **place), replace(right, **place)


def twins_without_pages(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    left, right = _twins(one, rng)
    return replace(left, pages="", doi=""), replace(right, pages="", doi="")


def longer_title_on_one_page(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    page = rng.randint(1, 400)
    place = {"issue": "Suppl 1", "pages": f"S{page}-S{page + 1}", "doi": "10.5555/supplement"}
    text = "Second look. " + one.abstract[60:] + " The second year was like the first."
    other = replace(one, title=one.title + ": the second year", abstract=text, **place)
    return replace(one, **place), other


def chapters(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    """Two chapters of one book: its DOI, editors and blurb, and no pages."""
    book = {"volume": "", "issue": "", "pages": "", "doi": f"10.5555/{rng.randrange(10**12)}"}
    other = replace(one, title=" ".join(reversed(one.title.split())), **book)
    return replace(one, **book), other


def column(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    """A column that comes back in every issue, often on the same page."""
    title = "What the night shift read this month"
    left = replace(one, title=title, doi="", abstract="", issue="3")
    same_page = {"pages": one.pages}
    return left, _next_article(left, issue="4", **rng.choice(({"pages": ""}, {}, same_page)))


def editorial(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    title = rng.choice(("Editorial", "Letter to the editor", "In this issue", "Authors' reply"))
    left = replace(one, title=title, doi="", abstract="", pages="12", issue="")
    return left, replace(left, pages=rng.choice(("", "13")))


def guideline_without_pages(one: Candidate, _: random.Random) -> tuple[Candidate, Candidate]:
    """Printed by two journals whose volumes have one number."""
    place = {"issue": "", "pages": "", "doi": ""}
    return replace(one, **place), replace(one, journal="Gazette of Double Prints", **place)


def another_edition(one: Candidate, _: random.Random) -> tuple[Candidate, Candidate]:
    """The article in another language of one journal, on its own pages."""
    return one, _next_article(one, title=f"[{one.title}]", doi="")


def thesis(one: Candidate, _: random.Random) -> tuple[Candidate, Candidate]:
    book = {"journal": "", "volume": "", "issue": "", "pages": "1-212", "doi": "", "abstract": ""}
    return one, replace(one, authors=re.split(r"; | and ", one.authors)[0], **book)


def same_author_reply(one: Candidate, _: random.Random) -> tuple[Candidate, Candidate]:
    return one, _next_article(one, title=one.title + " - Reply", abstract="")


def erratum(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    head = rng.choice(("Erratum to: ", "CORRECTIONS: ", "Correction to ", "Corrigendum: "))
    doi = one.doi and one.doi + rng.choice(("", "corr1"))
    return one, replace(one, title=head + one.title, doi=doi, pages=rng.choice((one.pages, "")))


def erratum_by_place(one: Candidate, _: random.Random) -> tuple[Candidate, Candidate]:
    title = f"{one.title} (vol {one.volume or 3}, pg 34, {one.year or 2005})"
    return one, replace(one, title=title, abstract="", pages="", doi="")


def review_versions(one: Candidate, rng: random.Random) -> tuple[Candidate, Candidate]:
    page = f"CD{rng.randint(1000, 9999):06}"
    library = {"journal": "Cochrane Database of Systematic Reviews", "volume": "", "pages": page}
    doi = f"10.1002/14651858.{page}.pub"
    return (
        replace(one, doi=doi + "2", issue="1", year="2012", **library),
        replace(one, doi=doi + "3", issue="5", year=rng.choice(("2012", "2015")), **library),
    )


def protocol(one: Candidate, _: random.Random) -> tuple[Candidate, Candidate]:
    ahead = {"title": one.title + ": study protocol", "abstract": "We plan. " + one.abstract[80:]}
    return one, _next_article(one, **ahead)


def preprint(one: Candidate, _: random.Random) -> tuple[Candidate, Candidate]:
    place = {"volume": "", "issue": "", "pages": "", "doi": "10.1101/2020.01.02.20000123"}
    return one, replace(one, journal="medRxiv", **place)


def registry_entry(one: Candidate, _: random.Random) -> tuple[Candidate, Candidate]:
    place = {"volume": "", "issue": "", "pages": "", "doi": "", "abstract": "Recruiting."}
    return one, replace(one, journal="ClinicalTrials.gov", **place)


TRAPS: tuple[Trap, ...] = (
    other_journal, guideline_without_pages, abstract_and_article, abstract_with_the_articles_doi,
    bare_abstract_and_article, two_meetings, cut_supplements, two_meetings_glued,
    two_journals_glued, series, twin_articles, twins_on_one_page, twins_without_pages,
    longer_title_on_one_page, chapters, column, editorial, another_edition, same_author_reply,
    erratum, erratum_by_place, review_versions, protocol, preprint, registry_entry, thesis,
)  # fmt: skip

# ---- the count ---------------------------------------------------------------------------------


def main() -> int:
    rng = random.Random(11)
    reports = invented(INVENTED, rng)
    if SETS.is_dir():
        reports += labelled(rng)
    print(f"{len(reports)} reports; wrong merges as given, rewritten, with gaps; asked")
    bad = gaps = 0
    for trap in TRAPS:
        pairs = [trap(report, rng) for report in reports]
        given = find(sides(pairs))
        written = wrong(find(sides([(rewritten(one), other) for one, other in pairs])))
        blank = wrong(find(sides([(blanked(a, rng), blanked(b, rng)) for a, b in pairs])))
        asked = sum(len(question.pairs) for question in given.ask)
        print(f"{trap.__name__:32}{wrong(given):6}{written:6}{blank:6}{asked:8}")
        bad += wrong(given) + written
        gaps += blank
    most = MOST_WITH_GAPS * len(reports) * len(TRAPS)
    print(f"{bad} wrong merges with all fields, {gaps} with gaps (at most {most:.0f})")
    return 1 if bad or gaps > most else 0


def sides(pairs: list[tuple[Candidate, Candidate]]) -> list[Candidate]:
    return [
        replace(side, id=f"{number}{name}")
        for number, pair in enumerate(pairs)
        for name, side in zip("ab", pair, strict=True)
    ]


def wrong(found: Found) -> int:
    """Count what was merged: no two records here are of one report."""
    return sum(len(group.records) - 1 for group in found.certain)


def rewritten(one: Candidate) -> Candidate:
    """In capitals, the authors cut, the year a number, the DOI a link, nothing said as "nan"."""
    texts = {name: getattr(one, name) or "nan" for name in BLANKED}
    return replace(
        one,
        **texts
        | {
            "title": one.title.upper(),
            "authors": re.split(r"; | and ", one.authors)[0] + " et al.",
            "year": one.year and one.year + ".0",
            "journal": one.journal.upper(),
            "doi": one.doi and f"https://doi.org/{one.doi.upper()}",
        },
    )


def blanked(one: Candidate, rng: random.Random) -> Candidate:
    return replace(one, **{name: "" for name in BLANKED if rng.random() < BLANK})


if __name__ == "__main__":
    sys.exit(main())
