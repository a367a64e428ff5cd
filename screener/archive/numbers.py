"""The numbers of a review as JSON: what the commands print, and what else a report counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from screener.archive.forms import totals
from screener.archive.parts import Plain, Review
from screener.consensus import documents
from screener.model import Mode, Status, UserError
from screener.studies import counting


def parts(of: Review) -> Iterator[Plain]:
    """Yield the numbers; of a stage of which nothing may be seen there is no agreement."""
    flow = of.report.flow()
    yield _json(
        "numbers/flow.json",
        "The PRISMA 2020 numbers, by the names of the template of the R package PRISMA2020.",
        flow.json() | {"remarks": list(of.report.remarks())},
    )
    yield _json(
        "numbers/status.json",
        "How far every stage and form is, by reviewer and by status.",
        {"stages": documents.stages(of.consensus)},
    )
    yield _json(
        "numbers/agreement.json",
        "The agreement of the reviewers at every stage and form that may be seen, with all figures"
        " and why one is not defined.",
        {"stages": list(_agreement(of))},
    )
    yield _json(
        "numbers/counts.json",
        "How much was settled by discussion and by adjudication, how many studies, reports and"
        " interventions there are, and what the ratings come to.",
        {
            "settled": {step.id: _settled(of, step.id) for step in of.consensus.steps},
            "studies": flow.new_studies,
            "reports": flow.new_reports,
            "interventions": sum(
                one.studies > 0 and one.name != counting.NO_INTERVENTION
                for one in counting.by_intervention(of.studies)
            ),
            "totals": list(totals(of)),
        },
    )


def _agreement(of: Review) -> Iterator[dict[str, object]]:
    for step in of.consensus.steps:
        try:
            yield of.consensus.agreement(step.id).json()
        except UserError:  # nothing of it may be seen
            continue


def _settled(of: Review, step: str) -> dict[str, int]:
    """Count what stands settled, by how; on removed records nothing counts any more."""
    gone = {one for one, at in of.consensus.at(step).places() if at.status is Status.REMOVED}
    found = Counter(
        one.mode
        for subject, several in of.consensus.agreed(step).items()
        if subject not in gone
        for one in several
    )
    return {str(mode): found[mode] for mode in Mode}


def _json(path: str, about: str, document: object) -> Plain:
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return Plain(path=path, about=about, content=f"{text}\n".encode("utf-8", "replace"))
