"""How far each stage is, in the few words that stand in the rail and on the start page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screener.model import Outcome, Stage, Status
from ui.widgets.rail import StageLine

if TYPE_CHECKING:  # the core is read when a file is opened, not before
    from screener import Project

_OUTSIDE = (Status.REMOVED, Status.NOT_OPEN, Status.NOT_RETRIEVED)
NOT_BEGUN = "not begun"


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 search", "8 searches", "2,131 records"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def stage_lines(project: Project) -> list[StageLine]:
    """Return the stages of the rail, for a copy or for the coordinator's project."""
    return _copy_lines(project) if project.is_copy else _project_lines(project)


def state_words(project: Project) -> str:
    """Return how far a review is, for the start page."""
    if project.is_copy:
        at = Stage.FULL_TEXT if project.screening.opened(Stage.FULL_TEXT) else Stage.TITLE_ABSTRACT
        here = project.screening.progress(at)
        if not here.all:
            return "no records yet"
        what = "screened" if at is Stage.TITLE_ABSTRACT else "full texts assessed"
        return f"{here.decided:,} of {here.all:,} {what}" + (", closed" if here.closed else "")
    if not project.sources.count():
        return "no records yet"
    open_, _ = _discrepancies(project)
    if open_:
        return f"{open_:,} to settle"
    return counted(project.sources.count(), "record")


def _copy_lines(project: Project) -> list[StageLine]:
    version = project.protocol.current.version
    return [
        StageLine(id="protocol", name="Protocol", words=f"version {version}, to read"),
        _own_stage(project, Stage.TITLE_ABSTRACT, "Title and abstract"),
        _own_stage(project, Stage.FULL_TEXT, "Full text"),
    ]


def _own_stage(project: Project, stage: Stage, name: str) -> StageLine:
    if not project.screening.opened(stage):
        return StageLine(id=stage, name=name, words="opens after the meeting", begun=False)
    here = project.screening.progress(stage)
    words = f"{here.decided:,} of {here.all:,}"
    if here.closed:
        words = f"{here.decided:,} decided, closed"
    elif not here.decided:
        words = counted(here.all, "record" if stage is Stage.TITLE_ABSTRACT else "report")
    share = here.decided / here.all if here.all else None
    return StageLine(id=stage, name=name, words=words, share=share)


def _project_lines(project: Project) -> list[StageLine]:
    version = project.protocol.current.version
    searches = sum(not b.withdrawn for b in project.sources.batches())
    groups = len(project.duplicates.groups())
    return [
        StageLine(id="protocol", name="Protocol", words=f"version {version}"),
        _line("sources", "Sources", counted(searches, "search", "searches") if searches else ""),
        _line(
            "duplicates",
            "Duplicates",
            counted(groups, "group joined", "groups joined") if groups else "",
        ),
        _line("screening", "Screening", _reviewers_words(project)),
        _consensus_line(project),
        _fulltext_line(project),
        _line("report", "Report", "flow, tables, exports" if searches else ""),
    ]


def _line(id_: str, name: str, words: str, share: float | None = None) -> StageLine:
    return StageLine(id=id_, name=name, words=words or NOT_BEGUN, share=share, begun=bool(words))


def _reviewers_words(project: Project) -> str:
    everybody = project.consensus.standing(Stage.TITLE_ABSTRACT).reviewers
    closed = sum(r.closed for r in everybody)
    if not everybody:
        return ""
    if closed == len(everybody):
        return "both reviewers closed" if closed == 2 else "all reviewers closed"
    if closed:
        return f"{closed} of {len(everybody)} reviewers closed"
    return counted(len(everybody), "reviewer")


def _discrepancies(project: Project) -> tuple[int, int]:
    """Return how many discrepancies are open, and how many there are, over both stages."""
    open_ = whole = 0
    for stage in Stage:
        if project.consensus.visible(stage):
            states = project.consensus.states(stage).values()
            whole += sum(s.kind is not None for s in states)
            open_ += sum(s.open for s in states)
    return open_, whole


def _consensus_line(project: Project) -> StageLine:
    merged = any(r.decided for s in Stage for r in project.consensus.standing(s).reviewers)
    open_, whole = _discrepancies(project)
    if not merged:
        return _line("consensus", "Consensus", "")
    if whole:
        words = f"{open_:,} of {whole:,} to settle" if open_ else f"all {whole:,} settled"
        return _line("consensus", "Consensus", words, (whole - open_) / whole)
    visible = project.consensus.visible(Stage.TITLE_ABSTRACT)
    return _line(
        "consensus", "Consensus", "nothing to settle" if visible else "waits for closed copies"
    )


def _fulltext_line(project: Project) -> StageLine:
    if not project.screening.opened(Stage.FULL_TEXT):
        return _line("full-text", "Full text", "")
    states = [
        s for s in project.consensus.states(Stage.FULL_TEXT).values() if s.status not in _OUTSIDE
    ]
    assessed = sum(s.outcome in (Outcome.INCLUDE, Outcome.EXCLUDE) for s in states)
    share = assessed / len(states) if states else None
    return _line("full-text", "Full text", f"{assessed:,} of {len(states):,} assessed", share)
