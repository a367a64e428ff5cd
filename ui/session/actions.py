"""Every menu entry and every key, in one table; menus, key caps and the card of keys read it.

Single letters act only in their place (`Where`), while the record or the list has the focus.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ui.session.action import ROW, Action, Files, Where
from ui.session.menu_actions import ENTRIES, MENUS

__all__ = ["ACTIONS", "BY_ID", "MENUS", "ROW", "Action", "Files", "Where", "writes"]


def _key(
    id_: str,
    name: str,
    where: Where,
    group: str,
    *keys: str,
    decides: bool = False,
    held: bool = False,
    fixed: bool = False,
) -> Action:
    return Action(
        id=id_,
        name=name,
        keys=keys,
        where=where,
        group=group,
        decides=decides,
        held=held,
        fixed=fixed,
    )


_STAGES = tuple(
    Action(id=f"stage-{n}", name=f"Stage {n}", keys=(f"Ctrl+{n}",), fixed=True)
    for n in range(1, 10)
)

_RECORD = (
    _key("include", "Include", Where.RECORD, "Decide", "I", decides=True),
    _key("exclude", "Exclude", Where.RECORD, "Decide", "E", decides=True),
    _key("maybe", "Maybe", Where.RECORD, "Decide", "M", "U", decides=True),
    _key(
        "reason",
        "Exclude with reason",
        Where.RECORD,
        "Decide",
        *"123456789",
        decides=True,
        fixed=True,
    ),
    _key(
        "other-reason",
        "Exclude with another reason",
        Where.RECORD,
        "",
        "0",
        decides=True,
        fixed=True,
    ),
    _key(
        "take-suggestion",
        "Take the suggestion",
        Where.RECORD,
        "Decide",
        "Return",
        "Enter",
        decides=True,
    ),
    _key("take-back", "Take back", Where.RECORD, "Decide", "Backspace"),
    _key("met", "Met", Where.RECORD, "Judge a criterion", "A"),
    _key("not-met", "Not met", Where.RECORD, "Judge a criterion", "S"),
    _key("unclear", "Unclear", Where.RECORD, "Judge a criterion", "D"),
    _key("criterion-above", "Criterion above", Where.RECORD, "Judge a criterion", "W"),
    _key("criterion-below", "Criterion below", Where.RECORD, "Judge a criterion", "X"),
    _key("next-record", "Next record", Where.RECORD, "Move", "Down", "J", held=True),
    _key("record-before", "Record before", Where.RECORD, "Move", "Up", "K", held=True),
    _key("scroll-down", "Scroll down", Where.RECORD, "", "Space", held=True, fixed=True),
    _key("scroll-up", "Scroll up", Where.RECORD, "", "Shift+Space", held=True, fixed=True),
    _key("page-down", "A page down", Where.RECORD, "", "PgDown", held=True, fixed=True),
    _key("page-up", "A page up", Where.RECORD, "", "PgUp", held=True, fixed=True),
    _key("search", "Search", Where.RECORD, "Move", "/"),
    _key("linked-record", "Linked reports", Where.RECORD, "Move", "L"),
    _key("list", "List and record", Where.RECORD, "Move", "V"),
    _key(
        "choose-below", "Choose several", Where.RECORD, "Move", "Shift+Down", held=True, fixed=True
    ),
    _key("choose-above", "Choose less", Where.RECORD, "", "Shift+Up", held=True, fixed=True),
    _key("queue", "Queue", Where.RECORD, "Move", "Q"),
    _key("note", "Note", Where.RECORD, "Write", "N"),
    _key("labels", "Labels of your own", Where.RECORD, "Write", "T"),
    _key("flag", "Flag for the meeting", Where.RECORD, "Write", "F"),
    _key("duplicate", "Duplicate of another record", Where.RECORD, "Write", "="),
    _key("propose", "Propose a correction", Where.RECORD, "Write", "G"),
    _key("criteria", "Criteria", Where.RECORD, "Look", "P"),
    _key("highlights", "Highlights", Where.RECORD, "Look", "H"),
    _key("own-words", "Words to highlight", Where.RECORD, "Look", "Shift+H"),
    _key("byline", "Authors, journal, year", Where.RECORD, "Look", "B"),
    _key("copy-doi", "Copy the DOI", Where.RECORD, "Look", "C"),
    _key("open-doi", "Open the DOI in the browser", Where.RECORD, "Look", "O"),
    _key("details", "Everything about the record", Where.RECORD, "Look", "Alt+Return"),
)
_DUPLICATES = (
    _key("same", "All the same", Where.DUPLICATES, "Decide", "S", decides=True),
    _key("different", "All different", Where.DUPLICATES, "Decide", "D", decides=True),
    _key(
        "split",
        "Take the suggested split",
        Where.DUPLICATES,
        "Decide",
        "Return",
        "Enter",
        decides=True,
    ),
    _key("which", "Choose which", Where.DUPLICATES, "Decide", "P"),
    _key("later", "Later", Where.DUPLICATES, "Decide", "L"),
    _key("take-back-group", "Take back", Where.DUPLICATES, "Decide", "Backspace"),
    _key("shown-left", "Shown record, left", Where.DUPLICATES, "Decide", "Left"),
    _key("shown-right", "Shown record, right", Where.DUPLICATES, "Decide", "Right"),
    _key("next-group", "Next group", Where.DUPLICATES, "Move", "Down", "J", held=True),
    _key("group-before", "Group before", Where.DUPLICATES, "Move", "Up", "K", held=True),
    _key("which-groups", "Which groups", Where.DUPLICATES, "Move", "Q"),
    _key("another-record", "Put another record beside", Where.DUPLICATES, "Move", "/"),
    _key(
        "undo-join",
        "Take this join, or this run, back",
        Where.DUPLICATES,
        "Decide",
        "Del",
        decides=True,
    ),
    _key(
        "column",
        "Mark a record",
        Where.CHOOSING,
        "While choosing which",
        *"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        fixed=True,
    ),
)
_CONSENSUS = (
    _key("settle-include", "Include", Where.CONSENSUS, "Settle", "I"),
    _key("settle-exclude", "Exclude", Where.CONSENSUS, "Settle", "E"),
    _key(
        "settle-reason", "Exclude with reason", Where.CONSENSUS, "Settle", *"1234567890", fixed=True
    ),
    _key("go-on", "Settle", Where.CONSENSUS, "Settle", "Return", "Enter", decides=True, fixed=True),
    _key("take-left", "Take the left decision", Where.CONSENSUS, "Settle", "Left"),
    _key("take-right", "Take the right decision", Where.CONSENSUS, "Settle", "Right"),
    _key("needs-full-text", "Needs full text", Where.CONSENSUS, "Settle", "G"),
    _key("arbitrator", "To the arbitrator", Where.CONSENSUS, "Settle", "O"),
    _key("because", "Because", Where.CONSENSUS, "Settle", "B"),
    _key("item-later", "Later", Where.CONSENSUS, "Settle", "L"),
    _key("take-back-item", "Take back", Where.CONSENSUS, "Settle", "Backspace"),
    _key("reveal", "Show more", Where.CONSENSUS, "Show", "R", decides=True),
    _key("reveal-less", "Show less", Where.CONSENSUS, "Show", "Shift+R"),
    _key("projector", "Projector", Where.CONSENSUS, "Show", "Ctrl+Shift+P"),
    _key("next-item", "Next item", Where.CONSENSUS, "Move", "Down", "J", held=True),
    _key("item-before", "Item before", Where.CONSENSUS, "Move", "Up", "K", held=True),
    _key("find-item", "Search", Where.CONSENSUS, "Move", "/"),
    _key("item-filter", "Which items", Where.CONSENSUS, "Move", "Q"),
    _key("agreement", "Agreement", Where.CONSENSUS, "Show", "A"),
    _key("present", "Who is present", Where.CONSENSUS, "Settle", "P"),
    _key("agenda", "Agenda…", Where.CONSENSUS, "On paper", "D"),
    _key("minutes", "Minutes…", Where.CONSENSUS, "On paper", "M"),
    _key("settle-table", "Settle from a table…", Where.CONSENSUS, "On paper", "F"),
    _key("type-value", "Type a value, or a name", Where.ANSWER, "A form", "T", fixed=True),
    _key("agree-not-reported", "Not reported", Where.ANSWER, "A form", "F2", fixed=True),
    _key("agree-unclear", "Unclear", Where.ANSWER, "A form", "F3", fixed=True),
    _key("agree-not-applicable", "Not applicable", Where.ANSWER, "A form", "F4", fixed=True),
    _key("same-meaning", "These mean the same", Where.ANSWER, "A form", "=", fixed=True),
    _key("take-wording", "One reviewer’s wording", Where.ANSWER, "A form", "W", fixed=True),
    _key("show-all", "All questions", Where.ANSWER, "A form", "V", fixed=True),
    _key(
        "its-reports", "Its reports", Where.ANSWER, "A form", "Alt+Return", "Alt+Enter", fixed=True
    ),
    _key("next-subject", "Next study", Where.ANSWER, "A form", "Ctrl+Down", fixed=True),
    _key("subject-before", "Study before", Where.ANSWER, "A form", "Ctrl+Up", fixed=True),
)
_SOURCES = (
    _key("import", "Import", Where.SOURCES, "Sources", "Ctrl+I"),
    _key("withdraw", "Take back this import", Where.SOURCES, "Sources", "Delete"),
    _key("correct", "Correct the record", Where.SOURCES, "Sources", "E"),
    _key("proposals", "Proposed corrections", Where.SOURCES, "Sources", "P"),
    _key("take-proposal", "Take the proposal", Where.SOURCES, "Sources", "T", decides=True),
    _key("leave-proposal", "Leave the proposal", Where.SOURCES, "Sources", "L", decides=True),
    _key("search-records", "Search", Where.SOURCES, "", "/", fixed=True),
)
_REVIEWERS = (
    _key("another-reviewer", "Another reviewer", Where.REVIEWERS, "Reviewers", "N"),
    _key("write-copy", "Write a newer copy", Where.REVIEWERS, "Reviewers", "C"),
    _key("rename-person", "Rename", Where.REVIEWERS, "Reviewers", "F2"),
    _key("person-leaves", "Leaves the review, or is removed", Where.REVIEWERS, "Reviewers", "Del"),
    _key("person-returns", "Takes part again", Where.REVIEWERS, "Reviewers", "B"),
    _key("closing-codes", "Closing codes", Where.REVIEWERS, "Reviewers", "Alt+Return"),
)
_FULL_TEXT = (
    _key("retrieved", "Retrieved", Where.FULL_TEXT, "Reports", "R", decides=True),
    _key("not-retrieved", "Not retrieved", Where.FULL_TEXT, "Reports", "N", decides=True),
    _key("sought", "Still sought", Where.FULL_TEXT, "Reports", "S", decides=True),
    _key("take-back-report", "Take back", Where.FULL_TEXT, "Reports", "Backspace"),
    _key("find-report", "Search", Where.FULL_TEXT, "Move", "/"),
    _key("linked-report", "Linked reports", Where.FULL_TEXT, "Move", "L"),
)
_STUDIES = (
    _key(
        "put-report", "Put it where the hint says", Where.STUDIES, "Reports in no study", "Return",
        "Enter", decides=True,
    ),
    _key("another-study", "Another study", Where.STUDIES, "Reports in no study", "S"),
    _key("own-study", "Its own study", Where.STUDIES, "Reports in no study", "N", decides=True),
    _key("name-study", "Name", Where.STUDIES, "Studies", "F2"),
    _key("study-intervention", "Intervention", Where.STUDIES, "Studies", "I"),
    _key("study-state", "State", Where.STUDIES, "Studies", "T"),
    _key("primary-report", "Primary report", Where.STUDIES, "Studies", "P"),
    _key("take-out", "Take out", Where.STUDIES, "Studies", "Del", decides=True),
    _key("take-back-study", "Take back", Where.STUDIES, "Studies", "Backspace"),
    _key("open-form", "Open a form", Where.STUDIES, "Studies", "O"),
    _key("find-study", "Search", Where.STUDIES, "Move", "/"),
)  # fmt: skip
_ANY_PAGE = (_key("leave", "Leave", Where.PAGE, "", "Esc", fixed=True),)
_PROTOCOL = (
    _key("begin", "Begin screening", Where.BEFORE, "", "Return", "Enter", fixed=True),
    _key("save-protocol", "Save", Where.PROTOCOL, "", "Ctrl+Return", "Ctrl+Enter", fixed=True),
)
_FORM = (
    _key("option", "Choose", Where.FORM, "Answer", *"1234567890", fixed=True, decides=True),
    _key(
        "begins-with",
        "Choose what begins with it",
        Where.FORM,
        "Answer",
        *"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        fixed=True,
        decides=True,
    ),
    _key(
        "option-below", "Mark the option below", Where.FORM, "Answer", "Down", held=True, fixed=True
    ),
    _key(
        "option-above", "Mark the option above", Where.FORM, "Answer", "Up", held=True, fixed=True
    ),
    _key(
        "take-option",
        "Choose what is marked",
        Where.FORM,
        "Answer",
        "Space",
        fixed=True,
        decides=True,
    ),
    _key("not-reported", "Not reported", Where.FORM, "Answer", "F2"),
    _key("not-clear", "Unclear", Where.FORM, "Answer", "F3"),
    _key("not-applicable", "Not applicable", Where.FORM, "Answer", "F4"),
    _key("answer-place", "Page and quote", Where.FORM, "Answer", "Alt+Return", "Alt+Enter"),
    _key("answer-note", "Note on the answer", Where.FORM, "Answer", "Alt+N"),
    _key(
        "remove-row",
        "Remove a row of a table",
        Where.FORM,
        "Answer",
        "Ctrl+Shift+Del",
        decides=True,
    ),
    _key("next-field", "Next field", Where.FORM, "Move", "Tab", held=True, fixed=True),
    _key("field-before", "Field before", Where.FORM, "Move", "Shift+Tab", held=True, fixed=True),
    _key(
        "enter-field",
        "Take what is marked, next field",
        Where.FORM,
        "Move",
        "Return",
        "Enter",
        held=True,
        fixed=True,
    ),
    _key("next-open", "Next field to answer", Where.FORM, "Move", "F8"),
    _key("find-field", "Search a field", Where.FORM, "Move", "/"),
    _key("section-below", "Next section", Where.FORM, "Move", "Ctrl+Down"),
    _key("section-above", "Section before", Where.FORM, "Move", "Ctrl+Up"),
    _key("next-study", "Next study", Where.FORM, "Move", "Ctrl+Return", "Ctrl+Enter"),
    _key("which-study", "Studies", Where.FORM, "Move", "Alt+Down"),
    _key("form-record", "Record", Where.FORM, "Look", "F7"),
    _key("close-form", "Close the form…", Where.FORM, "Answer"),
)
_FORMS = (
    _key("new-form", "New form", Where.FORMS, "Forms", "N"),
    _key("edit-form", "Edit", Where.FORMS, "Forms", "E"),
    _key("take-form", "Take it", Where.FORMS, "Forms", "T"),
    _key("copy-form", "Copy to edit", Where.FORMS, "Forms", "C"),
    _key("import-form", "Import", Where.FORMS, "Forms", "I"),
    _key("export-form", "Save as a file", Where.FORMS, "Forms", "X"),
    _key("remove-form", "Remove", Where.FORMS, "Forms", "Del"),
    _key("add-field", "New field", Where.EDITOR, "A form", "N", "Ctrl+Shift+N"),
    _key("add-section", "New section", Where.EDITOR, "A form", "S"),
    _key("add-list", "New list", Where.EDITOR, "A form", "L"),
    _key("part-earlier", "Earlier", Where.EDITOR, "A form", "Alt+Up"),
    _key("part-later", "Later", Where.EDITOR, "A form", "Alt+Down"),
    _key("remove-part", "Remove, or retire", Where.EDITOR, "A form", "Del"),
    _key("form-preview", "Preview", Where.EDITOR, "A form", "F7"),
    _key("save-form", "Save", Where.EDITOR, "", "Ctrl+Return", "Ctrl+Enter", fixed=True),
)
_REPORT = (
    _key("save-diagram", "Save the diagram", Where.REPORT, "Report", "Ctrl+S"),
    _key("show-tables", "Tables and plots, or the diagram", Where.REPORT, "Report", "T"),
    _key("choose-form", "Tables and plots of…", Where.REPORT, "Report", "O"),
)

ACTIONS: tuple[Action, ...] = (
    *ENTRIES,
    *_STAGES,
    *_RECORD,
    *_DUPLICATES,
    *_CONSENSUS,
    *_SOURCES,
    *_REVIEWERS,
    *_FULL_TEXT,
    *_STUDIES,
    *_FORM,
    *_FORMS,
    *_REPORT,
    *_PROTOCOL,
    *_ANY_PAGE,
)
BY_ID: Mapping[str, Action] = MappingProxyType({a.id: a for a in ACTIONS})
_WRITING = frozenset(
    (
        "undo", "redo", "add-reviewer", "merge", "take-in", "take-decisions", "take-back",
        "met", "not-met", "unclear", "note", "labels", "flag", "duplicate", "propose", "which",
        "later", "column", "person-returns", "take-back-group", "undo-join", "settle-include",
        "settle-exclude", "settle-reason", "because",
        "take-left", "take-right", "needs-full-text", "arbitrator", "item-later",
        "take-back-item", "present", "type-value", "same-meaning", "take-wording",
        "import", "withdraw", "correct",
        "take-back-report", "save-protocol", "another-study", "name-study", "study-intervention",
        "study-state", "primary-report", "take-back-study", "open-form",
        "remove-form", "not-reported", "not-clear", "not-applicable",
        "answer-place", "answer-note", "remove-row", "close-form",
    )
)  # fmt: skip


def writes(id_: str) -> bool:
    """Say whether an action is for a file that can be changed; "reason-3" is one of a row."""
    action = BY_ID.get(id_) or BY_ID.get(id_.rpartition("-")[0])
    return action is not None and (action.decides or action.id in _WRITING)
