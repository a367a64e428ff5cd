"""Long lists are printed in parts, and a command imports only what it reads with."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.cli import shared

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(VALUES, max_size=7))
def test_a_list_in_parts_is_the_document_as_a_whole(items):
    said = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared, "_AT_ONCE", 3)
        patch.setattr(shared.click, "echo", lambda text, nl=True: said.append(text + "\n" * nl))
        shared.print_json_list(iter(items))
    assert "".join(said) == json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def test_nothing_is_printed_of_a_list_that_cannot_begin(capsys):
    def broken():
        raise ValueError("no list")
        yield

    with pytest.raises(ValueError, match="no list"):
        shared.print_json_list(broken())
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("records", "--json"),
        ("history", "1"),
        ("discrepancies", "--stage", "title-abstract"),
        ("verify",),
        ("agreement", "--stage", "title-abstract"),
        ("reviewers",),
        ("backups",),
        ("flow",),
        ("flow", "--help"),
        ("--help",),
    ],
    ids=" ".join,
)
def test_a_command_that_reads_imports_nothing_heavy(folder, words):
    script = (
        "import sys\nfrom screener.cli import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "finally:\n    print(*sys.modules, file=sys.stderr)"
    )
    asked = words if "--help" in words else (words[0], "review.screener", *words[1:])
    command = [sys.executable, "-c", script, *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert ("screener.project" in loaded) == (words[0] != "--help")
    heavy = {"sqlite_utils", "openpyxl", "rapidfuzz", "rispy", "defusedxml", "tomllib"}
    drawing = {"fpdf", "fontTools", "PIL", "screener.report.diagram"}
    parts = {"screener.sources.reading", "screener.sources.plain_text", "screener.fulltext"}
    found = {"screener.duplicates.duplicates", "screener.duplicates.finder", "importlib.metadata"}
    assert not loaded & (heavy | drawing | parts | found)
    if words[0] != "flow":
        assert not loaded & {"screener.sources", "screener.duplicates", "screener.report.report"}
