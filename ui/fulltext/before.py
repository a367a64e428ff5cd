"""What comes before full text: told from where title and abstract stand."""

from __future__ import annotations

from dataclasses import dataclass

from screener import Project
from screener.model import Stage
from screener.model.words import counted
from ui.session.waiting import what_is_missing
from ui.widgets.empty import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Before(Texts):
    """What the empty page says. `wants` is the stage its action goes to; "open" opens full text."""

    wants: str


def to_open(project: Project) -> int:
    """Count the records that passed title and abstract and are not open for full text yet."""
    if not project.consensus.visible(Stage.TITLE_ABSTRACT):
        return 0
    opened = set(project.screening.open_units(Stage.FULL_TEXT))
    return sum(unit not in opened for unit in project.consensus.passed(Stage.TITLE_ABSTRACT))


def what_comes_first(project: Project) -> Before:
    """Return what has to be done before full text, or the way to open it."""
    consensus, first = project.consensus, Stage.TITLE_ABSTRACT
    standing = consensus.standing(first)
    if not any(reviewer.decided for reviewer in standing.reviewers):
        return Before(
            title="Title and abstract come first",
            sentence="Reviewers screen titles and abstracts in their own copies. When their files "
            "are merged and what they differ on is settled, full text opens here.",
            action="Go to Screening",
            wants="screening",
        )
    if not consensus.visible(first):
        return Before(
            title="Title and abstract are not closed yet",
            sentence="Full text opens when everybody has closed title and abstract and sent the "
            "closed copy. Merge those copies first.",
            action="Go to Consensus",
            wants="consensus",
        )
    return _when_visible(project, standing.pending)


def _when_visible(project: Project, unsettled: int) -> Before:
    """Return what is still to do of what may be seen, or that full text can be opened."""
    passed = to_open(project)
    now = f"Open for the {passed:,} that passed" if passed else ""
    if missing := what_is_missing(project, Stage.TITLE_ABSTRACT):
        return Before(
            title=f"{missing}.",
            sentence="Full text is for what passed title and abstract. Wait for them, or open it "
            "now for what passed and add the others later.",
            action="Go to Reviewers",
            wants="screening",
            second=now,
        )
    if unsettled:
        return Before(
            title=f"{counted(unsettled, 'record')} to settle first",
            sentence="Full text is for what passed title and abstract. Settle the rest at the "
            "meeting, or open it now for what passed and add the others later.",
            action="Go to Consensus",
            wants="consensus",
            second=now,
        )
    if not passed:
        return Before(
            title="Nothing passed title and abstract",
            sentence="Every record was excluded, so no full text is sought.",
            action="Go to Report",
            wants="report",
        )
    return Before(
        title=f"{counted(passed, 'record')} passed title and abstract",
        sentence="Open full text for them: their reports are then sought, and newer copies carry "
        "the stage to the reviewers.",
        action="Open full text",
        wants="open",
    )
