"""Who settles knowing what was agreed replaces it, whoever agreed it; who does not, conflicts."""

import itertools
import json

import pytest

from screener import merge_into, open_project
from screener.consensus.merging.findings import MergeRefused
from screener.model import Mode, Stage
from tests.screener.consensus.planting import plant

TA = Stage.TITLE_ABSTRACT


def settle(path, number, outcome, *by, **more):
    """Settle a record in a file (an arbitrator's where one person is named) and say how it is."""
    mode = Mode.ADJUDICATION if len(by) == 1 else Mode.DISCUSSION
    with open_project(path) as review:
        unit = review.units.find(str(number))
        review.consensus.resolve(unit, outcome, step=TA, why="w", by=by, mode=mode, **more)
        return review.consensus.state(unit, TA).status


def give(pair, name, file):
    with open_project(pair.project) as review:
        review.consensus.write_arbitrators_file(name, TA, pair.folder / file)
    return pair.folder / file


def stands(path, number=3):
    with open_project(path, write=False) as review:
        unit = review.units.find(str(number))
        state = review.consensus.state(unit, TA)
        agreed = review.consensus.agreed(TA, [unit]).get(unit, ())
        return str(state.status), str(state.outcome), [one.value for one in agreed]


def decide_again(pair, number, verdict):
    """Let the reviewer of the first copy change a decision after closing."""
    with open_project(pair.a) as copy:
        copy.screening.reopen(TA, "read again")
        copy.screening.decide(copy.units.find(str(number)), verdict, stage=TA)
        copy.screening.close(TA)
    merge_into(pair.project, pair.a)


def test_the_meeting_settles_otherwise_what_an_arbitrator_settled(pair, making):
    pair.merge()
    merge_into(pair.project, settled(give(pair, "Ada", "ada.screener")))
    assert stands(pair.project) == ("resolved", "include", ["include"])
    done = making.cli(
        "resolve", pair.project, 3, "exclude", "--reason", "study-design", "--stage", TA,
        "--why", "w", "--by", "Maya", "--by", "Jonas", "--overturn",
    )  # fmt: skip
    assert "Record 3: settled, exclude." in done.stdout, done.stderr
    assert stands(pair.project) == ("resolved", "exclude", ["exclude"])
    # The arbitrator's file comes in once more and changes nothing.
    merge_into(pair.project, pair.folder / "ada.screener")
    assert stands(pair.project) == ("resolved", "exclude", ["exclude"])
    with open_project(pair.project) as review:
        review.undo()
    assert stands(pair.project) == ("resolved", "include", ["include"])
    with open_project(pair.project) as review:
        review.redo()
    assert stands(pair.project) == ("resolved", "exclude", ["exclude"])


def settled(path, outcome="include", by="Ada"):
    assert settle(path, 3, outcome, by) == "resolved"
    return path


def test_an_arbitrator_settles_what_was_reopened_after_a_meeting(pair, making):
    pair.merge()
    settle(pair.project, 3, "include", "Maya", "Jonas")
    decide_again(pair, 3, "maybe")
    assert stands(pair.project)[0] == "reopened"
    ada = give(pair, "Ada", "ada.screener")
    merge_into(pair.project, settled(ada, "exclude"))
    assert stands(pair.project) == ("resolved", "exclude", ["exclude"])
    # Again reopened: a second arbitrator, then the first, then the meeting.
    decide_again(pair, 3, "include")
    merge_into(pair.project, settled(give(pair, "Ben", "ben.screener"), "include", "Ben"))
    assert stands(pair.project) == ("resolved", "include", ["include"])
    decide_again(pair, 3, "maybe")
    newer = give(pair, "Ada", "ada2.screener")
    listed = json.loads(making.cli("discrepancies", newer, "--stage", TA, "--json").stdout)
    assert {one["state"] for one in listed} == {"open"}  # also what Ada settled before
    merge_into(pair.project, settled(newer, "exclude"))
    assert stands(pair.project) == ("resolved", "exclude", ["exclude"])
    assert settle(pair.project, 3, "include", "Maya", "Jonas", overturn=True) == "resolved"
    assert stands(pair.project) == ("resolved", "include", ["include"])


