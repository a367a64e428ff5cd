"""What a closing code does not cover is named and counts in no agreement, in any order."""

import itertools
import json
import shutil

import pytest

from screener import compare, merge_into, open_copy, open_project
from screener.model import Stage
from tests.screener.consensus.planting import plant

TA = Stage.TITLE_ABSTRACT
SAID = {1: "include", 2: "include", 3: "include", 4: "include", 5: "exclude", 6: "exclude"}
OTHER = {**SAID, 4: "exclude"}
CHANGED = (
    "Title and abstract: the closing code of Maya does not cover 1 answer, changed after closing "
    "without opening it again or given in a copy that was not closed with the others."
)


@pytest.fixture
def kept(tmp_path, making):
    """A project, two closed copies in conflict on record 4, Maya's copy from before closing."""
    project = making.review(tmp_path)
    a, b, backup = (tmp_path / f"{name}.screener" for name in ("a", "b", "backup"))
    making.screen(a, SAID, close=False)
    shutil.copy(a, backup)
    making.screen(a, {})
    making.screen(b, OTHER)
    return project, a, b, backup


def read(path):
    """Of Maya: answers behind a code; of both: the table, kappa, what counts nowhere, conflicts."""
    with open_project(path, write=False) as review:
        assert review.verify() == []
        found = review.consensus.agreement(TA)
        figures = found.pairs[0].figures("binary")
        (maya, *_) = review.consensus.standing(TA).reviewers
        return maya.changed_since, figures.table, dict(found.not_counted)


def in_every_order(project, *files):
    """What is read after merging in each order, which must be one and the same."""
    found = []
    for place, order in enumerate(itertools.permutations(files)):
        path = project.with_name(f"order-{place}.screener")
        shutil.copy(project, path)
        for file in order:
            merge_into(path, file)
        found.append(read(path))
    assert all(one == found[0] for one in found), found
    return found[0]


def test_a_copy_from_before_closing_that_is_decided_otherwise(kept, making):
    """Agreement cannot be rewritten by whoever has seen the conflicts."""
    project, a, b, backup = kept
    assert in_every_order(project, a, b) == (0, ((3, 1), (0, 2)), {})
    making.screen(backup, {4: "exclude"})
    changed, table, left_out = in_every_order(project, a, b, backup)
    assert (changed, table) == (1, ((3, 0), (0, 2))), "the record counts no more, for anybody"
    assert left_out == {"answered by Maya in two ways in copies that were each closed alone": 1}
    # Whoever merges or compares is told, whichever file comes last.
    for order in ((a, b, backup), (backup, b, a)):
        path = project.with_name("told.screener")
        shutil.copy(project, path)
        merge_into(path, *order[:2])
        (found,) = merge_into(path, order[2])
        assert CHANGED in [one.message for one in found.findings]
    with compare(a, b, backup) as (_, found):
        assert all(CHANGED in [f.message for f in found[n].findings] for n in (0, 2))
        assert CHANGED not in [one.message for one in found[1].findings]


def test_the_same_in_two_copies_counts(kept, making):
    project, a, b, backup = kept
    making.screen(backup, {})
    assert in_every_order(project, a, b, backup) == (0, ((3, 1), (0, 2)), {})


def test_an_empty_copy_closed_and_an_older_one_decided(tmp_path, making):
    """Who closed without deciding, and then saw the decisions, decided nothing alone."""
    project = making.review(tmp_path)
    a, b, older = (tmp_path / f"{name}.screener" for name in ("a", "b", "older"))
    shutil.copy(a, older)
    making.screen(a, {})
    making.screen(b, OTHER)
    making.screen(older, OTHER)
    changed, table, left_out = in_every_order(project, a, b, older)
    assert (changed, table) == (6, ((0, 0), (0, 0)))
    assert left_out == {"answered by Maya in two ways in copies that were each closed alone": 6}


def test_an_honest_reopening_counts_as_it_was(kept, making):
    project, a, b, _ = kept
    with open_copy(a) as mine:
        mine.screening.reopen(TA, "second thoughts")
    making.screen(a, {4: "exclude"})
    assert in_every_order(project, a, b) == (0, ((3, 1), (0, 2)), {})


def test_changed_after_closing_and_closed_again_without_a_reopening(kept, making):
    """The second code does not hide that the first covers another answer."""
    project, a, b, _ = kept
    with open_project(a, write=False) as mine:
        record, maya = making.uid(mine, 4), mine._file.reviewer
        ((old,),) = mine._file.rows("SELECT event FROM current WHERE subject = ?", (record,))
        ((close, review),) = mine._file.rows(
            "SELECT e.id, e.body FROM event e WHERE e.kind = 'close'"
        )
    review = json.loads(review)["body"]["review"]
    plant(a, "decision", '{"verdict":"exclude"}', author=maya, subject=record, step=TA,
          supersedes=json.dumps([old.hex()]))  # fmt: skip
    plant(a, "close", json.dumps({"review": review}), author=maya, step=TA,
          supersedes=json.dumps([close.hex()]))  # fmt: skip
    (found,) = merge_into(project, a)
    assert CHANGED in [one.message for one in found.findings]
    merge_into(project, b)
    assert read(project) == (1, ((3, 1), (0, 2)), {}), "as first closed"
    with compare(a, b) as (review, found):
        assert CHANGED in [one.message for one in found[0].findings]
        assert review.consensus.standing(TA).reviewers[0].changed_since == 1
    # A reopening afterwards makes nothing of it undone.
    with open_copy(a) as mine:
        mine.screening.reopen(TA, "again")
        assert mine.consensus.standing(TA).reviewers[0].changed_since == 1
