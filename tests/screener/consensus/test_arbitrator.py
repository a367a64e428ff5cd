"""An arbitrator's file: what is to settle, nobody's decisions, and only adjudications out of it."""

import json
import shutil

import pytest
from click.testing import CliRunner

from screener import merge_into, open_project
from screener.cli import commands
from screener.consensus.merging.findings import MergeRefused
from screener.model import ErrorKind, Mode, Stage, UserError
from tests.screener.consensus.planting import plant

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def arbitrated(pair):
    """A merged project and the file of its arbitrator, Ada."""
    pair.merge()
    path = pair.folder / "ada.screener"
    with open_project(pair.project) as review:
        review.consensus.write_arbitrators_file("Ada", TA, path)
    return path


def settle(review, number, outcome="include", **more):
    how = {"why": "the abstract says so", "by": ["Ada"], "mode": Mode.ADJUDICATION, **more}
    return review.consensus.resolve(review.units.find(str(number)), outcome, step=TA, **how)


def test_it_holds_what_is_to_settle_and_nobodys_decisions(pair, arbitrated):
    with open_project(pair.project, write=False) as review:
        wanted = [s.subject for s in review.consensus.differing(TA) if s.open]
        theirs = review._file.rows(
            "SELECT e.id, l.id FROM event e JOIN log l ON l.id = e.log WHERE l.kind = 'reviewer'"
        )
    with open_project(arbitrated, write=False) as file:
        assert file.verify() == []
        assert sorted(one.subject for one in file.consensus.to_settle()) == sorted(wanted)
        assert all(one.basis for one in file.consensus.to_settle() if one.subject)
        assert {kind for (kind,) in file._file.rows("SELECT kind FROM log")} == {"project"}
        assert file.consensus.at(TA).step.recorded() == {}
    whole = arbitrated.read_bytes()
    for event, log in theirs:
        assert event not in whole  # only its name, in the list of what is on the table
        assert log.encode() not in whole


def test_only_its_arbitrator_settles_in_it(pair, arbitrated, making):
    with open_project(arbitrated) as file:
        settle(file, 3)
        with pytest.raises(UserError, match="This was not given to the arbitrator to settle"):
            settle(file, 1)
        for more in ({"by": ["Maya"]}, {"by": ["Ada", "Maya"]}, {"mode": Mode.DISCUSSION}):
            with pytest.raises(UserError, match="Only its arbitrator settles in this file"):
                settle(file, 4, **more)
        unit = file.units.find("4")
        for work in (
            lambda: file.consensus.present(["Ada"]),
            lambda: file.consensus.reveal(1),
            lambda: file.sources.remove(["1"], "w"),
            lambda: file.consensus.add_person("Ruth"),
            lambda: file.screening.decide(unit, "include", stage=TA),
            lambda: file.consensus.write_copy("Ruth", pair.folder / "r.screener"),
        ):
            with pytest.raises(UserError):
                work()
        assert file.verify() == []
        assert file.undo() == "Settle: include"
        settle(file, 3, "exclude", reason="study-design")


def test_its_adjudications_go_into_the_project(pair, arbitrated, making):
    with open_project(arbitrated) as file:
        settle(file, 3)
        settle(file, 4, "exclude", reason="interventions")
    before = making.event_ids(pair.project)
    (found,) = merge_into(pair.project, arbitrated)
    assert (found.reviewer, found.new_events) == ("Ada", 2)
    assert len(making.event_ids(pair.project)) == len(before) + 2
    with open_project(pair.project) as review:
        states = review.consensus.states(TA)
        three, four = (states[review.units.find(n)] for n in ("3", "4"))
        assert (three.status, three.outcome) == ("resolved", "include")
        assert (four.status, four.outcome, four.reason) == ("resolved", "exclude", "interventions")
        (agreed,) = review.consensus.agreed(TA, [review.units.find("3")])[review.units.find("3")]
        assert agreed.mode is Mode.ADJUDICATION
        # A newer file for the same arbitrator holds what is left, and what Ada settled.
        review.consensus.write_arbitrators_file("Ada", TA, pair.folder / "ada2.screener")
    with open_project(pair.folder / "ada2.screener") as file:
        assert file.units.find("3") not in {one.subject for one in file.consensus.to_settle()}
        assert len(file.consensus.agreed(TA)) == 2


def test_a_copy_takes_no_arbitrators_file_and_that_is_the_reason(pair, arbitrated):
    with open_project(arbitrated) as file:
        settle(file, 3)
    with pytest.raises(MergeRefused) as refused:
        merge_into(pair.a, arbitrated)
    assert str(refused.value) == (
        "ada.screener is an arbitrator's file, which no reviewer's copy takes in; merge it into the"
        " project it was written from."
    )


def test_nothing_else_comes_in_from_it(pair, arbitrated, making):
    with open_project(arbitrated) as file:
        settle(file, 3)
        ada = next(str(p.id) for p in file.consensus.people() if p.arbitrator)
        maya = next(str(p.id) for p in file.consensus.reviewers() if p.name == "Maya")
        record = file.units.find("4")
    consensus = {"value": "include", "why": "w", "mode": "discussion", "by": [ada]}
    for kind, body, log, author, where in (
        ("consensus", consensus, "meeting", ada, {"subject": record, "step": TA}),
        ("consensus", {**consensus, "mode": "adjudication", "by": [maya]}, "meeting", ada,
         {"subject": record, "step": TA}),
        ("opened-early", {}, "meeting", ada, {"step": TA}),
        ("consensus", consensus, "meeting", None, {"subject": record, "step": TA}),
        ("decision", {"verdict": "include"}, "reviewer", maya, {"subject": record, "step": TA}),
    ):  # fmt: skip
        forged = pair.folder / "forged.screener"
        shutil.copy(arbitrated, forged)
        plant(forged, kind, json.dumps(body, sort_keys=True), log=log, author=author, **where)
        before = making.digest(pair.project)
        with pytest.raises(MergeRefused, match="ask Ada for a fresh"):
            merge_into(pair.project, forged)
        assert making.digest(pair.project) == before
    for target in (pair.a, pair.folder / "new.screener"):
        with pytest.raises(MergeRefused):
            merge_into(target, arbitrated)
    assert not (pair.folder / "new.screener").exists()


