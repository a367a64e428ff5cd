"""Gathering the facts of an open review: everything is read, nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from screener.consensus.people import people
from screener.duplicates.methods import methods
from screener.duplicates.runs import program_version
from screener.model import Outcome, Progress, Protocol, Stage, StudyState, Unit
from screener.model.words import reason, short_names
from screener.printing.manuscript import differences
from screener.printing.manuscript.facts import Facts, Listed, Removed, Version
from screener.printing.manuscript.of_forms import form_facts
from screener.printing.manuscript.of_steps import step_facts
from screener.printing.manuscript.stages import Stages
from screener.report.flow import check
from screener.report.identified import OTHER_REMOVED
from screener.report.plots.plots import Plots
from screener.report.remarks import to_explain
from screener.report.report import Counted
from screener.screening.retrieval import Retrieval
from screener.store.file import File
from screener.store.heads import heads
from screener.store.history import of_kinds
from screener.store.kinds.meeting import Reveal
from screener.store.kinds.project import Correct, Remove
from screener.studies.tables import Tables

_FIRST, _SECOND = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def gather(file: File, of: Stages, progress: Progress) -> Facts:
    """Read the facts of a review; nothing of what is hidden is among them."""
    progress(0, PARTS, WHAT)
    counted = of.report.counted()
    protocol = of.protocol.current
    first, second = (step_facts(file, of, stage) for stage in Stage)
    progress(1, PARTS, WHAT)
    everybody = people(file)
    steps = of.forms.steps()
    tables = Tables(of.units, of.studies, of.consensus, steps, included=True)
    included = any(one.state is StudyState.INCLUDED for one in of.studies.all())
    plots = Plots(of.units, of.studies, of.consensus, steps)
    progress(2, PARTS, WHAT)
    forms = tuple(form_facts(file, of, step, tables, plots) for step in steps)
    progress(3, PARTS, WHAT)
    progress(4, PARTS, WHAT)
    sheets = tables.sheets("studies") if of.studies.all() else [None, None]
    return Facts(
        protocol=protocol,
        flow=counted.flow,
        program=program_version(),
        versions=versions(of),
        searches=tuple(of.sources.batches()),
        duplicates=methods(of.duplicates, of.sources, of.units),
        removed=tuple(_removed(file, of, counted)),
        reviewers=tuple(one.name for one in everybody if not one.arbitrator),
        arbitrators=tuple(one.name for one in everybody if one.arbitrator),
        title_abstract=first,
        full_text=second,
        forms=forms,
        levels=tuple(_levels(file)),
        corrected=len({head.body.record for head in heads(file, Correct)}),
        excluded=tuple(_excluded(of, counted, protocol)),
        not_retrieved=tuple(_not_retrieved(of, counted)),
        awaiting=tuple(_awaiting(of, counted)),
        studies=sheets[0],
        counts=sheets[1],
        plots=tuple(
            (one.words, plots.drawing(one.name, one.stage))
            for one in plots.offered()
            if included and one.name.startswith("by-")
        ),
        continued=tuple(map(reason, of.consensus.continued())),
        explain=to_explain(counted.flow),
        sums=check(counted.flow),
    )


PARTS, WHAT = 5, "Writing the report"


def versions(of: Stages) -> tuple[Version, ...]:
    """Return the versions of the protocol, with what each changed."""
    changes = differences.of_protocols(of.protocol.every())
    return tuple(
        Version(number=number, time=time, why=why, changes=changed)
        for (number, time, why), changed in zip(of.protocol.made(), changes, strict=True)
    )


def _levels(file: File) -> Iterator[int]:
    """Return how much of the decisions the meeting chose to see, in the order it did."""
    for entry in of_kinds(file, "reveal"):
        if isinstance(entry.event.body, Reveal):
            yield entry.event.body.level


# --- lists of reports ----------------------------------------------------------------------------


def _listed(unit: Unit, why: str = "", by: str = "") -> Listed:
    fields = unit.fields
    authors = short_names(fields.authors, 3)
    year = f"({fields.year})" if fields.year else ""
    named = " ".join(part for part in (authors, year) if part)
    said = [named, unit.title.rstrip("."), fields.journal]
    return Listed(
        number=unit.number,
        citation=". ".join(part for part in said if part),
        doi=fields.doi,
        pmid=fields.pmid,
        why=why,
        by=by,
    )


def _behind(of: Stages, counted: Counted, *names: str) -> list[Unit]:
    """Return the units behind numbers of the flow, in the order of their numbers."""
    found = (uid for name in names for uid in counted.records(name))
    units = of.units.load(dict.fromkeys(found))
    return sorted(units, key=lambda unit: unit.number)


def _excluded(of: Stages, counted: Counted, protocol: Protocol) -> Iterator[Listed]:
    """Yield the reports that full text excluded, with the reason that counts for each."""
    units = _behind(of, counted, "dbr_excluded", "other_excluded")
    here = of.consensus.at(_SECOND)
    ids = [str(unit.id) for unit in units]
    reasons = {s.subject: s.reason for s in here.states(ids)}
    said = _said_other(of, ids)
    for unit in units:
        given = reasons.get(str(unit.id), "")
        words = protocol.reason_text(given) if given else ""
        more = said.get(str(unit.id), "") if given == "other" else ""
        yield _listed(unit, ": ".join(part for part in (words, more) if part))


def _said_other(of: Stages, ids: Iterable[str]) -> Mapping[str, str]:
    """Return what was said of exclusions for another reason than the protocol's."""
    wanted = list(ids)
    if not wanted or not of.consensus.visible(_SECOND):
        return {}
    found = {}
    for subject, decisions in of.consensus.all_decisions(_SECOND, wanted).items():
        notes = dict.fromkeys(d.note.strip() for d in decisions if d.reason == "other" and d.note)
        found[subject] = "; ".join(notes)
    for subject, several in of.consensus.agreed(_SECOND, wanted).items():
        found[subject] = several[-1].why or found.get(subject, "")
    return found


