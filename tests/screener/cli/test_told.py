"""What the program says that a report names is said: by `flow` and by `status`."""

import json
from datetime import datetime

import pytest

from screener import open_project

TA = ("--stage", "title-abstract")


@pytest.fixture
def document(run):
    def get(*words):
        status, out, err = run(*words, "--json")
        assert status == 0, err
        return json.loads(out)

    return get


def stage(document, place=0):
    return document("status", "review.screener")["stages"][place]


def overturns(document):
    return stage(document)["overturned"]


def settle(run, record, verdict, *more):
    words = ("resolve", "review.screener", record, verdict, *TA, "--why", "read again")
    assert run(*words, "--by", "Maya", *more)[0] == 0


def test_a_quiet_review_has_nothing_to_tell(document, folder):
    assert document("flow", "review.screener")["remarks"] == []
    found = stage(document)
    assert (found["opened_early"], found["reopened"], found["overturned"]) == ([], [], 0)


def test_opening_again_is_told_with_who_and_why(document, run, folder):
    assert run("reopen", "maya.screener", *TA, "--why", "a later search.")[0] == 0
    assert run("merge", "maya.screener", "--into", "review.screener")[0] == 0
    said = "Maya opened title and abstract again after closing it: a later search."
    assert document("flow", "review.screener")["remarks"] == [said]
    assert stage(document)["reopened"] == [{"reviewer": "Maya", "why": "a later search"}]
    assert f"  {said}" in run("status", "review.screener")[1].splitlines()
    assert said in run("flow", "review.screener")[2].splitlines()


@pytest.mark.parametrize("why", ["", "no time"])
def test_opening_early_is_told(document, folder, making, why, tmp_path):
    project = making.review(tmp_path / "early")
    making.screen(project.with_name("a.screener"), {1: "include"}, close=False)
    with open_project(project) as review:
        review.consensus.merge(project.with_name("a.screener"))
        review.consensus.open_early(why)
    (said,) = document("flow", project)["remarks"]
    assert said.startswith("Title and abstract was shown before everybody had closed it")
    assert why in said
    assert document("status", project)["stages"][0]["opened_early"] == [why]


def test_leaving_says_what_it_shows_or_that_another_is_needed(document, run, making, tmp_path):
    project = making.review(tmp_path / "early")
    leave = ("leave", *TA, "--why", "ill")
    status, out, err = run("reviewers", project, leave[0], "Jonas", *leave[1:])
    assert (status, out) == (
        0,
        "Jonas has left title and abstract; nothing more is waited for.\n",
    )
    assert err.startswith("Too few reviewers are left who could close title and abstract")
    assert document("status", project)["stages"][0]["opened_early"] == []
    run("reviewers", project, "join", "Jonas", *TA)
    making.screen(project.with_name("a.screener"), {1: "include"}, close=False)
    assert run("merge", project.with_name("a.screener"), "--into", project)[0] == 0
    status, out, err = run("reviewers", project, leave[0], "Jonas", *leave[1:])
    assert err.startswith("What was decided at title and abstract is shown from now on")
    assert document("status", project)["stages"][0]["opened_early"] == ["ill"]


def test_stages_are_named_in_words(run, tmp_path, making):
    project = making.review(tmp_path / "words")
    assert run("reviewers", project, "join", "Jonas", *TA)[1] == (
        "Jonas takes part in title and abstract already.\n"
    )


def test_a_protocol_without_criteria_says_so(run, tmp_path, making, folder):
    project = tmp_path / "bare.screener"
    source = folder / "one.ris"
    source.write_text("TY  - JOUR\nTI  - A title\nER  - \n", encoding="utf-8")
    copy = tmp_path / "copy.screener"
    for words in (
        ("new", project, "--title", "T"),
        ("import", project, source, "--source", "PubMed"),
        ("copy", project, "--reviewer", "Maya", "--out", copy),
    ):
        assert run(*words)[0] == 0
    words = ("decide", copy, 1, "include", *TA, "--judge", "participants=met")
    assert run(*words)[2].rstrip().endswith("it has none yet.")


def test_what_overturns_is_counted(document, run, folder):
    settle(run, 3, "include")  # a conflict: nothing was agreed
    settle(run, 1, "include")  # as both had decided
    settle(run, 6, "exclude", "--reason", "interventions")  # a reason more
    assert overturns(document) == 0
    settle(run, 1, "exclude", "--reason", "participants", "--overturn")
    settle(run, 3, "exclude", "--reason", "participants", "--overturn")
    assert overturns(document) == 2
    assert document("flow", "review.screener")["remarks"] == [
        "Title and abstract: 2 items were settled otherwise than they were agreed before."
    ]
    assert run("undo", "review.screener")[0] == 0
    assert overturns(document) == 1, "3 is as it was settled at first"
    settle(run, 5, "exclude", "--reason", "participants", "--overturn")
    assert overturns(document) == 2, "5 was agreed, only a criterion was judged differently"
    assert run("remove", "review.screener", 5, "--why", "retracted")[0] == 0
    assert overturns(document) == 1, "what was agreed on a removed record counts nowhere"
    assert run("withdraw", "review.screener", 1, "--why", "wrong dates")[0] == 0
    assert overturns(document) == 0


def test_settling_again_what_was_reopened_overturns_nothing(document, run, folder):
    settle(run, 3, "include")
    assert run("reopen", "maya.screener", *TA, "--why", "an error")[0] == 0
    assert run("decide", "maya.screener", 3, "exclude", *TA, "--reason", "study-design")[0] == 0
    assert run("merge", "maya.screener", "--into", "review.screener")[0] == 0
    settle(run, 3, "exclude", "--reason", "study-design")
    assert overturns(document) == 0


