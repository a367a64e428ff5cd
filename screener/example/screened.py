"""The example from its searches to the last meeting on full text, step by step."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from screener.example.content import CONTENT, Finder, Row, Steps, import_search, rows, searches
from screener.files import create_project, open_copy, open_project
from screener.model import Mode, Outcome, Stage, Verdict
from screener.project import Project
from screener.screening.decisions import Draft

PROJECT = "project.screener"
MERGED = "merged.screener"


class Screened:
    """Carries the review through to the reports that it includes."""

    def __init__(self, folder: Path, review: dict[str, Any], steps: Steps) -> None:
        self._folder = folder
        self._review = review
        self._tell = steps.tell
        self._names = [r["name"] for r in review["reviewers"]]

    def write(self) -> None:
        """Search, screen both stages, and hold both meetings."""
        sources = self._folder / "sources"
        sources.mkdir()
        for each in (CONTENT / "sources").iterdir():
            shutil.copy(each, sources)
        shutil.copy(CONTENT / "protocol.toml", self._folder / "protocol.toml")
        self._identify()
        self._screen(Stage.TITLE_ABSTRACT)
        self._search_again()
        self._screen(Stage.TITLE_ABSTRACT, again="Reference lists and the web were searched")
        self._first_meeting()
        self._open_full_text()
        self._screen(Stage.FULL_TEXT)
        shutil.copy(self._folder / PROJECT, self._folder / MERGED)
        self._last_meeting()

    # --- identification ----------------------------------------------------------------------

    def _identify(self) -> None:
        self._tell("Importing the searches")
        path = self._folder / PROJECT
        with create_project(
            path, title=self._review["project"], protocol=self._folder / "protocol.toml"
        ) as project:
            self._search(project, 1)
            self._write_copies(project)

    def _search_again(self) -> None:
        """Import what was searched after the databases had been screened."""
        self._tell("Importing the later searches")
        with self._project() as project:
            project.consensus.merge(*self._copies())
            self._search(project, 2)
            self._write_copies(project)

    def _search(self, project: Project, round_: int) -> None:
        """Import the searches of a round, join what is the same, answer what is asked."""
        known = {str(record.id) for record in project.sources.records()}
        for search in searches(round_):
            import_search(project, search, self._folder / "sources")
        self._tell("Finding duplicates")
        project.duplicates.join(project.duplicates.find().certain)
        self._answer(project, known)

    def _write_copies(self, project: Project) -> None:
        """Write each reviewer's copy, in place of an older one that was merged."""
        for reviewer in self._review["reviewers"]:
            path = self._folder / reviewer["copy"]
            path.unlink(missing_ok=True)
            project.consensus.write_copy(reviewer["name"], path)

    def _answer(self, project: Project, known: set[str]) -> None:
        """Answer for the pairs that are here, and were not before some records came."""
        found = Finder(project)
        answers = []
        for row in rows("answers.csv"):
            pair = [
                found.record(row[f"source_{n}"], row[f"doi_{n}"], row[f"title_{n}"]) for n in "12"
            ]
            if "" in pair or known.issuperset(pair):
                continue
            units = {project.units.of_record(uid) for uid in pair}
            if row["answer"] == "different" or len(units) > 1:
                answers.append((row["answer"], pair))
        project.duplicates.answer(answers)

    # --- one reviewer alone ------------------------------------------------------------------

    def _screen(self, stage: Stage, again: str = "") -> None:
        """Have both screen what they have not decided yet, and close; `again` is why."""
        for reviewer in self._review["reviewers"]:
            self._tell(f"{reviewer['name']} screens {stage.words.lower()}")
            with open_copy(self._folder / reviewer["copy"]) as mine:
                if again:
                    mine.screening.reopen(stage, again)
                self._decide(mine, reviewer, stage)
                mine.screening.close(stage)

    def _decide(self, mine: Project, reviewer: Mapping[str, Any], stage: Stage) -> None:
        """Record one reviewer's decisions on what is there for them to decide."""
        found = Finder(mine)
        criteria = [c.id for c in mine.protocol.current.criteria]
        allowed = {unit.id for unit in mine.screening.pending(stage)}
        drafts = [
            Draft(
                unit=unit,
                verdict=Verdict(row["verdict"]),
                reason=row["reason"],
                judgements={c: row[c] for c in criteria if row[c]},
                note=row["note"],
            )
            for row in rows(reviewer[str(stage)])
            if (unit := found.unit_or_none(row["doi"], row["title"])) in allowed
        ]
        mine.screening.decisions.decide_many(drafts, stage=stage)

    # --- the meeting -------------------------------------------------------------------------

    def _copies(self) -> list[Path]:
        return [self._folder / r["copy"] for r in self._review["reviewers"]]

    def _project(self) -> Project:
        return open_project(self._folder / PROJECT)

    def _first_meeting(self) -> None:
        """Settle title and abstract, but for what a second meeting and a change leave open."""
        self._tell("Merging and settling title and abstract")
        stage = Stage.TITLE_ABSTRACT
        other = self._folder / "other.screener"
        conflict = self._review["consensus-conflict"]
        with self._project() as project:
            project.consensus.merge(*self._copies())
            self._join_late(project)
        shutil.copy(self._folder / PROJECT, other)
        with self._project() as project:
            self._settle_all(project, "consensus.csv", stage)
        with open_project(other) as second:
            self._settle(second, conflict, conflict["other"], stage)
        self._change_one(self._review["reopened"])
        with self._project() as project:
            project.consensus.merge(other, *self._copies(), project=True)
        other.unlink()

    def _last_meeting(self) -> None:
        self._tell("Merging and settling full text")
        with open_project(self._folder / MERGED) as project:
            project.consensus.merge(*self._copies())
            for name in ("reopened", "consensus-conflict"):
                which = self._review[name]
                self._settle(project, which, which["settled"], Stage.TITLE_ABSTRACT)
            self._settle_all(project, "consensus-full-text.csv", Stage.FULL_TEXT)

    def _join_late(self, project: Project) -> None:
        found = Finder(project)
        pair = [
            found.record(j["source"], j["doi"], j["title"]) for j in self._review["self"]["join"]
        ]
        project.duplicates.same(pair, rule="by hand")

    def _settle_all(self, project: Project, table: str, stage: Stage) -> None:
        project.consensus.add_person(self._review["arbitrator"], arbitrator=True)
        project.consensus.present(self._names)
        found = Finder(project)
        for row in rows(table):
            unit = found.unit(row["doi"], row["title"])
            self._resolve(project, unit, {**row, "by": row["by"].split(";")}, stage)

    def _settle(
        self, project: Project, which: Row, outcome: Mapping[str, Any], stage: Stage
    ) -> None:
        unit = Finder(project).unit(which["doi"], which.get("title", ""))
        self._resolve(project, unit, outcome, stage)

    def _resolve(
        self, project: Project, unit: str, outcome: Mapping[str, Any], stage: Stage
    ) -> None:
        project.consensus.resolve(
            unit,
            Outcome(outcome["verdict"]),
            step=stage,
            reason=outcome["reason"],
            why=outcome["why"],
            by=outcome["by"],
            mode=Mode(outcome["mode"]),
        )

    def _change_one(self, change: Mapping[str, Any]) -> None:
        """Have a reviewer change a decision that was settled."""
        stage = Stage(change["stage"])
        mine = next(r for r in self._review["reviewers"] if r["name"] == change["reviewer"])
        with open_copy(self._folder / mine["copy"]) as copy:
            copy.screening.reopen(stage, change["note"])
            copy.screening.decide(
                Finder(copy).unit(change["doi"], ""),
                Verdict(change["verdict"]),
                stage=stage,
                reason=change["reason"],
                note=change["note"],
            )
            copy.screening.close(stage)

    # --- full text ---------------------------------------------------------------------------

    def _open_full_text(self) -> None:
        with self._project() as project:
            project.screening.open(Stage.FULL_TEXT)
            found = Finder(project)
            for row in rows("retrieval.csv"):
                unit = found.unit(row["doi"], row["title"])
                project.fulltext.set_retrieval(unit, row["state"], row["why"])
            self._write_copies(project)
