"""What a command writes has a place of its own: never that of a Screener file, nor of an input."""

import sys
from pathlib import Path

import pytest

TA = ("--stage", "title-abstract")
ASREVIEW = "title,doi,asreview_label\nSome title,10.5555/x,1\n"
TABLE = "record_id,title\n1,Alpha beta\n2,Gamma delta\n"
ANSWERS = "record_id_1,record_id_2,answer\n4,17,same\n"


@pytest.fixture
def filled(folder):
    """The prepared folder with a table, decisions of ASReview, answers and an empty reading."""
    (folder / "table.csv").write_text(TABLE)
    (folder / "asr.csv").write_text(ASREVIEW)
    (folder / "io.csv").write_text(ANSWERS)
    (folder / "mid.ris").write_text("TY  - JOUR\nTI  - Title\nER  - \n")
    # By its content it is one, whatever its name.
    (folder / "other.csv").write_bytes((folder / "jonas.screener").read_bytes())
    return folder


def kept(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("target", ["review.screener", "jonas.screener", "other.csv"])
@pytest.mark.parametrize(
    "words",
    [
        *(("flow", "review.screener", f"--{kind}") for kind in ("svg", "png", "pdf", "csv")),
        ("discrepancies", "review.screener", *TA, "--csv"),
        ("compare", "maya.screener", "jonas.screener", "--open", "--csv"),
        ("take-decisions", "maya.screener", "asr.csv", *TA, "--left"),
        ("duplicates", "review.screener", "--ask"),
        ("duplicates", "review.screener", "--linked"),
        ("export", "review.screener", "out.csv", "--codebook"),
        ("dedupe", "table.csv", "--groups"),
        ("dedupe", "table.csv", "--groups", "new.csv", "--ask"),
        ("convert", "mid.ris"),
        ("export", "maya.screener"),
        ("backup", "review.screener"),
        ("restore", "maya.screener"),
        ("copy", "review.screener", "--reviewer", "Maya", "--out"),
    ],
    ids=lambda words: " ".join((words[0], words[-1])),
)
def test_no_screener_file_is_written_over(filled, refuses, words, target):
    before = kept(filled)
    refuses(*words, target)
    assert kept(filled) == before


@pytest.mark.parametrize(
    "words",
    [
        ("take-decisions", "maya.screener", "asr.csv", *TA, "--left", "asr.csv"),
        ("duplicates", "review.screener", "--answers", "io.csv", "--ask", "io.csv"),
        ("duplicates", "review.screener", "--ask", "l.csv", "--linked", "l.csv"),
        ("duplicates", "review.screener", "--ask", "l.csv", "--linked", "./l.csv"),
        ("export", "review.screener", "e.csv", "--codebook", "e.csv"),
        ("dedupe", "table.csv", "--groups", "table.csv"),
        ("dedupe", "table.csv", "--groups", "hard.csv"),
        ("dedupe", "table.csv", "--groups", "g.csv", "--ask", "g.csv"),
        ("convert", "mid.ris", "mid.ris"),
    ],
    ids=" ".join,
)
def test_no_file_is_named_twice(filled, refuses, words):
    (filled / "hard.csv").hardlink_to(filled / "table.csv")
    before = kept(filled)
    assert "named twice" in refuses(*words)
    assert kept(filled) == before


@pytest.mark.parametrize("place", ["nowhere/x.csv", "-", ".", "/dev/null"])
@pytest.mark.parametrize(
    "words",
    [
        ("dedupe", "table.csv", "--groups", "groups.csv", "--ask"),
        ("duplicates", "review.screener", "--ask", "asked.csv", "--linked"),
        ("flow", "review.screener", "--csv", "flow.csv", "--pdf"),
        ("take-decisions", "maya.screener", "asr.csv", *TA, "--all-as", "include", "--left"),
    ],
    ids=lambda words: words[0],
)
def test_a_place_that_is_none_stops_the_command_before_it_begins(filled, refuses, words, place):
    before = kept(filled)
    refuses(*words, place)
    assert kept(filled) == before


def test_an_older_export_is_written_over(filled, run):
    (filled / "flow.csv").write_text("older")
    assert run("flow", "review.screener", "--csv", "flow.csv")[0] == 0
    assert (filled / "flow.csv").read_text() != "older"


LOOPS = [
    "status LOOP",
    "merge LOOP --into p.screener",
    "merge a.screener --into LOOP",
    "compare a.screener LOOP",
    "export p.screener LOOP",
    "export p.screener out.csv --codebook LOOP",
    "backup p.screener LOOP",
    "copy p.screener --reviewer X --out LOOP",
    "restore a.screener LOOP",
    "new LOOP --title x",
    "backups LOOP",
    "flow p.screener --svg LOOP",
    "flow p.screener --pdf LOOP",
    "example LOOP",
    "protocol p.screener --from LOOP",
    "dedupe LOOP --groups groups.csv",
    "dedupe table.csv --groups LOOP",
    "take-decisions a.screener LOOP --stage title-abstract",
    "decide a.screener --from LOOP --stage title-abstract",
    "duplicates p.screener --ask LOOP",
    "duplicates p.screener --answers LOOP",
    "import p.screener LOOP --source x",
    "convert LOOP out.csv",
    "convert table.csv LOOP",
    "verify LOOP",
]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
@pytest.mark.parametrize("name", ["loop.screener", "loop.csv", "loop/in.csv"])
@pytest.mark.parametrize("words", LOOPS)
def test_a_link_that_leads_round_is_one_sentence(run, pair, monkeypatch, words, name):
    monkeypatch.chdir(pair.folder)
    for each in ("loop", "loop.csv", "loop.screener"):
        Path(each).symlink_to(each)
    Path("table.csv").write_text("title,abstract\nx,y\n", encoding="utf-8")
    status, _, err = run(*(name if word == "LOOP" else word for word in words.split()))
    assert status in (1, 2)
    assert len(err.splitlines()) == 1 or "Usage:" in err


@pytest.mark.parametrize(
    "words",
    [
        ("flow", "review.screener", "--svg", "table.ris"),
        ("flow", "review.screener", "--csv", "table.ris"),
        ("duplicates", "review.screener", "--ask", "table.ris"),
        ("discrepancies", "review.screener", *TA, "--csv", "table.ris"),
        ("dedupe", "table.csv", "--groups", "table.ris"),
    ],
    ids=" ".join,
)
def test_what_an_option_writes_has_its_ending_and_replaces_nothing_else(filled, refuses, words):
    (filled / "table.ris").write_text("TY  - JOUR\n")
    before = kept(filled)
    assert "end its name in ." in refuses(*words)
    assert kept(filled) == before
