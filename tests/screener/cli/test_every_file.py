"""Every command that reads, on every kind of file: it does its work or says why it does not."""

import json
import shutil

import pytest

from screener import merge_into, open_project
from screener.cli import COMMANDS

STAGES = ("full-text", "extraction")
AT_STAGE = ("records", "discrepancies", "agreement", "answers", "pairs", "appraisal")
READING = {
    "agenda": [["agenda", "FILE", "out.html", "--stage", "full-text"]],
    "archive": [["archive", "FILE", "out.zip"]],
    "minutes": [["minutes", "FILE", "out.html", "--stage", "full-text"]],
    "backups": [["backups", "FILE"]],
    "compare": [["compare", "FILE", "OTHER"]],
    "duplicates": [
        ["duplicates", "FILE", "--methods"],
        ["duplicates", "FILE", "--ask", "out.csv"],
        ["duplicates", "FILE", "--linked", "out.csv"],
        ["duplicates", "FILE", "runs"],
    ],
    "export": [
        ["export", "FILE", "out.csv"],
        ["export", "FILE", "out.csv", "--which", "to-settle"],
        ["export", "FILE", "out.csv", "--stage", "extraction"],
        ["export", "FILE", "out.xlsx"],
        ["export", "FILE", "out.ris"],
    ],
    "flow": [["flow", "FILE"], ["flow", "FILE", "--svg", "out.svg"]],
    "form": [["form", "FILE", "extraction"], ["form", "FILE", "--shipped", "rob2"]],
    "forms": [["forms", "FILE"]],
    "fulltext": [["fulltext", "FILE", "linked"]],
    "history": [["history", "FILE", "1"]],
    "proposals": [["proposals", "FILE"]],
    "protocol": [["protocol", "FILE"]],
    "records": [["records", "FILE"], ["records", "FILE", "--members"]],
    "report": [["report", "FILE", "out.docx"]],
    "reviewers": [["reviewers", "FILE"]],
    "status": [["status", "FILE"]],
    "studies": [["studies", "FILE"]],
    "verify": [["verify", "FILE"]],
}
for _name in AT_STAGE:
    READING[_name] = [
        *READING.get(_name, []),
        *([_name, "FILE", "--stage", stage] for stage in STAGES),
    ]
WRITING = (
    *("new", "import", "withdraw", "remove", "correct", "propose", "copy", "open", "decide"),
    "take-decisions",
    *("undo", "close", "reopen", "merge", "resolve", "answer", "pair", "backup", "restore"),
    *("example", "convert", "dedupe"),
)


@pytest.fixture(scope="module")
def files(example, tmp_path_factory):
    """The project with both copies in it, a copy, and a file for an arbitrator."""
    folder = tmp_path_factory.mktemp("files")
    with pytest.MonkeyPatch.context() as patch:  # kept: each file is checked once
        patch.setenv("SCREENER_HOME", str(folder / "computer"))
        for name, to in (("project", "p"), ("reviewer-a", "a"), ("reviewer-b", "b")):
            shutil.copy(example / "later" / f"{name}.screener", folder / f"{to}.screener")
        merge_into(folder / "p.screener", folder / "a.screener", folder / "b.screener")
        with open_project(folder / "p.screener") as review:
            consensus = review.consensus
            consensus.write_arbitrators_file("Ada", "extraction", folder / "arb.screener")
    return folder


def test_every_command_is_of_one_or_the_other():
    assert READING.keys() | set(WRITING) == COMMANDS.keys()


@pytest.mark.parametrize(
    ("name", "kind"),
    # The report of a project is long, and has tests of its own.
    [
        (n, k)
        for n in READING
        for k in ("p", "a", "arb")
        if (n, k) not in {("report", "p"), ("archive", "p")}
    ],
)
def test_a_reading_command_ends_well(run, files, tmp_path, monkeypatch, name, kind):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCREENER_HOME", str(files / "computer"))
    at = {"FILE": f"{kind}.screener", "OTHER": "p.screener"}
    for words in READING[name]:
        command = [str(files / at[word]) if word in at else word for word in words]
        for more in ([], ["--json"]):
            for left in tmp_path.glob("out.*"):
                left.unlink()
            status, out, err = run(*command, *more)
            assert status in (0, 1, 2), err
            assert status != 1 or err.strip(), "it says why"
            assert "restore a backup" not in err
            assert "fault" not in err
            if more and status == 0 and out.startswith(("{", "[")):
                json.loads(out)