def test_an_arbitrators_file_holds_of_what_was_agreed_the_id_alone(pair):
    pair.merge()
    with open_project(pair.project) as review:
        unit = review.units.find("3")
        event = review.consensus.resolve(
            unit, "include", step=TA, why="the words of the minutes", by=["Maya", "Jonas"]
        ).event
    decide_again(pair, 3, "maybe")
    ada = give(pair, "Ada", "ada.screener")
    with open_project(ada, write=False) as file:
        (item,) = [one for one in file.consensus.to_settle() if one.subject == unit]
        assert event in item.basis
        assert file.consensus.agreed(TA) == {}
    assert b"the words of the minutes" not in ada.read_bytes()
    assert bytes.fromhex(event) not in ada.read_bytes()


def test_who_settles_without_knowing_conflicts_until_somebody_knows_both(pair):
    pair.merge()
    ada, ben = give(pair, "Ada", "ada.screener"), give(pair, "Ben", "ben.screener")
    settled(ada), settled(ben, "exclude", "Ben")
    settle(pair.project, 3, "include", "Maya", "Jonas")
    merge_into(pair.project, ada)
    assert stands(pair.project) == ("resolved", "include", ["include", "include"])
    merge_into(pair.project, ben)
    assert stands(pair.project)[0] == "consensus-conflict"
    third = give(pair, "Cora", "cora.screener")
    merge_into(pair.project, settled(third, "exclude", "Cora"))
    assert stands(pair.project) == ("resolved", "exclude", ["exclude"])


def test_the_order_of_merging_plays_no_part(pair, tmp_path):
    pair.merge()
    base = tmp_path / "base.screener"
    base.write_bytes(pair.project.read_bytes())
    settle(pair.project, 3, "include", "Maya", "Jonas")
    decide_again(pair, 3, "maybe")
    ada, ben = give(pair, "Ada", "ada.screener"), give(pair, "Ben", "ben.screener")
    settled(ada, "exclude"), settled(ben, "exclude", "Ben")
    first = tmp_path / "first.screener"
    first.write_bytes(pair.project.read_bytes())
    merge_into(pair.project, ada)
    settle(pair.project, 3, "include", "Maya", "Jonas", overturn=True)
    found = set()
    for number, order in enumerate(itertools.permutations([pair.project, ben, first])):
        target = tmp_path / f"{number}.screener"
        target.write_bytes(base.read_bytes())
        # What they settled on is here by then, as admission wants it.
        merge_into(target, first, pair.a, project=True, take_changes=True)
        for one in order:
            merge_into(target, one, project=True, take_changes=True)
        found.add(stands(target)[0])
    assert found == {"consensus-conflict"}  # Ben knew the first meeting, not the second


@pytest.mark.parametrize("other", ["another item", "nothing known"])
def test_what_was_agreed_elsewhere_is_not_on_the_table(pair, making, other):
    pair.merge()
    with open_project(pair.project) as review:
        elsewhere = review.consensus.resolve(
            review.units.find("4"), "include", step=TA, why="w", by=["Maya", "Jonas"]
        ).event
    ada = give(pair, "Ada", "ada.screener")
    with open_project(ada) as file:
        person = next(str(p.id) for p in file.consensus.people() if p.arbitrator)
        unit = file.units.find("3")
        said = json.loads(file._file.own("to-settle"))
        (item,) = [one for one in said["items"] if one["subject"] == unit]
        added = elsewhere if other == "another item" else "ab" * 32
        item["basis"] = sorted([*item["basis"], added])
        file._file.set_own("to-settle", json.dumps(said))
    body = {"value": "include", "why": "w", "mode": "adjudication", "by": [person]}
    text = json.dumps(body | {"basis": item["basis"]}, sort_keys=True)
    plant(ada, "consensus", text, log="meeting", author=person, subject=unit, step=TA)
    before = making.digest(pair.project)
    with pytest.raises(MergeRefused, match="not on the table"):
        merge_into(pair.project, ada)
    assert making.digest(pair.project) == before


def test_what_is_reopened_has_an_outcome_and_is_not_said_to_be_pending(pair, making):
    pair.merge()
    with open_project(pair.project) as review:
        waiting = [str(state.subject) for state in review.consensus.differing(TA)]
        for unit in waiting:
            review.consensus.resolve(unit, "include", step=TA, why="w", by=["Maya", "Jonas"])
    decide_again(pair, 3, "maybe")
    said = making.cli("status", pair.project).stdout.splitlines()
    assert said[0] == "Title and abstract: 6 included, 2 excluded, 0 without an outcome"
    assert "  reopened: 1" in said
    said = making.cli("status", pair.b).stdout.splitlines()
    assert said[0] == "Title and abstract: closed, 1 record pending"
    assert said[1].startswith("  Jonas: 7 decided, 1 pending, closed")
