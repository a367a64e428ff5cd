"""How the command line names what is compared: a record, or a question about a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from screener.cli.shared import of_screening
from screener.model import Answer, Question, Reviewer, Unit
from screener.model.step import Item
from screener.project import Project


def named(review: Project, step: str, subject: str, item: Item, unit: Unit) -> dict[str, Any]:
    """Return what names an item in JSON: of a screening stage the unit, of a form what it asks."""
    if not of_screening(step):
        here, standing = review.forms.step(step), review.consensus.at(step)
        asked = here.form.question(item.question)
        lists = asked.list if asked else (item.question,)
        rows = here.rows_on(standing.said(subject), standing.pairings(subject))
        return {
            "study": subject,
            "study_name": here.name_of(subject),
            "stage": step,
            "list": "/".join(lists),
            "row": rows.words(item),
            "field": item.question if asked else "",
            "label": asked.words if asked else here.form.list_words(item.question),
        }
    return {"record": unit.number, "uid": subject, "title": unit.fields.title, "stage": step}


def in_words(said: Mapping[str, Any], asked: Question | None) -> str:
    """Return what an answer in JSON says as a person types it: options by their ids, with unit."""
    value = said["value"]
    if not value:
        return str(said["state"])
    if not isinstance(value, str):
        return ";".join(value)
    unit = said["unit"] or next(iter(asked.units if asked else ()), "")
    return f"{value} {unit}".rstrip()


def answer_json(
    one: Answer, reviewers: Sequence[Reviewer], numbers: Mapping[str, int]
) -> dict[str, Any]:
    """Return an answer as the command line's JSON describes it; `numbers` are the reports'."""
    names = {str(r.id): r.name for r in reviewers}
    return {
        "reviewer": names.get(one.reviewer, one.reviewer),
        "value": one.value,
        "state": str(one.state),
        "report": numbers.get(one.report),
        "page": one.page,
        "quote": one.quote,
        "note": one.note,
        "origin": str(one.origin or ""),
        "unit": one.unit,
    }
