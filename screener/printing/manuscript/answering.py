"""What a report answers of each item of PRISMA 2020 and PRISMA-S, and what of it is missing.

Each answer was written with the item's words beside it: an item is answered only where what is
printed says all that it asks; what no project file can hold is the authors' to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from screener.model import Batch, SourceKind
from screener.model.words import counted, listed
from screener.printing.manuscript.facts import Facts, FormFacts, StepFacts
from screener.printing.manuscript.lacks import (
    APPRAISING,
    COLLECTING,
    PROTOCOL,
    RESULTS,
    SEARCHES,
    SELECTING,
    Answer,
    Lack,
)
from screener.printing.manuscript.searching import is_none, register_of, unexplained


def _write(*what: str) -> Callable[[Facts], Answer]:
    """Answer an item of which no project file holds anything."""
    return lambda _: Answer(lacks=tuple(map(Lack, what)))


def _answer(where: str, *lacks: Lack | None) -> Answer:
    return Answer(where, tuple(one for one in lacks if one))


# --- protocol ------------------------------------------------------------------------------------


def _title(facts: Facts) -> Answer:
    if "systematic review" in facts.protocol.title.lower():
        return Answer("Facts of the review")
    return Answer(lacks=(Lack("a title that names the report a systematic review"),))


def _question(facts: Facts) -> Answer:
    if facts.protocol.question:
        return Answer("Eligibility criteria")
    return Answer(lacks=(Lack("the question of the review", PROTOCOL),))


def _criteria(facts: Facts) -> Answer:
    said = [one for one in facts.protocol.criteria if one.include or one.exclude]
    if not said:
        return Answer(lacks=(Lack("what the criteria include and exclude", PROTOCOL),))
    mute = [one.name for one in facts.protocol.criteria if one not in said]
    return _answer(
        "Eligibility criteria",
        Lack(f"what is included and excluded by {listed(mute)}", PROTOCOL) if mute else None,
        Lack("how studies were grouped for the syntheses"),
    )


def _registration(facts: Facts) -> Answer:
    number = facts.protocol.registration
    if not number:
        return Answer(lacks=(Lack("the registration, or that there is none", PROTOCOL),))
    named = register_of(number)
    return _answer(
        "Protocol and registration", None if named else Lack("the name of the register", PROTOCOL)
    )


def _amended(facts: Facts) -> Answer:
    if not facts.versions:
        return Answer(lacks=(Lack("amendments of what was registered"),))
    mute = [str(one.number) for one in facts.versions[1:] if not one.why]
    several = len(facts.versions) > 1
    return _answer(
        "Versions of the protocol" if several else "Protocol and registration",
        Lack(f"why version {listed(mute)} of the protocol was made", PROTOCOL) if mute else None,
        Lack("amendments of what was registered"),
    )


# --- searches ------------------------------------------------------------------------------------

_LISTED = (SourceKind.DATABASE, SourceKind.REGISTER, SourceKind.WEBSITE)
_EVERY = tuple(SourceKind)
_PLATFORM = ("platform", "the platform of {}")
_DAY = ("searched", "the date of the search of {}")
_STRATEGY = ("strategy", "the search strategy of {}")
_LIMITS = ("limits", "whether there were limits to the search of {}")
_FILTERS = ("filters", "whether there were filters in the search of {}")
_NO_SEARCH = Lack("the searches: none was imported", SEARCHES)


def sources(of: Iterable[Batch]) -> tuple[str, ...]:
    """Return the sources of some searches, each once."""
    return tuple(dict.fromkeys(one.search.source for one in of))


def _searched(
    where: str, kinds: Sequence[SourceKind], *fields: tuple[str, str]
) -> Callable[[Facts], Answer]:
    def answer(facts: Facts) -> Answer:
        of = [one for one in facts.standing if one.search.kind in kinds]
        if not of:
            return Answer(lacks=(_NO_SEARCH,))
        return Answer(where, tuple(_without(of, fields)))

    return answer


def _without(of: Sequence[Batch], fields: Iterable[tuple[str, str]]) -> Iterator[Lack]:
    for field, words in fields:
        without = [one for one in of if not str(getattr(one.search, field) or "").strip()]
        if without:
            yield Lack(words, SEARCHES, sources(without))


def _databases(facts: Facts) -> Answer:
    here = [one for one in facts.standing if one.search.kind.is_database]
    if not here:
        return Answer(lacks=(Lack("databases: none was searched", SEARCHES),))
    return Answer("Information sources", tuple(_without(here, [_PLATFORM])))


def _registries(facts: Facts) -> Answer:
    here = [one for one in facts.standing if one.search.kind is SourceKind.REGISTER]
    if not here:
        return Answer(lacks=(Lack("whether study registries were searched"),))
    which = "which of the registers searched ({}) is a study registry, and whether others were"
    return Answer("Information sources", (Lack(f"{which} searched", of=sources(here)),))


def _of_kinds(kinds: Sequence[SourceKind], none: str, *more: str) -> Callable[[Facts], Answer]:
    def answer(facts: Facts) -> Answer:
        here = [one for one in facts.standing if one.search.kind in kinds]
        if not here:
            return Answer(lacks=(Lack(none),))
        return Answer("Information sources", (*_without(here, [_STRATEGY]), *map(Lack, more)))

    return answer


def _limits(facts: Facts) -> Answer:
    found = _searched("Information sources; Sources", _EVERY, _LIMITS)(facts)
    limited = [
        one for one in facts.standing if one.search.limits and not is_none(one.search.limits)
    ]
    if not limited:
        return found
    why = Lack("the justification of the limits to the search of {}", of=sources(limited))
    return Answer(found.where, (*found.lacks, why))


def _filters(facts: Facts) -> Answer:
    found = _searched("Information sources; Sources", _EVERY, _FILTERS)(facts)
    used = [one for one in facts.standing if one.search.filters and not is_none(one.search.filters)]
    if not used:
        return found
    cited = Lack("the citation of the search filters used in {}", of=sources(used))
    return Answer(found.where, (*found.lacks, cited))


def _updates(facts: Facts) -> Answer:
    how = Lack("whether and how the searches were updated")
    days: dict[str, set[str]] = {}
    for one in facts.standing:
        days.setdefault(one.search.source, set()).add(one.search.searched)
    again = any(len(several - {""}) > 1 for several in days.values())
    if again or facts.protocol.previous is not None:
        return Answer("Information sources", (how,))
    return Answer(lacks=(how,))


def _total(facts: Facts) -> Answer:
    if not facts.standing:
        return Answer(lacks=(_NO_SEARCH,))
    return Answer("Sources", tuple(_announced(facts)))


def _announced(facts: Facts) -> Iterator[Lack]:
    without = [one for one in facts.standing if one.search.claimed is None]
    if without:
        yield Lack("the number of records announced by {}", SEARCHES, sources(without))
    for one in facts.standing:
        if unexplained(one):
            yield Lack(
                f"why {one.search.source} announced {counted(one.search.claimed or 0, 'record')}"
                f" and {one.parsed:,} {'was' if one.parsed == 1 else 'were'} read",
                SEARCHES,
            )


def _deduplicated(facts: Facts) -> Answer:
    if not facts.standing:
        return Answer(lacks=(_NO_SEARCH,))
    return Answer("Duplicates and records removed")


# --- selection, forms ----------------------------------------------------------------------------


def _selection(facts: Facts) -> Answer:
    begun = [one for one in facts.stages if one.begun]
    if not begun:
        return Answer(lacks=(Lack("the selection: nobody has decided anything", SELECTING),))
    idle = [
        Lack(f"{one.words.lower()}: nobody has decided anything", SELECTING)
        for one in facts.stages
        if not one.begun
    ]
    lacks = (*_unfinished(begun, SELECTING, "record"), *idle)
    return Answer("Selection of studies; Consensus; Automation", lacks)


def _unfinished(steps: Sequence[StepFacts], group: str, noun: str) -> Iterator[Lack]:
    many = ("studies",) if noun == "study" else ()
    for one in steps:
        if one.short:
            what = counted(one.short, noun, *many)
            asked = "that fewer reviewers have answered than are asked for"
            yield Lack(f"{one.words}: {what} {asked}", group)
        if one.hidden:
            what = counted(one.hidden, noun, *many)
            yield Lack(f"{one.words}: {what} that not everybody has closed", group)


def _begun(facts: Facts, *, appraisal: bool) -> tuple[list[FormFacts], tuple[Lack, ...]]:
    """Return the forms of a kind that were begun, and what is missing of the kind."""
    group = APPRAISING if appraisal else COLLECTING
    here = [one for one in facts.forms if one.appraisal is appraisal]
    begun = [one for one in here if one.step.begun]
    if not here:
        what = "an appraisal" if appraisal else "data"
        return [], (Lack(f"{what} of the included studies: there is no form for it", group),)
    idle = (
        Lack(f"{one.step.words}: nobody has answered it", group)
        for one in here
        if not one.step.begun
    )
    lacks = [*idle, *_unfinished([one.step for one in begun], group, "study")]
    for one in begun:
        reach = one.step.reach
        if reach is not None and reach.opened < reach.included:
            out = counted(reach.included - reach.opened, "included study", "included studies")
            lacks.append(Lack(f"{one.step.words}: {out} it was not opened for", group))
    return begun, tuple(lacks)


def _forms(where: str, *more: str, appraisal: bool = False) -> Callable[[Facts], Answer]:
    def answer(facts: Facts) -> Answer:
        begun, lacks = _begun(facts, appraisal=appraisal)
        if not begun:
            return Answer(lacks=lacks)
        return Answer(where, (*lacks, *map(Lack, more)))

    return answer


def _appraisal(facts: Facts) -> Answer:
    found = _forms("Appraisal of the studies; Automation", appraisal=True)(facts)
    if not found.where:
        return found
    mute = [one.step.words for one in facts.forms if one.appraisal and not one.reference]
    source = (Lack(f"where {listed(mute)} is from", APPRAISING),) if mute else ()
    return Answer(found.where, (*found.lacks, *source))


# --- results -------------------------------------------------------------------------------------


def _flow(facts: Facts) -> Answer:
    if facts.flow.nothing_identified:
        return Answer(lacks=(Lack("records: there are none", RESULTS),))
    draft = Lack("the final numbers: the flow is a draft", RESULTS) if facts.flow.draft else None
    return _answer("Study selection; PRISMA 2020 flow diagram", draft)


def _excluded(facts: Facts) -> Answer:
    mute = sum(not one.why for one in facts.excluded)
    if facts.excluded:
        reports = counted(mute, "excluded report")
        why = Lack(f"the reason of {reports}", RESULTS) if mute else None
        return _answer("Reports excluded at full text", why)
    if facts.full_text.begun and not facts.flow.draft:
        return Answer("Study selection")
    return Answer(lacks=(Lack("reports excluded at full text: there are none yet", RESULTS),))


def _included(facts: Facts) -> Answer:
    if facts.studies is None or not facts.flow.new_reports:
        return Answer(lacks=(Lack("included studies: there are none", RESULTS),))
    where = "Included studies; Characteristics of included studies"
    _, lacks = _begun(facts, appraisal=False)
    return Answer(where, lacks)


def _results(facts: Facts) -> Answer:
    each = "summary statistics of each group, and an effect estimate with its precision,"
    found = _forms("Characteristics of included studies", f"{each} for every outcome")(facts)
    return found if facts.flow.new_reports else Answer(lacks=found.lacks)


PRISMA_2020: Mapping[str, Callable[[Facts], Answer]] = {
    "1": _title,
    "2": _write("the abstract"),
    "3": _write("the rationale"),
    "4": _question,
    "5": _criteria,
    "6": _searched("Information sources; Sources", _EVERY, _DAY),
    "7": _searched("Search strategies; Information sources", _LISTED, _STRATEGY, _LIMITS, _FILTERS),
    "8": _selection,
    "9": _forms(
        "Data collection; Automation",
        "processes for obtaining or confirming data from study investigators",
    ),
    "10a": _forms(
        "Fields of the forms",
        "the definition of each outcome",
        "whether all results compatible with each outcome were sought, and if not, how they were"
        " chosen",
    ),
    "10b": _forms(
        "Fields of the forms",
        "the definition of each variable",
        "assumptions made about missing or unclear information",
    ),
    "11": _appraisal,
    "12": _write("the effect measures"),
    "13a": _write("how the studies for each synthesis were chosen"),
    "13b": _write("how data were prepared for synthesis"),
    "13c": _write("how results were tabulated and displayed"),
    "13d": _write("how the synthesis was done, and why so"),
    "13e": _write("how causes of heterogeneity were explored"),
    "13f": _write("sensitivity analyses"),
    "14": _write("how reporting biases were assessed"),
    "15": _write("how certainty was assessed"),
    "16a": _flow,
    "16b": _excluded,
    "17": _included,
    "18": _forms("Ratings", appraisal=True),
    "19": _results,
    "20a": _write("characteristics and risk of bias of the studies of each synthesis"),
    "20b": _write("results of the syntheses"),
    "20c": _write("what was found of causes of heterogeneity"),
    "20d": _write("results of sensitivity analyses"),
    "21": _write("assessments of reporting biases"),
    "22": _write("assessments of certainty"),
    "23a": _write("interpretation of the results"),
    "23b": _write("limitations of the evidence"),
    "23c": _write("limitations of the review processes"),
    "23d": _write("implications"),
    "24a": _registration,
    "24b": _write("where the protocol can be read"),
    "24c": _amended,
    "25": _write("support"),
    "26": _write("competing interests"),
    "27": _write("availability of data, code and other materials"),
}
PRISMA_S: Mapping[str, Callable[[Facts], Answer]] = {
    "1": _databases,
    "2": _write("whether databases were searched together on one platform"),
    "3": _registries,
    "4": _of_kinds(
        (SourceKind.WEBSITE, SourceKind.ORGANISATION),
        "whether online or print sources were searched or browsed",
    ),
    "5": _of_kinds((SourceKind.CITATION_SEARCHING,), "whether citations were searched"),
    "6": _write("whether authors, experts or others were contacted"),
    "7": _write("whether other sources or methods were used"),
    "8": _searched("Search strategies", _EVERY, _STRATEGY),
    "9": _limits,
    "10": _filters,
    "11": _write("whether strategies of other reviews were used"),
    "12": _updates,
    "13": _searched("Information sources; Sources", _EVERY, _DAY),
    "14": _write("whether the searches were peer reviewed"),
    "15": _total,
    "16": _deduplicated,
}
