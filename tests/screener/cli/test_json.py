"""The documents of `--json` have the fields of docs/command-line.md; reading changes nothing."""

import json
import sqlite3

import pytest

from screener import open_project
from screener.model import Stage, Status

TA = "title-abstract"
FIGURES = {
    "n", "categories", "table", "raw", "raw_interval", "kappa", "kappa_interval", "pabak", "ac1",
    "ac1_interval", "positive_agreement", "negative_agreement", "not_defined",
}  # fmt: skip
FLOW = {
    "previous_studies", "previous_reports", "register_results", "database_results",
    "database_specific_results", "register_specific_results", "website_results",
    "organisation_results", "citations_results", "duplicates", "excluded_automatic",
    "excluded_other", "ongoing", "records_screened", "records_excluded", "dbr_sought_reports",
    "dbr_notretrieved_reports", "other_sought_reports", "other_notretrieved_reports",
    "dbr_assessed", "dbr_excluded", "other_assessed", "other_excluded", "new_studies",
    "new_reports", "total_studies", "total_reports", "total_studies_ma", "total_reports_ma",
    "dbr_awaiting", "other_awaiting", "duplicates_automatic", "duplicates_by_hand",
    "draft", "pending", "other_pending", "problems", "remarks",
}  # fmt: skip


@pytest.fixture
def document(run):
    def get(*words):
        status, out, err = run(*words, "--json")
        assert status == 0, err
        return json.loads(out)

    return get


def test_records(document, folder):
    found = document("records", "review.screener")
    assert [set(one) for one in found] == [
        {
            "number", "uid", "title", "authors", "year", "journal", "doi", "pmid", "abstract",
            "sources", "members", "status", "outcome", "stale",
        }
    ] * 8  # fmt: skip
    assert [one["number"] for one in found] == list(range(1, 9))
    assert set(found[0]["sources"][0]) == {"source", "kind", "batch"}
    assert found[2]["status"] == "conflict"
    assert found[2]["outcome"] is None
    assert (found[0]["outcome"], found[0]["stale"]) == ("include", False)
    assert {one["status"] for one in found} <= set(map(str, Status))
    only = document("records", "review.screener", "--status", "conflict")
    assert [one["number"] for one in only] == [3, 4]
    members = document("records", "review.screener", "--members")
    assert [one["number"] for one in members] == list(range(1, 9))


def test_discrepancies(document, folder):
    found = document("discrepancies", "review.screener", "--stage", TA)
    for one in found:
        assert set(one) == {
            "record", "uid", "title", "stage", "kind", "elements", "decisions", "state", "stale",
        }  # fmt: skip
        for decision in one["decisions"]:
            assert set(decision) == {
                "reviewer", "verdict", "reason", "judgements", "note", "protocol",
            }  # fmt: skip
    assert [(one["record"], one["kind"]) for one in found] == [
        (3, "conflict"),
        (4, "conflict"),
        (7, "missing"),
        (5, "judgement"),
    ]
    assert found[1]["decisions"][0] == {
        "reviewer": "Maya",
        "verdict": "exclude",
        "reason": "interventions",
        "judgements": {"interventions": "not-met", "participants": "met"},
        "note": "",
        "protocol": 1,
    }


def test_agreement(document, folder):
    found = document("agreement", "review.screener", "--stage", TA)
    assert set(found) == {"stage", "pairs", "overall", "closes", "not_counted"}
    assert [(c["reviewer"], c["subjects"]) for c in found["closes"]] == [
        ("Maya", 8),
        ("Jonas", 7),
    ]
    assert found["not_counted"] == {}
    (pair,) = found["pairs"]
    assert set(pair) == {"reviewers", "binary", "three_way", "criteria"}
    assert pair["reviewers"] == ["Maya", "Jonas"]
    for figures in (pair["binary"], pair["three_way"], *pair["criteria"].values()):
        assert set(figures) == FIGURES
        undefined = {k for k, v in figures.items() if v is None}
        assert undefined == set(figures["not_defined"])
    assert pair["binary"]["categories"] == ["include", "exclude"]
    assert pair["binary"]["table"] == [[3, 1], [1, 2]]
    assert pair["three_way"]["categories"] == ["include", "maybe", "exclude"]
    assert pair["three_way"]["table"] == [[2, 0, 1], [1, 0, 0], [1, 0, 2]]


def test_compare(document, folder):
    found = document("compare", "maya.screener", "jonas.screener")
    assert set(found) == {"files", "discrepancies", "agreement", "problems"}
    assert [set(f) for f in found["files"]] == [
        {"file", "reviewer", "decided", "pending", "closed", "closing_code"}
    ] * 2
    assert [(f["reviewer"], f["decided"], f["pending"]) for f in found["files"]] == [
        ("Maya", 8, 0),
        ("Jonas", 7, 1),
    ]
    assert found["discrepancies"] == document("discrepancies", "review.screener", "--stage", TA)
    assert found["agreement"] == document("agreement", "review.screener", "--stage", TA)
    assert all({"check", "message"} <= set(p) for p in found["problems"])


