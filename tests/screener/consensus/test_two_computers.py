"""Who works on two computers and brings both together before closing has closed all of it."""

import json
import shutil

import pytest

from screener import merge_into, open_copy, open_project
from screener.model import Stage
from tests.screener.consensus.planting import plant

TA = Stage.TITLE_ABSTRACT
HOME = {2: "include", 3: "include"}
OFFICE = {1: "include", 4: "include"}
REST = {5: "exclude", 6: "exclude"}
JONAS = {1: "include", 2: "exclude", 3: "exclude", 4: "include", 5: "exclude", 6: "exclude"}


@pytest.fixture
def at(monkeypatch, tmp_path):
    """Work on a computer of that name from now on."""

    def move(name):
        monkeypatch.setenv("SCREENER_HOME", str(tmp_path / f"computer-{name}"))

    return move


@pytest.fixture
def apart(tmp_path, making, at):
    """A project, Maya's copies from her office and from home, and Jonas's closed copy."""
    at("coordinator")
    project = making.review(tmp_path)
    office, home, jonas = (tmp_path / f"{name}.screener" for name in ("a", "home", "b"))
    making.screen(jonas, JONAS)
    shutil.copy(office, home)
    at("home")
    making.screen(home, HOME, close=False)
    at("office")
    making.screen(office, OFFICE, close=False)
    return project, office, home, jonas


def read(path):
    """Of Maya: answers that no code covers; of both: the table, and what counts nowhere."""
    with open_project(path, write=False) as review:
        assert review.verify() == []
        found = review.consensus.agreement(TA)
        (maya, *_) = review.consensus.standing(TA).reviewers
        return maya.changed_since, found.pairs[0].figures("binary").table, dict(found.not_counted)


WHOLE = (0, ((2, 2), (0, 2)), {})


def test_what_was_merged_before_closing_is_closed(apart, making):
    project, office, home, jonas = apart
    merge_into(office, home)
    making.screen(office, REST)
    with open_project(office, write=False) as mine:
        assert mine.consensus.standing(TA).reviewers[0].changed_since == 0
    for number, order in enumerate(((office, jonas), (jonas, office, home), (home, office, jonas))):
        path = project.with_name(f"order-{number}.screener")
        shutil.copy(project, path)
        for file in order:
            merge_into(path, file)
        assert read(path) == WHOLE


def test_what_the_coordinator_brought_together_is_closed(apart, making, at):
    project, office, home, jonas = apart
    at("coordinator")
    merge_into(project, office, home)
    newer = project.with_name("newer.screener")
    with open_project(project) as review:
        review.consensus.write_copy("Maya", newer)
    at("office")
    making.screen(newer, REST)
    merge_into(project, newer, jonas)
    assert read(project) == WHOLE


def test_what_was_not_brought_together_is_not_closed(apart, making):
    """The other side of it: the code binds what lay in the file, and nothing else."""
    project, office, home, jonas = apart
    making.screen(office, REST)
    merge_into(project, office, home, jonas)
    assert read(project)[0] == 2


def test_a_reopening_knows_what_was_brought_together_too(apart, making):
    project, office, home, jonas = apart
    merge_into(office, home)
    making.screen(office, REST)
    with open_copy(office) as mine:
        mine.screening.reopen(TA, "second thoughts")
    making.screen(office, {2: "exclude"})
    merge_into(project, office, jonas)
    assert read(project) == WHOLE, "as first closed"


@pytest.mark.parametrize(
    ("whose", "said"),
    [
        ("nobody", "that goes on from an entry that is not in it"),
        ("jonas", "that goes on from an entry of somebody else"),
    ],
)
def test_a_close_knows_its_authors_entries_only(apart, making, whose, said):
    project, office, _, jonas = apart
    merge_into(project, jonas)
    with open_project(jonas, write=False) as other:
        ((foreign,),) = other._file.rows("SELECT id FROM event WHERE kind = 'close'")
    known = foreign.hex() if whose == "jonas" else "f" * 64
    with open_project(office, write=False) as mine:
        maya = mine._file.reviewer
    plant(office, "close", json.dumps({"known": [known]}), author=maya, step=TA)
    with pytest.raises(Exception, match=said):
        merge_into(project, office)


def test_a_note_stays_with_its_decision_in_any_order(tmp_path, making, at):
    """Two computers said it differently, each with a note: the last merged one is not of both."""
    at("coordinator")
    project = making.review(tmp_path)
    office, home = tmp_path / "a.screener", tmp_path / "home.screener"
    shutil.copy(office, home)
    for name, path, verdict, note in (
        ("office", office, "include", "x"),
        ("home", home, "exclude", "y"),
    ):
        at(name)
        with open_copy(path) as mine:
            mine.screening.decide(making.uid(mine, 3), verdict, stage=TA, note=note)
            mine.screening.close(TA)
    at("coordinator")
    for number, order in enumerate(((office, home), (home, office))):
        path = tmp_path / f"order-{number}.screener"
        shutil.copy(project, path)
        for file in order:
            merge_into(path, file)
        with open_project(path, write=False) as review:
            found = review.consensus.at(TA).step.recorded()[making.uid(review, 3)]
            assert {(str(d.verdict), d.note) for d in found} == {("include", "x"), ("exclude", "y")}


def test_a_note_stays_with_the_record_it_was_written_on(tmp_path, making, at):
    at("coordinator")
    project = making.review(tmp_path)
    office = tmp_path / "a.screener"
    with open_copy(office) as mine:
        mine.screening.decide(making.uid(mine, 1), "include", stage=TA, note="first")
        mine.screening.decide(making.uid(mine, 2), "exclude", stage=TA)
        mine.screening.close(TA)
    merge_into(project, office)
    with open_project(project) as review:
        records = [making.uid(review, 1), making.uid(review, 2)]
        review.duplicates.same(records)
        found = review.consensus.at(TA).step.recorded()[review.units.find("1")]
        assert {(str(d.verdict), d.note) for d in found} == {("include", "first"), ("exclude", "")}
