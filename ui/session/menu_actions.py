"""The entries of the menus, with their keys; part of the one table of `actions`."""

from __future__ import annotations

from ui.session.action import Action, Files

MENUS = ("File", "Edit", "View", "Review", "Help")
"""The menus; in a copy *Review* is called *Record*."""


def _menu(
    id_: str,
    name: str,
    menu: str,
    *keys: str,
    files: Files = Files.ANY,
    line: bool = False,
    group: str = "",
) -> Action:
    return Action(id=id_, name=name, keys=keys, menu=menu, files=files, line=line, group=group)


_FILE = (
    _menu("new", "New review…", "File", "Ctrl+N", files=Files.ALWAYS),
    _menu("open", "Open…", "File", "Ctrl+O", files=Files.ALWAYS),
    _menu("example", "Open the example", "File", files=Files.ALWAYS),
    _menu("make-project", "Make a project from copies…", "File", files=Files.ALWAYS),
    _menu("export", "Export records…", "File", "Ctrl+E", line=True),
    _menu("write-report", "Report…", "File", "Ctrl+R", files=Files.PROJECT),
    _menu("archive", "Archive the review…", "File", "Ctrl+Shift+E", files=Files.PROJECT),
    _menu("save-copy", "Save a copy…", "File", "Ctrl+Shift+S"),
    _menu("backups", "Backups…", "File", files=Files.ALWAYS),
    _menu("verify", "Check this file", "File"),
    _menu("close", "Close the review", "File", "Ctrl+W", line=True),
    _menu("quit", "Quit", "File", "Ctrl+Q", files=Files.ALWAYS),
)
_EDIT = (
    _menu("undo", "Take back", "Edit", "Ctrl+Z"),
    _menu("redo", "Repeat", "Edit", "Ctrl+Shift+Z", "Ctrl+Y"),
    _menu("cut-text", "Cut", "Edit", "Ctrl+X", files=Files.ALWAYS, line=True),
    _menu("copy-text", "Copy", "Edit", "Ctrl+C", files=Files.ALWAYS),
    _menu("paste-text", "Paste", "Edit", "Ctrl+V", files=Files.ALWAYS),
    _menu("select-text", "Select all", "Edit", "Ctrl+A", files=Files.ALWAYS),
    _menu("find", "Search", "Edit", "Ctrl+F"),
)
_VIEW = (
    _menu("scheme-system", "As the system", "View", files=Files.ALWAYS),
    _menu("scheme-light", "Light", "View", files=Files.ALWAYS),
    _menu("scheme-dark", "Dark", "View", files=Files.ALWAYS),
    _menu("scheme-contrast-light", "High contrast, light", "View", files=Files.ALWAYS),
    _menu("scheme-contrast-dark", "High contrast, dark", "View", files=Files.ALWAYS),
    _menu("scheme-next", "Light, dark", "View", "Ctrl+D", files=Files.ALWAYS, group="Look"),
    _menu(
        "text-larger",
        "Larger text",
        "View",
        "Ctrl++",
        "Ctrl+=",
        files=Files.ALWAYS,
        line=True,
        group="Look",
    ),
    _menu("text-smaller", "Smaller text", "View", "Ctrl+-", files=Files.ALWAYS, group="Look"),
    _menu("text-usual", "Usual text size", "View", "Ctrl+0", files=Files.ALWAYS),
    _menu("face-serif", "Records with serifs", "View", files=Files.ALWAYS, line=True),
    _menu("face-sans", "Records without serifs", "View", files=Files.ALWAYS),
    _menu("rail", "Fold the stages", "View", "Ctrl+\\", line=True),
    _menu("next-area", "Next area", "View", "F6"),
    _menu("full-screen", "Full screen", "View", "F11", files=Files.ALWAYS),
)
_REVIEW = (
    _menu("protocol", "Protocol", "Review"),
    _menu("add-reviewer", "Add a reviewer, or write a copy…", "Review", files=Files.PROJECT),
    _menu("merge", "Merge reviewers’ files…", "Review", "Ctrl+M", files=Files.PROJECT),
    _menu("take-in", "Take in a newer copy…", "Review", files=Files.COPY),
    _menu("take-decisions", "Decisions made elsewhere…", "Review", files=Files.COPY),
    _menu("send", "Send my decisions…", "Review", files=Files.COPY),
    _menu("screen", "Screen in my own copy", "Review", files=Files.PROJECT, line=True),
    _menu("review", "Go to the coordinator’s project", "Review", files=Files.COPY, line=True),
)
_HELP = (
    _menu("help", "Help on this page", "Help", "F1"),
    _menu("all-keys", "All keys", "Help", "?", files=Files.ALWAYS),
    _menu("change-keys", "Change keys…", "Help", files=Files.ALWAYS),
    _menu("before", "Before you begin", "Help", files=Files.COPY),
    _menu("report-problem", "Report a problem…", "Help", files=Files.ALWAYS, line=True),
    _menu("about", "About Screener", "Help", files=Files.ALWAYS),
)
ENTRIES: tuple[Action, ...] = (*_FILE, *_EDIT, *_VIEW, *_REVIEW, *_HELP)
"""All of them, in the order they stand in."""
