"""The review in plain Python: no Qt, usable from a notebook.

    with create_project("review.screener", title="Digital peer support") as review:
        review.protocol.add_criterion("participants", include="Adults")

Each stage is an attribute of `Project`; values and errors are in `screener.model`.
"""

import importlib
import os
from typing import TYPE_CHECKING

# python-docx brings lxml, and openpyxl would take that in place of defusedxml: it would read what a
# workbook's XML multiplies, and a full drive would be no `OSError`. Read when openpyxl is imported.
os.environ.setdefault("OPENPYXL_LXML", "False")

if TYPE_CHECKING:
    from screener.files import create_project, open_copy, open_project
    from screener.merging import compare, merge_into
    from screener.project import Project
    from screener.safety import (
        backup_time,
        find_backups,
        is_backup,
        last_place,
        restore,
        shared_place,
        summary_of,
    )
    from screener.store.computer import home, keep_setting

__all__ = [
    "Project",
    "backup_time",
    "compare",
    "create_project",
    "find_backups",
    "home",
    "is_backup",
    "keep_setting",
    "last_place",
    "merge_into",
    "open_copy",
    "open_project",
    "restore",
    "shared_place",
    "summary_of",
]


_ELSEWHERE = {
    "backup_time": "screener.safety",
    "compare": "screener.merging",
    "create_project": "screener.files",
    "home": "screener.store.computer",
    "find_backups": "screener.safety",
    "is_backup": "screener.safety",
    "keep_setting": "screener.store.computer",
    "last_place": "screener.safety",
    "merge_into": "screener.merging",
    "open_copy": "screener.files",
    "open_project": "screener.files",
    "restore": "screener.safety",
    "shared_place": "screener.safety",
    "summary_of": "screener.safety",
}


def __getattr__(name: str) -> object:
    """Import a name when it is first asked for: the start page shows before the core is read."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(importlib.import_module(_ELSEWHERE.get(name, "screener.project")), name)
    return found
