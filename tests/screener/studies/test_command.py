"""The command `studies`: its document, its acts, what it refuses."""

import json

import pytest

from screener import open_project


@pytest.fixture
def path(making, tmp_path):
    return making.included(tmp_path / "r", records=4, excluded=(4,))


def test_the_document_and_what_changes_it(making, path):
    def run(*words, status=0):
        done = making.cli("studies", path, *words)
        assert done.returncode == status, done.stderr
        return done

    def document():
        return json.loads(making.cli("studies", path, "--json").stdout)

    assert [(s["id"], s["reports"]) for s in document()["studies"]] == [
        (None, [1]), (None, [2]), (None, [3]),
    ]  # fmt: skip
    assert "2 reports" in run("link", "1", "2", "--name", "Okafor 2013").stdout
    run("set", "3", "--state", "awaiting", "--name", "Brandt 2014")
    run("intervention", "PeerTECH", "--study", "Okafor 2013", "--study", "3")
    found = document()
    assert set(found) == {"studies", "interventions", "hints", "problems"}
    first, second = found["studies"]
    (group,) = found["interventions"]
    assert first == {
        "id": first["id"], "name": "Okafor 2013", "state": "included", "primary": 1,
        "reports": [1, 2], "interventions": [group["id"]], "registrations": [], "into": None,
    }  # fmt: skip
    assert (second["name"], second["state"]) == ("Brandt 2014", "awaiting")
    assert group["studies"] == [first["id"], second["id"]]
    run("join", "Okafor 2013", "Brandt 2014")
    assert [(s["reports"], s["into"]) for s in document()["studies"]] == [
        ([1, 2, 3], None), ([], first["id"]),
    ]  # fmt: skip
    run("unlink", "3")
    assert [s["reports"] for s in document()["studies"]] == [[1, 2], [3]]
    assert "not included" in run("link", "4", status=1).stderr
    run("intervention", "PeerTECH", "--remove")
    assert document()["interventions"] == []
    assert "Okafor 2013  reports 1, 2  included" in run().stdout
    with open_project(path, write=False) as review:
        assert review.verify() == []
