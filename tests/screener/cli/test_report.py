"""The command that writes the report."""

import pytest


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".html", ".xlsx"])
def test_the_ending_says_the_format(run, folder, ending):
    status, out, err = run("report", "review.screener", f"r{ending}")
    assert (status, out) == (0, f"r{ending}: the report, a draft.\n")
    assert err.startswith("DRAFT: Draft while")
    begins = {".html": b"<!DO", ".pdf": b"%PDF"}.get(ending, b"PK\x03\x04")
    assert (folder / f"r{ending}").read_bytes()[:4] == begins


@pytest.mark.usefixtures("folder")
def test_what_is_open_is_not_said_to_who_wants_it_quiet(run):
    assert run("report", "review.screener", "r.html", "--quiet")[2] == ""


def test_it_is_spelled_as_wanted(run, folder):
    assert run("report", "review.screener", "r.html", "--spelling", "american")[0] == 0
    page = (folder / "r.html").read_text(encoding="utf-8")
    assert '<html lang="en-US">' in page
    assert "judgment of a criterion" in page
    assert run("report", "review.screener", "r.html", "--spelling", "welsh")[0] == 2


def test_what_cannot_be_written_is_refused(refuses, folder):
    assert ".docx, .pdf, .html or .xlsx" in refuses("report", "review.screener", "r.odt")
    assert "coordinator's project" in refuses("report", "maya.screener", "r.docx")
    assert "named twice" in refuses("report", "review.screener", "review.screener")
    assert not list(folder.glob("r.*"))
