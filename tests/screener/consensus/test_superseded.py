"""What an entry takes the place of: at its own place alone, the same in every order of merging."""

import json
import shutil
import sqlite3

import pytest

from screener import merge_into, open_copy, open_project
from screener.consensus.merging.findings import Check, MergeRefused, Result, Step
from screener.model import Stage, UserError
from screener.store import caches, verify
from tests.screener.consensus.planting import plant, spoil

TA = Stage.TITLE_ABSTRACT
SAID = {1: "include", 2: "exclude", 3: "include", 4: "include", 5: "exclude", 6: "include"}


@pytest.fixture
def forged(tmp_path, making):
    """A project, two closed copies, and Maya's empty copy with an entry in place of another's.

    Its decision on record 1 says that it takes the place of hers on record 5, which it has not.
    """
    project = making.review(tmp_path)
    empty = tmp_path / "x.screener"
    shutil.copy(tmp_path / "a.screener", empty)
    for letter in "ab":
        making.screen(tmp_path / f"{letter}.screener", SAID)
    with open_project(tmp_path / "a.screener", write=False) as mine:
        first, fifth = (making.uid(mine, number) for number in (1, 5))
        maya = mine._file.reviewer
        ((old,),) = mine._file.rows("SELECT event FROM current WHERE subject = ?", (fifth,))
    plant(empty, "decision", '{"verdict":"include"}', author=maya, subject=first, step=TA,
          supersedes=json.dumps([old.hex()]))  # fmt: skip
    caches.rebuild_in(empty)
    return project, tmp_path / "a.screener", tmp_path / "b.screener", empty


def decided(path, number):
    """The verdicts that stand on a record, whoever gave them."""
    with open_project(path, write=False) as review:
        assert review.verify() == []
        unit = review.units.find(str(number))
        values = review._file.rows(
            "SELECT s.value FROM current c JOIN said s ON s.id = c.value "
            "WHERE c.kind = 'decision' AND c.subject = ?",
            (unit,),
        )
    return sorted(json.loads(value)["verdict"] for (value,) in values)


def test_an_entry_in_place_of_one_that_is_not_in_the_file_is_refused_in_any_order(forged):
    project, a, b, x = forged
    for before in ((), (a, b)):
        merge_into(project, *before) if before else None
        with pytest.raises(MergeRefused) as told:
            merge_into(project, x)
        (found,) = told.value.files
        where = "on something else" if before else "an entry that is not in it"
        assert where in str(told.value)
        assert str(told.value).startswith("x.screener holds a decision of Maya in place of ")
        assert (found.refused.check, found.refused.step) == (Check.REVIEWER, Step.FRESH_COPY)
    assert decided(project, 5) == ["exclude", "exclude"]


def test_the_check_of_a_file_names_it(forged):
    *_, x = forged
    with open_project(x, write=False, check_up_to=-1) as mine:
        assert [problem.message for problem in mine.verify()] == [
            "An entry names another one that is not here."
        ]


def test_salvaged_it_is_without_effect_and_locks_nobody_out(forged, making):
    project, a, b, x = forged
    merge_into(project, x, salvage=True)
    merge_into(project, a, b)
    assert decided(project, 5) == ["exclude", "exclude"]
    # Who goes on in a copy written from there comes in again, also into another project.
    newer = project.with_name("newer.screener")
    with open_project(project) as review:
        review.consensus.write_copy("Maya", newer)
    with open_copy(newer) as mine:
        assert mine.verify() == []
        if mine.screening.closed(TA):
            mine.screening.reopen(TA, "once more")
    making.screen(newer, {2: "include"})
    merge_into(project, newer)
    assert decided(project, 2) == ["exclude", "include"]
    merge_into(project.with_name("made.screener"), newer, b)
    assert decided(project.with_name("made.screener"), 2) == ["exclude", "include"]


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_join_of_the_two_gives_it_effect_whenever_it_comes(forged, when):
    """Which events stand follows from what is here, and not from what came first."""
    project, a, b, x = forged

    def join():
        with open_project(project) as review:
            review.duplicates.same([review.units.find("1"), review.units.find("5")])

    join() if when == "before" else None
    merge_into(project, x, salvage=True)
    merge_into(project, a, b)
    join() if when == "after" else None
    with open_project(project) as review:
        assert review.verify() == []
        ((fifth,),) = review._file.rows("SELECT uid FROM record WHERE number = 5")
        rows = review._file.rows(
            "SELECT count(*) FROM current WHERE kind = 'decision' AND subject = ?", (fifth,)
        )
        assert rows == [(1,)], "Jonas's alone"