def _not_retrieved(of: Stages, counted: Counted) -> Iterator[Listed]:
    known = of.fulltext.retrieval()
    for unit in _behind(of, counted, "dbr_notretrieved_reports", "other_notretrieved_reports"):
        yield _listed(unit, known.get(str(unit.id), (Retrieval.SOUGHT, ""))[1])


def _awaiting(of: Stages, counted: Counted) -> Iterator[Listed]:
    units = _behind(of, counted, "dbr_awaiting", "other_awaiting")
    if not units:
        return
    agreed = of.consensus.agreed(_SECOND, [str(unit.id) for unit in units])
    ongoing = of.studies.waiting(StudyState.ONGOING)
    for unit in units:
        whys = [c.why for c in agreed.get(str(unit.id), ()) if c.value == Outcome.AWAITING]
        if not whys:  # included at full text, and its study is not
            whys = ["ongoing study" if unit.id in ongoing else "its study awaits classification"]
        yield _listed(unit, "; ".join(dict.fromkeys(whys)))


def _removed(file: File, of: Stages, counted: Counted) -> Iterator[Listed]:
    """Yield the records that were removed before screening, of the imports that stand.

    Each says as what the flow counts it, by what stands behind its numbers.
    """
    places = {
        uid: words
        for name, words in (
            ("excluded_automatic", Removed.TOOL),
            ("excluded_other", Removed.OTHER),
            (OTHER_REMOVED, Removed.METHODS),
        )
        for uid in counted.records(name)
    }
    bodies = {head.body.record: head.body for head in heads(file, Remove)}
    standing = {batch.id for batch in of.sources.batches(withdrawn=False)}
    records = sorted(of.sources.some(sorted(bodies)), key=lambda record: record.number)
    for record in records:
        if record.batch in standing:
            body, fields = bodies[str(record.id)], record.fields
            unit = Unit(
                id=record.id,
                number=record.number,
                fields=fields,
                members=(record.number,),
                records=(record.id,),
            )
            by = "automation tool" if body.automatic else "by hand"
            as_what = places.get(str(record.id), Removed.DUPLICATE)
            yield replace(_listed(unit, body.why, by), counted=as_what)