@pytest.mark.parametrize("listed", [False, True])
@pytest.mark.parametrize("basis", [(), ("ab" * 32,), "of another record"])
def test_what_was_not_given_to_be_settled_is_refused(pair, arbitrated, making, basis, listed):
    """Record 1 was agreed on: it is not in the list, nor is what was decided on it."""
    with open_project(arbitrated) as file:
        ada = next(str(p.id) for p in file.consensus.people() if p.arbitrator)
        record = file.units.find("1")
        given = file.consensus.to_settle()[0]
        basis = given.basis if basis == "of another record" else basis
        if listed:
            said = json.loads(file._file.own("to-settle"))
            said["items"].append(
                {"subject": record, "question": "", "row": "", "basis": sorted(basis)}
            )
            file._file.set_own("to-settle", json.dumps(said))
    body = {"value": "exclude", "reason": "study-design", "why": "w", "mode": "adjudication"}
    body |= {"by": [ada], "basis": sorted(basis)}
    text = json.dumps(body, sort_keys=True)
    plant(arbitrated, "consensus", text, log="meeting", author=ada, subject=record, step=TA)
    before = making.digest(pair.project)
    with pytest.raises(MergeRefused, match=r"was not given|not on the table"):
        merge_into(pair.project, arbitrated)
    assert making.digest(pair.project) == before


def test_a_file_needs_something_to_settle_and_somebody_who_may(pair, arbitrated):
    with open_project(pair.project) as review:
        with pytest.raises(UserError, match="Maya takes part as a reviewer"):
            review.consensus.write_arbitrators_file("Maya", TA, pair.folder / "x.screener")
        with pytest.raises(UserError, match="is there already"):
            review.consensus.write_arbitrators_file("Ada", TA, arbitrated)
        with pytest.raises(UserError):
            review.consensus.write_arbitrators_file(
                "Ada", Stage.FULL_TEXT, pair.folder / "x.screener"
            )
    assert not (pair.folder / "x.screener").exists()


def test_on_the_command_line(pair, making):
    pair.merge()
    out = pair.folder / "ada.screener"
    done = making.cli("copy", pair.project, "--arbitrator", "Ada", "--stage", TA, "--out", out)
    assert done.returncode == 0, done.stderr
    done = making.cli("discrepancies", out, "--stage", TA, "--json")
    listed = json.loads(done.stdout)
    assert {one["state"] for one in listed} == {"open"}
    number = listed[0]["record"]
    done = making.cli(
        "resolve", out, number, "include", "--stage", TA, "--why", "w", "--by", "Ada",
        "--adjudication",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    done = making.cli("discrepancies", out, "--stage", TA)
    assert f"{number:>6}  resolved" in done.stdout
    done = making.cli("merge", out, "--into", pair.project)
    assert (done.returncode, "1 new" in done.stdout) == (0, True), done.stderr
    assert making.cli("copy", pair.project, "--out", pair.folder / "n.screener").returncode == 2


def change_list(path, change):
    """Edit what is to settle in a file."""
    with open_project(path) as file:
        said = json.loads(file._file.own("to-settle"))
        change(said)
        file._file.set_own("to-settle", json.dumps(said))


def test_an_item_is_not_settled_on_less_than_was_given(pair, arbitrated, making):
    def cut(said):
        for one in said["items"]:
            one["basis"] = one["basis"][:1]

    whole = pair.folder / "whole.screener"
    shutil.copy(arbitrated, whole)
    change_list(arbitrated, cut)
    for path in (arbitrated, whole):
        with open_project(path) as file:
            settle(file, 3)
    before = making.digest(pair.project)
    with pytest.raises(MergeRefused, match="on less than was given to be settled"):
        merge_into(pair.project, arbitrated)
    assert making.digest(pair.project) == before
    merge_into(pair.project, whole)


@pytest.mark.parametrize("wrong", ["f" * 32, "no id", 3, None])
@pytest.mark.parametrize("command", ["status", "discrepancies"])
def test_a_list_of_no_records_is_damage(pair, arbitrated, wrong, command):
    change_list(arbitrated, lambda said: said["items"][0].update(subject=wrong))
    more = ["--stage", str(TA)] if command == "discrepancies" else []
    done = CliRunner().invoke(commands, [command, str(arbitrated), *more])
    assert isinstance(done.exception, UserError)
    assert done.exception.kind is ErrorKind.DAMAGED


@pytest.mark.parametrize("wrong", [["Maya"], [3], "abc", None])
def test_a_list_on_what_is_no_entry_is_damage(pair, arbitrated, wrong):
    change_list(arbitrated, lambda said: said["items"][0].update(basis=wrong))
    with open_project(arbitrated) as file, pytest.raises(UserError) as told:
        settle(file, 3)
    assert told.value.kind is ErrorKind.DAMAGED