def test_merge(document, folder, run):
    found = document("merge", "maya.screener", "jonas.screener", "--into", "made.screener")
    assert set(found) == {"into", "files", "problems"}
    assert [set(f) for f in found["files"]] == [
        {"file", "reviewer", "new_events", "already_known"}
    ] * 2
    assert all(f["new_events"] for f in found["files"])
    again = document("merge", "maya.screener", "--into", "made.screener")
    assert again["files"][0]["new_events"] == 0
    assert again["files"][0]["already_known"] > 0
    assert {"file", "check", "message"} == set(again["problems"][0])


def test_status(document, folder):
    found = document("status", "review.screener")
    assert [s["stage"] for s in found["stages"]] == [str(s) for s in Stage]
    for stage in found["stages"]:
        assert set(stage) == {
            "stage", "reviewers", "statuses",
            "included", "excluded", "awaiting", "pending", "hidden",
            "opened_early", "left", "joined_late", "reopened", "overturned",
        }  # fmt: skip
        assert [set(r) for r in stage["reviewers"]] == [
            {
                *("reviewer", "decided", "pending", "closed"),
                *("closing_codes", "closed_at", "opened_since", "changed_since", "left"),
            }
        ] * 2
    first = found["stages"][0]
    assert first["statuses"] == {"agreed": 5, "conflict": 2, "missing": 1}
    assert (first["included"], first["excluded"], first["pending"]) == (3, 2, 3)


def test_flow(document, folder):
    found = document("flow", "review.screener")
    assert set(found) == FLOW
    assert set(found["pending"]) == {"title_abstract", "retrieval", "full_text"}
    assert set(found["other_pending"]) == set(found["pending"])
    assert found["draft"] is True
    assert found["database_specific_results"] == [["PubMed", 8]]
    assert (found["records_screened"], found["records_excluded"]) == (8, 2)


def test_verify_and_duplicates_and_history(document, folder):
    found = document("verify", "review.screener")
    assert found == {
        "ok": True, "records": 8, "events": found["events"], "has_tags": True, "problems": [],
    }  # fmt: skip
    found = document("duplicates", "review.screener", "--certain", "none")
    assert set(found) == {"records", "groups", "merged_certain", "to_ask", "rules"}
    assert (found["records"], found["merged_certain"]) == (8, 0)
    steps = document("history", "review.screener", "3")
    assert {s["who"] for s in steps} == {"coordinator", "Maya", "Jonas"}


READING = [
    ["protocol", "review.screener"],
    ["records", "review.screener"],
    ["records", "review.screener", "--members", "--json"],
    ["history", "review.screener", "3"],
    ["compare", "maya.screener", "jonas.screener", "review.screener"],
    ["status", "review.screener"],
    ["discrepancies", "review.screener", "--stage", TA],
    ["agreement", "review.screener", "--stage", TA],
    ["flow", "review.screener"],
    ["verify", "review.screener"],
    ["backup", "review.screener"],
    ["backups", "review.screener"],
]


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_reading_writes_nothing_and_takes_no_lock(run, folder, making, words):
    before = making.contents(folder)
    others = []
    for name in ("review.screener", "maya.screener"):
        other = sqlite3.connect((folder / name).as_uri() + "?mode=ro", uri=True)
        others.append((other, other.execute("SELECT id FROM event")))
        others[-1][1].fetchone()  # a reader in the middle of reading
    status, out, err = run(*words)
    assert status == 0, err
    assert out
    for connection, rows in others:
        rows.close()
        connection.close()
    assert making.contents(folder) == before


def test_reading_works_in_a_folder_that_cannot_be_written(folder, making, read_only):
    before = making.contents(folder)
    for words in READING:
        found = read_only(folder, *words)
        assert found.returncode == 0, found.stderr
        assert found.stdout
    assert making.contents(folder) == before


@pytest.fixture
def opened(folder):
    """The project, open in this process as in a window."""
    with open_project(folder / "review.screener") as review:
        yield review


def test_a_file_that_is_open_elsewhere_can_be_compared(opened, folder, making):
    found = making.process(
        "compare", "maya.screener", "jonas.screener", "review.screener", cwd=folder
    )
    assert found.returncode == 0
    assert "conflict: 2" in found.stdout


def test_who_has_a_file_open_is_said_to_whom_wants_to_write(opened, folder, making):
    found = making.process("remove", "review.screener", "1", "--why", "late", cwd=folder)
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith("review.screener is open (")
    assert found.stderr.endswith("; close it there and try again.\n")
