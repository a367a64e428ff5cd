"""The zip: whole, the same each time, readable, without what is hidden, written in one step."""

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from screener import create_project, merge_into, open_copy, open_project
from screener.model import Cancelled, Stage, UserError
from screener.model.words import as_name
from tests.screener.archive.recount.tables import Archive

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
ROOT = Path(__file__).parents[3]


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out" / "review-archive.zip"


@pytest.fixture
def write(out):
    """Archive a project into an empty folder; returns what is in the zip."""
    out.parent.mkdir()

    def archived(project, **how):
        with open_project(project, write=False) as review:
            review.archive.write(out, **how)
        return Archive(out)

    return archived


@pytest.fixture
def finished(example, write):
    """What the archive of the finished example holds."""
    return write(example / "merged.screener")


# --- the zip -------------------------------------------------------------------------------------


def test_the_manifest_has_the_digest_of_every_file(finished, out, tmp_path):
    assert finished.manifest() == set()
    assert finished.names[0] == "README.txt"
    lines = finished.files["MANIFEST.txt"].decode().splitlines()
    digests = dict(reversed(line.split("  ")) for line in lines)
    assert digests.keys() == set(finished.names) - {"MANIFEST.txt"}
    assert digests["trail.csv"] == hashlib.sha256(finished.files["trail.csv"]).hexdigest()
    if shutil.which("sha256sum"):
        with zipfile.ZipFile(out) as archive:
            archive.extractall(tmp_path / "unpacked")
        done = subprocess.run(
            ["sha256sum", "-c", "MANIFEST.txt"],
            cwd=tmp_path / "unpacked", capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout


def test_the_same_project_gives_the_same_bytes(example, write, out, tmp_path, monkeypatch):
    write(example / "merged.screener")
    first = out.read_bytes()
    copied = tmp_path / "elsewhere" / "another name.screener"
    copied.parent.mkdir()
    shutil.copy(example / "merged.screener", copied)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    with open_project(copied, write=False) as review:
        review.archive.write(out)
    assert out.read_bytes() == first
    with zipfile.ZipFile(out) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_table_is_a_csv_for_spreadsheets_and_in_the_codebook(finished):
    book = {(row["file"], row["column"]): row for row in finished.table("codebook.csv")}
    tables = [name for name in finished.names if name.endswith(".csv") and "prisma" not in name]
    columns = set()
    for name in tables:
        content = finished.files[name]
        assert content.startswith(b"\xef\xbb\xbf"), name
        assert not re.search(rb"[^\r]\n", re.sub(rb'"[^"]*"', b"", content)), name
        heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        assert {len(row) for row in rows} <= {len(heads)}, name
        columns |= {(name, head) for head in heads}
    assert columns - book.keys() == set()
    assert book.keys() - columns == set()
    assert all(row["meaning"] for row in book.values())


def test_the_readme_names_every_file(finished):
    text = finished.files["README.txt"].decode()
    words = " ".join(text.split())
    assert [name for name in finished.names if name not in words and name != "README.txt"] == []
    assert "Nothing of what was decided is hidden." in words
    assert all(len(line) <= 100 for line in text.splitlines())


# --- what is in it -------------------------------------------------------------------------------


def test_reasons_people_typed_are_in_it(finished):
    reopened = {row["why"] for row in finished.table("people/reopenings.csv")}
    assert "Reference lists and the web were searched" in reopened
    settled = finished.table("decisions/consensus.csv")
    assert {row["mode"] for row in settled} >= {"discussion", "adjudication"}
    assert all(row["why"] and row["by"] and row["time"] for row in settled if row["stands"])
    searches = finished.table("searches/searches.csv")
    strategy = searches[0]["strategy_file"]
    assert finished.files[strategy].decode().strip()
    assert all(row["source"] and row["parsed"] for row in searches)
    versions = finished.table("forms/forms.csv")
    assert next(row["changed"] for row in versions if row["version"] == "2").startswith("+ ")


def test_the_numbers_are_those_of_the_commands(finished, example, making):
    path = example / "merged.screener"
    flow = making.cli("flow", path, "--json")
    assert finished.json("flow") == json.loads(flow.stdout)
    status = making.cli("status", path, "--json")
    assert finished.json("status") == json.loads(status.stdout)
    agreed = {one["stage"]: one for one in finished.json("agreement")["stages"]}
    for stage in Stage:
        told = making.cli("agreement", path, "--stage", stage, "--json")
        assert agreed[stage] == json.loads(told.stdout)


def test_the_trail_has_what_the_history_of_each_record_has(finished, example):
    """Record by record as many entries as `history` gives of its unit, and in its order."""
    by_record = {}
    for row in finished.table("trail.csv"):
        by_record.setdefault(row["record"], []).append((row["time"], row["who"]))
    with open_project(example / "merged.screener", write=False) as review:
        alone = [u for u in review.units.load(review.units.ids()) if len(u.records) == 1]
        for unit in alone[:25]:
            lines = [
                (line.time, line.who if line.who != "coordinator" else "the coordinator")
                for line in review.history(unit.id)
            ]
            assert by_record[str(unit.number)] == lines, unit.number
    decided = [row["what"] for row in finished.table("trail.csv") if row["record"] == "1"]
    assert any(re.match(r"decision at title-abstract: include", what) for what in decided)


# --- what is hidden ------------------------------------------------------------------------------

SECRET = "said by Maya alone"


@pytest.fixture
def half(tmp_path, making):
    """Two reviewers decided, with notes; only one has closed, and the meeting sees nothing."""
    project = making.review(tmp_path, records=4)
    for name in "ab":
        with open_copy(tmp_path / f"{name}.screener") as mine:
            for number in (1, 2, 3):
                verdict = "exclude" if name == "a" else "include"
                reason = "participants" if name == "a" else ""
                making.decide(
                    mine, number, verdict, reason=reason, note=SECRET,
                    judgements={"participants": "unclear"},
                )  # fmt: skip
            if name == "b":
                mine.screening.close(TA)
    merge_into(project, tmp_path / "a.screener", tmp_path / "b.screener")
    return project


def test_what_is_hidden_is_in_no_file(half, write):
    archive = write(half)
    everything = b"\n".join(archive.files.values())
    assert SECRET.encode() not in everything
    assert archive.table("decisions/decisions.csv") == []
    trail = {row["who"] for row in archive.table("trail.csv")}
    assert trail == {"the coordinator"}
    assert {row["status"] for row in archive.table("decisions/standings.csv")} == {
        "hidden", "not-open",
    }  # fmt: skip
    left = {row["reviewer"]: row["units"] for row in archive.table("decisions/left-out.csv")}
    assert left == {"Maya": "3", "Jonas": "3"}
    words = " ".join(archive.files["README.txt"].decode().split())
    assert "Title and abstract: 4 items, because not everybody" in words


def test_a_decision_on_a_record_that_was_joined_later_is_left_out(half, write, making, tmp_path):
    """The unit is visible; what one reviewer said on its second record is not closed yet."""
    with open_copy(tmp_path / "a.screener") as mine:
        making.decide(mine, 4, "include")
        mine.screening.close(TA)
    with open_copy(tmp_path / "b.screener") as mine:
        mine.screening.reopen(TA, "one is missing")
        making.decide(mine, 4, "include")
        mine.screening.close(TA)
    merge_into(half, tmp_path / "a.screener", tmp_path / "b.screener")
    with open_project(half) as review:
        making.fill(review, tmp_path, 1, mark="later", source="Embase")
        review.consensus.write_copy("Maya", tmp_path / "c.screener")
    with open_copy(tmp_path / "c.screener") as mine:
        making.decide(mine, 5, "exclude", note="only here")
    with open_project(half) as review:
        review.consensus.merge(tmp_path / "c.screener")
        review.duplicates.same([making.uid(review, 1), making.uid(review, 5)])
    archive = write(half)
    assert b"only here" not in b"\n".join(archive.files.values())
    assert "5" not in {row["record"] for row in archive.table("decisions/decisions.csv")}
    assert len(archive.table("decisions/decisions.csv")) == 8


@pytest.mark.parametrize("kind", ["copy", "arbitrator"])
def test_only_the_project_is_archived(kind, example, tmp_path, out):
    path = example / "reviewer-a.screener"
    if kind == "arbitrator":
        path = tmp_path / "dora.screener"
        shutil.copy(example / "project.screener", tmp_path / "p.screener")
        with open_project(tmp_path / "p.screener") as review:
            review.consensus.add_person("Dora", arbitrator=True)
            review.consensus.write_arbitrators_file("Dora", TA, path)
    out.parent.mkdir()
    with open_project(path, write=False) as review, pytest.raises(UserError, match="coordinator's"):
        review.archive.write(out)
    assert list(out.parent.iterdir()) == []


# --- names, stopping, room -----------------------------------------------------------------------

HOSTILE = ("../../evil", "C:\\con", "=cmd|' /C calc'!A1", "a/b\\c:*?", "nul\u202e.txt")
PEOPLE = ("..", "con", "=cmd()", "nul\u202etxt")


def test_no_name_leaves_the_folder_of_the_zip(tmp_path, making, write):
    protocol = replace(making.protocol, title=HOSTILE[0])
    path = tmp_path / "p.screener"
    with create_project(path, title=HOSTILE[0], protocol=protocol) as review:
        for place, name in enumerate(HOSTILE):
            found = making.write_ris(tmp_path / f"r{place}.ris", 2, mark=f"m{place}")
            review.sources.import_file(found, source=name, strategy=name, limits=name)
        for name in PEOPLE:
            review.consensus.add_person(name)
    archive = write(path)
    assert archive.manifest() == set()
    for name in archive.names:
        assert re.fullmatch(r"([a-z0-9-]+/)*[A-Za-z0-9-]+\.[a-z]+", name), name
        assert not PurePosixPath(name).is_absolute()
        assert not PureWindowsPath(name).is_absolute()
        assert not any(PureWindowsPath(part).is_reserved() for part in name.split("/"))
    people = [row["person"] for row in archive.table("people/people.csv")]
    assert people == [as_name(name) for name in PEOPLE]
    cells = archive.files["searches/searches.csv"].decode("utf-8-sig")
    assert ",'=cmd" in cells


def test_a_drawing_with_letters_that_no_pdf_shows_is_left_out_and_said(tmp_path, making, write):
    path = tmp_path / "p.screener"
    with create_project(path, title="A review", protocol=making.protocol) as review:
        found = making.write_ris(tmp_path / "r.ris", 2)
        review.sources.import_file(found, source="データベース")
    archive = write(path)
    assert "diagram/prisma.pdf" not in archive.names
    assert "diagram/prisma.svg" in archive.names
    assert "diagram/prisma.pdf: “" in archive.files["README.txt"].decode()


def test_a_stopped_archive_leaves_nothing(example, out):
    out.parent.mkdir()
    out.write_bytes(b"an older one")
    calls, last = [], [10_000]

    def stop(done, total, what):
        calls.append(total)
        if len(calls) > last[0]:
            raise Cancelled

    with open_project(example / "merged.screener", write=False) as review:
        review.archive.write(out.with_name("whole.zip"), stop)
        out.with_name("whole.zip").unlink()
        every = len(calls)
        assert every > 40, "it can be stopped anywhere"
        for at in (0, 1, every // 2, every - 1):
            calls.clear()
            last[0] = at
            with pytest.raises(Cancelled):
                review.archive.write(out, stop)
            assert [path.name for path in out.parent.iterdir()] == [out.name]
            assert out.read_bytes() == b"an older one"


@pytest.mark.skipif(os.name == "nt", reason="no limit for files on Windows")
@pytest.mark.parametrize("blocks", [1, 20, 100])
def test_a_full_disk_is_one_sentence_and_leaves_nothing(blocks, example, out):
    out.parent.mkdir()
    command = [sys.executable, "-m", "screener", "archive", example / "merged.screener", out]
    done = subprocess.run(
        ["bash", "-c", f'ulimit -f {blocks} && exec "$@"', "bash", *command],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    (said,) = [line for line in done.stderr.splitlines() if line]
    assert " free)" in said
    assert str(out.parent) in said or "drive of review-archive.zip" in said
    assert ".screener-" not in said
    assert list(out.parent.iterdir()) == []


def test_a_project_is_never_written_over(example, tmp_path):
    place = tmp_path / "p.zip"
    shutil.copy(example / "project.screener", place)
    before = place.read_bytes()
    with open_project(example / "merged.screener", write=False) as review:
        with pytest.raises(UserError, match="is a Screener file"):
            review.archive.write(place)
        with pytest.raises(UserError, match=r"end the name .* in \.zip"):
            review.archive.write(tmp_path / "out.csv")
    assert place.read_bytes() == before
