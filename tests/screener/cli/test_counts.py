"""A count has the right number: 1 record, 2 records."""

import re

import pytest

from screener import open_project

_ONE_OF_MANY = re.compile(
    r"(?<!of )\b1 (more |certain )?(records|groups|pairs|criteria|decisions)\b"
)


@pytest.fixture
def small(run, folder):
    """A project with one criterion and one record."""
    (folder / "one.toml").write_text(
        'title = "T"\nreviewers-per-record = 1\n[[criteria]]\nid = "participants"\n'
        'element = "participants"\ninclude = "x"\n',
        encoding="utf-8",
    )
    (folder / "one.ris").write_text("TY  - JOUR\nTI  - A title\nER  - \n", encoding="utf-8")
    return folder / "small.screener"


def test_of_one_nothing_is_said_in_the_plural(run, small, folder):
    said = []
    for words in (
        ("new", small, "--title", "T", "--protocol", "one.toml"),
        ("protocol", small, "--from", "one.toml"),
        ("import", small, "one.ris", "--source", "PubMed"),
        ("duplicates", small),
        ("duplicates", small, "runs"),
        ("remove", small, "1", "--why", "w"),
        ("history", small, "1"),
        ("status", small),
        ("flow", small),
    ):
        status, out, err = run(*words)
        assert status == 0, (words, err)
        said += [out, err]
    assert "1 criterion." in said[0]
    assert "1 record, 0 groups" in "".join(said)
    assert "Remove 1 record" in "".join(said)
    assert not _ONE_OF_MANY.search("".join(said))


def test_what_is_taken_back_is_named_with_the_right_number(run, small, folder):
    run("new", small, "--title", "T", "--protocol", "one.toml")
    run("import", small, "one.ris", "--source", "PubMed")
    with open_project(small) as review:
        review.sources.remove(["1"], "w")
        assert review.undo() == "Remove 1 record"
