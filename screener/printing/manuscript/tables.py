"""The tables of a report: what was searched, judged, found, left out, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from screener.consensus.told import Happened
from screener.model import Batch, Stage
from screener.model.words import counted, listed
from screener.printing import document as d
from screener.printing.manuscript.facts import Facts, Listed, Part, StepFacts, Version
from screener.printing.manuscript.searching import KINDS
from screener.printing.manuscript.selecting import COORDINATOR
from screener.printing.manuscript.voice import Voice
from screener.studies.tables import Sheet

_PROSPERO = re.compile(r"CRD4\d{4}(\d{3,9})")


def facts_of(facts: Facts, draft: str, voice: Voice) -> d.Table:
    """Return the table of the title page."""
    of = facts.protocol
    registered = d.words(d.Run(of.registration, link=registration_link(of.registration)))
    rows: list[tuple[str, d.Words]] = [
        (voice("Review"), d.words(of.title)),
        (voice("Question"), d.words(of.question)),
        (voice("Registration"), registered if of.registration else ()),
        (voice("Protocol"), d.words(_version(facts.versions))),
        (voice("Reviewers"), d.words(listed(facts.reviewers))),
        (voice("Arbitrators"), d.words(listed(facts.arbitrators))),
        (voice("Records identified"), d.words(_identified(facts))),
        (voice("Included"), d.words(_included(facts))),
        (voice("State"), d.words(f"DRAFT. {draft}" if draft else voice("Nothing is open."))),
        (voice("Program"), d.words(f"Screener {facts.program}".strip())),
    ]
    told = [(name, said) for name, said in rows if d.plain(said)]
    heads = (voice("Item"), voice("Entry"))
    return d.table(voice("Facts of the review"), heads, told, widths=(1, 4))


def registration_link(number: str) -> str:
    """Return where a registration can be read, "" where that cannot be told of its number."""
    bare = number.strip()
    if found := _PROSPERO.fullmatch(bare.upper()):
        record = int(found.group(1))
        return f"https://www.crd.york.ac.uk/prospero/display_record.php?RecordID={record}"
    return doi_link(bare) if bare.startswith("10.") and " " not in bare else ""


def doi_link(doi: str) -> str:
    """Return where a DOI leads; what an address cannot hold is written as its bytes."""
    return f"https://doi.org/{quote(doi, safe='/:;().,-_~+')}"


def _version(versions: Sequence[Version]) -> str:
    return f"version {versions[-1].number} of {versions[-1].day}" if versions else ""


def _identified(facts: Facts) -> str:
    flow = facts.flow
    whole = flow.identified + flow.other_identified
    return f"{whole:,}" if whole else ""


def _included(facts: Facts) -> str:
    flow = facts.flow
    if not flow.new_reports:
        return ""
    studies = counted(flow.new_studies, "study", "studies")
    return f"{studies} in {counted(flow.new_reports, 'report')}"


def criteria(facts: Facts, voice: Voice) -> Iterator[d.Table]:
    """Yield the table of the criteria."""
    rows = [
        (
            one.name,
            one.include,
            one.exclude,
            listed([stage.words.lower() for stage in Stage if stage in one.required_at]),
        )
        for one in facts.protocol.criteria
    ]
    if rows:
        heads = [voice(head) for head in ("Criterion", "Include", "Exclude", "Needed at")]
        yield d.table(voice("Eligibility criteria"), heads, rows, widths=(2, 4, 4, 2))


def versions(of: Sequence[Version], caption: str, voice: Voice) -> Iterator[d.Table]:
    """Yield the table of versions, where there are several."""
    if len(of) > 1:
        heads = [voice(head) for head in ("Version", "Made", "What changed", "Why")]
        rows = [
            (str(one.number), one.day, "; ".join(one.changes), one.why) for one in of
        ]  # the first changed nothing
        yield d.table(caption, heads, rows, figures=(0,), widths=(1.4, 1.7, 6, 4))


def sources(facts: Facts, voice: Voice, *, whole: bool = False) -> Iterator[d.Table]:
    """Yield the table of the searches, with those that were taken back.

    On paper the file of each and columns without an entry are left out.
    """
    columns = [
        (head, wide, [_of_source(one, head, voice) for one in facts.searches])
        for head, wide in _SOURCES
        if whole or head != "File"
    ]
    kept = [one for one in columns if whole or any(one[2])]
    if facts.searches:
        yield d.table(
            voice("Sources"),
            [voice(head) for head, _, _ in kept],
            list(zip(*(cells for _, _, cells in kept), strict=True)),
            figures=[i for i, (head, _, _) in enumerate(kept) if head in ("Announced", "Read")],
            widths=[wide for _, wide, _ in kept],
        )


_SOURCES = (
    ("Source", 2.4),
    ("Kind", 1.7),
    ("Platform", 2),
    ("Searched", 1.9),
    ("Limits", 3),
    ("Filters", 1.7),
    ("Announced", 1.9),
    ("Read", 1),
    ("File", 2),
    ("Remark", 2.2),
)


def _of_source(batch: Batch, head: str, voice: Voice) -> str:
    search = batch.search
    cells = {
        "Source": search.source,
        "Kind": voice(KINDS[search.kind]),
        "Platform": search.platform,
        "Searched": search.searched,
        "Limits": search.limits,
        "Filters": search.filters,
        "Announced": "" if search.claimed is None else str(search.claimed),
        "Read": str(batch.parsed),
        "File": batch.file,
        "Remark": voice("taken back: {why}", why=batch.withdrawn) if batch.withdrawn else "",
    }
    return cells[head]


def people(facts: Facts, voice: Voice) -> Iterator[d.Table]:
    """Yield the table of who took part in which step, how far, with the closing codes."""
    rows = [
        (
            step.words,
            part.name,
            str(part.decided),
            voice("closed" if part.closed else "open"),
            ", ".join(part.codes),
            _remark(part, step, voice),
        )
        for step in facts.steps
        for part in step.parts
    ]
    rows += [
        (
            step.words,
            one.by or COORDINATOR,
            "",
            "",
            "",
            _on("shown early", one, voice),
        )
        for step in facts.steps
        for one in step.told.opened_early
    ]
    if rows:
        heads = ("Step", "Reviewer", "Answered", "State", "Closing codes", "Remark")
        yield d.table(
            voice("Reviewers and closing codes"),
            [voice(head) for head in heads],
            rows,
            figures=(2,),
            widths=(2.4, 2.2, 1.4, 1.1, 3, 3),
        )


def _remark(part: Part, step: StepFacts, voice: Voice) -> str:
    told = step.told
    said = [_on("left", one, voice) for one in told.left if one.person == part.id]
    said += [_on("joined late", one, voice) for one in told.late if one.person == part.id]
    said += [_on("opened again", one, voice) for one in told.reopened if one.person == part.id]
    said += [voice("{n} opened since", n=f"{part.opened_since:,}")] if part.opened_since else []
    return "; ".join(said)


def _on(what: str, one: Happened, voice: Voice) -> str:
    """Return what happened on which day, who recorded it where that is somebody else, and why."""
    by = "" if one.by == one.who else voice(", recorded by {by}", by=one.by or COORDINATOR)
    why = f": {one.why}" if one.why else ""
    return voice("{what} on {day}{by}{why}", what=voice(what), day=one.day, by=by, why=why)


def overturned(facts: Facts, voice: Voice) -> Iterator[d.Table]:
    """Yield the table of what was agreed and settled otherwise: what, by whom, when and why."""
    rows = [
        (
            step.words,
            one.of,
            one.asked,
            one.before,
            one.now,
            f"{listed(one.by)}, {voice(f'by {one.mode}')}, {one.day}",
            one.why,
        )
        for step in facts.steps
        for one in step.overturned
    ]
    if rows:
        heads = ("Step", "Record or study", "Question", "Agreed before", "Settled", "By", "Why")
        kept = [i for i in range(len(heads)) if any(row[i] for row in rows)]
        widths = (1.6, 2.9, 1.6, 1.8, 1.8, 2.3, 2.5)
        yield d.table(
            voice("Agreements overturned"),
            [voice(heads[i]) for i in kept],
            [[row[i] for i in kept] for row in rows],
            widths=[widths[i] for i in kept],
        )


def settled(facts: Facts, voice: Voice) -> Iterator[d.Table]:
    """Yield the table of what was settled by whom."""
    rows = [
        (step.words, str(one.mode), listed(one.by), str(one.number))
        for step in facts.steps
        for one in step.settled
    ]
    if rows:
        heads = [voice(head) for head in ("Step", "How", "By", "Items")]
        yield d.table(voice("Items settled"), heads, rows, figures=(3,), widths=(3, 2, 4, 1))


def reports(of: Sequence[Listed], caption: str, why: str, voice: Voice) -> Iterator[d.Table]:
    """Yield a table of reports, each with why it is there."""
    if of:
        heads = [voice(head) for head in ("Record", "Report", "DOI or PMID", why)]
        rows = [(str(one.number), one.citation, identifier(one), one.why) for one in of]
        yield d.table(caption, heads, rows, figures=(0,), widths=(1, 6, 2.6, 3.4))


def removed(facts: Facts, voice: Voice) -> Iterator[d.Table]:
    """Yield the table of the records that were removed before screening."""
    if facts.removed:
        heads = [voice(head) for head in ("Record", "Title", "DOI or PMID", "Why", "Counted as")]
        rows = [
            (str(one.number), one.citation, identifier(one), one.why, voice(one.counted))
            for one in facts.removed
        ]
        caption = voice("Records removed before screening")
        yield d.table(
            caption,
            heads,
            rows,
            figures=(0,),
            widths=(1, 5, 2.6, 3, 1.6),
            name="Removed before screening",
        )


def identifier(one: Listed) -> d.Words:
    """Return a DOI, or else a PMID, that may be followed."""
    if one.doi:
        return d.words(d.Run(one.doi, link=doi_link(one.doi)))
    if one.pmid:
        address = f"https://pubmed.ncbi.nlm.nih.gov/{quote(one.pmid, safe='')}/"
        return d.words(d.Run(f"PMID {one.pmid}", link=address))
    return ()


def sheet(of: Sheet, caption: str, name: str = "", *, whole: bool = False) -> d.Table:
    """Return a sheet as a table; on paper without the columns that are empty all the way."""
    kept = [
        place
        for place in range(len(of.heads))
        if whole or any(str(row[place]).strip() for row in of.rows)
    ]
    rows = [[str(row[place]) for place in kept] for row in of.rows]
    figures = [i for i in range(len(kept)) if rows and all(_is_figure(row[i]) for row in rows)]
    heads = [of.heads[place] if whole else _capital(of.heads[place]) for place in kept]
    longest = [max(len(word) for word in (*head.split(), "")) for head in heads]
    widths = [
        max(longest[i], min(_WIDEST, max((len(row[i]) for row in rows), default=0))) + _PADDING
        for i in range(len(kept))
    ]
    return d.table(caption, heads, rows, figures=figures, widths=widths, name=name)


_WIDEST, _PADDING, _PAPER = 40, 3, 160
"""Letters of a column, beside one, and of a whole line that fit on paper."""


def fits(table: d.Table) -> bool:
    """Say whether the columns of a table can stand side by side on paper."""
    return sum(table.widths) <= _PAPER


def _is_figure(text: str) -> bool:
    return not text or text.lstrip("-").replace(".", "", 1).isdecimal()


def by_study(of: Sheet, caption: str, voice: Voice) -> d.Table:
    """Return a sheet with many columns as one that says all of a study in one cell, for paper."""
    rows = []
    place = of.heads.index("state") if "state" in of.heads else -1
    same_state = place >= 0 and {row[place] for row in of.rows} == {"included"}
    for row in of.rows:
        told = [(head, str(cell)) for head, cell in zip(of.heads, row, strict=True)]
        (_, study), rest = told[0], [one for one in told[1:] if one[1].strip()]
        # Of studies that are all included the state says nothing; reports are told by numbers.
        rest = [
            (_NUMBERS if head == "reports" else head, cell)
            for head, cell in rest
            if not (same_state and head == "state")
        ]
        rows.append((d.words(d.Run(study, strong=True)), _lines(rest)))
    heads = [voice(head) for head in ("Study", "What is agreed on it")]
    return d.table(caption, heads, rows, widths=(2, 10))


_NUMBERS = "record number"
_SHORT = 48
"""What is longer has a line of its own in a cell of many facts."""


def _lines(told: Sequence[tuple[str, str]]) -> d.Words:
    """Return facts in lines: those about one matter ("Harm: Measured") and short ones together."""
    lines: list[tuple[str, list[tuple[str, str]]]] = []
    for head, cell in told:
        about, colon, asked = head.partition(": ")
        matter = about if colon else ""
        alone = not matter and len(cell) > _SHORT
        if lines and not alone and lines[-1][0] == matter:
            lines[-1][1].append((asked if colon else head, cell))
        else:
            lines.append(("\n" if alone else matter, [(asked if colon else head, cell)]))
    runs: list[d.Run] = []
    for matter, facts in lines:
        runs += [d.Run("\n")] if runs else []
        runs += [d.Run(f"{matter}. ", strong=True)] if matter.strip() else []
        for place, (head, cell) in enumerate(facts):
            end = "" if cell.endswith(".") else "." if place == len(facts) - 1 else ";"
            space = " " if place < len(facts) - 1 else ""
            runs += [d.Run(f"{_capital(head)}: ", strong=True), d.Run(f"{cell}{end}{space}")]
    return tuple(runs)


def _capital(head: str) -> str:
    return f"{head[:1].upper()}{head[1:]}"