def test_a_join_that_a_merge_brings_gives_it_effect(forged):
    project, a, b, x = forged
    other = project.with_name("other.screener")
    shutil.copy(project, other)
    with open_project(other) as review:
        review.duplicates.same([review.units.find("1"), review.units.find("5")])
    merge_into(project, x, salvage=True)
    merge_into(project, a, b)
    merge_into(project, other, project=True)
    with open_project(project, write=False) as review:
        assert review.verify() == []
        ((fifth,),) = review._file.rows("SELECT uid FROM record WHERE number = 5")
        rows = review._file.rows(
            "SELECT count(*) FROM current WHERE kind = 'decision' AND subject = ?", (fifth,)
        )
    assert rows == [(1,)], "Jonas's alone"


def test_what_the_project_has_already_is_no_reason_to_refuse_a_file(forged, making):
    """An earlier program may have taken in what this one refuses."""
    project, a, b, _ = forged
    merge_into(project, a, b)
    db = sqlite3.connect(project)
    (old, maya) = db.execute(
        "SELECT c.event, c.author FROM current c JOIN record r ON r.uid = c.subject "
        "WHERE c.kind = 'decision' AND r.number = 5"
    ).fetchone()
    (first,) = db.execute("SELECT uid FROM record WHERE number = 1").fetchone()
    db.close()
    plant(project, "decision", '{"verdict":"include"}', author=maya, subject=first, step=TA,
          supersedes=json.dumps([old.hex()]))  # fmt: skip
    caches.rebuild_in(project)
    newer = project.with_name("newer.screener")
    with open_project(project) as review:
        name = next(p.name for p in review.consensus.reviewers() if p.id == maya)
        review.consensus.write_copy(name, newer)
    with open_copy(newer) as mine:
        mine.screening.reopen(TA, "once more")
    making.screen(newer, {2: "include"})
    merge_into(project, newer)
    with open_project(project, write=False) as review:
        assert review.verify() == []


def test_what_is_kept_of_a_project_that_took_it_in_opens(forged):
    """It was written over by another program since; what a merge says in `meta` is kept too."""
    project, a, _b, x = forged
    with open_project(project) as review:
        review.backup_if_changed()
        review.consensus.merge(x, salvage=True)
        project.write_bytes(a.read_bytes())
        with pytest.raises(UserError):
            review.require_there()
        kept = review.kept
    with open_project(kept) as again:
        assert again.verify() == []


SAYS = "INSERT OR REPLACE INTO meta VALUES ('superseded', ?)"


def says(path):
    db = sqlite3.connect(path)
    found = dict(db.execute("SELECT key, value FROM meta"))
    db.close()
    return found.get("superseded")


@pytest.mark.parametrize("said", ["lost", "the log"])
def test_a_file_that_says_it_was_salvaged_and_lacks_nothing_tells_nobody(pair, said):
    """Nobody vouches for what `meta` says: it is announced, and goes nowhere by itself."""
    db = sqlite3.connect(pair.a)
    (log,) = next(db.execute("SELECT id FROM log WHERE kind = 'reviewer'"))
    db.close()
    spoil(pair.a, SAYS, log if said == "the log" else said)
    (found,) = merge_into(pair.project, pair.a)
    assert Result.REMARK in [f.result for f in found.findings if f.check is Check.INTEGRITY]
    assert found.new_events
    assert says(pair.project) is None
    with open_project(pair.project) as review:
        review.consensus.write_copy("Zoe", pair.folder / "zoe.screener")
    assert says(pair.folder / "zoe.screener") is None


def test_what_a_salvaged_log_lacks_excuses_no_other_log(forged):
    """The file says it of all its logs, and one of them names what is not there."""
    project, *_, x = forged
    spoil(x, SAYS, "lost")
    merge_into(project, x)
    db = sqlite3.connect(x)
    (log,) = next(db.execute("SELECT id FROM log WHERE kind = 'reviewer'"))
    db.close()
    assert says(project) == log
    with open_project(project) as review:
        assert review.verify() == []
        review.consensus.write_copy("Zoe", project.with_name("zoe.screener"))
        zoe = next(str(r.id) for r in review.consensus.reviewers() if r.name == "Zoe")
        record = review.units.find("1")
    assert says(project.with_name("zoe.screener")) is None, "it is not of the project log"
    nothing = json.dumps(["f" * 64])
    body = '{"text":"mine"}'
    plant(project, "note", body, author=zoe, subject=record, step=TA, supersedes=nothing)
    db = sqlite3.connect(project)
    kinds = {one.kind for one in verify.check(db)}
    db.close()
    assert verify.REPLACED in kinds