def test_removing_what_was_decided_says_so(run, folder):
    status, out, err = run("remove", "review.screener", 1, 7, "--why", "retracted")
    assert (status, err) == (0, "")
    count, decided = out.splitlines()
    assert count == "6 records are in the review."
    assert decided == (
        "2 of those removed had decisions, which stay in the history and count nowhere; what is "
        "removed counts as removed before screening."
    )
    assert "excluded_other: 2" in run("flow", "review.screener")[1]


def test_removing_what_nobody_decided_says_nothing_of_it(run, tmp_path, making):
    project = making.review(tmp_path)
    assert run("remove", project, 1, "--why", "retracted")[1] == "5 records are in the review.\n"


def test_a_review_without_records_is_a_draft(document, run, tmp_path):
    project = tmp_path / "new.screener"
    assert run("new", project, "--title", "T")[0] == 0
    found = document("flow", project)
    assert found["draft"] is True
    assert found["problems"] == ["There are no records yet: import what the searches found."]
    assert run("flow", project)[2].splitlines() == [
        "DRAFT: Draft while there are no records.",
        *found["problems"],
    ]


def test_joining_a_removed_record_changes_nothing(document, run, folder):
    assert run("remove", "review.screener", 2, "--why", "retracted")[0] == 0
    before = document("agreement", "review.screener", *TA)
    (folder / "said.csv").write_text("record_id_1,record_id_2,answer\n1,2,same\n", "utf-8")
    for words in (("join", 1, 2), ("--answers", "said.csv")):
        status, out, err = run("duplicates", "review.screener", *words)
        assert (status, out) == (1, "")
        assert "Records 1 and 2 cannot be joined: 2 was removed or withdrawn" in err
    assert document("agreement", "review.screener", *TA) == before


def test_a_table_overturns_what_was_agreed_only_where_that_is_said(document, run, folder, tmp_path):
    table = tmp_path / "settled.csv"
    table.write_text("record,verdict,reason,why,by\n1,exclude,participants,w,Maya\n")
    words = ("resolve", "review.screener", "--from", table, *TA)
    status, _, err = run(*words)
    assert (status, "line 2: " in err) == (1, True)
    assert run(*words, "--overturn")[:2] == (0, "1 item settled.\n")
    assert overturns(document) == 1


@pytest.mark.parametrize(
    "more",
    [
        ("--adjudication",),
        ("--why", "w"),
        ("--by", "Maya"),
        ("--page", "3"),
        ("--quote", "q"),
        ("--same-meaning",),
        ("--row", "x"),
        ("--reason", "participants"),
        ("3", "include"),
    ],
)
def test_what_the_lines_of_a_table_say_is_not_said_beside_it(run, folder, making, tmp_path, more):
    before = making.digest(folder / "review.screener")
    table = tmp_path / "settled.csv"
    table.write_text("record,verdict,reason,why,by\n3,include,,w,Maya\n")
    status, out, err = run("resolve", "review.screener", *more, "--from", table, *TA)
    assert (status, out) == (2, "")
    assert "only --stage and --overturn go with it" in " ".join(err.split())
    assert making.digest(folder / "review.screener") == before


def test_a_table_offers_the_verdicts_of_its_stage(run, folder, tmp_path):
    table = tmp_path / "settled.csv"
    table.write_text("record,verdict,reason,why,by\n3,perhaps,,w,Maya\n")
    for stage, offered in (("title-abstract", "include, exclude."), ("full-text", "awaiting")):
        err = run("resolve", "review.screener", "--from", table, "--stage", stage)[2]
        assert ("line 2: " in err, offered in err) == (True, True), err


def test_why_the_protocol_changed_is_kept_and_told(document, run, folder):
    toml = folder / "changed.toml"
    text = run("protocol", "review.screener")[1]
    toml.write_text(text.replace("reason-required = false", "reason-required = true", 1), "utf-8")
    why = "agreed with the librarian"
    done = run("protocol", "review.screener", "--from", str(toml), "--why", why)
    assert done[0] == 0, done
    with open_project(folder / "review.screener", write=False) as review:
        version = review.protocol.current.version
        assert review.protocol.whys()[-1] == (version, why)
    said = f"Version {version} of the protocol: {why}."
    assert said in document("flow", "review.screener")["remarks"]
    assert run("report", "review.screener", "report.html")[0] == 0
    assert why in (folder / "report.html").read_text(encoding="utf-8")
    again = run("protocol", "review.screener", "--from", str(toml), "--why", "another")[1]
    assert again.startswith(f"Version {version}: ")
    assert "nothing is recorded" in again


def test_a_reason_without_a_protocol_is_wrong_usage(run, folder):
    status, _, err = run("protocol", "review.screener", "--why", "so")
    assert status == 2
    assert "--from" in err


def test_every_closing_code_is_told_with_its_day(document, run, folder):
    assert run("reopen", "maya.screener", *TA, "--why", "a later search.")[0] == 0
    assert run("close", "maya.screener", *TA)[0] == 0
    assert run("merge", "maya.screener", "--into", "review.screener")[0] == 0
    (maya,) = [one for one in stage(document)["reviewers"] if one["reviewer"] == "Maya"]
    codes, times = maya["closing_codes"], maya["closed_at"]
    assert len(set(codes)) == len(times) == 2
    assert times == sorted(times)
    assert all(datetime.fromisoformat(time).tzinfo for time in times)
    days = [datetime.fromisoformat(time).astimezone().date() for time in times]
    said = ", ".join(f"{code} ({day})" for code, day in zip(codes, days, strict=True))
    assert said in run("status", "review.screener")[1]
    assert said in run("reviewers", "review.screener")[1]
    (person, _) = document("reviewers", "review.screener")["reviewers"]
    assert person["stages"][0]["closed_at"] == times
