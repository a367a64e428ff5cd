"""The review in plain Python: no Qt, usable from a notebook.

    with create_project("review.screener", title="Digital peer support") as review:
        review.protocol.add_criterion("participants", include="Adults")

Each stage is an attribute of `Project`; values and errors are in `screener.model`.
"""

from screener.project import (
    Project,
    compare,
    create_project,
    merge_into,
    open_copy,
    open_project,
    restore,
)

__all__ = [
    "Project",
    "compare",
    "create_project",
    "merge_into",
    "open_copy",
    "open_project",
    "restore",
]
