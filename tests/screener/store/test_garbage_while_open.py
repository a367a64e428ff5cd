"""Bytes of an open file are changed by another program: whatever is asked, a sentence comes."""

import os

import pytest

from screener import open_project
from screener.model import Stage, UserError

TA = Stage.TITLE_ABSTRACT


def asked(review):
    """What is asked of a file, by name."""
    file = review._file
    unit = next(iter(review.units.ids()))
    return {
        "records": lambda: list(review.sources.records()),
        "units": lambda: review.units.find("the"),
        "members": lambda: file.members(unit),
        "unit of": lambda: file.unit_of(unit),
        "closed": lambda: file.closed(TA, file.reviewer),
        "own": lambda: file.own("position"),
        "raw texts": lambda: review.has_tags,
        "made": lambda: (file.made, file.given),
        "batches": review.sources.batches,
        "groups": review.duplicates.groups,
        "reviewers": review.consensus.reviewers,
        "standing": lambda: review.consensus.standing(TA),
        "history": lambda: review.history(unit),
        "backup": review.backup,
        "undo": review.undo,
        "counts": review.counts,
        "undo name": lambda: review.undo_name,
        "verify": review.require_whole,
        "flow": review.report.flow,
    }


@pytest.mark.parametrize("name", ["a.screener", "p.screener"])
def test_every_answer_about_a_damaged_open_file_is_a_sentence(pair, name):
    path = pair.project.with_name(name)
    with open_project(path) as review:
        questions = asked(review)
        found = path.stat()
        with path.open("r+b") as other:
            other.seek(1024)
            other.write(b"\xff" * (found.st_size - 1024))
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
        review._file.connection.execute("PRAGMA shrink_memory")
        said = 0
        for question in questions.values():
            try:
                question()
            except UserError:
                said += 1
        assert said > 10, "the file is read"
