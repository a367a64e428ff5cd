"""What the merge report says of the files, in words; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from screener.consensus.merging.findings import Admitted, Check, Finding, Result, Step
from screener.model import moments
from screener.model.words import listed, number_word

CHECK_WORDS = {
    Check.FILE: "File",
    Check.JOURNAL: "Saving",
    Check.SCHEMA: "Structure",
    Check.INTEGRITY: "Damage",
    Check.PROJECT: "Project",
    Check.HISTORY: "History",
    Check.REVIEWER: "Reviewer",
    Check.RECORDS: "Records",
    Check.PROTOCOL: "Protocol",
    Check.PROGRESS: "How far",
    Check.STAGE: "Stage",
    Check.FORK: "Branches",
    Check.BRINGS: "Brings",
}
"""The names of the rows, in the order of admission."""

STEP_WORDS = {
    Step.TAKE_CHANGES: "Take in these changes",
    Step.TAKE_PROJECT: "Take in this project",
    Step.ANSWERS_ONLY: "Take in the decisions only",
    Step.SALVAGE: "Take in what is whole",
    Step.FRESH_COPY: "Choose another file…",
    Step.OTHER_FILE: "Choose another file…",
    Step.UPDATE: "Choose another file…",
    Step.OPEN_EARLY: "Show what is not closed",
}
"""The button of every refusal that leads on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileColumn:
    """One file of the report: whose it is, its name, when it was saved, what was found."""

    path: Path
    title: str
    subtitle: str
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> Finding | None:
        """The check that refused the file, or None."""
        return next((f for f in self.findings if f.result is Result.REFUSED), None)

    def of(self, check: Check) -> list[Finding]:
        """Return what a check found (two findings where there are two stages)."""
        return [f for f in self.findings if f.check is check]


def column_of(one: Admitted) -> FileColumn:
    """Return a checked file as a column."""
    title = one.reviewer or ("Not admitted" if one.refused else "Coordinator’s project")
    parts = [one.path.name]
    if one.path.is_file():
        saved = moments.here(datetime.fromtimestamp(one.path.stat().st_mtime, UTC))
        parts.append(f"saved {saved.day} {saved:%B}")
    return FileColumn(
        path=one.path,
        title=title,
        subtitle="   ·   ".join(parts),
        findings=tuple(one.findings),
    )


def checks(columns: Sequence[FileColumn]) -> list[Check]:
    """Return the checks that found something in any file, in the order of admission."""
    return [check for check in Check if any(c.of(check) for c in columns)]


def mergeable(columns: Sequence[FileColumn]) -> list[FileColumn]:
    """Return the files that can be merged."""
    return [c for c in columns if c.refused is None]


def foot_words(columns: Sequence[FileColumn]) -> str:
    """Return the sentence at the foot; it names only the files that can be merged."""
    good = mergeable(columns)
    if not good:
        return "No file can be merged yet." if columns else ""
    if len(good) == len(columns):
        if len(good) == 1:
            return f"{good[0].title}’s file can be merged."
        return "Both files can be merged." if len(good) == 2 else "All files can be merged."
    return f"Only {listed([c.path.name for c in good])} can be merged."


def button_words(columns: Sequence[FileColumn]) -> str:
    """Return the words of the button: how many files, or the one by name."""
    good = mergeable(columns)
    if not good:
        return "Merge"
    if len(good) == 1:
        return f"Merge {good[0].path.name}"
    return f"Merge {number_word(len(good))} files"


def merge_words(columns: Sequence[FileColumn]) -> str:
    """Return what merging does, as the paragraph under the table says it."""
    if not mergeable(columns):
        return "Nothing is changed here or in the files."
    return (
        "Merging copies the decisions into this project, shows where they differ and freezes them "
        "for the agreement figures. The files are only read. A backup of this project is made "
        "first."
    )


def report_text(columns: Sequence[FileColumn], *, title: str, when: datetime) -> str:
    """Return the report as plain text, to keep or to send."""
    lines = [f"Merge report: {title}", f"{when:%Y-%m-%d %H:%M}", ""]
    marks = {Result.OK: "ok", Result.REMARK: "remark", Result.REFUSED: "REFUSED"}
    for column in columns:
        lines += [column.title, f"  {column.path}"]
        for check in Check:
            for found in column.of(check):
                name = f"{CHECK_WORDS[check]}:"
                lines.append(f"  {name:<11}{marks[found.result]:<9}{found.message}")
        lines.append("")
    lines.append(foot_words(columns))
    return "\n".join(lines) + "\n"
