"""The example from its included reports to the end: studies, forms, the meeting on them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from screener.answers.shipped import shipped
from screener.example.content import Finder, Steps, numbered, rows
from screener.example.screened import MERGED, PROJECT
from screener.files import open_copy, open_project
from screener.model import Option
from screener.model.gathering import gathered
from screener.project import Project
from screener.studies import from_table

LATER = "later"
_STUDIES = "studies.csv"


class Extracted:
    """Carries the review on from `merged.screener`, the end of screening, to its own end."""

    def __init__(self, folder: Path, review: Mapping[str, Any], steps: Steps) -> None:
        self._merged = folder / MERGED
        self._later = folder / LATER
        self._review = review
        self._tell = steps.tell

    def write(self) -> None:
        """Link, open, answer, close; then merge and settle."""
        self._later.mkdir()
        self._tell("Linking reports to studies")
        with open_project(self._merged) as project:
            self._add_forms(project)
            self._link(project)
            for reviewer in self._review["reviewers"]:
                project.consensus.write_copy(reviewer["name"], self._later / reviewer["copy"])
        shutil.copy(self._merged, self._later / PROJECT)
        for reviewer in self._review["reviewers"]:
            self._tell(f"{reviewer['name']} extracts and rates")
            with open_copy(self._later / reviewer["copy"]) as mine:
                self._answer(mine, reviewer)
        self._tell("Merging and settling extraction and ratings")
        with open_project(self._merged) as project:
            copies = [self._later / reviewer["copy"] for reviewer in self._review["reviewers"]]
            project.consensus.merge(*copies)
            self._settle(project)

    def _add_forms(self, project: Project) -> None:
        """Add the forms as they are shipped, one with an option that the team added."""
        forms = {id_: shipped(name) for id_, name in self._review["shipped"].items()}
        for form in forms.values():
            project.forms.keep(form)
        added = self._review["added-option"]
        form = forms[added["form"]]
        option = Option(id=added["id"], text=added["text"], score=str(added["score"]))
        asked = [
            replace(q, options=(*q.options, option)) if q.id == added["field"] else q
            for q in form.questions
        ]
        project.forms.keep(replace(form, questions=tuple(asked)), why=added["why"])

    def _link(self, project: Project) -> None:
        """Link reports to studies, open the forms for these, group them under interventions."""
        found = Finder(project)
        table = gathered((row["study"], row) for row in rows(_STUDIES))
        for name, reports in table.items():
            if len(reports) > 1:
                units = [found.unit(row["doi"], row["title"]) for row in reports]
                project.studies.link(units, name=name, primary=units[0])
        first, *others = self._review["shipped"]
        project.studies.open(first)
        of_report = {unit: one for one in project.studies.all() for unit in one.reports}
        ids = {}
        for name, (report, *_) in table.items():
            study = of_report[found.unit(report["doi"], report["title"])]
            ids[name] = study.id
            if study.name != name:
                project.studies.set(study.id, name=name)
        designs = {row["study"]: self._review["designs"][row["design"]] for row in rows(_STUDIES)}
        for id_ in others:
            rated = project.forms.step(id_).form.designs
            project.studies.open(id_, [ids[one] for one in table if designs[one] in rated])
        tested = gathered((row["intervention"], row["study"]) for row in rows(_STUDIES))
        for intervention, studies in tested.items():
            project.studies.group(intervention, [ids[one] for one in dict.fromkeys(studies)])

    def _answer(self, mine: Project, reviewer: Mapping[str, Any]) -> None:
        for id_ in self._review["shipped"]:
            form = mine.forms.step(id_).form
            answering = mine.forms.answering(id_)
            table = numbered(reviewer[id_])
            found = Finder(mine)
            drafts = from_table.drafts(mine.studies, partial(found.unit, title=""), form, table)
            answering.answer_many(drafts)
            answering.close()

    def _settle(self, project: Project) -> None:
        for row in rows("pairs.csv"):
            named = (place.partition(":") for place in row["rows"].split(";"))
            places = [(who, id_) for who, _, id_ in named]
            project.consensus.pair(
                project.studies.find(row["study"]).id,
                row["form"],
                row["list"],
                places,
                key=row["key"],
                exists=row["exists"] == "yes",
            )
        for id_ in self._review["shipped"]:
            form = project.forms.step(id_).form
            table = numbered(f"consensus-{id_}.csv")
            settled = from_table.settled(project.studies, form, table)
            project.consensus.resolve_many(id_, settled)
